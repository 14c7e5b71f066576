//! How fast texts become vectors, and what it costs in memory. Needs `CINEMATCH_TEST_MODEL_DIR` and
//! `CINEMATCH_TEST_ORT_LIBRARY`; `cargo bench --bench embedding -- quality` measures another model than `fast`.

#![allow(clippy::unwrap_used)]

use cinematch_core::testing::{Embedder, Model};
use std::env;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

const QUERY: &str = "a film about a letter";
const SENTENCE: &str = "a young woman finds an old letter beneath the floor of her house and sets out with a stranger";

fn main() {
    let name = env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_else(|| "fast".to_owned());
    let variable = |name: &str| env::var_os(name).unwrap_or_else(|| panic!("{name} is not set"));
    let before = memory();
    let start = Instant::now();
    let model = Model::resolve(&name, Path::new(&variable("CINEMATCH_TEST_MODEL_DIR"))).unwrap();
    let verified = start.elapsed();
    let library = variable("CINEMATCH_TEST_ORT_LIBRARY");
    let embedder = Embedder::open(model, 1, Path::new(&library), 2, 2).unwrap();
    println!("{name}: verified in {verified:.0?}, ready with two query sessions after {:.0?}", start.elapsed());
    println!("memory: {before} before, {} with two query sessions", memory());

    let texts = texts();
    let tokens = embedder.count_tokens(&texts[0]).unwrap();
    embedder.embed_passages(&texts[..64], 2, false).unwrap();
    println!("memory: {} with two bulk sessions as well", memory());

    let mut rates = [0.0_f64; 2];
    for _ in 0..3 {
        for (threads, best) in (1..).zip(&mut rates) {
            let start = Instant::now();
            embedder.embed_passages(&texts, threads, false).unwrap();
            *best = best.max(texts.len() as f64 / start.elapsed().as_secs_f64());
        }
    }
    let [one, two] = rates;
    println!("bulk, {tokens} tokens: {one:.0} texts/s on one thread, {two:.0} on two ({:.2} times)", two / one);

    let mut times: Vec<Duration> = (0..2000)
        .map(|_| {
            let start = Instant::now();
            embedder.embed_query(QUERY).unwrap();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    let tokens = embedder.count_tokens(QUERY).unwrap();
    println!("query, {tokens} tokens: p50 {:.2?}, p99 {:.2?}", times[times.len() / 2], times[times.len() * 99 / 100]);

    let long: Vec<String> = (60..260).map(|words| "river town ".repeat(words)).collect();
    embedder.embed_passages(&long, 2, false).unwrap();
    println!("memory: {} after texts of 120 to 256 tokens", memory());
    embedder.release_idle(Duration::ZERO);
    println!("memory: {} after bulk sessions were released", memory());
}

/// 400 texts of about a hundred tokens, no two alike.
fn texts() -> Vec<String> {
    (0..400).map(|n| format!("film {n} {}", [SENTENCE; 5].join(", "))).collect()
}

/// Resident memory of this process, where the system tells.
fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    resident.map_or_else(|| "unknown".to_owned(), |kilobytes: u64| format!("{} MB", kilobytes / 1024))
}
