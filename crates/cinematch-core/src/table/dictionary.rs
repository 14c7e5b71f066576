//! The names that films have in one field (genres, actors, …): numbers instead of strings, and which films have them.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::cow::{CowMap, CowStrings, CowVec};
use super::row_set::{Row, RowSet};
use crate::text::{key_of, nearest};

/// Number of a name in its dictionary.
pub type TermId = u32;

/// A list of values is short enough to be shown whole up to here.
const SHOWN_WHOLE: usize = 30;
/// How many values are shown of a longer list.
const SHOWN_NEAREST: usize = 5;

/// Names of one field. Two spellings that normalise alike are one name; the first spelling is shown.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    keys: CowStrings,
    names: CowStrings,
    uses: CowVec<Uses, 8>,
    ids: CowMap,
    hasher: RandomState,
}

#[derive(Debug, Clone, Default)]
struct Uses {
    films: u32,
    rows: Rows,
}

/// Rows that ever had a name; rows of films that went away stay until the catalogue is opened again.
#[derive(Debug, Clone, Default)]
enum Rows {
    #[default]
    None,
    One(Row),
    Many(Arc<Vec<Row>>),
    Dense(Arc<RowSet>),
}

impl Dictionary {
    /// Number of names, those that no film has any more included.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a name that is normalised already.
    pub fn id_of(&self, key: &str) -> Option<TermId> {
        self.slot(key).ok()
    }

    /// The name as it is shown.
    pub fn name(&self, id: TermId) -> &str {
        self.names.get(id)
    }

    /// The name as it is compared.
    pub fn key(&self, id: TermId) -> &str {
        self.keys.get(id)
    }

    /// How many films have the name now.
    pub fn films(&self, id: TermId) -> u32 {
        self.uses.get(id).films
    }

    /// The rows that have the name. Rows that are no longer live may be among them: intersect with the live ones.
    pub fn rows(&self, id: TermId) -> RowSet {
        match &self.uses.get(id).rows {
            Rows::None => RowSet::new(),
            Rows::One(row) => RowSet::from_rows([*row]),
            Rows::Many(rows) => RowSet::from_rows(rows.iter().copied()),
            Rows::Dense(rows) => RowSet::clone(rows),
        }
    }

    /// The number of `name`, which is added where it is new.
    pub(super) fn intern(&mut self, name: &str) -> TermId {
        let key = key_of(name);
        match self.slot(&key) {
            Ok(id) => id,
            Err(slot) => {
                let id = self.names.len() as TermId;
                self.ids.insert(slot, id);
                self.keys.push(&key);
                self.names.push(name.trim());
                self.uses.push(Uses::default());
                id
            }
        }
    }

    /// Notes that the film in `row`, the newest row, has the name.
    pub(super) fn add(&mut self, id: TermId, row: Row) {
        let uses = self.uses.get_mut(id);
        uses.films += 1;
        match &mut uses.rows {
            Rows::None => uses.rows = Rows::One(row),
            Rows::One(first) => uses.rows = Rows::Many(Arc::new(vec![*first, row])),
            Rows::Many(rows) if is_dense(rows.len(), row) => {
                let mut dense = RowSet::from_rows(rows.iter().copied());
                dense.insert(row);
                uses.rows = Rows::Dense(Arc::new(dense));
            }
            Rows::Many(rows) => Arc::make_mut(rows).push(row),
            Rows::Dense(rows) => Arc::make_mut(rows).insert(row),
        }
    }

    /// Notes that one film less has the name.
    pub(super) fn forget(&mut self, id: TermId) {
        self.uses.get_mut(id).films -= 1;
    }

    /// The names that films have: all by falling count where they are few, else those nearest to `wanted`.
    pub fn known(&self, wanted: &str) -> Vec<String> {
        let mut ids: Vec<TermId> = (0..self.len() as TermId).filter(|&id| self.films(id) > 0).collect();
        if ids.len() <= SHOWN_WHOLE {
            ids.sort_by_key(|&id| (std::cmp::Reverse(self.films(id)), id));
        } else {
            ids = nearest(&key_of(wanted), ids.iter().map(|&id| (self.key(id), self.films(id), id)), SHOWN_NEAREST);
        }
        ids.into_iter().map(|id| self.name(id).to_owned()).collect()
    }

    /// The number of `key`, or the free slot for it.
    fn slot(&self, key: &str) -> Result<TermId, u64> {
        let mut slot = self.hasher.hash_one(key);
        while let Some(id) = self.ids.get(slot) {
            if self.keys.get(id) == key {
                return Ok(id);
            }
            slot = slot.wrapping_add(1);
        }
        Err(slot)
    }
}

/// Whether a bitmap up to `row` is smaller than a list of `count` rows.
fn is_dense(count: usize, row: Row) -> bool {
    count >= 64 && count > row as usize / 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_normalise_alike_are_one_name() {
        let mut names = Dictionary::default();
        let first = names.intern("Léa Seydoux");
        assert_eq!(names.intern("LEA  SEYDOUX"), first);
        assert_ne!(names.intern("Lea Thompson"), first);
        assert_eq!((names.name(first), names.key(first), names.id_of("lea seydoux")), ("Léa Seydoux", "lea seydoux", Some(first)));
        assert_eq!(names.id_of("lea"), None);
    }

    #[test]
    fn rows_survive_every_change_of_form() {
        let mut names = Dictionary::default();
        let (all, some) = (names.intern("all"), names.intern("some"));
        let before = names.clone();
        for row in 0..5_000 {
            names.add(all, row);
            if row % 100 == 0 {
                names.add(some, row);
            }
        }
        assert_eq!(names.rows(all).iter().collect::<Vec<_>>(), (0..5_000).collect::<Vec<_>>());
        assert_eq!(names.rows(some).iter().collect::<Vec<_>>(), (0..5_000).step_by(100).collect::<Vec<_>>());
        assert_eq!((names.films(all), names.films(some), before.films(all)), (5_000, 50, 0));
        assert!(before.rows(all).is_empty());
    }

    #[test]
    fn short_lists_are_shown_whole_and_long_ones_by_nearness() {
        let mut names = Dictionary::default();
        for (row, name) in ["Horror", "Drama", "Drama", "Comedy"].into_iter().enumerate() {
            let id = names.intern(name);
            names.add(id, row as Row);
        }
        names.intern("No film has this");
        assert_eq!(names.known("zzz"), ["Drama", "Horror", "Comedy"]);
        for row in 0..40 {
            let id = names.intern(&format!("Person Number{row}"));
            names.add(id, row);
        }
        assert_eq!(names.known("Horor")[0], "Horror");
        assert_eq!(names.known("Horor").len(), 5);
    }
}
