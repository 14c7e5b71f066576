//! A question that is nothing but a title.

use super::index::TitleIndex;
use super::readings::{Reading, readings};
use super::resolve::Lookup;
use crate::lexicon::{is_asking_word, is_stop_word};
use crate::question::Question;
use crate::table::{FilmTable, Row, RowSet};
use crate::text::key_of;

/// Words of the longest question that is looked up as a title.
const LONGEST: usize = 20;

/// The same of a title with a typo: the search for typos grows with the text.
const LONGEST_WITH_TYPO: usize = 12;

impl TitleIndex {
    /// The film that the whole question names: as [`resolve`](Self::resolve) finds it, and where titles go on after the question, the
    /// best known of them. Only films in `rows`. A typo is assumed only in words that the films' texts do not know (`is_known`), so that a
    /// description does not become a title.
    pub fn asked(&self, question: &Question, table: &FilmTable, rows: &RowSet, is_known: impl Fn(&str) -> bool) -> Option<Row> {
        let words = question.words();
        if words.len() > LONGEST {
            return None;
        }
        let readings = readings(question.text());
        let lookup = Lookup { index: self, table, rows };
        let in_doubt = || words.len() <= LONGEST_WITH_TYPO && words.iter().any(|word| !is_known(word));
        let typo_in = |form: &str, title: &str| {
            let of_title: Vec<&str> = title.split(' ').collect();
            form.split(' ').filter(|word| !of_title.contains(word)).all(|word| !is_known(word))
        };
        lookup
            .exact(&readings)
            .or_else(|| readings.iter().find_map(|reading| lookup.best(lookup.main(reading))))
            .or_else(|| readings.iter().find_map(|reading| short_form(&lookup, reading)))
            .or_else(|| in_doubt().then(|| lookup.typos(&readings, typo_in))?)
    }
}

/// `bill and ted`, `e t`: words with which a title starts, at least one of which says something.
fn short_form(lookup: &Lookup<'_>, reading: &Reading) -> Option<Row> {
    let key = key_of(&reading.title);
    let telling = key.split(' ').any(|word| !is_stop_word(word) && !is_asking_word(word));
    let found = telling.then(|| lookup.starting_with_words(&key))??;
    reading.year.is_none_or(|year| lookup.table.year(found) == Some(year)).then_some(found)
}
