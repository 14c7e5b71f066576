//! The index of vectors: exact without the graph, nearly so with it, whole whatever happens to its file.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use cinematch_core::film::FilmId;
use cinematch_core::testing::{GraphSettings, Row, RowSet, Unusable, VectorGraph, VectorIndex, VectorRow, in_halves};

const DIMENSIONS: usize = 384;
const FILMS: usize = 1_500;
static GO_ON: AtomicBool = AtomicBool::new(false);

/// Seeded unit vectors around 30 centers.
fn vectors(seed: u64, count: usize) -> Vec<Vec<f32>> {
    let centers: Vec<Vec<f32>> = (0..30).map(noise).collect();
    let unit = |number: usize| {
        let mut vector: Vec<f32> =
            centers[number % 30].iter().zip(noise(seed * 1_000_003 + number as u64)).map(|(center, noise)| center + noise).collect();
        let norm = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        for value in &mut vector {
            *value /= norm;
        }
        vector
    };
    (0..count).map(unit).collect()
}

fn noise(seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    std::iter::repeat_with(next).take(DIMENSIONS).collect()
}

/// Film ids are rows + 10.
fn index(vectors: &[Vec<f32>], threshold: usize) -> VectorIndex {
    let mut index = VectorIndex::new(DIMENSIONS, threshold);
    for (row, vector) in vectors.iter().enumerate() {
        assert_eq!(index.append(&VectorRow { id: row as FilmId + 10, vector: &in_halves(vector), generation: 1 }).unwrap(), row as Row);
    }
    index
}

fn row_of(id: FilmId) -> Option<Row> {
    id.checked_sub(10)
}

fn settings() -> GraphSettings {
    GraphSettings { fingerprint: "model a".to_owned(), readers: 8 }
}

fn with_graph(vectors: &[Vec<f32>], threshold: usize) -> VectorIndex {
    let mut index = index(vectors, threshold);
    let live = RowSet::full(vectors.len());
    assert!(index.wants_graph(&live));
    let graph = index.build_graph(&live, 1, &settings(), 2, &GO_ON).unwrap().unwrap();
    index.attach(Arc::new(graph));
    assert!(!index.wants_graph(&live));
    index
}

fn exact(vectors: &[Vec<f32>], question: &[f32], n: usize, allowed: &RowSet) -> Vec<(Row, f32)> {
    let cosine = |row: Row| vectors[row as usize].iter().zip(question).map(|(a, b)| a * b).sum::<f32>();
    let mut scored: Vec<(Row, f32)> = allowed.iter().map(|row| (row, cosine(row))).collect();
    scored.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    scored.truncate(n);
    scored
}

/// Share of the exact answers that were found; checks order, scores and the filter on the way.
fn recall(index: &VectorIndex, vectors: &[Vec<f32>], n: usize, allowed: &RowSet) -> f32 {
    let (mut found, mut all) = (0, 0);
    for question in self::vectors(2, 60) {
        let hits = index.search(&question, n, allowed, allowed.len(), row_of).unwrap();
        let right = exact(vectors, &question, n, allowed);
        assert_eq!(hits.len(), right.len(), "as many hits as there are");
        assert!(hits.windows(2).all(|pair| pair[0].1.total_cmp(&pair[1].1).reverse().then(pair[0].0.cmp(&pair[1].0)).is_lt()));
        for &(row, score) in &hits {
            assert!(allowed.contains(row));
            let cosine: f32 = vectors[row as usize].iter().zip(&question).map(|(a, b)| a * b).sum();
            assert!((score - cosine).abs() < 1e-3);
        }
        found += right.iter().filter(|(row, _)| hits.iter().any(|hit| hit.0 == *row)).count();
        all += right.len();
    }
    found as f32 / all as f32
}

fn every(step: usize) -> RowSet {
    RowSet::from_rows((0..FILMS as Row).step_by(step))
}

#[test]
fn the_scan_is_exact() {
    let vectors = vectors(1, FILMS);
    let index = index(&vectors, usize::MAX);
    for (n, allowed) in [(10, every(1)), (100, every(7)), (10, every(1_000)), (5, RowSet::new()), (0, every(1))] {
        assert!(recall(&index, &vectors, n, &allowed) >= 0.999 || n == 0 || allowed.is_empty());
    }
}

