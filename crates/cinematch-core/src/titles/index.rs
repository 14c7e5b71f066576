//! All titles of all films, in segments: a change makes a small one, and segments of like size are merged (the logarithmic method of
//! Bentley and Saxe), so that a film added costs little and a reader looks into few.

use std::sync::Arc;

use super::key_table::{KeyList, KeyTable};
use super::keys::{Entry, MAX_ROWS, inner_starts, keys_of};
use super::renown::Renown;
use crate::error::{EngineError, Result};
use crate::film::Film;
use crate::table::{FilmTable, Row};
use crate::text::{key_of, strip_article};

/// A segment is merged into the one before while it has at least one entry to this many of that one.
const MERGE_RATIO: usize = 4;

/// An immutable index of titles; cloning copies pointers. Rows that are no longer live in the table are passed over by every question.
#[derive(Debug, Clone, Default)]
pub struct TitleIndex {
    pub(super) segments: Vec<Arc<Segment>>,
}

/// The titles of the films of one change, or of many merged.
#[derive(Debug)]
pub(super) struct Segment {
    /// Whole titles in all their forms.
    pub full: KeyTable,
    /// Rests of titles from their inner words on.
    pub inner: KeyTable,
}

/// Collects titles; [`finish`](Self::finish) sorts them. For filling at start, when films come one after the other.
#[derive(Debug, Default)]
pub struct TitleIndexBuilder {
    full: KeyList,
    inner: KeyList,
}

impl TitleIndexBuilder {
    /// Adds the titles of the film in `row`. `index_failed` above 2^28 rows.
    pub fn add(&mut self, row: Row, film: &Film) -> Result<()> {
        if row as usize >= MAX_ROWS {
            return Err(EngineError::IndexFailed {
                index: "title",
                message: format!("more than {MAX_ROWS} rows; restart to renumber them"),
            });
        }
        for (key, entry) in keys_of(row, film) {
            if !entry.is_variant() && entry.kind() <= super::keys::TitleKind::Original {
                let bare = strip_article(&key);
                inner_starts(&key).filter(|&rest| rest != bare).for_each(|rest| self.inner.push(rest, entry));
            }
            self.full.push(&key, entry);
        }
        Ok(())
    }

    /// The index. `table` holds the rows that were added.
    pub fn finish(self, table: &FilmTable) -> Result<TitleIndex> {
        Ok(TitleIndex { segments: vec![Arc::new(self.into_segment(table)?)] })
    }

    fn into_segment(self, table: &FilmTable) -> Result<Segment> {
        Ok(Segment { full: KeyTable::build(self.full, table)?, inner: KeyTable::build(self.inner, table)? })
    }
}

impl TitleIndex {
    /// This index with the films of one change, each with its new row in `table`, which is the table after the change.
    pub fn with_changes(&self, films: &[(Row, &Film)], table: &FilmTable) -> Result<Self> {
        let mut builder = TitleIndexBuilder::default();
        films.iter().try_for_each(|&(row, film)| builder.add(row, film))?;
        let mut segments = self.segments.clone();
        if !films.is_empty() {
            segments.push(Arc::new(builder.into_segment(table)?));
        }
        while let [.., before, last] = segments.as_slice() {
            if last.full.len() * MERGE_RATIO < before.full.len() {
                break;
            }
            let merged = Arc::new(merge(&[before, last], table)?);
            segments.truncate(segments.len() - 2);
            segments.push(merged);
        }
        Ok(Self { segments })
    }

    /// The live entries of a key.
    pub(super) fn exact<'a>(&'a self, key: &'a str, table: &'a FilmTable) -> impl Iterator<Item = Entry> + 'a {
        let entries = self.segments.iter().flat_map(move |segment| segment.full.exact(key));
        entries.copied().filter(|entry| table.live().contains(entry.row()))
    }

    /// The `limit` best-known live films with a title that starts with `prefix`, or an inner word that starts with it.
    pub(super) fn starting_with(&self, prefix: &str, inner: bool, limit: usize, table: &FilmTable) -> Vec<Row> {
        best_of_segments(&self.segments, limit, table, |segment| {
            let keys = if inner { &segment.inner } else { &segment.full };
            (keys, vec![keys.with_prefix(prefix.as_bytes())])
        })
    }

    /// The key of a reference as it was typed.
    pub(super) fn key(reference: &str) -> String {
        key_of(reference)
    }
}

/// The best-known live films in some ranges of every segment, each film once.
pub(super) fn best_of_segments<'a>(
    segments: &'a [Arc<Segment>],
    limit: usize,
    table: &'a FilmTable,
    ranges: impl Fn(&'a Segment) -> (&'a KeyTable, Vec<std::ops::Range<usize>>),
) -> Vec<Row> {
    let mut best: Vec<(Renown, Row)> = Vec::new();
    for segment in segments {
        let (keys, ranges) = ranges(segment);
        let mut found: Vec<(Renown, Row)> = Vec::new();
        for (renown, entry) in keys.best_first(&ranges, table) {
            if found.len() == limit {
                break;
            }
            // entries of one film follow one another: no two films have the same renown
            if table.live().contains(entry.row()) && found.last().is_none_or(|&(_, row)| row != entry.row()) {
                found.push((renown, entry.row()));
            }
        }
        best.extend(found);
    }
    best.sort_unstable_by(|left, right| right.cmp(left));
    best.truncate(limit);
    best.into_iter().map(|(_, row)| row).collect()
}

fn merge(segments: &[&Arc<Segment>], table: &FilmTable) -> Result<Segment> {
    let mut builder = TitleIndexBuilder::default();
    let alive = |entry: Entry| table.live().contains(entry.row());
    for segment in segments {
        segment.full.pour_into(&mut builder.full, alive);
        segment.inner.pour_into(&mut builder.inner, alive);
    }
    builder.into_segment(table)
}
