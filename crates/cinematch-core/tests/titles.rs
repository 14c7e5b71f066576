//! Titles as people type them, over a small catalogue and a larger made-up one.
#![allow(clippy::unwrap_used)]

use cinematch_core::film::{Film, FilmId};
use cinematch_core::testing::{Field, FilmTable, Question, Row, RowSet, TitleIndex, TitleIndexBuilder, find_people};

struct Titles {
    table: FilmTable,
    index: TitleIndex,
}

impl Titles {
    fn of(films: &[Film]) -> Self {
        let mut titles = Self { table: FilmTable::empty(), index: TitleIndex::default() };
        titles.change(films, &[]);
        titles
    }

    fn change(&mut self, films: &[Film], deletes: &[FilmId]) {
        let upserts: Vec<_> = films.iter().map(|film| (film, 1)).collect();
        let (table, rows) = self.table.with_changes(&upserts, deletes);
        let rows: Vec<(Row, &Film)> = rows.into_iter().zip(films).collect();
        self.index = self.index.with_changes(&rows, &table).unwrap();
        self.table = table;
    }

    fn film(&self, reference: &str) -> Option<FilmId> {
        self.index.resolve(reference, &self.table).film
    }

    fn suggested(&self, reference: &str) -> Vec<FilmId> {
        let resolution = self.index.resolve(reference, &self.table);
        assert_eq!(resolution.film, None, "{reference} is a film");
        resolution.suggestions
    }

    fn typed(&self, prefix: &str) -> Vec<FilmId> {
        self.index.suggest(prefix, 5, &self.table)
    }
}

fn film(id: FilmId, title: &str, year: i32, votes: u32) -> Film {
    Film { tmdb_id: id, title: title.to_owned(), year: Some(year), vote_count: Some(votes), ..Film::default() }
}

fn catalogue() -> Titles {
    let mut films = vec![
        film(1, "The Matrix", 1999, 25_000),
        film(2, "Heat", 1995, 7_000),
        film(3, "Heat", 1986, 60),
        film(4, "Superman", 1978, 4_000),
        film(5, "Rocky", 1976, 8_000),
        film(6, "Rocky II", 1979, 4_000),
        film(7, "Rocky III", 1982, 3_500),
        film(8, "Toy Story 2", 1999, 14_000),
        film(9, "Amélie", 2001, 11_000),
        film(10, "Blade Runner 2049", 2017, 13_000),
        film(11, "Dune: Part One", 2021, 11_000),
        film(12, "Kill Bill: Vol. 1", 2003, 17_000),
        film(13, "Kill Bill: Vol. 2", 2004, 13_000),
        film(14, "Wild Bill", 2011, 100),
        film(15, "Fast & Furious", 2009, 7_000),
        film(16, "WALL·E", 2008, 19_000),
        film(17, "Host", 2020, 900),
        film(18, "The Host", 2006, 3_000),
        film(19, "Avengers", 1950, 3),
        film(20, "The Avengers", 2012, 30_000),
        film(21, "8½", 1963, 2_000),
        film(22, "???", 1990, 1),
        film(23, "The Godfather Part II", 1974, 12_000),
        film(24, "Harry Potter and the Goblet of Fire", 2005, 20_000),
        film(25, "Crouching Tiger, Hidden Dragon", 2000, 3_000),
        film(26, "Spider-Man", 2002, 19_000),
        film(27, "The Dark Knight", 2008, 33_000),
    ];
    films[8].original_title = Some("Le Fabuleux Destin d'Amélie Poulain".to_owned());
    films[17].original_title = Some("괴물".to_owned());
    films[3].alternative_titles = vec!["Superman: The Movie".to_owned(), "Matrix".to_owned()];
    films[26].directors = vec!["Christopher Nolan".to_owned()];
    films[26].cast = vec!["Christian Bale".to_owned(), "Cher".to_owned()];
    films[1].cast = vec!["Al Pacino".to_owned()];
    Titles::of(&films)
}