#[test]
fn the_graph_finds_what_the_scan_finds_under_every_filter() {
    let vectors = vectors(1, FILMS);
    let index = with_graph(&vectors, 200);
    for (n, step) in [(10, 1), (10, 2), (10, 10), (10, 100), (10, 1_000), (700, 1), (5_000, 1)] {
        assert!(recall(&index, &vectors, n, &every(step)) >= 0.99, "{n} of every {step}th");
    }
}

#[test]
fn dead_films_and_replaced_vectors_are_not_found_and_new_ones_are() {
    let mut vectors = vectors(1, FILMS);
    let mut index = with_graph(&vectors, 200);
    let question = vectors[500].clone();
    let mut live = every(1);
    live.remove(500);
    let gone = |id: FilmId| row_of(id).filter(|&row| row != 500);
    let hits = index.search(&question, 10, &live, live.len(), gone).unwrap();
    assert!(hits.iter().all(|&(row, _)| row != 500), "a deleted film");

    // Film 510 comes back with the vector of film 40, and a new film with its old one.
    for (id, vector) in [(510, vectors[30].clone()), (9_000, question.clone())] {
        let row = index.append(&VectorRow { id, vector: &in_halves(&vector), generation: 2 }).unwrap();
        live.insert(row);
        vectors.push(vector);
    }
    let moved = |id: FilmId| match id {
        510 => Some(FILMS as Row),
        9_000 => Some(FILMS as Row + 1),
        _ => row_of(id),
    };
    let hits = index.search(&question, 10, &live, live.len(), moved).unwrap();
    assert_eq!(hits[0].0 as usize, FILMS + 1);
    assert!(hits.iter().all(|&(row, _)| row != 500 && row as usize != FILMS));
    let hits = index.search(&vectors[30], 2, &live, live.len(), moved).unwrap();
    assert_eq!(hits.iter().map(|hit| hit.0).collect::<Vec<_>>(), [30, FILMS as Row]);
    assert!(!index.wants_graph(&live));
}

#[test]
fn metadata_that_changed_keeps_the_place_in_the_graph() {
    let vectors = vectors(1, FILMS);
    let mut index = with_graph(&vectors, 200);
    let mut live = every(1);
    let row = index.append(&VectorRow { id: 510, vector: &in_halves(&vectors[500]), generation: 1 }).unwrap();
    live.remove(500);
    live.insert(row);
    let hits = index.search(&vectors[500], 10, &live, live.len(), |id| if id == 510 { Some(row) } else { row_of(id) }).unwrap();
    assert_eq!(hits[0].0, row);
    assert!(hits.iter().all(|hit| hit.0 != 500));
}

#[test]
fn a_long_tail_asks_for_a_new_graph_and_older_clones_stay_as_they_were() {
    let all = vectors(1, FILMS);
    let before = with_graph(&all[..1_000], 200);
    let mut after = before.clone();
    for (row, vector) in all.iter().enumerate().skip(1_000) {
        after.append(&VectorRow { id: row as FilmId + 10, vector: &in_halves(vector), generation: 2 }).unwrap();
    }
    assert!(after.wants_graph(&every(1)));
    assert!(recall(&after, &all, 10, &every(1)) >= 0.99);
    assert_eq!((before.store().len(), after.store().len()), (1_000, FILMS));
    assert!(recall(&before, &all, 10, &RowSet::full(1_000)) >= 0.99);
}

#[test]
fn a_saved_graph_works_under_new_rows_and_covers_what_it_has() {
    let folder = tempfile::tempdir().unwrap();
    let vectors = vectors(1, FILMS);
    with_graph(&vectors[..1_100], 200).graph().unwrap().save(folder.path()).unwrap();
    // The rows run backwards now, and 400 films are new although their generation is old.
    let backwards: Vec<Vec<f32>> = vectors.iter().rev().cloned().collect();
    let mut index = VectorIndex::new(DIMENSIONS, 600);
    for (row, vector) in backwards.iter().enumerate() {
        index.append(&VectorRow { id: (FILMS - 1 - row) as FilmId + 10, vector: &in_halves(vector), generation: 1 }).unwrap();
    }
    index.attach(Arc::new(VectorGraph::load(folder.path(), DIMENSIONS, 3, &settings()).unwrap()));
    assert!(!index.wants_graph(&every(1)));
    let rows: HashMap<FilmId, Row> = (0..FILMS as Row).map(|row| (FILMS as FilmId - 1 - row + 10, row)).collect();
    for number in [0, 100, 1_400, 1_499] {
        let hits = index.search(&backwards[number], 10, &every(1), FILMS, |id| rows.get(&id).copied()).unwrap();
        assert_eq!(hits[0].0 as usize, number);
    }
}

