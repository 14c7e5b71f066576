//! Titles and people named in a question.

use std::collections::HashMap;

use super::scoring::Boosts;
use super::weights::WEIGHTS;
use crate::lexicon::{is_asking_word, is_stop_word};
use crate::question::Question;
use crate::table::{Field, FilmTable, Row};
use crate::text::normalize;
use crate::titles::{PersonMention, TitleIndex};

/// Longer texts are stories, and a name in a story is mostly chance.
const LONGEST: usize = 60;
/// A title inside a question counts from this share of its content words on, or with [`LONG_TITLE`] content words.
const TITLE_SHARE: f32 = 0.5;
const LONG_TITLE: usize = 3;
/// A person counts from this share on.
const PERSON_SHARE: f32 = 0.34;
/// What a person named in passing still counts.
const PERSON_LEAST: f32 = 0.03;
/// Actors billed behind the first so many count less.
const BILLED_FIRST: usize = 3;
const SUPPORTING: f32 = 0.7;
/// Films of a person that can become candidates by the name alone.
const FILMS_OF_A_PERSON: usize = 100;

/// How much each film gains by the names in the question.
pub fn boosts(question: &Question, titles: &TitleIndex, table: &FilmTable) -> Boosts {
    let mut boosts = Boosts::new();
    if question.text().split_whitespace().count() > LONGEST {
        return boosts;
    }
    let text = question.normalised();
    let words: Vec<&str> = text.split(' ').collect();
    let content = content_words(&words);
    let share = |start: usize, count: usize| {
        let named = content_words(&words[start..start + count]);
        (named, (named as f32 / content.max(1) as f32).min(1.0))
    };
    let (people, titles) = titles.mentions(question, table);
    for title in titles {
        let (named, share) = share(title.start, title.words);
        let boost = if title.coverage >= 1.0 {
            let literal =
                table.title_key(title.row) == text || table.original_title(title.row).is_some_and(|original| normalize(original) == text);
            WEIGHTS.title + if literal { WEIGHTS.title_literal } else { 0.0 }
        } else if named > 0 && (share >= TITLE_SHARE || named >= LONG_TITLE) {
            WEIGHTS.title_within * share * share
        } else {
            continue;
        };
        let best = boosts.entry(title.row).or_insert(0.0);
        *best = best.max(boost);
    }
    let mut by_person: HashMap<(usize, Row), f32> = HashMap::new();
    for person in people {
        // Every word of a name counts, though it be a stop word elsewhere (`will smith`).
        let others = content - content_words(&words[person.start..person.start + person.words]);
        let share = person.words as f32 / (person.words + others) as f32;
        let alone = others == 0;
        let weight = WEIGHTS.person * if share >= PERSON_SHARE { share } else { PERSON_LEAST };
        for row in best_known_films(table, &person) {
            let billed = table.terms(person.field, row).iter().position(|&term| term == person.person);
            let leads = person.field == Field::Directors || billed.is_some_and(|place| place < BILLED_FIRST);
            let role = if leads { 1.0 } else { SUPPORTING };
            let fame = if alone { WEIGHTS.person_popularity * table.popularity_prior(row) } else { 0.0 };
            // Who directed a film and plays in it is one person.
            let best = by_person.entry((person.start, row)).or_insert(0.0);
            *best = best.max(weight * role + fame);
        }
    }
    for ((_, row), boost) in by_person {
        *boosts.entry(row).or_insert(0.0) += boost;
    }
    boosts
}

fn best_known_films(table: &FilmTable, person: &PersonMention) -> Vec<Row> {
    let films = table.dictionary(person.field).rows(person.person);
    let mut rows: Vec<_> = films.iter().filter(|&row| table.live().contains(row)).collect();
    rows.sort_by(|&a, &b| table.popularity_prior(b).total_cmp(&table.popularity_prior(a)).then(a.cmp(&b)));
    rows.truncate(FILMS_OF_A_PERSON);
    rows
}

fn content_words(words: &[&str]) -> usize {
    words.iter().filter(|word| !is_stop_word(word) && !is_asking_word(word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;
    use crate::titles::TitleIndexBuilder;

    fn film(id: u32, title: &str, director: &str, cast: &[&str], votes: u32) -> Film {
        Film {
            tmdb_id: id,
            title: title.to_owned(),
            directors: vec![director.to_owned()],
            cast: cast.iter().map(|&name| name.to_owned()).collect(),
            vote_count: Some(votes),
            ..Film::default()
        }
    }

    fn boosts_of(text: &str) -> Boosts {
        let films = [
            film(1, "Heat", "Michael Mann", &["Al Pacino"], 6_000),
            film(2, "The Heat", "Paul Feig", &["Sandra Bullock"], 3_000),
            film(3, "Gran Torino", "Clint Eastwood", &["Clint Eastwood"], 9_000),
            film(4, "Mystic River", "Clint Eastwood", &["Sean Penn"], 5_000),
            film(5, "Bit Part", "Somebody Else", &["A One", "B Two", "C Three", "Clint Eastwood"], 10),
        ];
        let (table, rows) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
        let mut titles = TitleIndexBuilder::default();
        rows.iter().zip(&films).for_each(|(&row, film)| titles.add(row, film).expect("few rows"));
        boosts(&Question::read(text), &titles.finish(&table).expect("few titles"), &table)
    }

    fn boost(text: &str, row: Row) -> f32 {
        boosts_of(text).get(&row).copied().unwrap_or(0.0)
    }

    #[test]
    fn the_title_itself_counts_most_and_its_article_tells_namesakes_apart() {
        assert!((boost("heat", 0) - WEIGHTS.title - WEIGHTS.title_literal).abs() < 1e-6);
        assert!(boost("heat", 0) > boost("heat", 1) && boost("the heat", 1) > boost("the heat", 0));
    }

    #[test]
    fn a_title_word_does_not_drown_a_description() {
        assert!(boost("a heat wave makes the neighbours of a new york block quarrel", 0) < 0.05);
        assert!(boost("heat robbery", 0) < WEIGHTS.title / 2.0);
    }

    #[test]
    fn a_full_name_brings_the_films_of_the_person_best_known_first() {
        let boosts = boosts_of("films by Clint Eastwood");
        assert!(boosts[&2] > boosts[&3] && boosts[&3] > boosts[&4], "{boosts:?}");
        assert!(!boosts.contains_key(&0));
    }

    #[test]
    fn who_directs_and_plays_is_one_person() {
        let most = WEIGHTS.person + WEIGHTS.person_popularity;
        assert!(boost("clint eastwood", 2) <= most + 1e-6);
    }

    #[test]
    fn a_name_in_passing_counts_little_and_in_a_story_nothing() {
        let passing = "a stern old man who looks like clint eastwood repairs his car while loud neighbours move in next door";
        assert!(boost(passing, 2) < 0.05 && boost(passing, 2) > 0.0);
        assert!(boosts_of(&format!("clint eastwood {}", "word ".repeat(LONGEST))).is_empty());
    }
}
