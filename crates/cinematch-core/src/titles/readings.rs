//! How a reference can be read as a title: with or without the year at its end, the note in brackets, the article behind the comma.

use std::ops::RangeInclusive;

use crate::text::{is_article, key_of};

/// Years that films are from.
const YEARS: RangeInclusive<i32> = 1870..=2100;

/// A title, and the year that stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The title.
    pub title: String,
    /// Its year.
    pub year: Option<i32>,
}

/// The readings of a reference, nearest to what was typed first: as it stands, without its year, without its note (`Seven (a.k.a. Se7en)`,
/// and the note itself), with its article in front (`Matrix, The`).
pub fn readings(reference: &str) -> Vec<Reading> {
    let mut readings = vec![Reading { title: reference.trim().to_owned(), year: None }];
    let (title, year) = split_year(reference).map_or((reference.trim(), None), |(title, year)| (title, Some(year)));
    let mut add = |title: &str| {
        let reading = Reading { title: title.to_owned(), year };
        if !key_of(title).is_empty() && !readings.contains(&reading) {
            readings.push(reading);
        }
    };
    add(title);
    let (title, note) = split_note(title);
    for part in [Some(title), note].into_iter().flatten() {
        add(part);
        if let Some(turned) = article_in_front(part) {
            add(&turned);
        }
    }
    readings
}

/// `Heat (1995)`, `Heat [1995]`, `Heat, 1995`, `Heat 1995` and `Heat (1995 film)` in title and year.
fn split_year(reference: &str) -> Option<(&str, i32)> {
    let text = reference.trim_end().trim_end_matches([')', ']']);
    let text = [" film", " movie"].iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text);
    let (at, _) = text.char_indices().rev().nth(3)?;
    let (title, digits) = text.split_at(at);
    let year = digits.parse().ok().filter(|year| digits.bytes().all(|byte| byte.is_ascii_digit()) && YEARS.contains(year))?;
    let bare = title.trim_end_matches(|mark: char| mark.is_whitespace() || "([,-".contains(mark));
    (bare.len() < title.len() && !key_of(bare).is_empty()).then_some((bare, year))
}

/// `Seven (a.k.a. Se7en)` in title and note; a text without a note at its end is all title.
fn split_note(text: &str) -> (&str, Option<&str>) {
    let split = || {
        let (title, note) = text.trim_end().strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
        let note = ["a.k.a.", "aka", "AKA"].iter().find_map(|word| note.trim().strip_prefix(word)).unwrap_or(note);
        (!key_of(title).is_empty()).then_some((title.trim_end(), Some(note.trim())))
    };
    split().unwrap_or((text, None))
}

/// `Matrix, The` as `The Matrix`, `Dolce Vita, La` as `La Dolce Vita`.
fn article_in_front(text: &str) -> Option<String> {
    let (title, article) = text.rsplit_once(',')?;
    let article = article.trim();
    is_article(&key_of(article)).then(|| format!("{article} {}", title.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_stands_at_the_end_after_a_title() {
        for (text, expected) in [
            ("Heat (1995)", Some(("Heat", 1995))),
            ("Heat 1995 ", Some(("Heat", 1995))),
            ("Heat, 1995", Some(("Heat", 1995))),
            ("Heat [1995]", Some(("Heat", 1995))),
            ("Heat (1995 film)", Some(("Heat", 1995))),
            ("1917", None),
            ("(1995)", None),
            ("Heat1995", None),
            ("Room 9999", None),
            ("é95", None),
        ] {
            assert_eq!(split_year(text), expected, "{text}");
        }
    }

    #[test]
    fn forms_of_libraries_are_read() {
        for (text, title, year) in [
            ("Matrix, The (1999)", "The Matrix", Some(1999)),
            ("Dolce Vita, La", "La Dolce Vita", None),
            ("Seven (a.k.a. Se7en) (1995)", "Seven", Some(1995)),
            ("Seven (a.k.a. Se7en) (1995)", "Se7en", Some(1995)),
            ("City of Lost Children, The (Cité des enfants perdus, La) (1995)", "La Cité des enfants perdus", Some(1995)),
        ] {
            let found = readings(text);
            assert!(found.contains(&Reading { title: title.to_owned(), year }), "{text}: {found:?}");
        }
        assert_eq!(readings("Heat").len(), 1);
        assert_eq!(readings("O Brother, Where Art Thou?").len(), 1);
    }
}
