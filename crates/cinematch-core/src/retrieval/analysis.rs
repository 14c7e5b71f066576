//! From text to the words that are compared: lower case, accents folded, possessive and apostrophes off, function words out, English stems.

use std::collections::HashMap;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::stop_words::{is_asking_word, is_stop_word};
use super::synonyms::synonyms_of;
use crate::film::Film;

/// Rises with every change of what [`Analyzer`] makes of a film, so that an index made by older rules is recognised.
pub const VERSION: u32 = 1;

/// The words of a text, folded: `Amélie's Café` gives `amelie`, `cafe`.
pub fn fold_words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|char: char| !char.is_alphanumeric() && char != '\'');
    words.map(|word| word.strip_suffix("'s").unwrap_or(word)).map(without_apostrophes).filter(|word| !word.is_empty()).collect()
}

fn without_apostrophes(word: &str) -> String {
    if word.contains('\'') { word.replace('\'', "") } else { word.to_owned() }
}

/// Lower case and compatibility decomposition without marks, character by character: order matters among marks only.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_ascii() && char != '`' {
            folded.push(char.to_ascii_lowercase());
        } else {
            for lower in char.to_lowercase() {
                decompose_compatible(lower, |part| push_folded(part, &mut folded));
            }
        }
    }
    folded
}

/// Drops marks; folds letters that Unicode does not decompose, and the typographic forms of the apostrophe.
fn push_folded(char: char, to: &mut String) {
    match char {
        'ø' => to.push('o'),
        'ł' => to.push('l'),
        'đ' | 'ð' => to.push('d'),
        'ı' => to.push('i'),
        'æ' => to.push_str("ae"),
        'œ' => to.push_str("oe"),
        'ß' => to.push_str("ss"),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => to.push('\''),
        _ if is_combining_mark(char) => {}
        _ => to.push(char),
    }
}

/// Stems words and remembers what it has stemmed; films share most of their words.
pub struct Analyzer {
    stemmer: Stemmer,
    stems: HashMap<String, String>,
}

impl Default for Analyzer {
    fn default() -> Self {
        Self { stemmer: Stemmer::new(Algorithm::English), stems: HashMap::new() }
    }
}

/// Stems to remember; a catalogue of 12,800 films has about 60,000 words.
const REMEMBERED: usize = 200_000;

impl Analyzer {
    /// What is indexed of a film: the stems of all its texts as one, separated by blanks.
    pub fn document(&mut self, film: &Film) -> String {
        let mut document = String::with_capacity(1_024);
        for word in film_texts(film).into_iter().flat_map(fold_words).filter(|word| !is_stop_word(word)) {
            document.push_str(self.stem(word));
            document.push(' ');
        }
        document
    }

    fn stem(&mut self, word: String) -> &str {
        if self.stems.len() >= REMEMBERED {
            self.stems.clear();
        }
        let stemmer = &self.stemmer;
        self.stems.entry(word).or_insert_with_key(|word| stemmer.stem(word).into_owned())
    }
}

/// The texts of a film in which words are looked for.
fn film_texts(film: &Film) -> Vec<&str> {
    let original = film.original_title.as_deref().filter(|&title| title != film.title);
    let lists = [&film.directors, &film.cast, &film.keywords, &film.genres];
    let texts = [Some(film.overview.as_str()), film.tagline.as_deref()];
    let names = lists.into_iter().flatten().map(String::as_str);
    [Some(film.title.as_str()), original].into_iter().flatten().chain(names).chain(texts.into_iter().flatten()).collect()
}

/// One word of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct QueryTerm {
    /// What is looked up.
    pub stem: String,
    /// The word as it was first asked, folded.
    pub word: String,
    /// How much it counts: the square root of its number of occurrences.
    pub weight: f32,
    /// Stems that may stand for it, a little less; none unless asked for by [`LexicalQuery::with_synonyms`].
    pub synonyms: &'static [String],
}

/// The words of a question that say something about a film.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LexicalQuery {
    /// In the order of their first occurrence, each stem once.
    pub terms: Vec<QueryTerm>,
}

impl LexicalQuery {
    /// Reads a question. Words of asking ("movie", "remember") are left out, unless there is no other word.
    pub fn parse(text: &str) -> Self {
        let words: Vec<String> = fold_words(text).into_iter().filter(|word| !is_stop_word(word)).collect();
        let telling = words.iter().filter(|word| !is_asking_word(word));
        if telling.clone().next().is_some() { Self::of(telling) } else { Self::of(words.iter()) }
    }

    fn of<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        let stemmer = Stemmer::new(Algorithm::English);
        let mut places: HashMap<String, usize> = HashMap::new();
        let mut terms: Vec<QueryTerm> = Vec::new();
        for word in words {
            let stem = stemmer.stem(word).into_owned();
            let place = *places.entry(stem.clone()).or_insert(terms.len());
            match terms.get_mut(place) {
                Some(term) => term.weight += 1.0,
                None => terms.push(QueryTerm { stem, word: word.clone(), weight: 1.0, synonyms: &[] }),
            }
        }
        for term in &mut terms {
            term.weight = term.weight.sqrt();
        }
        Self { terms }
    }

    /// The same question, in which synonyms stand for its words.
    #[must_use]
    pub fn with_synonyms(mut self) -> Self {
        for term in &mut self.terms {
            term.synonyms = synonyms_of(&term.stem);
        }
        self
    }

    /// Whether the question has no word to look for.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The words of the question that the film has, in the question's order.
    pub fn matched_words(&self, film: &Film) -> Vec<String> {
        let document = Analyzer::default().document(film);
        let stems: std::collections::HashSet<&str> = document.split_whitespace().collect();
        self.terms.iter().filter(|term| stems.contains(term.stem.as_str())).map(|term| term.word.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_accents_possessives_and_apostrophes() {
        assert_eq!(fold_words("Amélie’s CAFÉ, don't_stop: Rock 'n' Roll"), ["amelie", "cafe", "dont", "stop", "rock", "n", "roll"]);
        assert_eq!(fold_words("Łódź Ærø Straße ﬁlm ２００１"), ["lodz", "aero", "strasse", "film", "2001"]);
        assert_eq!(fold_words("'' -- ' s"), ["s"]);
        assert!(fold_words("").is_empty());
    }

    #[test]
    fn questions_lose_stop_words_and_words_of_asking() {
        let query = LexicalQuery::parse("I remember a movie where the robots are dreaming of robots");
        let found: Vec<_> = query.terms.iter().map(|term| (term.stem.as_str(), term.word.as_str())).collect();
        assert_eq!(found, [("robot", "robots"), ("dream", "dreaming")]);
        assert!((query.terms[0].weight - 2f32.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn synonyms_stand_for_words_only_where_they_are_asked_for() {
        let query = LexicalQuery::parse("a cop in a xylophone shop");
        assert!(query.terms.iter().all(|term| term.synonyms.is_empty()));
        let query = query.with_synonyms();
        assert!(query.terms[0].synonyms.contains(&"polic".to_owned()) && query.terms[1].synonyms.is_empty());
    }

    #[test]
    fn a_question_of_asking_words_alone_keeps_them() {
        assert_eq!(
            LexicalQuery::parse("the last story").terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>(),
            ["last", "story"]
        );
        assert!(LexicalQuery::parse("who are you").is_empty());
    }

    #[test]
    fn matched_words_are_those_of_the_question() {
        let film = Film { title: "The Iron Giant".to_owned(), keywords: vec!["robots".to_owned()], ..Film::default() };
        assert_eq!(LexicalQuery::parse("a giant friendly robot").matched_words(&film), ["giant", "robot"]);
    }
}
