//! From what people type to the film they mean.

use super::ids::{OtherId, id_of};
use super::index::TitleIndex;
use super::keys::{Entry, TitleKind, imdb_key, variants};
use super::numbers::numbers_differ;
use super::readings::{Reading, readings};
use super::renown::Renown;
use crate::film::FilmId;
use crate::lexicon::is_stop_word;
use crate::table::{FilmTable, Row, RowSet};
use crate::text::{LONGEST_TYPO_SEARCH, key_of, strip_article, typo_automaton, visible};

/// Suggestions for a title that no film has.
const SUGGESTIONS: usize = 5;

/// What a reference means.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resolution {
    /// The film, where it is clear which.
    pub film: Option<FilmId>,
    /// The nearest titles, best first, at most five, where it is not.
    pub suggestions: Vec<FilmId>,
}

impl TitleIndex {
    /// The film that `reference` means: its title, original or alternative title as written or in another form (article, punctuation,
    /// numbers), also with a year or a note (see [`readings`]); the only film whose title goes on after it (`Dune: Part One`); a title one or two
    /// typos away, unless titles go on after the reference. A step is taken only where those before found nothing; among equals the better-known film wins.
    pub fn resolve(&self, reference: &str, table: &FilmTable) -> Resolution {
        let readings = readings(&visible(reference));
        let lookup = Lookup { index: self, table, rows: table.live() };
        let found = lookup.exact(&readings).or_else(|| lookup.only_main(&readings)).or_else(|| lookup.typos(&readings, |_, _| true));
        let suggestions = if found.is_some() { Vec::new() } else { lookup.suggestions(&readings.last().unwrap_or(&readings[0]).title) };
        let id = |row| table.id(row);
        Resolution { film: found.map(id), suggestions: suggestions.into_iter().map(id).collect() }
    }
}

/// Titles among some films.
pub(super) struct Lookup<'a> {
    pub index: &'a TitleIndex,
    pub table: &'a FilmTable,
    /// The films that may be found, live ones only.
    pub rows: &'a RowSet,
}

