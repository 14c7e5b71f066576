//! Append-only columns that share their chunks between versions: cloning copies pointers, a change copies only the chunks that it touches.

use std::collections::HashMap;
use std::sync::Arc;

const CHUNK_BITS: u32 = 12;
const CHUNK: usize = 1 << CHUNK_BITS;

/// A vector in chunks of `1 << BITS` elements.
#[derive(Debug, Clone)]
pub struct CowVec<T, const BITS: u32 = CHUNK_BITS> {
    chunks: Vec<Arc<Vec<T>>>,
}

impl<T, const BITS: u32> Default for CowVec<T, BITS> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T: Clone, const BITS: u32> CowVec<T, BITS> {
    /// Number of elements.
    pub fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| ((self.chunks.len() - 1) << BITS) + last.len())
    }

    /// The element at `index`, which must exist.
    pub fn get(&self, index: u32) -> &T {
        &self.chunks[(index >> BITS) as usize][(index & ((1 << BITS) - 1)) as usize]
    }

    /// The element at `index`, which must exist, to be changed; other versions keep theirs.
    pub fn get_mut(&mut self, index: u32) -> &mut T {
        let chunk = Arc::make_mut(&mut self.chunks[(index >> BITS) as usize]);
        &mut chunk[(index & ((1 << BITS) - 1)) as usize]
    }

    /// Appends an element.
    pub fn push(&mut self, value: T) {
        Arc::make_mut(open_chunk(&mut self.chunks, |chunk| chunk.len() < 1 << BITS)).push(value);
    }

    /// The elements of a chunk.
    pub fn chunk(&self, number: usize) -> &[T] {
        &self.chunks[number]
    }
}

/// Rows of equal width in chunks of `1 << BITS` rows, each chunk one slice.
#[derive(Debug, Clone)]
pub struct CowRows<T, const BITS: u32> {
    width: usize,
    chunks: Vec<Arc<Vec<T>>>,
}

impl<T: Copy, const BITS: u32> CowRows<T, BITS> {
    /// No rows yet.
    pub fn new(width: usize) -> Self {
        Self { width, chunks: Vec::new() }
    }

    /// The row at `index`, which must exist.
    pub fn get(&self, index: u32) -> &[T] {
        let start = (index & ((1 << BITS) - 1)) as usize * self.width;
        &self.chunks[(index >> BITS) as usize][start..start + self.width]
    }

    /// Appends a row, which must have the width.
    pub fn push(&mut self, row: &[T]) {
        let full = self.width << BITS;
        Arc::make_mut(open_chunk(&mut self.chunks, |chunk| chunk.len() < full)).extend_from_slice(row);
    }

    /// How many chunks there are.
    pub fn chunk_count(&self) -> usize {
        self.chunks.len()
    }

    /// The rows of a chunk, one after the other.
    pub fn chunk(&self, number: usize) -> &[T] {
        &self.chunks[number]
    }
}

/// The last chunk, or a new one where the last is full.
fn open_chunk<C: Default>(chunks: &mut Vec<Arc<C>>, has_room: impl Fn(&C) -> bool) -> &mut Arc<C> {
    if !chunks.last().is_some_and(|last| has_room(last)) {
        chunks.push(Arc::default());
    }
    let last = chunks.len() - 1;
    &mut chunks[last]
}

/// A column of lists.
#[derive(Debug, Clone, Default)]
pub struct CowLists {
    chunks: Vec<Arc<ListChunk>>,
}

#[derive(Debug, Clone, Default)]
struct ListChunk {
    items: Vec<u32>,
    ends: Vec<u32>,
}

impl CowLists {
    /// The list at `index`, which must exist.
    pub fn get(&self, index: u32) -> &[u32] {
        let (chunk, place) = locate(&self.chunks, index);
        &chunk.items[start_of(&chunk.ends, place)..chunk.ends[place] as usize]
    }

    /// Appends a list.
    pub fn push(&mut self, list: &[u32]) {
        let chunk = Arc::make_mut(open_chunk(&mut self.chunks, |chunk| chunk.ends.len() < CHUNK));
        chunk.items.extend_from_slice(list);
        chunk.ends.push(chunk.items.len() as u32);
        if chunk.ends.len() == CHUNK {
            chunk.items.shrink_to_fit();
        }
    }
}