#[test]
fn forms_of_a_title_are_the_title() {
    let titles = catalogue();
    for (reference, id) in [
        ("the matrix", 1),
        ("  THE  MATRIX! ", 1),
        ("amelie", 9),
        ("le fabuleux destin d amelie poulain", 9),
        ("fabuleux destin d'Amélie Poulain", 9),
        ("괴물", 18),
        ("fast and furious", 15),
        ("wall e", 16),
        ("WALLE", 16),
        ("spiderman", 26),
        ("spider man", 26),
        ("8 1/2", 21),
        ("???", 22),
        ("rocky 2", 6),
        ("Rocky Two", 6),
        ("godfather 2", 23),
        ("superman the movie", 4),
    ] {
        assert_eq!(titles.film(reference), Some(id), "{reference}");
    }
}

#[test]
fn a_title_beats_another_films_alternative_title() {
    assert_eq!(catalogue().film("matrix"), Some(1));
}

#[test]
fn a_title_as_written_wins_unless_nobody_knows_it() {
    let titles = catalogue();
    assert_eq!(titles.film("host"), Some(17));
    assert_eq!(titles.film("the host"), Some(18));
    assert_eq!(titles.film("avengers"), Some(20));
    assert_eq!(titles.film("avengers (1950)"), Some(19));
}

#[test]
fn years_choose_and_never_mislead() {
    let titles = catalogue();
    assert_eq!(titles.film("heat"), Some(2));
    for (reference, id) in [("Heat (1986)", 3), ("heat 1995", 2), ("Heat (1996)", 2), ("Haet (1986)", 3), ("blade runner 2049", 10)] {
        assert_eq!(titles.film(reference), Some(id), "{reference}");
    }
    assert_eq!(titles.suggested("Heat (1955)")[..2], [2, 3]);
    assert_eq!((titles.film("Heat (1987)"), titles.film("Heat (1955)")), (Some(3), None));
}

#[test]
fn two_films_one_year_off_are_not_guessed_between() {
    let titles = Titles::of(&[film(1, "Twins", 1998, 10), film(2, "Twins", 2000, 90)]);
    assert_eq!(titles.film("Twins (1999)"), None);
    assert_eq!(titles.film("Twins (2001)"), Some(2));
}

#[test]
fn typos_are_forgiven_where_nothing_is_closer_and_numbers_agree() {
    let titles = catalogue();
    for (reference, id) in
        [("teh matrix", 1), ("matirx", 1), ("rokcy ii", 6), ("the drak kinght", 27), ("the dark night", 27), ("supermann", 4)]
    {
        assert_eq!(titles.film(reference), Some(id), "{reference}");
    }
    for reference in ["toy story 3", "rocky 4", "toy story", "hea", "up", "man", "matr", "xyzzy"] {
        assert_eq!(titles.film(reference), None, "{reference}");
    }
}

#[test]
fn a_subtitle_may_be_left_out_where_one_film_has_it() {
    let titles = catalogue();
    assert_eq!(titles.film("dune"), Some(11));
    assert_eq!(titles.film("dune (2021)"), Some(11));
    assert_eq!(titles.suggested("kill bill")[..2], [12, 13]);
}

#[test]
fn unknown_titles_get_the_nearest_as_suggestions() {
    let titles = catalogue();
    assert_eq!(titles.suggested("toy story 3")[0], 8);
    assert_eq!(titles.suggested("harry potter")[0], 24);
    assert_eq!(titles.suggested("hidden tiger")[0], 25);
    assert!(titles.suggested("kill bill").len() <= 5);
    assert!(titles.suggested("").is_empty());
    assert!(titles.suggested("qqqqqqqqqq").is_empty());
}

#[test]
fn equals_without_votes_are_chosen_for_good() {
    let bare = |id, year| Film { tmdb_id: id, title: "Same".to_owned(), year, ..Film::default() };
    let films = [bare(9, Some(2001)), bare(4, Some(1950)), bare(5, Some(1950)), bare(1, None)];
    let mut turned = films.clone();
    turned.reverse();
    assert_eq!(Titles::of(&films).film("same"), Some(4));
    assert_eq!(Titles::of(&turned).film("same"), Some(4));
}

#[test]
fn type_ahead_goes_from_whole_titles_to_inner_words_to_typos() {
    let titles = catalogue();
    assert_eq!(titles.typed("the ")[..2], [27, 20]);
    assert_eq!(titles.typed("host")[..2], [17, 18]);
    assert_eq!(titles.typed("ro"), [5, 6, 7]);
    assert_eq!(titles.typed("knig"), [27]);
    assert_eq!(titles.typed("goblet of"), [24]);
    assert_eq!(titles.typed("crouchng t"), [25]);
    assert_eq!(titles.typed("gobelt"), [24]);
    assert!(titles.typed(" ").is_empty() && titles.typed("").is_empty());
}

