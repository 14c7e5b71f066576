//! The words of a question that say something about a film.

use std::collections::{HashMap, HashSet};

use frostem::{Algorithm, Stemmer};

use super::analysis::Analyzer;
use crate::film::Film;
use crate::lexicon::{is_asking_word, is_stop_word, synonyms_of};
use crate::question::Question;

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
    /// The words of a question. Words of asking ("movie", "remember") are left out, unless there is no other word.
    pub fn of(question: &Question) -> Self {
        let words = question.folded().iter().filter(|word| !is_stop_word(word));
        let telling = words.clone().filter(|word| !is_asking_word(word));
        if telling.clone().next().is_some() { Self::of_words(telling) } else { Self::of_words(words) }
    }

    fn of_words<'a>(words: impl Iterator<Item = &'a String>) -> Self {
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

    /// The words of the question that the film has, in the question's order.
    pub fn matched_words(&self, film: &Film) -> Vec<String> {
        let document = Analyzer::default().document(film);
        let stems: HashSet<&str> = document.split_whitespace().collect();
        self.terms.iter().filter(|term| stems.contains(term.stem.as_str())).map(|term| term.word.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> LexicalQuery {
        LexicalQuery::of(&Question::read(text))
    }

    #[test]
    fn questions_lose_stop_words_and_words_of_asking() {
        let query = parse("I remember a movie where the robots are dreaming of robots");
        let found: Vec<_> = query.terms.iter().map(|term| (term.stem.as_str(), term.word.as_str())).collect();
        assert_eq!(found, [("robot", "robots"), ("dream", "dreaming")]);
        assert!((query.terms[0].weight - 2f32.sqrt()).abs() < 1e-6);
    }

    #[test]
    fn synonyms_stand_for_words_only_where_they_are_asked_for() {
        let query = parse("a cop in a xylophone shop");
        assert!(query.terms.iter().all(|term| term.synonyms.is_empty()));
        let query = query.with_synonyms();
        assert!(query.terms[0].synonyms.contains(&"polic".to_owned()) && query.terms[1].synonyms.is_empty());
    }

    #[test]
    fn a_question_of_asking_words_alone_keeps_them() {
        assert_eq!(parse("the last story").terms.iter().map(|term| term.word.as_str()).collect::<Vec<_>>(), ["last", "story"]);
        assert!(parse("who are you").terms.is_empty());
    }

    #[test]
    fn matched_words_are_those_of_the_question() {
        let film = Film { title: "The Iron Giant".to_owned(), keywords: vec!["robots".to_owned()], ..Film::default() };
        assert_eq!(parse("a giant friendly robot").matched_words(&film), ["giant", "robot"]);
    }
}