#[test]
fn a_graph_that_does_not_fit_or_is_damaged_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let reason =
        |dimensions, generation, settings: &GraphSettings| VectorGraph::load(folder.path(), dimensions, generation, settings).err();
    assert_eq!(reason(DIMENSIONS, 1, &settings()), Some(Unusable::Missing));
    with_graph(&vectors(1, 400), 200).graph().unwrap().save(folder.path()).unwrap();
    assert_eq!(reason(DIMENSIONS, 1, &settings()), None);
    let other = GraphSettings { fingerprint: "model b".to_owned(), ..settings() };
    for stale in [reason(DIMENSIONS, 1, &other), reason(768, 1, &settings()), reason(DIMENSIONS, 0, &settings())] {
        assert!(matches!(stale, Some(Unusable::Stale(_))), "{stale:?}");
    }
    let path = VectorGraph::path(folder.path());
    let whole = fs::read(&path).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for damaged in [&flipped[..], &whole[..whole.len() / 2], &whole[..whole.len() - 1], &whole[..100], b"{}\n{}\n", b""] {
        fs::write(&path, damaged).unwrap();
        assert!(matches!(reason(DIMENSIONS, 1, &settings()), Some(Unusable::Damaged(_))));
    }
}

#[test]
fn a_build_can_be_stopped() {
    let index = index(&vectors(1, 300), 200);
    let stopped = AtomicBool::new(true);
    assert!(index.build_graph(&RowSet::full(300), 1, &settings(), 2, &stopped).unwrap().is_none());
}

#[test]
fn vectors_that_are_not_unit_vectors_are_refused() {
    let mut index = VectorIndex::new(2, 200);
    for vector in [&[1.0, 0.0, 0.0][..], &[0.0, 0.0], &[3.0, 4.0], &[f32::NAN, 0.0], &[f32::INFINITY, 0.0]] {
        assert_eq!(index.append(&VectorRow { id: 1, vector: &in_halves(vector), generation: 1 }).unwrap_err().code(), "invalid_argument");
        assert_eq!(index.search(vector, 1, &RowSet::full(1), 1, Some).unwrap_err().code(), "invalid_argument");
    }
    assert_eq!(index.store().len(), 0);
}

#[test]
fn more_readers_than_the_graph_has_room_for_are_answered_while_the_writer_swaps() {
    let vectors = vectors(1, FILMS);
    let mut index = VectorIndex::new(DIMENSIONS, 200);
    for (row, vector) in vectors.iter().enumerate() {
        index.append(&VectorRow { id: row as FilmId + 10, vector: &in_halves(vector), generation: 1 }).unwrap();
    }
    let few = GraphSettings { readers: 1, ..settings() };
    let live = every(1);
    index.attach(Arc::new(index.build_graph(&live, 1, &few, 1, &GO_ON).unwrap().unwrap()));
    let shared = parking_lot::RwLock::new(Arc::new(index));
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..4)
            .map(|reader| {
                let (shared, done, vectors, live) = (&shared, &done, &vectors, &live);
                scope.spawn(move || {
                    let mut searches = 0;
                    while searches < 50 || !done.load(Ordering::Relaxed) {
                        let number = (reader * 700 + searches) % FILMS;
                        let index = Arc::clone(&shared.read());
                        let hits = index.search(&vectors[number], 10, live, FILMS, row_of).unwrap();
                        assert_eq!((hits.len(), hits[0].0 as usize), (10, number));
                        searches += 1;
                    }
                })
            })
            .collect();
        for generation in 2..5 {
            let mut next = VectorIndex::clone(&shared.read());
            next.attach(Arc::new(next.build_graph(&live, generation, &few, 1, &GO_ON).unwrap().unwrap()));
            *shared.write() = Arc::new(next);
        }
        done.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.join().unwrap();
        }
    });
}
