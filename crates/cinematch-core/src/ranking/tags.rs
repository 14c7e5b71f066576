//! Tags of a vibe that are genres or keywords of the catalogue count as such.

use super::weights::WEIGHTS;
use crate::selection::filter::rows_called;
use crate::table::{Field, FilmTable, Row, RowSet};

/// Tags that the catalogue knows.
pub struct Tags {
    /// For each tag the films that have it as a genre or a keyword.
    known: Vec<RowSet>,
}

impl Tags {
    /// Looks the tags up.
    pub fn read(tags: &[String], table: &FilmTable) -> Self {
        let films_with = |tag: &String| {
            [Field::Genres, Field::Keywords].into_iter().filter_map(|field| rows_called(table, field, tag)).reduce(|mut rows, more| {
                rows.or(&more);
                rows
            })
        };
        Self { known: tags.iter().filter_map(films_with).collect() }
    }

    /// Weighted share of the known tags that the film has.
    pub fn score(&self, row: Row) -> f32 {
        if self.known.is_empty() {
            return 0.0;
        }
        WEIGHTS.tags * self.known.iter().filter(|rows| rows.contains(row)).count() as f32 / self.known.len() as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;

    #[test]
    fn tags_that_are_genres_or_keywords_count_by_their_share() {
        let film = |id, genre: &str, keyword: &str| Film {
            tmdb_id: id,
            genres: vec![genre.to_owned()],
            keywords: vec![keyword.to_owned()],
            ..Film::default()
        };
        let films = [film(1, "Science Fiction", "time travel"), film(2, "Science Fiction", "robot"), film(3, "Drama", "grief")];
        let (table, _) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
        let scores = |tags: &[&str]| {
            let tags = Tags::read(&tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>(), &table);
            [0, 1, 2].map(|row| (tags.score(row) / WEIGHTS.tags * 2.0) as u32) // in halves of the weight
        };
        assert_eq!(scores(&["Sci-Fi", "time travel", "no such tag"]), [2, 1, 0]);
        assert_eq!(scores(&["no such tag"]), [0; 3]);
        assert_eq!(scores(&[]), [0; 3]);
    }
}
