//! Measures the two indexes: `cargo bench -p cinematch-core --bench retrieval -- [FILMS.jsonl] [QUESTIONS.txt]`.
//!
//! Vectors are synthetic: clustered like embeddings of films, made by a seeded generator. Recall compares the ten best with an exact scan in f32.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use cinematch_core::film::Film;
use cinematch_core::testing::{
    GraphSettings, LexicalQuery, Question, Row, RowSet, TextIndex, TextSnapshot, VectorIndex, VectorRow, in_halves,
};

const DIMENSIONS: usize = 384;
const QUESTIONS: usize = 500;
const HITS: usize = 10;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    match arguments.as_slice() {
        [films, questions] => measure_words(films, questions),
        [] => measure_vectors(),
        _ => eprintln!("give a file of films (JSONL) and one of questions (a line each), or nothing"),
    }
}

fn measure_vectors() {
    for films in [12_800, 50_000, 100_000] {
        let vectors = clustered(films + QUESTIONS);
        measure(&vectors[..films], &vectors[films..]);
    }
}

fn measure_words(films: &str, questions: &str) {
    let films: Vec<Film> = std::fs::read_to_string(films).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let questions = std::fs::read_to_string(questions).unwrap();
    let started = Instant::now();
    let mut index = TextIndex::new().unwrap();
    let mut snapshot = index.apply((0..).zip(&films), &[]).unwrap();
    println!("{} films indexed in {:.3} s", films.len(), started.elapsed().as_secs_f32());
    measure_questions(&snapshot, &questions, films.len());

    let folder = tempfile::tempdir().unwrap();
    let started = Instant::now();
    index.save(folder.path(), "bench").unwrap();
    println!(
        "saved in {:.3} s, {} bytes",
        started.elapsed().as_secs_f32(),
        std::fs::metadata(TextIndex::path(folder.path())).unwrap().len()
    );
    let started = Instant::now();
    let rows = films.iter().zip(0..).map(|(film, row)| (film.tmdb_id, row));
    let loaded = TextIndex::load(folder.path(), "bench", rows).map(|_| ());
    println!("loaded in {:.3} s: {loaded:?}", started.elapsed().as_secs_f32());

    let mut times = Vec::new();
    for (batch, first) in films.chunks(64).zip((films.len()..).step_by(64)) {
        let started = Instant::now();
        snapshot = index.apply((first as Row..).zip(batch), &[]).unwrap();
        times.push(started.elapsed());
    }
    println!("batches of 64 updates: {}", spread(&mut times));
    measure_questions(&snapshot, &questions, 2 * films.len());
}

fn measure_questions(snapshot: &TextSnapshot, questions: &str, rows: usize) {
    let all = RowSet::full(rows);
    for (name, words) in [("4 to 14", 4..=14), ("40 to 100", 40..=100), ("150 or more", 150..=usize::MAX)] {
        let asked = questions.lines().filter(|question| words.contains(&question.split_whitespace().count()));
        let mut times: Vec<Duration> = asked
            .map(|question| {
                let started = Instant::now();
                let hits = snapshot.scores(&LexicalQuery::of(&Question::read(question))).unwrap().top(100, &all);
                std::hint::black_box(hits);
                started.elapsed()
            })
            .collect();
        if !times.is_empty() {
            println!("{} questions of {name} words: {}", times.len(), spread(&mut times));
        }
    }
}

fn measure(vectors: &[Vec<f32>], questions: &[Vec<f32>]) {
    let mut index = VectorIndex::new(DIMENSIONS, 1_000);
    for (id, vector) in vectors.iter().enumerate() {
        index.append(&VectorRow { id: id as u32, vector: &in_halves(vector), generation: 1 }).unwrap();
    }
    let all = RowSet::full(vectors.len());
    let exact: Vec<Vec<Row>> = questions.iter().map(|question| exact(vectors, question)).collect();
    report(&index, "scan", vectors.len(), &all, questions, &exact);
    let settings = GraphSettings { fingerprint: "synthetic".to_owned(), readers: 4 };
    let started = Instant::now();
    let graph = index.build_graph(&all, 1, &settings, 2, &AtomicBool::new(false)).unwrap().unwrap();
    println!("{:>7} films  graph built in {:.1} s", vectors.len(), started.elapsed().as_secs_f32());
    index.attach(Arc::new(graph));
    report(&index, "graph", vectors.len(), &all, questions, &exact);
}

fn report(index: &VectorIndex, name: &str, films: usize, all: &RowSet, questions: &[Vec<f32>], exact: &[Vec<Row>]) {
    for n in [HITS, 100, 200] {
        let (mut times, mut found) = (Vec::new(), 0);
        for (question, exact) in questions.iter().zip(exact) {
            let started = Instant::now();
            let hits = index.search(question, n, all, films, Some).unwrap();
            times.push(started.elapsed());
            found += hits[..HITS].iter().filter(|(row, _)| exact.contains(row)).count();
        }
        println!(
            "{films:>7} films  {name:<5} top {n:<3} {}  recall@10 {:.4}",
            spread(&mut times),
            found as f32 / (HITS * questions.len()) as f32
        );
    }
}

fn spread(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |share: f32| times[((times.len() - 1) as f32 * share) as usize].as_secs_f32() * 1e3;
    format!("p50 {:.3} ms  p99 {:.3} ms", at(0.5), at(0.99))
}

fn exact(vectors: &[Vec<f32>], question: &[f32]) -> Vec<Row> {
    let mut scored: Vec<(f32, Row)> =
        vectors.iter().zip(0..).map(|(vector, row)| (vector.iter().zip(question).map(|(a, b)| a * b).sum(), row)).collect();
    scored.sort_unstable_by(|left, right| right.0.total_cmp(&left.0));
    scored[..HITS].iter().map(|&(_, row)| row).collect()
}

/// Unit vectors around one center in a hundred of them; cosines inside a cluster about 0.5, as between films on one theme.
fn clustered(count: usize) -> Vec<Vec<f32>> {
    let mut seed = 42u64;
    let mut normal = move || {
        (0..6)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (seed >> 40) as f32 / (1u64 << 24) as f32 - 0.5
            })
            .sum::<f32>()
    };
    let centers: Vec<Vec<f32>> = (0..count / 100).map(|_| (0..DIMENSIONS).map(|_| normal()).collect()).collect();
    (0..count)
        .map(|number| {
            let mut vector: Vec<f32> = centers[number % centers.len()].iter().map(|center| center + normal()).collect();
            let norm = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
            for value in &mut vector {
                *value /= norm;
            }
            vector
        })
        .collect()
}
