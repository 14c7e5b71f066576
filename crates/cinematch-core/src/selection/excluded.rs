//! What a question denies, as films of the catalogue.

use std::ops::Range;

use super::filter::rows_called;
use crate::lexicon::{ORIGINS, language_codes, wished_genres};
use crate::question::{Denial, Question, denials, speaks_of_films, without};
use crate::table::{Field, FilmTable, RowSet};
use crate::text::key_of;

/// Words of the shortest name of a person that is excluded; one word is more often something else.
const SHORTEST_NAME: usize = 2;

/// Genres that are words of stories, too: `a comedian who is not funny`, `a man without family`.
const OF_STORIES: [&str; 9] = ["crime", "drama", "family", "funny", "history", "music", "mystery", "scary", "war"];

/// A question without what it denies.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// The films that it does not want.
    pub excluded: RowSet,
    /// What it says beside that, where it denies anything.
    pub rest: Option<Question>,
}

/// Reads what a question denies. Genres, people, languages and countries are excluded, keywords only where it speaks of films and the denial
/// is clear; what the catalogue does not know is left out of the question, where it clearly is no part of a story.
pub fn wanted(question: &Question, table: &FilmTable) -> Wanted {
    let denials = denials(question);
    if denials.is_empty() {
        return Wanted::default();
    }
    let mut excluded = RowSet::new();
    let mut spans: Vec<Range<usize>> = Vec::new();
    let all: Vec<_> = denials.iter().map(|denial| denial.span(denial.words.len())).collect();
    let of_films = speaks_of_films(&Question::read(&without(question, &all)));
    for denial in &denials {
        match denied(denial, of_films, table) {
            Some((count, rows)) => {
                excluded.or(&rows);
                spans.push(denial.span(count));
            }
            None if denial.clear && of_films => spans.push(denial.span(denial.words.len())),
            None => {}
        }
    }
    let rest = (!spans.is_empty()).then(|| Question::read(&without(question, &spans)));
    Wanted { excluded, rest: rest.filter(|rest| !rest.words().is_empty()) }
}

/// The films that a tag of a vibe denies (`not scary`); `None` of a tag that denies nothing. Of one that the catalogue does not know there are none.
pub fn denied_by_tag(tag: &str, table: &FilmTable) -> Option<RowSet> {
    let denials = denials(&Question::read(tag));
    let first = denials.first().filter(|denial| denial.span(0).start == 0)?;
    Some(denied(first, true, table).map_or_else(RowSet::new, |(_, rows)| rows))
}

/// The films that a phrase of so many words means, in one of the ways in which it can be read.
type Reading<'a> = dyn Fn(usize, &str) -> Option<RowSet> + 'a;

/// The films that have what is denied, by as many of the words as the catalogue knows, and how many those are.
fn denied(denial: &Denial, of_films: bool, table: &FilmTable) -> Option<(usize, RowSet)> {
    let wished = denial.clear || (denial.last && of_films && !OF_STORIES.contains(&denial.words[0].as_str()));
    let kind = |_: usize, phrase: &str| wished.then(|| having_genres(phrase, table))?;
    let origin = |_: usize, phrase: &str| (denial.clear || (denial.after_in && of_films)).then(|| of_origin(phrase, table))?;
    let person = |count: usize, phrase: &str| (count >= SHORTEST_NAME).then(|| with_person(phrase, table))?;
    let keyword = |_: usize, phrase: &str| (denial.clear && of_films).then(|| about(phrase, table))?;
    let readings: [&Reading<'_>; 4] = [&kind, &origin, &person, &keyword];
    let longest = |reading: &&Reading<'_>| {
        (1..=denial.words.len()).rev().find_map(|count| Some((count, reading(count, &denial.words[..count].join(" "))?)))
    };
    readings.iter().find_map(longest)
}

fn having_genres(phrase: &str, table: &FilmTable) -> Option<RowSet> {
    let rows = wished_genres(phrase)?.iter().map(|genre| rows_called(table, Field::Genres, genre));
    rows.collect::<Option<Vec<_>>>()?.into_iter().reduce(|mut rows, more| {
        rows.and(&more);
        rows
    })
}

