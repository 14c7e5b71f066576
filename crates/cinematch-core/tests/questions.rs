//! What people type that is no description, against the real model and the bundled films.

#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use cinematch_core::GRAPH_THRESHOLD;
use cinematch_core::engine::{Engine, EngineSettings};
use cinematch_core::film::Film;
use cinematch_core::query::{Include, Range, SearchMode, SearchRequest};

static FILLED: LazyLock<Arc<Engine>> = LazyLock::new(|| {
    let settings = EngineSettings {
        data_dir: tempfile::tempdir().unwrap().keep(),
        role: "test".to_owned(),
        model: "fast".to_owned(),
        model_dir: common::model_dir(),
        runtime_library: common::runtime_library(),
        query_threads: 1,
        bulk_threads: 2,
        graph_threshold: GRAPH_THRESHOLD,
    };
    let engine = Engine::open(settings).unwrap();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/starter-films.jsonl");
    let films = fs::read_to_string(file).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    engine.upsert(films, false).unwrap();
    engine
});

fn question(text: &str) -> SearchRequest {
    SearchRequest { text: text.to_owned(), limit: 10, include: Include { details: true, ..Include::default() }, ..SearchRequest::default() }
}

fn films(request: &SearchRequest) -> Vec<Film> {
    FILLED.search(request).unwrap().hits.into_iter().map(|hit| hit.movie.unwrap()).collect()
}

fn first(request: &SearchRequest) -> String {
    films(request).remove(0).title
}

#[test]
fn a_question_that_is_a_title_finds_the_film_first_in_every_form_and_in_words_alone() {
    for (text, title) in [
        ("Up (2009)", "Up"),
        ("The Mtarix", "The Matrix"),
        ("Matrix, The (1999)", "The Matrix"),
        ("tt0133093", "The Matrix"),
        ("https://www.themoviedb.org/movie/603-the-matrix", "The Matrix"),
        ("he\u{200B}at", "Heat"),
    ] {
        assert_eq!(first(&question(text)), title, "{text}");
    }
    for title in ["Up", "Her"] {
        assert_eq!(first(&SearchRequest { mode: SearchMode::Lexical, ..question(title) }), title);
    }
}

#[test]
fn scores_fall_where_a_title_or_a_condition_comes_first_and_pages_agree() {
    for text in ["Up", "movies from the 1990s", "movies like Alien", "science fiction film without Sigourney Weaver"] {
        let long = FILLED.search(&SearchRequest { limit: 60, ..question(text) }).unwrap().hits;
        assert!(long.windows(2).all(|pair| pair[0].score >= pair[1].score), "{text}");
        let short = FILLED.search(&SearchRequest { limit: 20, offset: 20, ..question(text) }).unwrap().hits;
        assert_eq!(short.iter().map(|hit| hit.id).collect::<Vec<_>>(), long[20..40].iter().map(|hit| hit.id).collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn a_title_that_the_filters_leave_out_is_no_hit() {
    let mut request = question("Up");
    request.filters.year = Range { min: None, max: Some(2000) };
    assert!(films(&request).iter().all(|film| film.year.unwrap() <= 2000));
}

#[test]
fn what_is_not_wanted_is_no_hit() {
    let has = |text: &str, genre: &str| films(&question(text)).iter().filter(|film| film.genres.iter().any(|each| each == genre)).count();
    assert!(has("romantic movie", "Comedy") > 0);
    assert_eq!(has("romantic movie that is not a comedy", "Comedy"), 0);
    assert_eq!(has("non-horror monster movie", "Horror"), 0);
    let with_weaver = |text: &str| films(&question(text)).iter().any(|film| film.cast.iter().any(|name| name == "Sigourney Weaver"));
    assert!(with_weaver("alien in space") && !with_weaver("alien in space, no Sigourney Weaver"));
}

#[test]
fn a_tag_can_deny() {
    let request = SearchRequest { tags: vec!["not scary".to_owned()], ..question("not scary not scary haunted house with a ghost") };
    let found = films(&request);
    assert!(found.iter().all(|film| !film.genres.iter().any(|genre| genre == "Horror")));
}

#[test]
fn a_condition_alone_is_met_by_every_hit_while_films_meet_it() {
    assert!(films(&question("movies from the 1990s")).iter().all(|film| (1990..=1999).contains(&film.year.unwrap())));
    assert!(films(&question("top rated comedies")).iter().all(|film| film.genres.iter().any(|genre| genre == "Comedy")));
}

#[test]
fn a_name_with_a_typo_finds_the_films_of_the_person() {
    let found = films(&question("sigourney waever"));
    assert!(found[..5].iter().all(|film| film.cast.iter().any(|name| name == "Sigourney Weaver")));
}

#[test]
fn films_like_one_in_words_are_those_recommended_for_it() {
    let found = films(&question("movies like Alien"));
    assert!(found.iter().all(|film| film.title != "Alien"));
    let funny = films(&question("movies like Alien but funny"));
    assert!(funny.iter().all(|film| film.genres.iter().any(|genre| genre == "Comedy")));
}