/// A column of strings.
#[derive(Debug, Clone, Default)]
pub struct CowStrings {
    chunks: Vec<Arc<StringChunk>>,
}

#[derive(Debug, Clone, Default)]
struct StringChunk {
    text: String,
    ends: Vec<u32>,
}

impl CowStrings {
    /// Number of strings.
    pub(super) fn len(&self) -> usize {
        self.chunks.last().map_or(0, |last| (self.chunks.len() - 1) * CHUNK + last.ends.len())
    }

    /// The string at `index`, which must exist.
    pub fn get(&self, index: u32) -> &str {
        let (chunk, place) = locate(&self.chunks, index);
        &chunk.text[start_of(&chunk.ends, place)..chunk.ends[place] as usize]
    }

    /// Appends a string.
    pub fn push(&mut self, text: &str) {
        let chunk = Arc::make_mut(open_chunk(&mut self.chunks, |chunk| chunk.ends.len() < CHUNK));
        chunk.text.push_str(text);
        chunk.ends.push(chunk.text.len() as u32);
        if chunk.ends.len() == CHUNK {
            chunk.text.shrink_to_fit();
        }
    }
}

fn locate<C>(chunks: &[Arc<C>], index: u32) -> (&C, usize) {
    (&chunks[index as usize / CHUNK], index as usize % CHUNK)
}

fn start_of(ends: &[u32], place: usize) -> usize {
    if place == 0 { 0 } else { ends[place - 1] as usize }
}

const SHARDS: usize = 256;

/// A map from numbers to numbers in shards.
#[derive(Debug, Clone)]
pub struct CowMap {
    shards: Vec<Arc<HashMap<u64, u32>>>,
}

impl Default for CowMap {
    fn default() -> Self {
        Self { shards: vec![Arc::default(); SHARDS] }
    }
}

impl CowMap {
    /// The value of `key`.
    pub fn get(&self, key: u64) -> Option<u32> {
        self.shards[shard_of(key)].get(&key).copied()
    }

    /// Sets the value of `key`.
    pub fn insert(&mut self, key: u64, value: u32) {
        Arc::make_mut(&mut self.shards[shard_of(key)]).insert(key, value);
    }

    /// Takes `key` out and returns its value.
    pub fn remove(&mut self, key: u64) -> Option<u32> {
        self.get(key)?;
        Arc::make_mut(&mut self.shards[shard_of(key)]).remove(&key)
    }
}

/// Multiplies by 2^64 / golden ratio (Knuth, The Art of Computer Programming 3, 6.4), so that running numbers spread evenly.
fn shard_of(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_leaves_other_versions_alone() {
        let mut first: CowVec<u32> = CowVec::default();
        (0..10_000).for_each(|value| first.push(value));
        let mut second = first.clone();
        *second.get_mut(5_000) = 1;
        second.push(7);
        assert_eq!((*first.get(5_000), first.len()), (5_000, 10_000));
        assert_eq!((*second.get(5_000), second.len(), *second.get(10_000)), (1, 10_001, 7));
        assert!((0..10_000).all(|index| *first.get(index) == index));
    }

    #[test]
    fn lists_and_strings_come_back_over_chunk_borders() {
        let (mut lists, mut strings) = (CowLists::default(), CowStrings::default());
        for number in 0..9_000_u32 {
            lists.push(&vec![number; number as usize % 4]);
            strings.push(&"é".repeat(number as usize % 3));
        }
        for number in 0..9_000_u32 {
            assert_eq!(lists.get(number), vec![number; number as usize % 4]);
            assert_eq!(strings.get(number), "é".repeat(number as usize % 3));
        }
        assert_eq!(strings.len(), 9_000);
    }

    #[test]
    fn maps_forget_only_in_the_version_that_was_told_to() {
        let mut first = CowMap::default();
        (0..1_000).for_each(|key| first.insert(key, key as u32 * 2));
        let mut second = first.clone();
        assert_eq!(second.remove(9), Some(18));
        assert_eq!(second.remove(9), None);
        assert_eq!((first.get(9), second.get(9), second.get(10)), (Some(18), None, Some(20)));
    }
}
