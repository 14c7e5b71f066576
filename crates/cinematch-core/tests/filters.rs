//! Filters, facets and lists against a plain reading of the same films.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use cinematch_core::EngineError;
use cinematch_core::film::Film;
use cinematch_core::query::{Filters, Page, Range, SortKey, TermFilter};
use cinematch_core::testing::{FilmTable, RowSet, compile, facets, list};

/// A generator that gives the same numbers every time (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn names(&mut self, stem: &str, of: u64, most: u64) -> Vec<String> {
        (0..self.below(most + 1)).map(|_| format!("{stem} {}", self.below(of))).collect()
    }
}

fn films() -> Vec<Film> {
    let mut numbers = Numbers(42);
    (1..=2_000)
        .map(|id| {
            let some = |value: u64, numbers: &mut Numbers| (numbers.below(10) > 0).then_some(value);
            Film {
                tmdb_id: id,
                title: format!("Film {}", numbers.below(500)),
                year: some(1950 + numbers.below(75), &mut numbers).map(|year| year as i32),
                vote_average: some(numbers.below(101), &mut numbers).map(|rating| rating as f32 / 10.0),
                vote_count: some(numbers.below(1_000), &mut numbers).map(|votes| votes as u32),
                popularity: some(numbers.below(50), &mut numbers).map(|popularity| popularity as f32),
                runtime: some(60 + numbers.below(120), &mut numbers).map(|runtime| runtime as u32),
                genres: numbers.names("Genre", 12, 4),
                countries: vec![["KR", "US", "SU", "FR"][numbers.below(4) as usize].to_owned()],
                original_language: some(0, &mut numbers).map(|_| ["ko", "en", "zh", "cn"][numbers.below(4) as usize].to_owned()),
                directors: numbers.names("Director", 90, 2),
                cast: numbers.names("Actor", 300, 12),
                keywords: numbers.names("key", 200, 8),
                ..Film::default()
            }
        })
        .collect()
}

fn filled(films: &[Film]) -> FilmTable {
    let upserts: Vec<_> = films.iter().map(|film| (film, 1)).collect();
    let (table, _) = FilmTable::empty().with_changes(&upserts, &[]);
    // a third of the films take another row, and some go: dead rows must never show
    let again: Vec<_> = alive(films).filter(|film| film.tmdb_id % 3 == 0).map(|film| (film, 2)).collect();
    let gone: Vec<u32> = films.iter().map(|film| film.tmdb_id).filter(|id| id % 10 == 1).collect();
    table.with_changes(&again, &gone).0
}

fn alive(films: &[Film]) -> impl Iterator<Item = &Film> {
    films.iter().filter(|film| film.tmdb_id % 10 != 1)
}