impl Lookup<'_> {
    /// The film with the id, or with the title of the first reading that has one, whole and without typos.
    pub fn exact(&self, readings: &[Reading]) -> Option<Row> {
        self.with_id(&readings.first()?.title).or_else(|| self.with_title(readings))
    }

    /// The film that the reference names by an id.
    fn with_id(&self, reference: &str) -> Option<Row> {
        match id_of(reference)? {
            OtherId::Tmdb(id) => self.table.row_of(id).filter(|&row| self.rows.contains(row)),
            OtherId::Imdb(id) => self.best(self.entries(&imdb_key(&id), |_| true)),
        }
    }

    fn with_title(&self, readings: &[Reading]) -> Option<Row> {
        readings.iter().find_map(|reading| self.exact_title(reading))
    }

    fn exact_title(&self, Reading { title, year }: &Reading) -> Option<Row> {
        let key = key_of(title);
        self.pick(self.entries(&key, |kind| kind != TitleKind::Main), *year).or_else(|| {
            let whole = |variant: &String| self.entries(variant, |kind| kind != TitleKind::Main);
            let found = self.pick(variants(title, &key).iter().flat_map(whole).collect(), *year)?;
            // `O Brother` is how a title starts, not `Brother` with an article.
            let longer = self.starting_with_words(&key).filter(|_| strip_article(&key) != key && year.is_none());
            Some(longer.filter(|&row| self.renown_of(row) > self.renown_of(found)).unwrap_or(found))
        })
    }

    /// The films whose title goes on after what was typed, by its mark (`Dune: Part One`).
    pub fn main(&self, Reading { title, year }: &Reading) -> Vec<Entry> {
        let key = key_of(title);
        let main = |key: &str| self.entries(key, |kind| kind == TitleKind::Main);
        let mut entries = main(&key);
        if entries.is_empty() {
            entries = variants(title, &key).iter().flat_map(|variant| main(variant)).collect();
        }
        entries.retain(|entry| year.is_none_or(|year| self.table.year(entry.row()) == Some(year)));
        entries
    }

    fn only_main(&self, readings: &[Reading]) -> Option<Row> {
        readings.iter().find_map(|reading| only_film(&self.main(reading)))
    }

    /// The best-known film whose title starts with the words of `key` and goes on; for two words or more.
    pub fn starting_with_words(&self, key: &str) -> Option<Row> {
        const LOOKED_AT: usize = 30;
        let found = key.contains(' ').then(|| self.index.starting_with(&format!("{key} "), false, LOOKED_AT, self.table))?;
        found.into_iter().find(|&row| self.rows.contains(row))
    }

    /// The film whose title is one or two typos away from a reading, those with the year first; `may_be` is asked whether a text can be a typo of a title.
    pub fn typos(&self, readings: &[Reading], may_be: impl Fn(&str, &str) -> bool) -> Option<Row> {
        let (whole, read) = readings.split_first()?;
        read.iter().chain([whole]).find_map(|reading| self.typos_of(reading, &may_be))
    }

    fn typos_of(&self, Reading { title, year }: &Reading, may_be: impl Fn(&str, &str) -> bool) -> Option<Row> {
        let key = key_of(title);
        if self.goes_on(&key) {
            return None;
        }
        let bare = strip_article(&key);
        let forms = if bare == key { vec![key.as_str()] } else { vec![key.as_str(), bare] };
        (1..=2).find_map(|distance| {
            forms.iter().filter(|form| tolerated(form) >= distance).find_map(|form| {
                let mut entries = self.near(form, distance);
                entries.retain(|(_, other, entry)| entry.kind() != TitleKind::Main && !numbers_differ(form, other) && may_be(form, other));
                self.pick(entries.into_iter().map(|(.., entry)| entry).collect(), *year)
            })
        })
    }

    /// Whether titles start with `key` and go on with a subtitle (`kill bill`) or, where `key` is words enough to mean them, anyhow
    /// (`harry potter`): they are closer than any title with a typo.
    fn goes_on(&self, key: &str) -> bool {
        !self.entries(key, |kind| kind == TitleKind::Main).is_empty() || self.starting_with_words(key).is_some()
    }

    fn entries(&self, key: &str, keep: impl Fn(TitleKind) -> bool) -> Vec<Entry> {
        self.index.exact(key, self.table).filter(|entry| keep(entry.kind()) && self.rows.contains(entry.row())).collect()
    }

    /// The live entries at most `distance` typos away from `key`.
    fn near(&self, key: &str, distance: u8) -> Vec<(u8, String, Entry)> {
        let automaton = typo_automaton(key, distance);
        let mut found = Vec::new();
        for segment in &self.index.segments {
            segment.full.within(&automaton, |other, distance, entries| {
                let live = entries.iter().filter(|entry| self.rows.contains(entry.row()));
                found.extend(live.map(|&entry| (distance, other.to_owned(), entry)));
            });
        }
        found
    }

    /// The best of the films that have the year; where none has it, the only film one year off.
    fn pick(&self, entries: Vec<Entry>, year: Option<i32>) -> Option<Row> {
        let Some(year) = year else { return self.best(entries) };
        let off_by = |entry: &Entry| self.table.year(entry.row()).map(|found| found.abs_diff(year));
        let (exact, rest): (Vec<_>, Vec<_>) = entries.into_iter().partition(|entry| off_by(entry) == Some(0));
        self.best(exact).or_else(|| only_film(&rest.into_iter().filter(|entry| off_by(entry) == Some(1)).collect::<Vec<_>>()))
    }

    /// Titles before original before alternative titles, then the better-known film, the title as written weighing more.
    pub fn best(&self, entries: Vec<Entry>) -> Option<Row> {
        entries.into_iter().min_by_key(|&entry| (entry.kind(), std::cmp::Reverse(self.renown(entry)))).map(Entry::row)
    }

    fn renown_of(&self, row: Row) -> Renown {
        Renown::of(self.table, row)
    }

    fn renown(&self, entry: Entry) -> Renown {
        Renown::of_entry(self.table, entry)
    }

    /// Films of that title in other years and films whose title goes on after it; titles few typos away; titles that start with it or with
    /// which it starts; titles that share its rarest words.
    fn suggestions(&self, title: &str) -> Vec<Row> {
        let key = key_of(title);
        let mut found: Vec<Row> = Vec::new();
        let mut add = |rows: Vec<Row>| {
            for row in rows {
                if found.len() < SUGGESTIONS && !found.contains(&row) {
                    found.push(row);
                }
            }
            found.len() < SUGGESTIONS
        };
        let _enough = !key.is_empty()
            && add(self.ranked(self.entries(&key, |_| true).into_iter().map(|entry| (0, entry))))
            && add(
                self.ranked(self.near(&key, if key.chars().count() < 5 { 1 } else { 2 }).into_iter().map(|(off, _, entry)| (off, entry)))
            )
            && add(self.index.starting_with(&key, false, SUGGESTIONS, self.table))
            && add(self.starting(&key))
            && add(self.sharing_words(&key))
            && add(self.index.suggest_rows(&key, SUGGESTIONS, self.table));
        found
    }

    fn ranked(&self, entries: impl Iterator<Item = (u8, Entry)>) -> Vec<Row> {
        let mut ranked: Vec<_> = entries.map(|(distance, entry)| (distance, std::cmp::Reverse(self.renown(entry)), entry.row())).collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(.., row)| row).collect()
    }

    /// Films whose whole title of two words or more starts `key`, the longest title first.
    fn starting(&self, key: &str) -> Vec<Row> {
        let mut found = Vec::new();
        for segment in &self.index.segments {
            segment.full.prefixes_of(key, |length, entries| {
                let live = entries.iter().filter(|entry| key[..length].contains(' ') && self.table.live().contains(entry.row()));
                found.extend(live.map(|&entry| (std::cmp::Reverse(length), std::cmp::Reverse(self.renown(entry)), entry.row())));
            });
        }
        found.sort_unstable();
        found.into_iter().map(|(.., row)| row).collect()
    }

    /// Films that share the rarer words of `key`: those that share most, then the better known.
    fn sharing_words(&self, key: &str) -> Vec<Row> {
        const RARE_WORDS: usize = 3;
        const FILMS_A_WORD: usize = 20;
        let words: Vec<&str> = key.split(' ').filter(|word| word.chars().count() > 2 && !is_stop_word(word)).collect();
        let count = |word: &str| self.index.segments.iter().map(|segment| segment.inner.with_prefix(word.as_bytes()).len()).sum::<usize>();
        let mut by_rarity: Vec<_> = words.iter().map(|word| (count(word), *word)).collect();
        by_rarity.sort_unstable();
        let mut shared: Vec<_> = by_rarity
            .into_iter()
            .take(RARE_WORDS)
            .flat_map(|(_, word)| [false, true].map(|inner| self.index.starting_with(word, inner, FILMS_A_WORD, self.table)))
            .flatten()
            .map(|row| {
                let common = self.table.title_key(row).split(' ').filter(|word| words.contains(word)).count();
                (std::cmp::Reverse((common, Renown::of(self.table, row))), row)
            })
            .filter(|(std::cmp::Reverse((common, _)), _)| *common > 0)
            .collect();
        shared.sort_unstable();
        shared.into_iter().map(|(_, row)| row).collect()
    }
}

/// Typos tolerated in a key: none below four letters, one below eight, else two.
fn tolerated(key: &str) -> u8 {
    match key.chars().count() {
        0..4 => 0,
        4..8 => 1,
        length if length <= LONGEST_TYPO_SEARCH => 2,
        _ => 0,
    }
}

fn only_film(entries: &[Entry]) -> Option<Row> {
    let first = entries.first()?.row();
    entries.iter().all(|entry| entry.row() == first).then_some(first)
}
