//! Tags of a vibe that are genres or keywords of the catalogue count as such.

use super::dictionary::TermId;
use super::film_table::{Field, FilmTable};
use super::filter::terms_called;
use super::ranking::WEIGHTS;
use super::row_set::Row;

/// Tags that the catalogue knows.
pub struct Tags {
    /// For each tag the genres and keywords of that name.
    known: Vec<Vec<(Field, TermId)>>,
}

/// What people call genres otherwise than TMDB does.
const ALIASES: [(&str, &str); 6] = [
    ("sci fi", "Science Fiction"),
    ("scifi", "Science Fiction"),
    ("romantic", "Romance"),
    ("animated", "Animation"),
    ("musical", "Music"),
    ("historical", "History"),
];

impl Tags {
    /// Looks the tags up.
    pub fn read(tags: &[String], table: &FilmTable) -> Self {
        let known = tags.iter().map(|tag| named(tag, table)).filter(|terms| !terms.is_empty()).collect();
        Self { known }
    }

    /// Weighted share of the known tags that the film has.
    pub fn score(&self, table: &FilmTable, row: Row) -> f32 {
        if self.known.is_empty() {
            return 0.0;
        }
        let has = |terms: &&Vec<(Field, TermId)>| terms.iter().any(|(field, term)| table.terms(*field, row).contains(term));
        WEIGHTS.tags * self.known.iter().filter(has).count() as f32 / self.known.len() as f32
    }
}

fn named(tag: &str, table: &FilmTable) -> Vec<(Field, TermId)> {
    let key = crate::titles::normalize::key_of(tag);
    let alias = ALIASES.iter().find(|(alias, _)| *alias == key).map(|(_, genre)| *genre);
    let names = [Some(tag), alias];
    let lookups = names.into_iter().flatten().flat_map(|name| [(Field::Genres, name), (Field::Keywords, name)]);
    lookups.flat_map(|(field, name)| terms_called(table, field, name).into_iter().map(move |term| (field, term))).collect()
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
            [0, 1, 2].map(|row| (tags.score(&table, row) / WEIGHTS.tags * 2.0) as u32) // in halves of the weight
        };
        assert_eq!(scores(&["Sci-Fi", "time travel", "no such tag"]), [2, 1, 0]);
        assert_eq!(scores(&["no such tag"]), [0; 3]);
        assert_eq!(scores(&[]), [0; 3]);
    }
}