#[test]
fn changes_are_seen_at_once_and_gone_films_never_come_back() {
    let mut titles = catalogue();
    let before = (titles.table.clone(), titles.index.clone());
    titles.change(&[film(1, "Matrix Reborn", 1999, 25_000), film(30, "Brand New", 2024, 5)], &[2, 3]);
    assert_eq!((titles.film("brand new"), titles.film("matrix reborn"), titles.film("heat")), (Some(30), Some(1), None));
    assert_eq!(titles.film("the matrix"), Some(4), "the alternative title of another film is what is left");
    assert!(titles.typed("heat").is_empty());
    assert_eq!(before.1.resolve("heat", &before.0).film, Some(2));
}

#[test]
fn many_small_changes_answer_like_one_large() {
    let films: Vec<Film> = (1..=600_u16)
        .map(|id| film(id.into(), &format!("Story {} of {}", id % 97, id % 31), 1900 + i32::from(id) % 120, u32::from(id) * 7 % 500))
        .collect();
    let whole = Titles::of(&films);
    let mut parts = Titles::of(&[]);
    films.chunks(7).for_each(|chunk| parts.change(chunk, &[]));
    let mut built = TitleIndexBuilder::default();
    films.iter().zip(0..).for_each(|(film, row)| built.add(row, film).unwrap());
    let built = Titles { index: built.finish(&whole.table).unwrap(), table: whole.table.clone() };
    for film in &films {
        assert_eq!(parts.film(&film.title), whole.film(&film.title));
        assert_eq!(built.film(&film.title), whole.film(&film.title));
    }
    for prefix in ["story", "story 1", "of 3", "1", "stary 2"] {
        assert_eq!(parts.typed(prefix), whole.typed(prefix), "{prefix}");
        assert_eq!(built.typed(prefix), whole.typed(prefix), "{prefix}");
    }
}

#[test]
fn type_ahead_finds_the_best_known_of_all_that_match() {
    let films: Vec<Film> = (1..=3_000_u32)
        .map(|id| {
            film(id, &format!("{} {}", ["alpha", "beta", "gamma"][id as usize % 3], id), 2000, id.wrapping_mul(2_654_435_761) % 10_007)
        })
        .collect();
    let titles = Titles::of(&films);
    for prefix in ["a", "al", "beta", "gamma 1", "gamma 12"] {
        let mut expected: Vec<&Film> = films.iter().filter(|film| film.title.starts_with(prefix)).collect();
        expected.sort_by_key(|film| (std::cmp::Reverse(film.vote_count), film.tmdb_id));
        assert_eq!(titles.typed(prefix), expected.iter().take(5).map(|film| film.tmdb_id).collect::<Vec<_>>(), "{prefix}");
    }
}

#[test]
fn titles_and_people_are_found_inside_questions() {
    let titles = catalogue();
    let (people, found) =
        titles.index.mentions(&Question::read("films by Christopher Nolan like The Dark Knight with al pacino"), &titles.table);
    assert_eq!(
        people
            .iter()
            .map(|person| (person.field, titles.table.dictionary(person.field).name(person.person), person.start))
            .collect::<Vec<_>>(),
        [(Field::Directors, "Christopher Nolan", 2), (Field::Cast, "Al Pacino", 9)]
    );
    assert_eq!(found.iter().map(|title| (titles.table.id(title.row), title.start, title.words)).collect::<Vec<_>>(), [(27, 5, 3)]);
    assert!((found[0].coverage - 3.0 / 11.0).abs() < 1e-6);
    let (_, whole) = titles.index.mentions(&Question::read("Heat"), &titles.table);
    assert_eq!(whole.iter().map(|title| (titles.table.id(title.row), title.coverage >= 1.0)).collect::<Vec<_>>(), [(2, true), (3, true)]);
    assert!(titles.index.find_titles(&Question::read("superheated"), &titles.table).is_empty());
    assert!(find_people(&Question::read("cher sings"), &titles.table).is_empty());
    assert_eq!(find_people(&Question::read("Cher"), &titles.table).len(), 1);
}

