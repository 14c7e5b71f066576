//! Titles while they are typed.

use std::cmp::Reverse;

use super::index::{TitleIndex, best_of_segments};
use super::keys::{Entry, TitleKind};
use super::renown::Renown;
use crate::film::FilmId;
use crate::table::{FilmTable, Row};
use crate::text::{LONGEST_TYPO_SEARCH, typo_automaton, visible};

/// From this length on one typo is tolerated.
const SHORTEST_WITH_TYPO: usize = 4;

impl TitleIndex {
    /// At most `limit` films for what was typed so far: titles that are just this, then those that go on after a colon, then titles that start with it, then titles with an inner
    /// word from which on they start with it, then both with one typo; the better known first. Nothing for nothing.
    pub fn suggest(&self, typed: &str, limit: usize, table: &FilmTable) -> Vec<FilmId> {
        self.suggest_rows(&Self::key(&visible(typed)), limit, table).into_iter().map(|row| table.id(row)).collect()
    }

    pub(super) fn suggest_rows(&self, key: &str, limit: usize, table: &FilmTable) -> Vec<Row> {
        let mut found: Vec<Row> = Vec::new();
        if key.is_empty() {
            return found;
        }
        let length = key.chars().count();
        let steps: [&dyn Fn() -> Vec<Row>; 6] = [
            &|| self.called_whole(key, table),
            &|| self.called(key, limit, table),
            &|| self.starting_with(key, false, limit, table),
            &|| self.starting_with(key, true, limit, table),
            &|| self.starting_nearly(key, false, limit, table),
            &|| self.starting_nearly(key, true, limit, table),
        ];
        let with_typos = (SHORTEST_WITH_TYPO..=LONGEST_TYPO_SEARCH).contains(&length);
        for step in &steps[..if with_typos { 6 } else { 4 }] {
            if found.len() >= limit {
                break;
            }
            for row in step() {
                if !found.contains(&row) {
                    found.push(row);
                }
            }
        }
        found.truncate(limit);
        found
    }

    /// Films whose whole title is the key, as the resolver ranks them.
    fn called_whole(&self, key: &str, table: &FilmTable) -> Vec<Row> {
        let mut whole: Vec<Entry> = self.exact(key, table).filter(|entry| entry.kind() == TitleKind::Title).collect();
        whole.sort_by_key(|&entry| Reverse(Renown::of_entry(table, entry)));
        whole.into_iter().map(Entry::row).collect()
    }

    fn called(&self, key: &str, limit: usize, table: &FilmTable) -> Vec<Row> {
        best_of_segments(&self.segments, limit, table, |segment| (&segment.full, vec![segment.full.places(key)]))
    }

    fn starting_nearly(&self, key: &str, inner: bool, limit: usize, table: &FilmTable) -> Vec<Row> {
        let automaton = typo_automaton(key, 1);
        best_of_segments(&self.segments, limit * 2, table, |segment| {
            let keys = if inner { &segment.inner } else { &segment.full };
            (keys, keys.with_prefix_within(&automaton))
        })
    }
}
