//! Films that meet conditions, the best of them first.

use super::scoring::{Candidate, popularity};
use super::weights::WEIGHTS;
use crate::question::{Conditions, Merit};
use crate::table::{Field, FilmTable, Row, RowSet, USUAL_RATING};

/// Votes that a film's mean vote weighs as much as against the usual one (the weighted rating of the list of best films that `IMDb` keeps).
const USUAL_VOTES: f32 = 1_000.0;

/// At most `most` of `rows` that meet the conditions, best first.
pub fn meeting(conditions: &Conditions, table: &FilmTable, rows: &RowSet, most: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = rows
        .iter()
        .filter(|&row| meets(conditions, table, row))
        .map(|row| Candidate {
            row,
            meaning: 0.0,
            words: 0.0,
            names: 0.0,
            hints: WEIGHTS.conditions,
            popularity: merit(conditions.merit, table, row),
        })
        .collect();
    super::sort(&mut found);
    found.truncate(most);
    found
}

/// Whether a film meets the conditions.
pub fn meets(conditions: &Conditions, table: &FilmTable, row: Row) -> bool {
    let in_years = conditions.years.is_none_or(|(from, to)| table.year(row).is_some_and(|year| (from..=to).contains(&year)));
    let minutes = table.runtime(row).filter(|&minutes| minutes > 0);
    let long_enough = conditions.runtime.min.is_none_or(|min| minutes.is_some_and(|minutes| minutes >= min));
    let short_enough = conditions.runtime.max.is_none_or(|max| minutes.is_some_and(|minutes| minutes <= max));
    let has = |field, name: &str| table.terms(field, row).iter().any(|&term| table.dictionary(field).key(term) == name);
    let any_of = |field, names: &[&str]| names.iter().any(|name| has(field, name));
    let anywhere = conditions.languages.is_empty() && conditions.countries.is_empty();
    in_years
        && long_enough
        && short_enough
        && conditions.genres.iter().all(|genre| has(Field::Genres, genre))
        && (anywhere || any_of(Field::Languages, &conditions.languages) || any_of(Field::Countries, &conditions.countries))
}

fn merit(merit: Merit, table: &FilmTable, row: Row) -> f32 {
    match merit {
        Merit::Both => popularity(true, table, row),
        Merit::Known => WEIGHTS.popularity_of_bare * table.popularity_prior(row),
        Merit::Liked => {
            let votes = if table.has_votes() { table.votes(row).unwrap_or(0) as f32 } else { USUAL_VOTES };
            let rating = table.rating(row).unwrap_or(USUAL_RATING);
            let weighted = (votes * rating + USUAL_VOTES * USUAL_RATING) / (votes + USUAL_VOTES);
            WEIGHTS.popularity_of_bare * weighted / 10.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;
    use crate::question::{Question, conditions};

    fn found(text: &str) -> Vec<Row> {
        let film = |id, year, minutes, genre: &str, language: &str, votes, rating| Film {
            tmdb_id: id,
            year: Some(year),
            runtime: Some(minutes),
            genres: vec![genre.to_owned()],
            original_language: Some(language.to_owned()),
            vote_count: Some(votes),
            vote_average: Some(rating),
            ..Film::default()
        };
        let films = [
            film(1, 1994, 140, "Drama", "en", 20_000, 8.5),
            film(2, 1994, 80, "Comedy", "en", 9_000, 6.0),
            film(3, 1995, 85, "Comedy", "fr", 3_000, 8.4),
            film(4, 1950, 0, "Horror", "ja", 20, 9.0),
        ];
        let (table, _) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
        let conditions = conditions(&Question::read(text)).expect("a condition");
        meeting(&conditions, &table, table.live(), 10).iter().map(|candidate| candidate.row).collect()
    }

    #[test]
    fn films_that_meet_it_come_best_first() {
        assert_eq!(found("movies from 1994"), [0, 1]);
        assert_eq!(found("popular comedies"), [1, 2]);
        assert_eq!(found("best comedies"), [2, 1]);
        assert_eq!(found("movies under 90 minutes"), [2, 1]);
        assert_eq!(found("japanese horror movies"), [3]);
        assert_eq!(found("top rated movies"), [0, 2, 3, 1]);
    }
}
