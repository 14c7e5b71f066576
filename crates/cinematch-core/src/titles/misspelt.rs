//! Names of people with typos in them.

use std::cmp::Reverse;

use levenshtein_automata::DFA;

use super::mentions::find_people;
use crate::question::Question;
use crate::table::{Field, FilmTable, TermId};
use crate::text::{reached, typo_automaton};

/// Words of the longest question in which a name may be misspelt.
const LONGEST: usize = 12;
/// Words of the longest question that is taken for a misspelt name though its words are known (`brad pit`).
const LONGEST_OF_KNOWN: usize = 4;
/// Films of a person who may be meant by words that are known.
const FILMS_OF_KNOWN: u32 = 5;
/// Letters from which on two typos are tolerated.
const LONG_NAME: usize = 11;

/// The question with the name of the person who may be meant by a run of two or three of its words: one typo away, two in a long name, and
/// either a word of it is in no films' texts (`is_known`), or the question is short and the person well known. `None` where no name is misspelt.
pub fn with_names_spelt(question: &Question, table: &FilmTable, is_known: impl Fn(&str) -> bool) -> Option<Question> {
    let words = question.words();
    if words.len() > LONGEST || words.len() < 2 {
        return None;
    }
    let known: Vec<bool> = words.iter().map(|word| is_known(word)).collect();
    if (known.iter().all(|&known| known) && words.len() > LONGEST_OF_KNOWN) || !find_people(question, table).is_empty() {
        return None;
    }
    let runs = [3, 2].into_iter().flat_map(|count| (0..(words.len() + 1).saturating_sub(count)).map(move |start| (start, count)));
    let found = runs.filter_map(|(start, count)| {
        let doubtful = known[start..start + count].iter().any(|known| !known);
        let run = words[start..start + count].join(" ");
        let (typos, films, name) = nearest_person(&run, doubtful, table)?;
        Some(((typos, films), start, count, name))
    });
    let (_, start, count, name) = found.min_by_key(|&(rank, start, ..)| (rank, start))?;
    let spelt: Vec<&str> = words[..start].iter().copied().chain([name]).chain(words[start + count..].iter().copied()).collect();
    Some(Question::read(&spelt.join(" ")))
}

/// The person with most films among those whose name is nearest to `run`: typos, films, name.
fn nearest_person<'t>(run: &str, doubtful: bool, table: &'t FilmTable) -> Option<(u8, Reverse<u32>, &'t str)> {
    let letters = run.chars().count();
    let most = if doubtful && letters >= LONG_NAME { 2 } else { 1 };
    let least_films = if doubtful { 1 } else { FILMS_OF_KNOWN };
    let automaton = typo_automaton(run, most);
    [Field::Directors, Field::Cast].into_iter().filter_map(|field| nearest_in(run, &automaton, least_films, field, table)).min()
}

fn nearest_in<'t>(run: &str, automaton: &DFA, least_films: u32, field: Field, table: &'t FilmTable) -> Option<(u8, Reverse<u32>, &'t str)> {
    let names = table.dictionary(field);
    // A typo is seldom in the first letter; looking at names with the same one only makes the search many times faster.
    let may_be = |key: &str| key.as_bytes().first() == run.as_bytes().first() && key.len().abs_diff(run.len()) <= 2 && key.contains(' ');
    let near = |id: TermId| {
        let key = Some(names.key(id)).filter(|key| may_be(key) && names.films(id) >= least_films)?;
        Some((reached(automaton.eval(key)).filter(|&typos| typos > 0)?, Reverse(names.films(id)), names.name(id)))
    };
    (0..names.len() as TermId).filter_map(near).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;

    fn spelt(text: &str, known: &[&str]) -> Option<String> {
        let film = |id, director: &str, actor: &str| Film {
            tmdb_id: id,
            directors: vec![director.to_owned()],
            cast: vec![actor.to_owned()],
            ..Film::default()
        };
        let mut films = vec![film(1, "Wes Anderson", "Tom Hanks"), film(2, "Rose Gardens", "Leonardo DiCaprio")];
        films.extend((3..8).map(|id| film(id, "Wes Anderson", "Brad Pitt")));
        let (table, _) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
        with_names_spelt(&Question::read(text), &table, |word| known.contains(&word)).map(|question| question.text().to_owned())
    }

    #[test]
    fn a_name_with_a_typo_is_read_as_the_name() {
        assert_eq!(spelt("tom hnaks comedy", &["tom", "comedy"]).as_deref(), Some("Tom Hanks comedy"));
        assert_eq!(spelt("leonardo di caprio", &["leonardo", "di"]).as_deref(), Some("Leonardo DiCaprio"));
        assert_eq!(spelt("Wes Andersen", &["wes", "andersen"]).as_deref(), Some("Wes Anderson"));
        assert_eq!(spelt("movies with brad pit", &["movies", "with", "brad", "pit"]).as_deref(), Some("movies with Brad Pitt"));
    }

    #[test]
    fn known_words_are_no_typos_of_somebody_whom_nobody_knows() {
        assert_eq!(spelt("rose garden", &["rose", "garden"]), None);
        assert_eq!(
            spelt("a story of brad pit and his five brothers", &["a", "story", "of", "brad", "pit", "and", "his", "five", "brothers"]),
            None
        );
        assert_eq!(spelt("tom hanks", &["tom", "hanks"]), None);
    }
}
