//! Titles and people named inside a longer text.

use std::cmp::Reverse;

use super::index::TitleIndex;
use super::keys::{Entry, TitleKind};
use super::renown::Renown;
use crate::lexicon::{Role, plays};
use crate::question::Question;
use crate::table::{Field, FilmTable, Row, TermId};

/// A run of words of the text that is a film's title.
#[derive(Debug, Clone, PartialEq)]
pub struct TitleMention {
    /// The film's row.
    pub row: Row,
    /// Number of the first word matched.
    pub start: usize,
    /// Words matched.
    pub words: usize,
    /// Words matched over words of the text: 1 where the text is nothing but the title. Short titles in long texts are mostly chance.
    pub coverage: f32,
}

/// A run of words of the text that is a person's full name.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonMention {
    /// Directors or cast; who is both is there twice.
    pub field: Field,
    /// The person, a number of the field's dictionary.
    pub person: TermId,
    /// Number of the first word matched.
    pub start: usize,
    /// Words matched.
    pub words: usize,
}

/// Films given for one run of words.
const FILMS_A_RUN: usize = 3;
/// Title mentions given.
const MOST_TITLES: usize = 10;
/// Words of the longest name looked for.
const LONGEST_NAME: usize = 5;

impl TitleIndex {
    /// People and titles named in a question; a title inside a person's name (`Akira` in `Akira Kurosawa`), or the reverse, gives way to the longer.
    pub fn mentions(&self, question: &Question, table: &FilmTable) -> (Vec<PersonMention>, Vec<TitleMention>) {
        let (mut people, mut titles) = (find_people(question, table), self.find_titles(question, table));
        let overlap = |person: &PersonMention, title: &TitleMention| {
            person.start < title.start + title.words && title.start < person.start + person.words
        };
        titles.retain(|title| !people.iter().any(|person| overlap(person, title) && person.words > title.words));
        people.retain(|person| !titles.iter().any(|title| overlap(person, title) && title.words > person.words));
        (people, titles)
    }

    /// Films whose title is a run of whole words of the question. Runs inside longer ones are left out; longer runs come first, then better-known
    /// films; at most ten films, at most three of a run.
    pub fn find_titles(&self, question: &Question, table: &FilmTable) -> Vec<TitleMention> {
        let text = question.normalised();
        let words = text.split(' ').count();
        let mut runs: Vec<(usize, usize, Vec<Entry>)> = Vec::new();
        for (start, at) in word_starts(text).enumerate() {
            for segment in &self.segments {
                segment.full.prefixes_of(&text[at..], |length, entries| {
                    let run = &text[at..at + length];
                    let live = entries.iter().filter(|entry| entry.kind() != TitleKind::Main && table.live().contains(entry.row()));
                    if run.len() == text.len() || !is_common(run) {
                        runs.push((start, run.split(' ').count(), live.copied().collect()));
                    }
                });
            }
        }
        runs.retain(|(.., entries)| !entries.is_empty());
        let spans: Vec<(usize, usize)> = longest_apart(runs.iter().map(|&(start, count, _)| (start, count)).collect());
        let mut mentions: Vec<(usize, TitleMention)> = Vec::new();
        for (start, count) in spans {
            let entries = runs.iter().filter(|run| (run.0, run.1) == (start, count)).flat_map(|run| &run.2);
            let mut ranked: Vec<_> = entries.map(|entry| (entry.kind(), Reverse(Renown::of_entry(table, *entry)), entry.row())).collect();
            ranked.sort_unstable();
            let coverage = count as f32 / words as f32;
            mentions
                .extend(ranked.into_iter().take(FILMS_A_RUN).map(|(.., row)| (count, TitleMention { row, start, words: count, coverage })));
        }
        mentions.sort_by_key(|(count, mention)| (Reverse(*count), Reverse(Renown::of(table, mention.row))));
        mentions.truncate(MOST_TITLES);
        mentions.into_iter().map(|(_, mention)| mention).collect()
    }
}

/// People whose full name is a run of whole words of the question, longer names first. A name of one word counts only where it is the whole text.
pub fn find_people(question: &Question, table: &FilmTable) -> Vec<PersonMention> {
    let text = question.normalised();
    let starts: Vec<usize> = word_starts(text).collect();
    let words = starts.len();
    let run = |start: usize, count: usize| &text[starts[start]..starts.get(start + count).map_or(text.len(), |next| next - 1)];
    let person = |field, name: &str| table.dictionary(field).id_of(name).filter(|&id| table.dictionary(field).films(id) > 0);
    let fields = [Field::Directors, Field::Cast];
    let mut runs = Vec::new();
    for start in 0..words {
        for count in (1..=LONGEST_NAME.min(words - start)).filter(|&count| count > 1 || words == 1) {
            if fields.iter().any(|&field| person(field, run(start, count)).is_some()) {
                runs.push((start, count));
            }
        }
    }
    let mut mentions = Vec::new();
    for (start, count) in longest_apart(runs) {
        for field in fields {
            if let Some(id) = person(field, run(start, count)) {
                mentions.push(PersonMention { field, person: id, start, words: count });
            }
        }
    }
    mentions
}

fn is_common(run: &str) -> bool {
    !run.contains(' ') && (run.chars().count() < 3 || plays(run, Role::Common) || run.bytes().all(|byte| byte.is_ascii_digit()))
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    let first = (!text.is_empty()).then_some(0);
    first.into_iter().chain(text.match_indices(' ').map(|(place, _)| place + 1))
}

/// Of runs (start, count) the longest, then the longest that does not touch those taken, and so on; of equals the first.
fn longest_apart(mut runs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    runs.sort_unstable_by_key(|&(start, count)| (Reverse(count), start));
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for (start, count) in runs {
        if taken.iter().all(|&(other, length)| start + count <= other || other + length <= start) {
            taken.push((start, count));
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_runs_win() {
        assert_eq!(longest_apart(vec![(0, 1), (0, 3), (1, 1), (2, 4), (4, 1), (3, 1)]), [(2, 4), (0, 1), (1, 1)]);
    }
}
