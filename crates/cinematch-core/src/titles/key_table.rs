//! Sorted keys with their entries: exact, prefix and typo search without a scan.

use std::collections::BinaryHeap;
use std::ops::Range;

use levenshtein_automata::{DFA, SINK_STATE};
use tantivy_fst::raw::CompiledAddr;
use tantivy_fst::{Automaton, IntoStreamer, Map, MapBuilder, Streamer};

use super::keys::Entry;
use super::renown::Renown;
use crate::error::{EngineError, Result};
use crate::table::FilmTable;
use crate::text::reached;

/// Entries under one champion: a range of entries costs two part blocks and a walk up the tree.
const BLOCK: usize = 16;

/// Keys to be sorted into a [`KeyTable`]; all texts in one buffer.
#[derive(Debug, Default)]
pub struct KeyList {
    text: String,
    items: Vec<(usize, u32, Entry)>,
}

impl KeyList {
    /// Adds a key.
    pub fn push(&mut self, key: &str, entry: Entry) {
        self.items.push((self.text.len(), key.len() as u32, entry));
        self.text.push_str(key);
    }

    fn key(&self, (start, length, _): (usize, u32, Entry)) -> &str {
        &self.text[start..start + length as usize]
    }
}

/// An immutable map from keys to entries.
#[derive(Debug)]
pub struct KeyTable {
    /// Key to the place of its first entry; places rise with the keys.
    map: Map<Vec<u8>>,
    entries: Vec<Entry>,
    /// Segment tree over blocks of entries: the place of the best-known entry below each node; the leaves are the second half.
    champions: Vec<u32>,
}

impl KeyTable {
    /// Sorts the keys. `index_failed` where the map cannot be built.
    pub fn build(mut list: KeyList, table: &FilmTable) -> Result<Self> {
        let items = std::mem::take(&mut list.items);
        let mut items: Vec<_> = items.into_iter().map(|item| (first_bytes(list.key(item)), item)).collect();
        items.sort_unstable_by(|(left_start, left), (right_start, right)| {
            left_start.cmp(right_start).then_with(|| (list.key(*left), left.2).cmp(&(list.key(*right), right.2)))
        });
        items.dedup_by(|(_, right), (_, left)| right.2 == left.2 && list.key(*right) == list.key(*left));
        let mut map = MapBuilder::memory();
        let mut entries = Vec::with_capacity(items.len());
        for (place, &(_, item)) in items.iter().enumerate() {
            let key = list.key(item);
            if place == 0 || list.key(items[place - 1].1) != key {
                map.insert(key, place as u64).map_err(|cause| failed(&cause))?;
            }
            let ends_key = items.get(place + 1).is_none_or(|&(_, next)| list.key(next) != key);
            entries.push(item.2.with_end(ends_key));
        }
        let bytes = map.into_inner().map_err(|cause| failed(&cause))?;
        let map = Map::from_bytes(bytes).map_err(|cause| failed(&cause))?;
        let champions = champions(&entries, table);
        Ok(Self { map, entries, champions })
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entries of a key.
    pub fn exact(&self, key: &str) -> &[Entry] {
        self.map.get(key).map_or(&[], |place| self.key_entries(place))
    }

    /// The places of the entries of a key.
    pub fn places(&self, key: &str) -> Range<usize> {
        self.map.get(key).map_or(0..0, |place| place as usize..place as usize + self.key_entries(place).len())
    }

    fn key_entries(&self, place: u64) -> &[Entry] {
        let rest = &self.entries[place as usize..];
        let count = rest.iter().position(|entry| entry.ends_key()).map_or(rest.len(), |last| last + 1);
        &rest[..count]
    }

    /// The places of all entries whose key starts with `prefix`.
    pub fn with_prefix(&self, prefix: &[u8]) -> Range<usize> {
        let first = |stream: tantivy_fst::map::StreamBuilder| stream.into_stream().next().map(|(_, place)| place as usize);
        let start = first(self.map.range().ge(prefix)).unwrap_or(self.len());
        let end = successor(prefix).and_then(|after| first(self.map.range().ge(after))).unwrap_or(self.len());
        start..end
    }

    /// Visits all keys that are prefixes of `text` and end where a word ends, shortest first, with their length in bytes.
    pub fn prefixes_of(&self, text: &str, mut visit: impl FnMut(usize, &[Entry])) {
        let fst = self.map.as_fst();
        let (mut node, mut place) = (fst.root(), 0);
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            let Some(index) = node.find_input(byte) else { return };
            let step = node.transition(index);
            place += step.out.value();
            node = fst.node(step.addr);
            let end = at + 1;
            if node.is_final() && (end == text.len() || text.as_bytes()[end] == b' ') {
                visit(end, self.key_entries(place + node.final_output().value()));
            }
        }
    }

    /// Visits all keys that `automaton` accepts, with their distance.
    pub fn within(&self, automaton: &DFA, mut visit: impl FnMut(&str, u8, &[Entry])) {
        let mut found = self.map.search(Typos(automaton)).into_stream();
        while let Some((key, place)) = found.next() {
            let distance = reached(automaton.eval(key));
            if let (Some(distance), Ok(key)) = (distance, std::str::from_utf8(key)) {
                visit(key, distance, self.key_entries(place));
            }
        }
    }

