//! What a question says about years, origins and genres in passing: soft preferences, never filters.

use super::Question;
use super::years::{Years, years_of};
use crate::lexicon::{GENRES, Genre, ORIGINS, Role, plays};

/// Preferences read from a question. Empty where it says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Intent {
    /// Intervals of release; near any of them.
    pub years: Vec<Years>,
    /// Original languages, ISO 639-1; any of them.
    pub languages: Vec<&'static str>,
    /// Production countries, ISO 3166-1 alpha-2 in lower case; any of them.
    pub countries: Vec<&'static str>,
    /// Genres as TMDB names them, normalised (`science fiction`); each of them.
    pub genres: Vec<&'static str>,
}

/// Up to this many words a question is a list of wishes (`80s korean horror`); in longer ones an origin is wished for only beside a word
/// for film or a genre, because stories have Frenchmen too.
const SHORT: usize = 6;

/// Reads the preferences of a question.
pub fn intent(question: &Question) -> Intent {
    let words = question.words();
    let mut intent = Intent { years: years_of(&words), ..Intent::default() };
    let mut at = 0;
    while at < words.len() {
        at += read_origin(&words, at, &mut intent).max(read_genre(&words, at, &mut intent)).max(1);
    }
    intent
}

/// Number of words that the origin at `at` takes, 0 where there is none.
fn read_origin(words: &[&str], at: usize, intent: &mut Intent) -> usize {
    let Some((count, origin)) = ORIGINS.longest_at(words, at) else { return 0 };
    let after = (at + count..at + count + 3).any(|place| is_film_word(words, place) || genre_at(words, place).is_some());
    let before = (at.saturating_sub(2)..at).any(|place| is_film_word(words, place));
    if !is_denied(words, at) && (after || before || origin.always || words.len() <= SHORT) {
        extend(&mut intent.languages, &origin.languages);
        extend(&mut intent.countries, &origin.countries);
        extend(&mut intent.genres, &origin.genres);
    }
    count
}

fn read_genre(words: &[&str], at: usize, intent: &mut Intent) -> usize {
    let Some((count, genre)) = genre_at(words, at) else { return 0 };
    let next = at + count;
    let beside = is_film_word(words, next) || genre_at(words, next).is_some_and(|(_, genre)| genre.clear);
    let wish = next == words.len() && words.len() <= SHORT;
    if !is_denied(words, at) && (genre.clear || beside || wish) {
        extend(&mut intent.genres, &genre.genres);
    }
    count
}

/// The genre at `at`, and how many words name it.
fn genre_at(words: &[&str], at: usize) -> Option<(usize, &'static Genre)> {
    GENRES.longest_at(words, at)
}

fn is_film_word(words: &[&str], at: usize) -> bool {
    words.get(at).is_some_and(|word| plays(word, Role::Film))
}

/// `not a horror film`, `isn't korean`.
fn is_denied(words: &[&str], at: usize) -> bool {
    words[at.saturating_sub(2)..at].iter().any(|word| plays(word, Role::Denial))
}

fn extend(list: &mut Vec<&'static str>, more: &[&'static str]) {
    for item in more {
        if !list.contains(item) {
            list.push(item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Words = Vec<&'static str>;

    fn intent_of(text: &str) -> Intent {
        intent(&Question::read(text))
    }

    fn read(text: &str) -> (Vec<Years>, Words, Words, Words) {
        let Intent { years, languages, countries, genres } = intent_of(text);
        (years, languages, countries, genres)
    }

    #[test]
    fn wishes_are_read() {
        assert_eq!(read("80s Korean horror"), (vec![(1980, 1989)], vec!["ko"], vec!["kr"], vec!["horror"]));
        assert_eq!(read("anime about a bathhouse for spirits and a girl").3, ["animation"]);
        assert_eq!(read("a spaghetti western with a harmonica"), (vec![], vec!["it"], vec!["it"], vec!["western"]));
        assert_eq!(read("Bollywood musical").1, ["hi"]);
        assert_eq!(read("rom-com").3, ["romance", "comedy"]);
        assert_eq!(read("old sci-fi movie with ants").3, ["science fiction"]);
        assert_eq!(read("a film (Korean) that I think is very hard hitting and sad").1, ["ko"]);
        assert_eq!(read("animated war film").3, ["animation", "war"]);
    }

    #[test]
    fn what_the_story_tells_is_not_a_wish() {
        assert_eq!(intent_of("a French woman falls in love with an American soldier during the war"), Intent::default());
        assert_eq!(intent_of("his family moves to a house in Italy and a crime happens there one night"), Intent::default());
        assert_eq!(intent_of("it is not a horror movie and it wasn't french"), Intent::default());
        assert_eq!(intent_of(""), Intent::default());
    }
}
