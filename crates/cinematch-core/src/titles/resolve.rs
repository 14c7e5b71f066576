//! From what people type to the film they mean.

use super::index::TitleIndex;
use super::keys::{Entry, TitleKind, variants};
use super::numbers::numbers_differ;
use super::renown::Renown;
use crate::film::FilmId;
use crate::table::{FilmTable, Row};
use crate::text::{LONGEST_TYPO_SEARCH, key_of, strip_article, typo_automaton};

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
    /// numbers); the same with a year (`Heat (1995)`); the only film whose title goes on after it (`Dune: Part One`); a title one or two
    /// typos away, unless titles go on after the reference. A step is taken only where those before found nothing; among equals the better-known film wins.
    pub fn resolve(&self, reference: &str, table: &FilmTable) -> Resolution {
        let dated = split_year(reference);
        let lookup = Lookup { index: self, table };
        let found = lookup
            .exact(reference, None)
            .or_else(|| dated.and_then(|(title, year)| lookup.exact(title, Some(year))))
            .or_else(|| lookup.only_main(reference, None))
            .or_else(|| dated.and_then(|(title, year)| lookup.only_main(title, Some(year))))
            .or_else(|| dated.and_then(|(title, year)| lookup.typos(title, Some(year))))
            .or_else(|| lookup.typos(reference, None));
        lookup.answer(found, dated.map_or(reference, |(title, _)| title))
    }
}

struct Lookup<'a> {
    index: &'a TitleIndex,
    table: &'a FilmTable,
}

impl Lookup<'_> {
    fn answer(&self, found: Option<Row>, title: &str) -> Resolution {
        let suggestions = if found.is_some() { Vec::new() } else { self.suggestions(title) };
        let id = |row| self.table.id(row);
        Resolution { film: found.map(id), suggestions: suggestions.into_iter().map(id).collect() }
    }

    fn exact(&self, title: &str, year: Option<i32>) -> Option<Row> {
        let key = key_of(title);
        self.pick(self.entries(&key, |kind| kind != TitleKind::Main), year).or_else(|| {
            let entries = variants(title, &key).iter().flat_map(|variant| self.entries(variant, |kind| kind != TitleKind::Main)).collect();
            self.pick(entries, year)
        })
    }

    fn only_main(&self, title: &str, year: Option<i32>) -> Option<Row> {
        let mut entries = self.entries(&key_of(title), |kind| kind == TitleKind::Main);
        entries.retain(|entry| year.is_none_or(|year| self.table.year(entry.row()) == Some(year)));
        only_film(&entries)
    }

    fn typos(&self, title: &str, year: Option<i32>) -> Option<Row> {
        let key = key_of(title);
        if self.goes_on(&key) {
            return None;
        }
        let bare = strip_article(&key);
        let forms = if bare == key { vec![key.as_str()] } else { vec![key.as_str(), bare] };
        (1..=2).find_map(|distance| {
            forms.iter().filter(|form| tolerated(form) >= distance).find_map(|form| {
                let mut entries = self.near(form, distance);
                entries.retain(|(_, other, entry)| entry.kind() != TitleKind::Main && !numbers_differ(form, other));
                self.pick(entries.into_iter().map(|(.., entry)| entry).collect(), year)
            })
        })
    }

    /// Whether titles start with `key` and go on with a subtitle (`kill bill`) or, where `key` is words enough to mean them, anyhow
    /// (`harry potter`): they are closer than any title with a typo.
    fn goes_on(&self, key: &str) -> bool {
        let words_enough = key.contains(' ');
        !self.entries(key, |kind| kind == TitleKind::Main).is_empty()
            || (words_enough && !self.index.starting_with(&format!("{key} "), false, 1, self.table).is_empty())
    }

    fn entries(&self, key: &str, keep: impl Fn(TitleKind) -> bool) -> Vec<Entry> {
        self.index.exact(key, self.table).filter(|entry| keep(entry.kind())).collect()
    }

    /// The live entries at most `distance` typos away from `key`.
    fn near(&self, key: &str, distance: u8) -> Vec<(u8, String, Entry)> {
        let automaton = typo_automaton(key, distance);
        let mut found = Vec::new();
        for segment in &self.index.segments {
            segment.full.within(&automaton, |other, distance, entries| {
                let live = entries.iter().filter(|entry| self.table.live().contains(entry.row()));
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
    fn best(&self, entries: Vec<Entry>) -> Option<Row> {
        entries.into_iter().min_by_key(|&entry| (entry.kind(), std::cmp::Reverse(self.renown(entry)))).map(Entry::row)
    }

    fn renown(&self, entry: Entry) -> Renown {
        let renown = Renown::of(self.table, entry.row());
        if entry.is_variant() { renown } else { renown.literal() }
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
        let words: Vec<&str> = key.split(' ').filter(|word| word.chars().count() > 2).collect();
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

/// `Heat (1995)`, `Heat [1995]`, `Heat, 1995` and `Heat 1995` in title and year.
fn split_year(reference: &str) -> Option<(&str, i32)> {
    let text = reference.trim_end().trim_end_matches([')', ']']);
    let (at, _) = text.char_indices().rev().nth(3)?;
    let (title, digits) = text.split_at(at);
    let year = digits.parse().ok().filter(|year| digits.bytes().all(|byte| byte.is_ascii_digit()) && (1870..=2100).contains(year))?;
    let bare = title.trim_end_matches(|mark: char| mark.is_whitespace() || "([,-".contains(mark));
    (bare.len() < title.len() && !key_of(bare).is_empty()).then_some((bare, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_stands_at_the_end_after_a_title() {
        for (text, expected) in [
            ("Heat (1995)", Some(("Heat", 1995))),
            ("Heat 1995 ", Some(("Heat", 1995))),
            ("Heat, 1995", Some(("Heat", 1995))),
            ("Heat [1995]", Some(("Heat", 1995))),
            ("1917", None),
            ("(1995)", None),
            ("Heat1995", None),
            ("Room 9999", None),
            ("é95", None),
        ] {
            assert_eq!(split_year(text), expected, "{text}");
        }
    }
}
