//! Which of several films people mean: the better-known one.

use std::cmp::Reverse;

use super::keys::Entry;
use crate::film::FilmId;
use crate::table::{FilmTable, Row};

/// Greater is better known: votes, then popularity, then the older film, then the lower id. Never equal for two films.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Renown {
    votes: u64,
    popularity: u32,
    age: Reverse<i32>,
    id: Reverse<FilmId>,
}

/// A title as written outweighs a variant of a film's title (no article, …) that has up to this many times its votes: `Host` and `The Host`
/// are both found as written, but `godfather` is not a film of that name that nobody knows.
const LITERAL_WEIGHT: u64 = 100;

impl Renown {
    /// Of the film in `row`.
    pub fn of(table: &FilmTable, row: Row) -> Self {
        let popularity = table.popularity(row).filter(|popularity| *popularity > 0.0).unwrap_or(0.0);
        Self {
            votes: u64::from(table.votes(row).unwrap_or(0)) + 1,
            popularity: popularity.to_bits(), // bits of positive floats are in the order of the floats
            age: Reverse(table.year(row).unwrap_or(i32::MAX)),
            id: Reverse(table.id(row)),
        }
    }

    /// Of the film of an entry: with the weight of a title as it is written, where the entry is.
    pub fn of_entry(table: &FilmTable, entry: Entry) -> Self {
        let renown = Self::of(table, entry.row());
        if entry.is_variant() { renown } else { renown.literal() }
    }

    /// The same with the weight of a title as it is written.
    fn literal(self) -> Self {
        Self { votes: self.votes * LITERAL_WEIGHT, ..self }
    }
}
