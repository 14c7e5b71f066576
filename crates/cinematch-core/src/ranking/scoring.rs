//! One score out of meaning, words, names and hints.

use std::collections::HashMap;

use super::weights::WEIGHTS;
use crate::embedding::ModelSpec;
use crate::query::{Part, PartName};
use crate::question::Intent;
use crate::table::{Field, FilmTable, Row, USUAL_RATING};

/// Relevance is `1 - exp(-sum / SCALE)`: a sum of 0.3 (a film about something else) gives 0.39, 1 (a good description) 0.81, 1.8 (the title) 0.95.
const SCALE: f32 = 0.6;
/// What any film reaches with a model trained for questions.
const QUESTION_MODEL_BASE: f32 = 0.8;

/// A film that may be a hit, with what speaks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The film's row.
    pub row: Row,
    /// Weighted cosine of question and film, not below 0.
    pub meaning: f32,
    /// Weighted share of words.
    pub words: f32,
    /// Weighted names: title and people.
    pub names: f32,
    /// Weighted hints: years, origin, genres, tags.
    pub hints: f32,
    /// Weighted popularity.
    pub popularity: f32,
}

impl Candidate {
    /// What films are ordered by.
    pub fn sum(&self) -> f32 {
        self.meaning + self.words + self.names + self.hints + self.popularity
    }

    /// The parts by name, largest first; they add up to `relevance`.
    pub fn parts(&self, relevance: f32) -> Vec<Part> {
        let scale = relevance / self.sum().max(f32::MIN_POSITIVE);
        let parts = [
            (PartName::Meaning, self.meaning),
            (PartName::Words, self.words),
            (PartName::Names, self.names),
            (PartName::Hints, self.hints),
            (PartName::Popularity, self.popularity),
        ];
        let speaking = parts.into_iter().filter(|&(_, score)| score > 0.0);
        let mut parts: Vec<_> = speaking.map(|(part, score)| Part { part, score: score * scale }).collect();
        parts.sort_by(|a, b| b.score.total_cmp(&a.score));
        parts
    }
}

/// How a model's cosines enter the sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeaningScale {
    weight: f32,
    base: f32,
}

impl MeaningScale {
    /// Of a model.
    pub fn of(model: &ModelSpec) -> Self {
        if model.is_trained_for_questions() {
            Self { weight: WEIGHTS.meaning_of_questions, base: QUESTION_MODEL_BASE }
        } else {
            Self { weight: WEIGHTS.meaning, base: 0.0 }
        }
    }

    /// The part of the sum that a cosine makes.
    pub fn part(self, cosine: f32) -> f32 {
        self.weight * cosine.max(0.0)
    }

    /// A sum as a relevance in [0, 1].
    pub fn relevance(self, sum: f32) -> f32 {
        1.0 - (-(sum - self.base).max(0.0) / SCALE).exp()
    }
}

/// The part of a score that a film's prior (see [`FilmTable::popularity_prior`]) makes, and for a bare description its mean vote.
pub fn popularity(bare: bool, table: &FilmTable, row: Row) -> f32 {
    let prior = table.popularity_prior(row);
    if bare {
        let rating = table.rating(row).unwrap_or(USUAL_RATING) / 10.0;
        WEIGHTS.popularity_of_bare * (prior * rating).powi(2)
    } else {
        WEIGHTS.popularity * prior
    }
}

/// The lexical part of a score; `best` is the question's highest lexical score.
pub fn words_share(score: f32, best: f32) -> f32 {
    score / best.max(WEIGHTS.words_floor)
}

/// What the question hints at beside its words, weighted.
pub fn hints(intent: &Intent, table: &FilmTable, row: Row) -> f32 {
    years(intent, table, row) + origin(intent, table, row) + genres(intent, table, row)
}

fn years(intent: &Intent, table: &FilmTable, row: Row) -> f32 {
    let Some(year) = table.year(row) else { return 0.0 };
    let distance = intent.years.iter().map(|&(from, to)| (from - year).max(year - to).max(0)).min();
    distance.map_or(0.0, |years| WEIGHTS.years * (-(years as f32) / WEIGHTS.years_decay).exp())
}

/// A language or a country that the question names.
fn origin(intent: &Intent, table: &FilmTable, row: Row) -> f32 {
    if intent.languages.is_empty() && intent.countries.is_empty() {
        return 0.0;
    }
    let fits = has_any(&intent.languages, Field::Languages, table, row) || has_any(&intent.countries, Field::Countries, table, row);
    let unknown = table.terms(Field::Languages, row).is_empty() && table.terms(Field::Countries, row).is_empty();
    WEIGHTS.origin
        * if fits {
            1.0
        } else if unknown {
            WEIGHTS.origin_unknown
        } else {
            0.0
        }
}

fn genres(intent: &Intent, table: &FilmTable, row: Row) -> f32 {
    if intent.genres.is_empty() {
        return 0.0;
    }
    let shared = intent.genres.iter().filter(|&&genre| has_any(&[genre], Field::Genres, table, row)).count();
    WEIGHTS.genres * shared as f32 / intent.genres.len() as f32
}

/// Whether the film has one of the names (normalised) in the field.
fn has_any(names: &[&str], field: Field, table: &FilmTable, row: Row) -> bool {
    let dictionary = table.dictionary(field);
    table.terms(field, row).iter().any(|&term| names.contains(&dictionary.key(term)))
}

/// Best first; equals in the order of their rows, which is that of their ids.
pub fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.sum().total_cmp(&a.sum()).then(a.row.cmp(&b.row)));
}