fn ids(table: &FilmTable, rows: &RowSet) -> Vec<u32> {
    let mut ids: Vec<u32> = rows.iter().map(|row| table.id(row)).collect();
    ids.sort_unstable();
    ids
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn check(filters: &Filters, passes: impl Fn(&Film) -> bool) {
    let films = films();
    let table = filled(&films);
    let expected: Vec<u32> = alive(&films).filter(|film| passes(film)).map(|film| film.tmdb_id).collect();
    assert!(!expected.is_empty(), "the case tests nothing");
    assert_eq!(ids(&table, &compile(filters, &table).unwrap()), expected);
}

#[test]
fn no_filter_lets_every_living_film_pass() {
    check(&Filters::default(), |_| true);
}

#[test]
fn ranges_are_closed_and_fail_films_without_the_value() {
    check(&Filters { year: Range { min: Some(1980), max: Some(1989) }, ..Filters::default() }, |film| {
        film.year.is_some_and(|year| (1980..=1989).contains(&year))
    });
    check(&Filters { rating: Range { min: Some(7.5), max: None }, ..Filters::default() }, |film| {
        film.vote_average.is_some_and(|rating| rating >= 7.5)
    });
    check(&Filters { votes: Range { min: None, max: Some(0) }, ..Filters::default() }, |film| film.vote_count == Some(0));
    check(&Filters { runtime: Range { min: Some(90), max: Some(90) }, ..Filters::default() }, |film| film.runtime == Some(90));
}

#[test]
fn any_all_and_none_combine() {
    let filters = Filters {
        genres: TermFilter { any: names(&["GENRE 1", "genre 2"]), all: names(&["Génre-3"]), none: names(&["Genre 4"]) },
        keywords: TermFilter { none: names(&["key 7"]), ..TermFilter::default() },
        ..Filters::default()
    };
    let has = |list: &[String], name: &str| list.iter().any(|item| item == name);
    check(&filters, |film| {
        (has(&film.genres, "Genre 1") || has(&film.genres, "Genre 2"))
            && has(&film.genres, "Genre 3")
            && !has(&film.genres, "Genre 4")
            && !has(&film.keywords, "key 7")
    });
}

#[test]
fn people_are_exact_and_only_the_first_ten_of_the_cast_count() {
    let by = |name: &str| TermFilter { any: names(&[name]), ..TermFilter::default() };
    check(&Filters { directors: by("director 5"), ..Filters::default() }, |film| film.directors.iter().any(|name| name == "Director 5"));
    check(&Filters { cast: by("actor 5"), ..Filters::default() }, |film| film.cast.iter().take(10).any(|name| name == "Actor 5"));
}

#[test]
fn languages_and_countries_take_codes_and_english_names() {
    for name in ["ko", "KO", "Korean"] {
        let filters = Filters { languages: TermFilter { any: names(&[name]), ..TermFilter::default() }, ..Filters::default() };
        check(&filters, |film| film.original_language.as_deref() == Some("ko"));
    }
    let chinese = Filters { languages: TermFilter { all: names(&["Chinese"]), ..TermFilter::default() }, ..Filters::default() };
    check(&chinese, |film| matches!(film.original_language.as_deref(), Some("zh" | "cn")));
    for name in ["SU", "Soviet Union", "ussr"] {
        let filters = Filters { countries: TermFilter { any: names(&[name]), ..TermFilter::default() }, ..Filters::default() };
        check(&filters, |film| film.countries == ["SU"]);
    }
}

#[test]
fn genres_take_the_names_that_people_give_them() {
    let film = |id, genres: &[&str]| Film { tmdb_id: id, title: format!("Film {id}"), genres: names(genres), ..Film::default() };
    let films = [
        film(1, &["Science Fiction"]),
        film(2, &["Romance", "Comedy"]),
        film(3, &["Romance"]),
        film(4, &["Comedy", "Science Fiction"]),
        film(5, &["Animation"]),
    ];
    let (table, _) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
    let passing = |genres: TermFilter| ids(&table, &compile(&Filters { genres, ..Filters::default() }, &table).unwrap());
    for sci_fi in ["sci-fi", "SciFi", "Sci Fi", "science fiction"] {
        assert_eq!(passing(TermFilter { any: names(&[sci_fi]), ..TermFilter::default() }), [1, 4], "{sci_fi}");
    }
    for both in ["romcom", "rom-com", "Romantic Comedy"] {
        assert_eq!(passing(TermFilter { any: names(&[both]), ..TermFilter::default() }), [2], "{both}");
        assert_eq!(passing(TermFilter { none: names(&[both]), ..TermFilter::default() }), [1, 3, 4, 5], "{both}");
    }
    assert_eq!(passing(TermFilter { all: names(&["sci-fi", "comedies"]), ..TermFilter::default() }), [4]);
    assert_eq!(passing(TermFilter { any: names(&["romcom", "animated"]), none: names(&["scifi"]), ..TermFilter::default() }), [2, 5]);
    // What only hints at a genre is no name of it, nor is the alias of a genre that no film has.
    for unknown in ["pixar", "scary", "westerns"] {
        let genres = TermFilter { any: names(&[unknown]), ..TermFilter::default() };
        let error = compile(&Filters { genres, ..Filters::default() }, &table).unwrap_err();
        assert!(matches!(&error, EngineError::UnknownValue { value, known, .. } if value == unknown && known.len() == 4), "{error:?}");
    }
}

#[test]
fn a_genre_that_is_called_like_an_alias_is_itself() {
    let film = |id, genre: &str| Film { tmdb_id: id, title: format!("Film {id}"), genres: names(&[genre]), ..Film::default() };
    let films = [film(1, "Kids"), film(2, "Family")];
    let (table, _) = FilmTable::empty().with_changes(&films.iter().map(|film| (film, 1)).collect::<Vec<_>>(), &[]);
    let filters = Filters { genres: TermFilter { any: names(&["kids"]), ..TermFilter::default() }, ..Filters::default() };
    assert_eq!(ids(&table, &compile(&filters, &table).unwrap()), [1]);
}

#[test]
fn excluded_films_do_not_pass_and_unknown_ids_do_not_matter() {
    check(&Filters { exclude: vec![5, 6, 999_999], ..Filters::default() }, |film| ![5, 6].contains(&film.tmdb_id));
}

#[test]
fn what_nobody_has_is_refused_with_what_films_have() {
    let table = filled(&films());
    let unknown = |filters: Filters| match compile(&filters, &table) {
        Err(EngineError::UnknownValue { field, value, known }) => (field, value, known),
        other => panic!("{other:?}"),
    };
    let (field, value, known) =
        unknown(Filters { genres: TermFilter { none: names(&["Gener 1"]), ..TermFilter::default() }, ..Filters::default() });
    assert_eq!((field.as_str(), value.as_str(), known.len()), ("filters.genres", "Gener 1", 12));
    let (field, _, known) =
        unknown(Filters { directors: TermFilter { all: names(&["Directer 17"]), ..TermFilter::default() }, ..Filters::default() });
    assert_eq!((field.as_str(), known.len(), known[0].as_str()), ("filters.directors", 5, "Director 17"));
    let (field, ..) = unknown(Filters { languages: TermFilter { any: names(&["French"]), ..TermFilter::default() }, ..Filters::default() });
    assert_eq!(field, "filters.languages");
    let (field, ..) = unknown(Filters { keywords: TermFilter { any: names(&["  "]), ..TermFilter::default() }, ..Filters::default() });
    assert_eq!(field, "filters.keywords");
}

#[test]
fn a_name_that_only_deleted_films_had_is_unknown() {
    let film = Film { tmdb_id: 1, title: "One".to_owned(), genres: names(&["Rare"]), ..Film::default() };
    let (table, _) = FilmTable::empty().with_changes(&[(&film, 1)], &[]);
    let (table, _) = table.with_changes(&[], &[1]);
    let filters = Filters { genres: TermFilter { any: names(&["Rare"]), ..TermFilter::default() }, ..Filters::default() };
    assert!(matches!(compile(&filters, &table), Err(EngineError::UnknownValue { known, .. }) if known.is_empty()));
}

#[test]
fn a_range_that_no_film_can_pass_is_an_error() {
    let table = filled(&films());
    let filters = Filters { year: Range { min: Some(2000), max: Some(1990) }, ..Filters::default() };
    let error = compile(&filters, &table).unwrap_err();
    assert!(matches!(&error, EngineError::InvalidArgument { field, .. } if field == "filters.year"), "{error:?}");
}

#[test]
fn facets_count_what_a_plain_count_counts() {
    let films = films();
    let table = filled(&films);
    let some = Filters { year: Range { min: Some(1990), max: None }, ..Filters::default() };
    for (filters, first_year) in [(Filters::default(), None), (some, Some(1990))] {
        let counted = facets(&table, &compile(&filters, &table).unwrap());
        let passing: Vec<&Film> =
            alive(&films).filter(|film| first_year.is_none_or(|first| film.year.is_some_and(|year| year >= first))).collect();
        let expected = |values: &dyn Fn(&Film) -> Vec<String>, limit: usize| {
            let mut counts = BTreeMap::<String, u32>::new();
            for film in &passing {
                let mut values = values(film);
                values.sort();
                values.dedup();
                for value in values {
                    *counts.entry(value).or_default() += 1;
                }
            }
            let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
            counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            counts.truncate(limit);
            counts
        };
        let decade = |film: &Film| film.year.iter().map(|year| format!("{}0s", year / 10)).collect();
        let rating = |film: &Film| {
            let low = |rating: &f32| if *rating >= 9.0 { 9 } else { rating.floor() as u32 };
            film.vote_average.iter().map(|rating| format!("{}-{}", low(rating), low(rating) + 1)).collect()
        };
        for (name, values) in [
            ("genres", expected(&|film| film.genres.clone(), usize::MAX)),
            ("languages", expected(&|film| film.original_language.clone().into_iter().collect(), usize::MAX)),
            ("countries", expected(&|film| film.countries.clone(), usize::MAX)),
            ("decades", expected(&decade, usize::MAX)),
            ("directors", expected(&|film| film.directors.clone(), 20)),
            ("cast", expected(&|film| film.cast.iter().take(10).cloned().collect(), 20)),
            ("keywords", expected(&|film| film.keywords.clone(), 20)),
            ("ratings", expected(&rating, usize::MAX)),
        ] {
            let found = counted.iter().find(|facet| facet.field == name).expect(name);
            let found: Vec<(String, u32)> = found.values.iter().map(|each| (each.value.clone(), each.count)).collect();
            assert_eq!(found, values, "{name}");
        }
    }
}

#[test]
fn lists_are_sorted_stable_and_paged() {
    let films = films();
    let table = filled(&films);
    let rows = compile(&Filters::default(), &table).unwrap();
    let all = |key, descending| {
        let ids: Vec<u32> =
            list(&table, &rows, key, descending, Page { limit: 5_000, offset: 0 }).into_iter().map(|row| table.id(row)).collect();
        assert_eq!(ids.len(), rows.len());
        let pages: Vec<u32> = (0..ids.len())
            .step_by(97)
            .flat_map(|offset| list(&table, &rows, key, descending, Page { limit: 97, offset }))
            .map(|row| table.id(row))
            .collect();
        assert_eq!(pages, ids, "{key:?}");
        ids
    };
    let film = |id: u32| &films[id as usize - 1];
    for descending in [false, true] {
        let years: Vec<Option<i32>> = all(SortKey::Year, descending).into_iter().map(|id| film(id).year).collect();
        let known = years.iter().position(Option::is_none).unwrap();
        assert!(years[known..].iter().all(Option::is_none), "films without a year come last");
        assert!(years[..known].is_sorted_by(|left, right| if descending { left >= right } else { left <= right }));
        let votes = all(SortKey::Votes, descending);
        let ties = votes.windows(2).filter(|pair| film(pair[0]).vote_count == film(pair[1]).vote_count);
        assert!(ties.into_iter().all(|pair| pair[0] < pair[1]), "equals come by rising id");
    }
    assert!(all(SortKey::Id, false).is_sorted());
    assert!(all(SortKey::Title, false).is_sorted_by_key(|id| film(*id).title.to_lowercase()));
    assert_eq!(all(SortKey::Rating, true).len(), all(SortKey::Popularity, false).len());
    assert!(list(&table, &rows, SortKey::Id, false, Page { limit: 10, offset: 9_999 }).is_empty());
}