/// Films in the language, or from the country where it is known.
fn of_origin(phrase: &str, table: &FilmTable) -> Option<RowSet> {
    let origin = ORIGINS.get(phrase);
    let languages = origin.map_or(language_codes(phrase), |origin| &origin.languages);
    let countries = origin.map_or(&[][..], |origin| &origin.countries);
    let with = |field, codes: &[&'static str]| codes.iter().filter_map(|code| rows_called(table, field, code)).collect::<Vec<_>>();
    union(with(Field::Languages, languages).into_iter().chain(with(Field::Countries, countries)))
}

fn with_person(phrase: &str, table: &FilmTable) -> Option<RowSet> {
    union([Field::Cast, Field::Directors].into_iter().filter_map(|field| rows_called(table, field, phrase)))
}

/// Films with a keyword that has the words in it, in the singular or the plural (`zombies`: `zombie apocalypse`).
fn about(phrase: &str, table: &FilmTable) -> Option<RowSet> {
    let phrase = key_of(phrase);
    let singular = phrase.strip_suffix("es").filter(|stem| stem.ends_with(['o', 'x', 's', 'h'])).or_else(|| phrase.strip_suffix('s'));
    let plurals = [format!("{phrase}s"), format!("{phrase}es")];
    let forms: Vec<&str> = [phrase.as_str()].into_iter().chain(singular).chain(plurals.iter().map(String::as_str)).collect();
    let has = |key: &str, form: &str| format!(" {key} ").contains(&format!(" {form} "));
    let keywords = table.dictionary(Field::Keywords);
    let known = (0..keywords.len() as u32).filter(|&id| keywords.films(id) > 0);
    union(known.filter(|&id| forms.iter().any(|form| has(keywords.key(id), form))).map(|id| keywords.rows(id)))
}

fn union(sets: impl Iterator<Item = RowSet>) -> Option<RowSet> {
    sets.reduce(|mut rows, more| {
        rows.or(&more);
        rows
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;

    fn table() -> FilmTable {
        let film = |id, genre: &str, actor: &str, keyword: &str, language: &str| Film {
            tmdb_id: id,
            genres: vec![genre.to_owned()],
            cast: vec![actor.to_owned()],
            keywords: vec![keyword.to_owned()],
            original_language: Some(language.to_owned()),
            ..Film::default()
        };
        let films = [
            film(1, "Comedy", "Tom Cruise", "wedding", "en"),
            film(2, "Horror", "Somebody Else", "zombie apocalypse", "fr"),
            film(3, "Drama", "Tom Hanks", "loss of memory", "en"),
        ];
        FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]).0
    }

    fn read(text: &str) -> (Vec<u32>, Option<String>) {
        let Wanted { excluded, rest } = wanted(&Question::read(text), &table());
        (excluded.iter().collect(), rest.map(|rest| rest.text().to_owned()))
    }

    #[test]
    fn what_is_denied_is_excluded_and_left_out_of_the_question() {
        for (text, rows, rest) in [
            ("romantic movie that is not a comedy", vec![0], "romantic movie"),
            ("movies not starring Tom Cruise", vec![0], "movies"),
            ("non-horror vampire movie", vec![1], "vampire movie"),
            ("horror movie -zombies", vec![1], "horror movie"),
            ("end of the world film without zombies", vec![1], "end of the world film"),
            ("romantic film in paris, not french", vec![1], "romantic film in paris"),
            ("movie about a chef that is not in french", vec![1], "movie about a chef"),
            ("space film without xylophones", vec![], "space film"),
        ] {
            assert_eq!(read(text), (rows, Some(rest.to_owned())), "{text}");
        }
    }

    #[test]
    fn a_story_excludes_nothing() {
        for text in [
            "a man without memory tattoos his body",
            "movie about a man without memory",
            "no one believes her",
            "a man who is not afraid",
            "movie about a comedian who is not funny",
        ] {
            assert_eq!(read(text), (vec![], None), "{text}");
        }
    }

    #[test]
    fn tags_deny_too() {
        let rows = |tag: &str| denied_by_tag(tag, &table()).map(|rows| rows.iter().collect::<Vec<_>>());
        assert_eq!((rows("not scary"), rows("no zombies"), rows("scary")), (Some(vec![1]), Some(vec![1]), None));
    }
}