    /// The ranges of all entries whose key starts with something that `automaton` accepts.
    pub fn with_prefix_within(&self, automaton: &DFA) -> Vec<Range<usize>> {
        let mut prefixes = Vec::new();
        let root = self.map.as_fst().root().addr();
        self.descend(automaton, root, automaton.initial_state(), &mut Vec::new(), &mut prefixes);
        prefixes.iter().map(|prefix| self.with_prefix(prefix)).collect()
    }

    fn descend(&self, automaton: &DFA, node: CompiledAddr, state: u32, prefix: &mut Vec<u8>, found: &mut Vec<Vec<u8>>) {
        if reached(automaton.distance(state)).is_some() {
            found.push(prefix.clone());
            return;
        }
        for step in self.map.as_fst().node(node).transitions() {
            let next = automaton.transition(state, step.inp);
            if next != SINK_STATE {
                prefix.push(step.inp);
                self.descend(automaton, step.addr, next, prefix, found);
                prefix.pop();
            }
        }
    }

    /// The entries in `ranges`, best known first, dead ones and repeated films included.
    pub fn best_first<'a>(&'a self, ranges: &[Range<usize>], table: &'a FilmTable) -> impl Iterator<Item = (Renown, Entry)> + 'a {
        let mut heap: BinaryHeap<Top> = ranges.iter().filter_map(|range| self.top(range.clone(), table)).collect();
        std::iter::from_fn(move || {
            let Top { renown, place, start, end } = heap.pop()?;
            heap.extend([start..place, place + 1..end].into_iter().filter_map(|rest| self.top(rest, table)));
            Some((renown, self.entries[place]))
        })
    }

    /// The best-known entry of a range.
    fn top(&self, range: Range<usize>, table: &FilmTable) -> Option<Top> {
        let best_of =
            |places: &mut dyn Iterator<Item = usize>| places.map(|place| (Renown::of(table, self.entries[place].row()), place)).max();
        let (first_block, last_block) = (range.start.div_ceil(BLOCK), range.end / BLOCK);
        let best = if first_block >= last_block {
            best_of(&mut range.clone())
        } else {
            let edges = (range.start..first_block * BLOCK).chain(last_block * BLOCK..range.end);
            best_of(&mut edges.chain(self.champions_of(first_block..last_block)))
        };
        best.map(|(renown, place)| Top { renown, place, start: range.start, end: range.end })
    }

    /// Nodes of the tree that cover `blocks` (bottom-up, as in Sedgewick's iterative segment tree).
    fn champions_of(&self, blocks: Range<usize>) -> impl Iterator<Item = usize> {
        let leaves = self.champions.len() / 2;
        let (mut low, mut high) = (blocks.start + leaves, blocks.end + leaves);
        let mut nodes = Vec::new();
        while low < high {
            if low % 2 == 1 {
                nodes.push(low);
                low += 1;
            }
            if high % 2 == 1 {
                high -= 1;
                nodes.push(high);
            }
            low /= 2;
            high /= 2;
        }
        nodes.into_iter().map(|node| self.champions[node] as usize)
    }

    /// Gives all keys with their entries back to a list, those that `keep` lets through.
    pub fn pour_into(&self, list: &mut KeyList, keep: impl Fn(Entry) -> bool) {
        let mut stream = self.map.stream();
        while let Some((key, place)) = stream.next() {
            if let Ok(key) = std::str::from_utf8(key) {
                self.key_entries(place).iter().filter(|&&entry| keep(entry)).for_each(|entry| list.push(key, entry.with_end(false)));
            }
        }
    }
}

/// The first bytes as a number that sorts like them: most comparisons while sorting need no look at the text.
fn first_bytes(key: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = key.len().min(8);
    bytes[..length].copy_from_slice(&key.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}

/// The smallest byte string above all strings that start with `prefix`.
fn successor(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|&byte| byte < u8::MAX)?;
    let mut after = prefix[..=last].to_vec();
    after[last] += 1;
    Some(after)
}

fn champions(entries: &[Entry], table: &FilmTable) -> Vec<u32> {
    let renown = |place: u32| Renown::of(table, entries[place as usize].row());
    let leaves = entries.len() / BLOCK;
    let mut tree = vec![0; leaves * 2];
    for block in 0..leaves {
        let places = (block * BLOCK) as u32..((block + 1) * BLOCK) as u32;
        tree[leaves + block] = places.max_by_key(|&place| renown(place)).unwrap_or(0);
    }
    for node in (1..leaves).rev() {
        let (left, right) = (tree[node * 2], tree[node * 2 + 1]);
        tree[node] = if renown(left) >= renown(right) { left } else { right };
    }
    tree
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Top {
    renown: Renown,
    place: usize,
    start: usize,
    end: usize,
}

struct Typos<'a>(&'a DFA);

impl Automaton for Typos<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        reached(self.0.distance(*state)).is_some()
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

fn failed(cause: &tantivy_fst::Error) -> EngineError {
    EngineError::IndexFailed { index: "title", message: cause.to_string() }
}
