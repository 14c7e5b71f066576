//! The index of words: finding, updating, deleting, keeping.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::collections::HashMap;
use std::fs;

use cinematch_core::film::{Film, FilmId};
use cinematch_core::testing::{Analyzer, LexicalQuery, Question, Row, RowSet, TextIndex, TextSnapshot, Unusable};

fn film(id: FilmId, title: &str, overview: &str) -> Film {
    Film { tmdb_id: id, title: title.to_owned(), overview: overview.to_owned(), ..Film::default() }
}

fn films() -> Vec<Film> {
    vec![
        Film {
            directors: vec!["Jean-Pierre Jeunet".to_owned()],
            ..film(194, "Amélie", "A shy waitress changes the lives of those around her.")
        },
        Film { keywords: vec!["dreaming robots".to_owned()], ..film(2, "Blade", "Androids hide in a rainy city.") },
        Film {
            genres: vec!["Western".to_owned()],
            tagline: Some("Ride alone".to_owned()),
            ..film(3, "Dust", "A lonely rider seeks his brother.")
        },
        Film {
            original_title: Some("Le Voyage".to_owned()),
            cast: vec!["Bleuette Bernon".to_owned()],
            ..film(4, "A Trip", "Astronomers travel to the moon.")
        },
        film(5, "The Moon Robot", "A robot is alone on the moon; the robot dreams."),
    ]
}

fn indexed() -> (TextIndex, TextSnapshot) {
    let mut index = TextIndex::new().unwrap();
    let snapshot = index.apply((0..).zip(&films()), &[]).unwrap();
    (index, snapshot)
}

fn rows(snapshot: &TextSnapshot, question: &str) -> Vec<Row> {
    let scores = snapshot.scores(&LexicalQuery::of(&Question::read(question))).unwrap();
    scores.top(10, &RowSet::full(100)).into_iter().map(|(row, _)| row).collect()
}

#[test]
fn finds_words_of_every_field_in_any_form() {
    let (_, snapshot) = indexed();
    let questions = [
        ("amelie", 0),
        ("AMÉLIE", 0),
        ("jeunet", 0),
        ("waitresses", 0),
        ("android", 1),
        ("western", 2),
        ("rides", 2),
        ("voyage", 3),
        ("bernon", 3),
    ];
    for (question, row) in questions {
        assert_eq!(rows(&snapshot, question), [row], "{question}");
    }
    assert_eq!(rows(&snapshot, "a movie with robots that dream"), [4, 1], "more of the words first");
    assert!(rows(&snapshot, "spaceship").is_empty());
    assert!(rows(&snapshot, "the who of it").is_empty());
}

#[test]
fn words_of_asking_do_not_find_films() {
    let mut index = TextIndex::new().unwrap();
    let films = [film(1, "Plain", "A movie that people remember."), film(2, "Plain too", "Somebody finds a submarine.")];
    let snapshot = index.apply((0..).zip(&films), &[]).unwrap();
    assert_eq!(rows(&snapshot, "I remember a movie with a submarine"), [1]);
    assert_eq!(rows(&snapshot, "remember movie"), [0], "they are all there is to go by");
}

#[test]
fn scores_are_bm25_and_the_same_however_they_are_read() {
    let (_, snapshot) = indexed();
    let scores = snapshot.scores(&LexicalQuery::of(&Question::read("robot robot"))).unwrap();
    let top = scores.top(3, &RowSet::full(5));
    assert_eq!(top.iter().map(|hit| hit.0).collect::<Vec<_>>(), [4, 1]);
    assert_eq!(top[0].1.to_bits(), scores.of(4).to_bits());
    assert_eq!(top[0].1.to_bits(), scores.highest().to_bits());
    assert_eq!((scores.of(0), scores.of(77)), (0.0, 0.0));

    let lengths: Vec<f32> = films().iter().map(|film| Analyzer::default().document(film).split_whitespace().count() as f32).collect();
    let mean = lengths.iter().sum::<f32>() / 5.0;
    let idf = (1.0 + (5.0 - 2.0 + 0.5) / 2.5f32).ln();
    let expected = 2f32.sqrt() * idf * 3.0 * 2.2 / (3.0 + 1.2 * (0.25 + 0.75 * lengths[4] / mean));
    assert!((scores.of(4) - expected).abs() < 1e-5, "{} {expected}", scores.of(4));
}

#[test]
fn of_a_word_and_its_synonyms_the_best_counts_and_a_synonym_counts_less() {
    let mut index = TextIndex::new().unwrap();
    let films = [
        film(1, "One", "A detective drinks."),
        film(2, "Two", "A cop drinks."),
        film(3, "Three", "A cop and detective."),
        film(4, "Four", "A sailor drinks."),
    ];
    let snapshot = index.apply((0..).zip(&films), &[]).unwrap();
    let exact = snapshot.scores(&LexicalQuery::of(&Question::read("cop"))).unwrap();
    assert_eq!((exact.of(0), exact.of(3)), (0.0, 0.0), "nobody asked for synonyms");
    let wide = snapshot.scores(&LexicalQuery::of(&Question::read("cop")).with_synonyms()).unwrap();
    assert_eq!(
        [1, 2].map(|row| wide.of(row).to_bits()),
        [1, 2].map(|row| exact.of(row).to_bits()),
        "the word itself counts as before, once"
    );
    assert!(wide.of(0) > 0.7 * wide.of(1) && wide.of(0) < 0.9 * wide.of(1), "{} {}", wide.of(0), wide.of(1));
    assert!(wide.of(3) <= 0.0);
    let both = snapshot.scores(&LexicalQuery::of(&Question::read("cop detective")).with_synonyms()).unwrap();
    assert!((both.of(2) - 2.0 * exact.of(2)).abs() < 1e-5, "a word that is asked for stands for itself only");
}

