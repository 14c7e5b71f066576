//! Films of one series where the catalogue does not say so: titles that begin alike, made by the same people.

use crate::lexicon::{Role, plays};
use crate::table::{Field, FilmTable, LEADS, Row};
use crate::text::{normalize, strip_article};

/// Rows of films of the same series as the film in `row`: their titles begin with the same words, and they share a director or a leading
/// actor. Rows that are no longer live may be among them.
pub fn series_of(row: Row, table: &FilmTable) -> Vec<Row> {
    let own = stem(table.title(row));
    let people = [Field::Directors, Field::Cast].into_iter().flat_map(|field| {
        let leads = table.terms(field, row).iter().take(LEADS);
        leads.flat_map(move |&person| {
            table.dictionary(field).rows(person).iter().map(move |other| (field, person, other)).collect::<Vec<_>>()
        })
    });
    let leads_there =
        |&(field, person, other): &(Field, u32, Row)| table.terms(field, other).iter().take(LEADS).any(|&term| term == person);
    let mut rows: Vec<Row> = people
        .filter(|candidate| candidate.2 != row && begin_alike(&own, &stem(table.title(candidate.2))) && leads_there(candidate))
        .map(|(.., other)| other)
        .collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// A title without article, subtitle and number: `The Godfather Part II` is `godfather`, `Alien: Covenant` is `alien`.
fn stem(title: &str) -> String {
    let head = title.split(": ").next().unwrap_or(title).split(" - ").next().unwrap_or(title);
    let key = normalize(head);
    let mut words: Vec<&str> = strip_article(&key).split(' ').collect();
    while words.len() > 1 && words.last().is_some_and(|word| is_number(word)) {
        words.pop();
    }
    words.join(" ")
}

fn is_number(word: &str) -> bool {
    plays(word, Role::Sequel) || word.bytes().all(|byte| byte.is_ascii_digit()) || word.bytes().all(|byte| b"ivx".contains(&byte))
}

/// Whether the words of one are the first words of the other.
fn begin_alike(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    !short.is_empty() && long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::film::Film;

    fn film(id: u32, title: &str, director: &str, lead: &str) -> Film {
        Film { tmdb_id: id, title: title.to_owned(), directors: vec![director.to_owned()], cast: vec![lead.to_owned()], ..Film::default() }
    }

    #[test]
    fn titles_lose_what_tells_the_films_of_a_series_apart() {
        for (title, expected) in [
            ("The Godfather Part II", "godfather"),
            ("Alien: Covenant", "alien"),
            ("Toy Story 3", "toy story"),
            ("Rocky IV", "rocky"),
            ("2012", "2012"),
            ("Heat", "heat"),
        ] {
            assert_eq!(stem(title), expected);
        }
    }

    #[test]
    fn a_series_needs_a_like_title_and_shared_people() {
        let films = [
            film(1, "The Matrix", "Lana Wachowski", "Keanu Reeves"),
            film(2, "The Matrix Reloaded", "Lana Wachowski", "Keanu Reeves"),
            film(3, "Matrix of Evil", "Somebody Else", "Nobody"),
            film(4, "Speed", "Jan de Bont", "Keanu Reeves"),
        ];
        let upserts: Vec<_> = films.iter().map(|film| (film, 1)).collect();
        let (table, _) = FilmTable::empty().with_changes(&upserts, &[]);
        assert_eq!(series_of(0, &table), [1]);
        assert_eq!(series_of(1, &table), [0]);
        assert!(series_of(2, &table).is_empty());
    }
}
