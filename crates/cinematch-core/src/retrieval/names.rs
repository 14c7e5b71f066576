//! Titles and people named in a question, and the sentences that explain a hit.

use super::film_table::FilmTable;
use super::ranking::{Boosts, WEIGHTS};
use super::stop_words::{is_asking_word, is_stop_word};
use crate::recommend::Shared;
use crate::titles::TitleIndex;
use crate::titles::mentions::PersonMention;
use crate::titles::normalize::normalize;

/// Longer texts are stories, and a name in a story is mostly chance.
const LONGEST: usize = 60;
/// A title inside a question counts from this share of its content words on, or with [`LONG_TITLE`] content words.
const TITLE_SHARE: f32 = 0.5;
const LONG_TITLE: usize = 3;
/// A person counts from this share on.
const PERSON_SHARE: f32 = 0.34;
/// What a person named in passing still counts.
const PERSON_LEAST: f32 = 0.03;
/// Actors billed behind the first four count less.
const LEADS: usize = 4;
const SUPPORTING: f32 = 0.7;
/// Films of a person that can become candidates by the name alone.
const FILMS_OF_A_PERSON: usize = 100;

/// How much each film gains by the names in the question.
pub fn boosts(text: &str, titles: &TitleIndex, table: &FilmTable) -> Boosts {
    let mut boosts = Boosts::new();
    if text.split_whitespace().count() > LONGEST {
        return boosts;
    }
    let text = normalize(text);
    let words: Vec<&str> = text.split(' ').collect();
    let content = content_words(&words).max(1);
    let share = |start: usize, count: usize| {
        let named = content_words(&words[start..start + count]);
        (named, (named as f32 / content as f32).min(1.0))
    };
    let (people, titles) = titles.mentions(&text, table);
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
    for person in people {
        let (named, share) = share(person.start, person.words);
        let alone = named >= content;
        let weight = WEIGHTS.person * if share >= PERSON_SHARE { share } else { PERSON_LEAST };
        for row in best_known_films(table, &person) {
            let billed = table.terms(person.field, row).iter().position(|&term| term == person.person);
            let role = if billed.is_some_and(|place| place < LEADS) { 1.0 } else { SUPPORTING };
            let fame = if alone { WEIGHTS.person_popularity * table.popularity_prior(row) } else { 0.0 };
            *boosts.entry(row).or_insert(0.0) += weight * role + fame;
        }
    }
    boosts
}

fn best_known_films(table: &FilmTable, person: &PersonMention) -> Vec<super::row_set::Row> {
    let films = table.dictionary(person.field).rows(person.person);
    let mut rows: Vec<_> = films.iter().filter(|&row| table.live().contains(row)).collect();
    rows.sort_by(|&a, &b| table.popularity_prior(b).total_cmp(&table.popularity_prior(a)).then(a.cmp(&b)));
    rows.truncate(FILMS_OF_A_PERSON);
    rows
}

fn content_words(words: &[&str]) -> usize {
    words.iter().filter(|word| !is_stop_word(word) && !is_asking_word(word)).count()
}

/// Why a question found a film, in one sentence.
pub fn sentence(parts: &[(String, f32)], matched_words: &[String]) -> String {
    let words = if matched_words.is_empty() { String::new() } else { format!(" (“{}”)", matched_words.join("”, “")) };
    match parts.first().map(|(part, _)| part.as_str()) {
        Some("names") => "The question names its title or the people who made it.".to_owned(),
        Some("words") => format!("It has the words of the question{words}."),
        Some("hints") => "It is of the kind and time that the question asks for.".to_owned(),
        _ if matched_words.is_empty() => "Its story is near to the question in meaning.".to_owned(),
        _ => format!("Its story is near to the question in meaning, and it has words of it{words}."),
    }
}

/// Why a film was recommended, in one sentence.
pub fn taste_sentence(liked: Option<&str>, shared: &Shared) -> String {
    let Some(liked) = liked else { return "It is well liked and unlike the films that were disliked.".to_owned() };
    let people = shared.people.iter().take(2);
    let topics = shared.keywords.iter().take(3).chain(shared.genres.iter().take(2));
    let common: Vec<&str> = people.chain(topics).map(String::as_str).collect();
    if common.is_empty() { format!("Its story is near to that of {liked}.") } else { format!("Like {liked}: {}.", common.join(", ")) }
}
