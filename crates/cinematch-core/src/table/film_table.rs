//! What ranking, filters and titles need of every film, in columns. Whole films stay in the catalogue.
//! A table never changes: a change makes another table that shares all untouched chunks with the one before.

use super::cow::{CowLists, CowMap, CowStrings, CowVec};
use super::dictionary::{Dictionary, TermId};
use super::row_set::{Row, RowSet};
use crate::film::{Film, FilmId};
use crate::text::key_of;

/// Directors and leading actors, in the order of the credits, by whom films are likened: one series, one taste.
pub const LEADS: usize = 5;
/// What a film without a mean vote counts as where ratings are weighed.
pub const USUAL_RATING: f32 = 6.0;

/// Actors kept of a film, in billing order.
const CAST_KEPT: usize = 10;

/// The fields whose values are names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// Genres.
    Genres,
    /// Original language, one or none.
    Languages,
    /// Production countries.
    Countries,
    /// Directors.
    Directors,
    /// The first ten actors in billing order.
    Cast,
    /// Keywords.
    Keywords,
    /// The series of films, one or none.
    Collections,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 7] =
        [Self::Genres, Self::Languages, Self::Countries, Self::Directors, Self::Cast, Self::Keywords, Self::Collections];

    /// The name in the public API.
    pub fn name(self) -> &'static str {
        match self {
            Self::Genres => "genres",
            Self::Languages => "languages",
            Self::Countries => "countries",
            Self::Directors => "directors",
            Self::Cast => "cast",
            Self::Keywords => "keywords",
            Self::Collections => "collections",
        }
    }

    /// Whether there are so many values that only the most frequent ones can be shown.
    pub fn has_many_values(self) -> bool {
        match self {
            Self::Genres | Self::Languages | Self::Countries => false,
            Self::Directors | Self::Cast | Self::Keywords | Self::Collections => true,
        }
    }

    fn values(self, film: &Film) -> &[String] {
        match self {
            Self::Genres => &film.genres,
            Self::Languages => film.original_language.as_slice(),
            Self::Countries => &film.countries,
            Self::Directors => &film.directors,
            Self::Cast => &film.cast[..film.cast.len().min(CAST_KEPT)],
            Self::Keywords => &film.keywords,
            Self::Collections => film.collection.as_slice(),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct TermColumn {
    dictionary: Dictionary,
    lists: CowLists,
}

/// All films in rows.
#[derive(Debug, Clone, Default)]
pub struct FilmTable {
    ids: CowVec<FilmId>,
    generations: CowVec<u64>,
    titles: CowStrings,
    title_keys: CowStrings,
    original_titles: CowStrings,
    years: CowVec<Option<i32>>,
    ratings: CowVec<Option<f32>>,
    votes: CowVec<Option<u32>>,
    popularities: CowVec<Option<f32>>,
    runtimes: CowVec<Option<u32>>,
    terms: [TermColumn; Field::ALL.len()],
    rows: CowMap,
    live: RowSet,
    films: usize,
    most_votes: u32,
    rated: usize,
}

impl FilmTable {
    /// A table without films.
    pub fn empty() -> Self {
        Self::default()
    }

    /// This table with films added or updated (each with the catalogue generation of its vector) and others deleted; deletions come first.
    /// Returns the new row of each film that was added or updated, too, in the order given.
    pub fn with_changes(&self, upserts: &[(&Film, u64)], deletes: &[FilmId]) -> (Self, Vec<Row>) {
        let mut next = self.clone();
        let rows = next.apply(upserts, deletes);
        (next, rows)
    }

    /// As [`with_changes`](Self::with_changes), in place: nothing is copied while no other version shares the chunks (filling at start).
    pub fn apply(&mut self, upserts: &[(&Film, u64)], deletes: &[FilmId]) -> Vec<Row> {
        let mut dead: Vec<Row> = deletes.iter().filter_map(|&id| self.bury(id)).collect();
        let mut rows = Vec::with_capacity(upserts.len());
        for &(film, generation) in upserts {
            dead.extend(self.bury(film.tmdb_id));
            rows.push(self.push(film, generation));
        }
        if dead.iter().any(|&row| self.votes(row) == Some(self.most_votes)) {
            self.most_votes = self.live.iter().filter_map(|row| self.votes(row)).max().unwrap_or(0);
        }
        rows
    }

    fn bury(&mut self, id: FilmId) -> Option<Row> {
        let row = self.rows.remove(u64::from(id))?;
        self.live.remove(row);
        self.films -= 1;
        self.rated -= usize::from(self.rating(row).is_some());
        for TermColumn { dictionary, lists } in &mut self.terms {
            lists.get(row).iter().for_each(|&term| dictionary.forget(term));
        }
        Some(row)
    }

    fn push(&mut self, film: &Film, generation: u64) -> Row {
        let row = self.ids.len() as Row;
        self.ids.push(film.tmdb_id);
        self.generations.push(generation);
        self.titles.push(&film.title);
        self.title_keys.push(&key_of(&film.title));
        self.original_titles.push(film.original_title.as_deref().filter(|&original| original != film.title).unwrap_or_default());
        self.years.push(film.year);
        self.ratings.push(film.vote_average);
        self.votes.push(film.vote_count);
        self.popularities.push(film.popularity);
        self.runtimes.push(film.runtime);
        for (column, field) in self.terms.iter_mut().zip(Field::ALL) {
            column.push(field.values(film), row);
        }
        self.rows.insert(u64::from(film.tmdb_id), row);
        self.live.insert(row);
        self.films += 1;
        self.rated += usize::from(film.vote_average.is_some());
        self.most_votes = self.most_votes.max(film.vote_count.unwrap_or(0));
        row
    }

    /// Number of films.
    pub fn len(&self) -> usize {
        self.films
    }

    /// Whether there is no film.
    pub fn is_empty(&self) -> bool {
        self.films == 0
    }

    /// Number of rows, dead ones included.
    pub fn row_count(&self) -> usize {
        self.ids.len()
    }

    /// The rows of films that exist.
    pub fn live(&self) -> &RowSet {
        &self.live
    }

    /// The row of a film that exists.
    pub fn row_of(&self, id: FilmId) -> Option<Row> {
        self.rows.get(u64::from(id))
    }

    /// The catalogue generation at which the vector of the film last changed.
    pub fn generation_of(&self, row: Row) -> u64 {
        *self.generations.get(row)
    }

    /// TMDB id.
    pub fn id(&self, row: Row) -> FilmId {
        *self.ids.get(row)
    }

    /// Title.
    pub fn title(&self, row: Row) -> &str {
        self.titles.get(row)
    }

    /// Title as it is compared and sorted.
    pub fn title_key(&self, row: Row) -> &str {
        self.title_keys.get(row)
    }

    /// Title in the film's own language, where it is another.
    pub fn original_title(&self, row: Row) -> Option<&str> {
        Some(self.original_titles.get(row)).filter(|title| !title.is_empty())
    }

    /// Year of the first release.
    pub fn year(&self, row: Row) -> Option<i32> {
        *self.years.get(row)
    }

    /// Mean vote, 0 to 10.
    pub fn rating(&self, row: Row) -> Option<f32> {
        *self.ratings.get(row)
    }

    /// Number of votes.
    pub fn votes(&self, row: Row) -> Option<u32> {
        *self.votes.get(row)
    }

    /// TMDB's popularity figure.
    pub fn popularity(&self, row: Row) -> Option<f32> {
        *self.popularities.get(row)
    }

    /// Minutes.
    pub fn runtime(&self, row: Row) -> Option<u32> {
        *self.runtimes.get(row)
    }

    /// The names that a film has in a field, as numbers of [`dictionary`](Self::dictionary), each once, in the film's order.
    pub fn terms(&self, field: Field, row: Row) -> &[TermId] {
        self.terms[field as usize].lists.get(row)
    }

    /// The series of films that the film belongs to.
    pub fn collection(&self, row: Row) -> Option<TermId> {
        self.terms(Field::Collections, row).first().copied()
    }

    /// All names of a field.
    pub fn dictionary(&self, field: Field) -> &Dictionary {
        &self.terms[field as usize].dictionary
    }

    /// Whether any film has votes.
    pub fn has_votes(&self) -> bool {
        self.most_votes > 0
    }

    /// Whether any film has a mean vote.
    pub fn has_ratings(&self) -> bool {
        self.rated > 0
    }

    /// How well known a film is, 0 to 1: ln(1 + votes) over its maximum in the catalogue. 0 without votes.
    pub fn popularity_prior(&self, row: Row) -> f32 {
        match self.votes(row) {
            Some(votes) if votes > 0 => (votes as f32).ln_1p() / (self.most_votes.max(votes) as f32).ln_1p(),
            _ => 0.0,
        }
    }
}

impl TermColumn {
    fn push(&mut self, names: &[String], row: Row) {
        let mut terms: Vec<TermId> = Vec::with_capacity(names.len());
        for name in names.iter().filter(|name| !name.trim().is_empty()) {
            let term = self.dictionary.intern(name);
            if !terms.contains(&term) {
                terms.push(term);
                self.dictionary.add(term, row);
            }
        }
        self.lists.push(&terms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(id: FilmId, title: &str, votes: u32, genres: &[&str]) -> Film {
        Film {
            tmdb_id: id,
            title: title.to_owned(),
            vote_count: Some(votes),
            genres: genres.iter().map(|&genre| genre.to_owned()).collect(),
            ..Film::default()
        }
    }

    #[test]
    fn an_update_takes_a_new_row_and_leaves_the_old_version_alone() {
        let (alien, heat) = (film(348, "Alien", 100, &["Horror"]), film(949, "Heat", 50, &["Crime", "crime"]));
        let (first, rows) = FilmTable::empty().with_changes(&[(&alien, 1), (&heat, 1)], &[]);
        assert_eq!(rows, [0, 1]);
        let better = film(348, "Alien", 200, &["Horror", "Science Fiction"]);
        let (second, rows) = first.with_changes(&[(&better, 2)], &[949, 7]);
        assert_eq!(rows, [2]);
        assert_eq!((first.len(), first.row_of(348), first.votes(0), first.row_of(949)), (2, Some(0), Some(100), Some(1)));
        assert_eq!((second.len(), second.row_count(), second.row_of(348), second.row_of(949)), (1, 3, Some(2), None));
        assert_eq!(second.live().iter().collect::<Vec<_>>(), [2]);
        assert_eq!(
            second.terms(Field::Genres, 2).iter().map(|&term| second.dictionary(Field::Genres).name(term)).collect::<Vec<_>>(),
            ["Horror", "Science Fiction"]
        );
        let genres = second.dictionary(Field::Genres);
        let count = |name| genres.id_of(name).map(|id| genres.films(id));
        assert_eq!((count("horror"), count("crime"), count("science fiction")), (Some(1), Some(0), Some(1)));
        assert_eq!((second.generation_of(2), second.generation_of(1)), (2, 1));
    }

    #[test]
    fn a_film_given_twice_in_one_change_lives_once() {
        let (old, new) = (film(1, "Old", 1, &[]), film(1, "New", 2, &[]));
        let (table, rows) = FilmTable::empty().with_changes(&[(&old, 1), (&new, 1)], &[]);
        assert_eq!(rows, [0, 1]);
        assert_eq!((table.len(), table.title(1), table.row_of(1)), (1, "New", Some(1)));
    }

    #[test]
    fn the_prior_is_relative_to_the_best_known_film_alive() {
        let (big, small, none) = (film(1, "Big", 1_000, &[]), film(2, "Small", 10, &[]), film(3, "None", 0, &[]));
        let (table, _) = FilmTable::empty().with_changes(&[(&big, 1), (&small, 1), (&none, 1)], &[]);
        assert!((table.popularity_prior(0) - 1.0).abs() < 1e-6);
        assert!((table.popularity_prior(1) - 11_f32.ln() / 1_001_f32.ln()).abs() < 1e-6);
        assert!(table.popularity_prior(2).abs() < 1e-6);
        let (table, _) = table.with_changes(&[], &[1]);
        assert!((table.popularity_prior(1) - 1.0).abs() < 1e-6);
    }
}