/// Puts a film first, whatever the others score: its names are worth at least a title, and as much more as it takes.
pub fn put_first(candidates: &mut [Candidate], row: Row) {
    let Some(place) = candidates.iter().position(|candidate| candidate.row == row) else { return };
    let best = candidates[0].sum();
    let film = &mut candidates[place];
    film.names = film.names.max(WEIGHTS.title + WEIGHTS.title_literal);
    film.names += (best - film.sum()).max(0.0);
    candidates[..=place].rotate_right(1);
}

/// Boosts of films by row, from names in the question.
pub type Boosts = HashMap<Row, f32>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;
    use crate::question::{Question, intent};

    fn candidate(row: Row, parts: [f32; 5]) -> Candidate {
        let [meaning, words, names, hints, popularity] = parts;
        Candidate { row, meaning, words, names, hints, popularity }
    }

    fn table(films: &[Film]) -> FilmTable {
        FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]).0
    }

    #[test]
    fn votes_break_near_ties_and_nothing_more() {
        let film = |id, votes| Film { tmdb_id: id, vote_count: Some(votes), ..Film::default() };
        let table = table(&[film(1, 0), film(2, 10_000), film(3, 0)]);
        let unknown = candidate(0, [0.505, 0.2, 0.0, 0.0, popularity(false, &table, 0)]);
        let known = candidate(1, [0.500, 0.2, 0.0, 0.0, popularity(false, &table, 1)]);
        let better = candidate(2, [0.605, 0.2, 0.0, 0.0, popularity(false, &table, 2)]);
        let mut candidates = vec![unknown, known, better];
        sort(&mut candidates);
        assert_eq!(candidates.iter().map(|candidate| candidate.row).collect::<Vec<_>>(), [2, 1, 0]);
    }

    #[test]
    fn a_bare_description_means_the_film_that_is_known_and_liked() {
        let film = |id, votes, rating| Film { tmdb_id: id, vote_count: Some(votes), vote_average: rating, ..Film::default() };
        let table = table(&[film(1, 10_000, Some(8.5)), film(2, 10_000, Some(6.5)), film(3, 10_000, None), film(4, 20, Some(8.5))]);
        let bare: Vec<f32> = (0..4).map(|row| popularity(true, &table, row)).collect();
        assert!(bare.is_sorted_by(|left, right| left > right), "{bare:?}");
        let asked: Vec<f32> = (0..3).map(|row| popularity(false, &table, row)).collect();
        assert!(asked.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 1e-6), "who asks may mean any film: {asked:?}");
    }

    #[test]
    fn equals_keep_the_order_of_their_rows() {
        let mut candidates = vec![candidate(7, [0.5; 5]), candidate(3, [0.5; 5])];
        sort(&mut candidates);
        assert_eq!(candidates[0].row, 3);
    }

    #[test]
    fn the_film_that_is_asked_for_by_its_title_comes_first_and_the_others_keep_their_order() {
        let mut candidates = vec![candidate(1, [0.9, 0.9, 0.9, 0.2, 0.1]), candidate(2, [0.5; 5]), candidate(3, [0.1; 5])];
        put_first(&mut candidates, 3);
        assert_eq!(candidates.iter().map(|candidate| candidate.row).collect::<Vec<_>>(), [3, 1, 2]);
        assert!(candidates[0].sum() >= candidates[1].sum() - 1e-6);
    }

    #[test]
    fn parts_add_up_to_the_relevance_largest_first() {
        let parts = candidate(0, [0.4, 0.3, 0.0, 0.1, 0.05]).parts(0.75);
        let names: Vec<PartName> = parts.iter().map(|part| part.part).collect();
        assert_eq!(names, [PartName::Meaning, PartName::Words, PartName::Hints, PartName::Popularity]);
        assert!((parts.iter().map(|part| part.score).sum::<f32>() - 0.75).abs() < 1e-6);
    }

    #[test]
    fn relevance_rises_with_the_sum_within_0_and_1() {
        for scale in [MeaningScale { weight: 1.0, base: 0.0 }, MeaningScale { weight: 2.0, base: QUESTION_MODEL_BASE }] {
            let relevances: Vec<f32> = [-1.0, 0.9, 1.5, 3.0].into_iter().map(|sum| scale.relevance(sum)).collect();
            assert!(relevances.is_sorted_by(|left, right| left < right), "{relevances:?}");
            assert!(relevances.iter().all(|relevance| (0.0..=1.0).contains(relevance)));
        }
    }

    #[test]
    fn hints_prefer_and_do_not_demand() {
        let film = |id, year, language: &str, genre: &str| Film {
            tmdb_id: id,
            year: Some(year),
            original_language: Some(language.to_owned()),
            genres: vec![genre.to_owned()],
            ..Film::default()
        };
        let table = table(&[film(1, 1985, "ko", "Horror"), film(2, 1991, "ko", "Horror"), film(3, 2020, "en", "Drama")]);
        let intent = intent(&Question::read("80s korean horror"));
        let scores: Vec<f32> = (0..3).map(|row| hints(&intent, &table, row)).collect();
        let full = WEIGHTS.years + WEIGHTS.origin + WEIGHTS.genres;
        assert!((scores[0] - full).abs() < 1e-6, "{scores:?}");
        assert!(scores[0] > scores[1] && scores[1] > scores[2] && scores[2] > 0.0, "{scores:?}");
        assert!(hints(&Intent::default(), &table, 0).abs() < 1e-6);
    }
}