#[test]
fn filters_leave_scores_as_they_are() {
    let (_, snapshot) = indexed();
    let scores = snapshot.scores(&LexicalQuery::of(&Question::read("robots on the moon"))).unwrap();
    assert_eq!(scores.top(10, &RowSet::from_rows([1, 2])), [(1, scores.of(1))]);
    assert_eq!(scores.top(1, &RowSet::full(5)).len(), 1);
    assert!(scores.top(10, &RowSet::new()).is_empty());
    assert!(scores.highest() > scores.of(1));
}

#[test]
fn an_update_moves_the_words_to_the_new_row_and_leaves_older_snapshots_alone() {
    let (mut index, before) = indexed();
    let after = index.apply([(5, &film(2, "Blade", "Vampires hide in the subway."))], &[]).unwrap();
    assert_eq!(rows(&after, "vampires"), [5]);
    assert!(rows(&after, "androids").is_empty());
    assert_eq!(rows(&before, "androids"), [1]);
    assert!(rows(&before, "vampires").is_empty());
    assert_eq!(after.film_count(), 5);
    assert!(after.scores(&LexicalQuery::of(&Question::read("blade"))).unwrap().of(1) <= 0.0, "the old row scores nothing");
}

#[test]
fn a_delete_removes_the_words() {
    let (mut index, _) = indexed();
    let after = index.apply([], &[2, 4, 999]).unwrap();
    assert!(rows(&after, "androids astronomers").is_empty());
    assert_eq!(after.film_count(), 3);
    let again = index.apply([(5, &films()[1])], &[]).unwrap();
    assert_eq!(rows(&again, "androids"), [5]);
}

#[test]
fn many_small_batches_give_what_one_large_batch_gives() {
    let all: Vec<Film> =
        (0..700).map(|id| film(id + 1, &format!("Film {id}"), &format!("colour{} shape{} every", id % 7, id % 50))).collect();
    let numbered: Vec<(Row, &Film)> = (0..).zip(&all).collect();
    let whole = TextIndex::new().unwrap().apply(numbered.iter().copied(), &[]).unwrap();
    let mut index = TextIndex::new().unwrap();
    let mut parts = index.apply([], &[]).unwrap();
    for batch in numbered.chunks(16) {
        parts = index.apply(batch.iter().copied(), &[]).unwrap();
    }
    for question in ["colour3", "shape11 colour5", "every shape49"] {
        let query = LexicalQuery::of(&Question::read(question));
        let top = |snapshot: &TextSnapshot| snapshot.scores(&query).unwrap().top(700, &RowSet::full(700));
        assert_eq!(top(&whole), top(&parts), "{question}");
    }
}

#[test]
fn a_saved_index_comes_back_under_new_row_numbers_and_can_be_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut index, _) = indexed();
    index.apply([(9, &film(3, "Dust", "A rider finds gold."))], &[194]).unwrap();
    index.save(folder.path(), "generation 7").unwrap();
    let renumbered: HashMap<FilmId, Row> = [(2, 0), (3, 1), (4, 2), (5, 3)].into();
    let (mut loaded, snapshot) = TextIndex::load(folder.path(), "generation 7", renumbered).unwrap();
    assert_eq!((rows(&snapshot, "gold"), rows(&snapshot, "android"), snapshot.film_count()), (vec![1], vec![0], 4));
    assert!(rows(&snapshot, "amelie").is_empty());
    let after = loaded.apply([(4, &film(4, "A Trip", "Penguins travel."))], &[2]).unwrap();
    assert_eq!((rows(&after, "penguin"), rows(&after, "android"), rows(&after, "gold")), (vec![4], vec![], vec![1]));
}

#[test]
fn a_stale_or_damaged_copy_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let numbers: HashMap<FilmId, Row> = films().iter().map(|film| film.tmdb_id).zip(0..).collect();
    let reason = |stamp: &str, numbers: &HashMap<FilmId, Row>| TextIndex::load(folder.path(), stamp, numbers.clone()).err();
    assert_eq!(reason("g1", &numbers), Some(Unusable::Missing));
    indexed().0.save(folder.path(), "g1").unwrap();
    assert_eq!(reason("g1", &numbers), None);
    assert!(matches!(reason("g2", &numbers), Some(Unusable::Stale(_))));
    let mut fewer = numbers.clone();
    fewer.remove(&3);
    assert!(matches!(reason("g1", &fewer), Some(Unusable::Stale(_))), "a film too many");
    let mut more = numbers.clone();
    more.insert(77, 5);
    assert!(matches!(reason("g1", &more), Some(Unusable::Stale(_))), "a film too few");

    let path = TextIndex::path(folder.path());
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 4;
    for damaged in [&flipped[..], &whole[..whole.len() - 1], &whole[..70], b"garbage", b""] {
        fs::write(&path, damaged).unwrap();
        assert!(matches!(reason("g1", &numbers), Some(Unusable::Damaged(_))));
    }
}

#[test]
fn readers_search_while_the_writer_applies() {
    let (mut index, snapshot) = indexed();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            let snapshot = snapshot.clone();
            scope.spawn(move || {
                for _ in 0..200 {
                    assert_eq!(rows(&snapshot, "androids"), [1]);
                }
            });
        }
        for round in 0..20 {
            index.apply([(10 + round, &film(2, "Blade", "Vampires."))], &[]).unwrap();
        }
    });
}