#[test]
fn very_long_and_very_odd_references_are_answered() {
    let titles = catalogue();
    for reference in
        ["x".repeat(5_000), "the ".repeat(1_000), "\u{0}\u{301}\u{301}".to_owned(), "🎬 (1995)".to_owned(), "((((1995".to_owned()]
    {
        assert_eq!(titles.film(&reference), None, "{reference:.20}");
        titles.typed(&reference);
        titles.index.mentions(&Question::read(&reference), &titles.table);
    }
}

/// What search takes a question for, where the texts know only `known`.
fn asked(titles: &Titles, question: &str, known: &[&str]) -> Option<FilmId> {
    let row = titles.index.asked(&Question::read(question), &titles.table, titles.table.live(), |word| known.contains(&word))?;
    Some(titles.table.id(row))
}

#[test]
fn a_question_that_is_a_title_names_the_better_known_film_of_that_title() {
    let titles = catalogue();
    for (question, id) in [
        ("Heat", 2),
        ("Heat (1986)", 3),
        ("heat 1986", 3),
        ("Matrix, The (1999)", 1),
        ("The Mtarix", 1),
        ("rocky part two", 6),
        ("Fast &amp; Furious", 15),
        ("he\u{200B}at", 2),
        ("kill bill", 12),
        ("harry potter", 24),
    ] {
        assert_eq!(asked(&titles, question, &[]), Some(id), "{question}");
    }
}

#[test]
fn a_description_is_no_title_with_a_typo() {
    let titles = catalogue();
    assert_eq!(asked(&titles, "the dark night", &["the", "dark", "night"]), None);
    assert_eq!(asked(&titles, "the dark knigt", &["the", "dark", "night"]), Some(27));
    assert_eq!(asked(&titles, "heal", &["heal"]), None);
    assert_eq!(asked(&titles, "a dark knight in a big city", &[]), None);
}

#[test]
fn a_title_is_looked_for_among_the_films_that_may_be_found() {
    let titles = catalogue();
    let old = RowSet::from_rows([2]); // Heat of 1986
    let found = titles.index.asked(&Question::read("heat"), &titles.table, &old, |_| true);
    assert_eq!(found, Some(2));
}

#[test]
fn short_forms_and_forms_of_libraries_resolve() {
    let mut films = vec![
        film(1, "Birdman or (The Unexpected Virtue of Ignorance)", 2014, 12_000),
        film(2, "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", 1964, 5_000),
        film(3, "O Brother, Where Art Thou?", 2000, 4_000),
        film(4, "Brother", 2000, 600),
        film(5, "Terminator 2: Judgment Day", 1991, 12_000),
        film(6, "The 40 Year Old Virgin", 2005, 6_000),
        film(7, "Se7en", 1995, 20_000),
        film(8, "The Matrix", 1999, 25_000),
        film(9, "8½", 1963, 2_000),
        film(10, "1917", 2019, 12_000),
    ];
    films[6].alternative_titles = vec!["Seven".to_owned()];
    let titles = Titles::of(&films);
    for (reference, id) in [
        ("Birdman", 1),
        ("Dr. Strangelove", 2),
        ("O Brother", 3),
        ("Terminator II", 5),
        ("forty year old virgin", 6),
        ("Nineteen Seventeen", 10),
        ("Seven (a.k.a. Se7en) (1995)", 7),
        ("Matrix, The (1999)", 8),
        ("Matrix, The", 8),
        ("The Matrix (1999 film)", 8),
        ("８１／２", 9),
        ("the brother", 4),
    ] {
        assert_eq!(titles.film(reference), Some(id), "{reference}");
    }
}

#[test]
fn a_title_typed_in_full_is_suggested_before_longer_ones() {
    let titles =
        Titles::of(&[film(1, "Batman", 1989, 7_000), film(2, "Batman: The Movie", 1966, 9_000), film(3, "The Batman", 2022, 10_000)]);
    assert_eq!(titles.typed("batman")[0], 1);
}

#[test]
fn no_title_is_suggested_for_an_article_that_it_shares() {
    let titles = Titles::of(&[film(1, "The Lord of the Rings", 2001, 20_000)]);
    assert!(titles.suggested("Zorg, The (1999)").is_empty());
}
