//! The data files say what their first lines promise.

use std::collections::HashSet;

use super::*;
use crate::text::{fold_words, normalize};

/// Genres as TMDB names them, normalised.
const TMDB_GENRES: [&str; 19] = [
    "action",
    "adventure",
    "animation",
    "comedy",
    "crime",
    "documentary",
    "drama",
    "family",
    "fantasy",
    "history",
    "horror",
    "music",
    "mystery",
    "romance",
    "science fiction",
    "thriller",
    "tv movie",
    "war",
    "western",
];
const FILES: [(&str, &str); 6] = [
    ("words.tsv", words::FILE),
    ("languages.tsv", languages::FILE),
    ("nations.tsv", nations::FILE),
    ("origins.tsv", origins::FILE),
    ("genres.tsv", genres::FILE),
    ("numbers.tsv", numbers::FILE),
];

fn each_once<'a>(what: &str, items: impl IntoIterator<Item = &'a str>) {
    let mut seen = HashSet::new();
    for item in items {
        assert!(seen.insert(item), "{what}: {item:?} stands twice");
    }
}

fn normalised(what: &str, name: &str) {
    assert!(!name.is_empty() && normalize(name) == name, "{what}: {name:?} is not normalised");
}

fn are_codes(what: &str, codes: &[&str]) {
    each_once(what, codes.iter().copied());
    assert!(codes.iter().all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase())), "{what}: {codes:?}");
}

fn are_genres(what: &str, names: &[&str]) {
    assert!(names.iter().all(|name| TMDB_GENRES.contains(name)), "{what}: {names:?}");
}

#[test]
fn every_row_has_the_fields_that_the_file_names() {
    for (name, file) in FILES {
        let lines: Vec<&str> = tsv::lines(file).collect();
        let fields = lines[0].split('\t').count();
        for line in &lines {
            assert_eq!(line.split('\t').count(), fields, "{name}: {line:?}");
            assert!(line.split('\t').all(|field| field == field.trim()), "{name}: {line:?}");
        }
    }
}

#[test]
fn words_stand_once_in_order_with_known_roles() {
    let rows: Vec<[&str; 2]> = tsv::rows(words::FILE).collect();
    assert!(rows.is_sorted_by(|left, right| left[0] < right[0]), "sorted, each word once");
    for [word, roles] in &rows {
        assert!(!roles.is_empty() && fold_words(word) == [*word] && normalize(word) == *word, "{word:?} {roles:?}");
        each_once(word, roles.split(' '));
        assert!(roles.split(' ').all(|role| words::ROLES.iter().any(|(known, _)| *known == role)), "{word}: {roles}");
    }
    for (name, role) in words::ROLES {
        assert!(rows.iter().any(|[word, _]| plays(word, role)), "no word is {name}");
    }
}

#[test]
fn a_language_has_one_row_and_each_name_stands_once() {
    let rows: Vec<[&str; 2]> = tsv::rows(languages::FILE).collect();
    each_once("languages", rows.iter().flat_map(|[_, names]| names.split(", ")));
    each_once("codes of languages", rows.iter().map(|[codes, _]| *codes));
    for [codes, names] in rows {
        are_codes(names, &codes.split(' ').collect::<Vec<_>>());
        names.split(", ").for_each(|name| normalised("languages", name));
    }
}

#[test]
fn a_nation_has_one_row_and_its_languages_are_known() {
    let all: Vec<nations::Nation> = nations::nations().collect();
    each_once("nations", all.iter().flat_map(|nation| nation.names.iter().map(|(name, _)| *name)));
    for nation in all {
        let name = nation.names[0].0;
        nation.names.iter().for_each(|(name, _)| normalised("nations", name));
        are_codes(name, &[nation.countries, nation.near.clone()].concat());
        assert!(nation.languages.iter().all(|language| !language_codes(language).is_empty()), "{name}: {:?}", nation.languages);
        let wished = nation.names.iter().any(|(_, wished)| *wished);
        assert!(wished || (nation.languages.is_empty() && nation.near.is_empty()), "{name}: nothing wishes for its languages");
    }
}

#[test]
fn origins_and_genres_stand_once_and_mean_what_there_is() {
    let others: Vec<[&str; 5]> = tsv::rows(origins::FILE).collect();
    let nations: Vec<_> = nations::nations().flat_map(|nation| nation.names).filter(|(_, wished)| *wished).map(|(name, _)| name).collect();
    each_once("origins", others.iter().map(|[words, ..]| *words).chain(nations));
    for [words, languages, countries, genres, stands] in others {
        normalised("origins", words);
        assert!(tsv::list(languages, ", ").all(|language| !language_codes(language).is_empty()), "{words}: {languages}");
        are_codes(words, &tsv::list(countries, " ").collect::<Vec<_>>());
        are_genres(words, &tsv::list(genres, ", ").collect::<Vec<_>>());
        assert!(["always", "beside"].contains(&stands), "{words}: {stands}");
    }
    let genres: Vec<[&str; 4]> = tsv::rows(genres::FILE).collect();
    each_once("genres", genres.iter().map(|[words, ..]| *words));
    for [words, genres, stands, alias] in genres {
        normalised("genres", words);
        assert!(!genres.is_empty() && ["always", "beside"].contains(&stands) && ["alias", ""].contains(&alias), "{words}");
        are_genres(words, &genres.split(", ").collect::<Vec<_>>());
    }
}

#[test]
fn synonyms_are_groups_of_folded_words() {
    for group in tsv::lines(synonyms::FILE) {
        let words: Vec<&str> = group.split(' ').collect();
        assert!(words.len() > 1 && fold_words(group) == words, "{group}");
        each_once(group, words);
    }
}

#[test]
fn a_name_and_its_adjective_mean_the_same() {
    for (name, adjective) in [("czechoslovakia", "czechoslovak"), ("east germany", "east german"), ("south korea", "korean")] {
        assert_eq!(country_codes(name), country_codes(adjective));
    }
    assert_eq!(
        (country_codes("east german"), country_codes("soviet union"), language_codes("chinese")),
        (&["dd", "xg"][..], &["su"][..], &["zh", "cn"][..])
    );
    assert!(country_codes("atlantis").is_empty() && language_codes("klingon").is_empty());
}

#[test]
fn numbers_are_read_in_words_and_numerals() {
    assert_eq!((number_of_word("zero"), number_of_word("twenty"), number_of_word("many")), (Some(0), Some(20), None));
    assert_eq!((number_of_roman("i"), number_of_roman("xx"), number_of_roman("xxi")), (Some(1), Some(20), None));
}
