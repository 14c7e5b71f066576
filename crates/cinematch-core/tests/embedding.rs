//! The embedding module against real models, ONNX Runtime and golden vectors that another program made.

#![allow(clippy::unwrap_used)]

use cinematch_core::testing::{Embedder, Model, ModelSpec, Pooling, Precision};
mod common;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use serde::Deserialize;

static FAST: LazyLock<Embedder> = LazyLock::new(|| builtin("fast"));

fn builtin(name: &str) -> Embedder {
    open(Model::resolve(name, &common::model_dir()).unwrap()).unwrap()
}

fn open(model: Model) -> cinematch_core::Result<Embedder> {
    Embedder::open(model, 1, &common::runtime_library(), 2, 2)
}

/// The fast model in a folder of its own, with settings that `change` made.
fn custom(change: impl FnOnce(&mut ModelSpec)) -> tempfile::TempDir {
    let mut spec = ModelSpec::find("fast").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let from = common::model_dir().join(spec.id());
    for file in ["model.onnx", "tokenizer.json"] {
        fs::copy(from.join(file), folder.path().join(file)).unwrap();
    }
    change(&mut spec);
    fs::write(folder.path().join("model.json"), serde_json::to_vec(&spec).unwrap()).unwrap();
    folder
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

// ---- golden vectors -------------------------------------------------------------------------------------------------

#[derive(Deserialize)]
struct Golden {
    text: String,
    passage: GoldenVector,
    /// Where the model has a query prefix.
    query: Option<GoldenVector>,
}

#[derive(Deserialize)]
struct GoldenVector {
    tokens: usize,
    first: [f64; 16],
    sum: f64,
    weighted_sum: f64,
}

impl GoldenVector {
    /// Whether the vector is this one to the third decimal. Fails where it is not even near.
    fn is(&self, vector: &[f32], text: &str) -> bool {
        let first: Vec<f32> = self.first.iter().map(|&value| value as f32).collect();
        let likeness = cosine(&first, &vector[..16]) / (cosine(&first, &first) * cosine(&vector[..16], &vector[..16])).sqrt();
        assert!(likeness > 0.98, "the vector of {text:?} begins with {:?}, not {first:?}", &vector[..16]);
        let vector: Vec<f64> = vector.iter().copied().map(f64::from).collect();
        let length = vector.iter().map(|value| value * value).sum::<f64>().sqrt();
        assert!((length - 1.0).abs() < 1e-5, "the length of {text:?} is {length}");
        let sum: f64 = vector.iter().sum();
        let weighted: f64 = (1..).zip(&vector).map(|(position, value)| f64::from(position) * value).sum();
        vector.iter().zip(self.first).all(|(found, right)| (found - right).abs() < 1e-3)
            && (sum - self.sum).abs() < 1e-2
            && (weighted - self.weighted_sum).abs() < 2.0
    }
}

/// Int8 models round activations, and where one lies on the border two kinds of CPU may round it differently, which changes
/// the second decimal of what follows: at most two of the texts may have such a vector, and none may be another one.
fn assert_golden(embedder: &Embedder, golden: &str) {
    let golden: Vec<Golden> = serde_json::from_str(golden).unwrap();
    assert_eq!(golden.len(), 9);
    let texts: Vec<String> = golden.iter().map(|golden| golden.text.clone()).collect();
    let passages = embedder.embed_passages(&texts, 2, false).unwrap();
    let mut different = Vec::new();
    for (golden, passage) in golden.iter().zip(&passages) {
        assert_eq!(embedder.count_tokens(&golden.text).unwrap(), golden.passage.tokens, "{}", golden.text);
        let query = embedder.embed_query(&golden.text).unwrap();
        let expected_query = golden.query.as_ref().unwrap_or(&golden.passage);
        if !(golden.passage.is(passage, &golden.text) && expected_query.is(&query, &golden.text)) {
            different.push(&golden.text);
        }
    }
    let rounds = embedder.spec().precision == Precision::Int8;
    assert!(different.len() <= if rounds { 2 } else { 0 }, "other vectors: {different:?}");
}

#[test]
fn the_fast_model_gives_the_golden_vectors() {
    assert_golden(&FAST, include_str!("golden/embeddings-all-MiniLM-L6-v2-int8.json"));
}

#[test]
#[ignore = "needs the quality model in CINEMATCH_TEST_MODEL_DIR"]
fn the_quality_model_gives_the_golden_vectors() {
    assert_golden(&builtin("quality"), include_str!("golden/embeddings-bge-small-en-v1.5-int8.json"));
}

#[test]
#[ignore = "needs the f32 model in CINEMATCH_TEST_MODEL_DIR"]
fn the_f32_model_gives_the_golden_vectors() {
    let golden = include_str!("golden/embeddings-all-MiniLM-L6-v2-f32.json");
    assert_golden(&builtin("all-MiniLM-L6-v2-f32"), golden);
}

// ---- what a vector depends on ---------------------------------------------------------------------------------------

#[test]
fn vectors_come_in_the_order_of_the_texts_and_do_not_depend_on_the_threads() {
    let texts: Vec<String> = (0..40).map(|n| format!("film {n} {}", "of the long river ".repeat(n * 7 % 13))).collect();
    let alone: Vec<Vec<f32>> = texts.iter().map(|text| FAST.embed_query(text).unwrap()).collect();
    for (threads, background) in [(1, false), (2, false), (2, true), (64, false), (0, false)] {
        assert_eq!(FAST.embed_passages(&texts, threads, background).unwrap(), alone, "{threads} {background}");
    }
}

#[test]
fn no_texts_give_no_vectors() {
    assert_eq!(FAST.embed_passages(&[], 2, false).unwrap(), Vec::<Vec<f32>>::new());
}

#[test]
fn meaning_decides() {
    let films = strings(&["Astronauts are stranded on a hostile planet", "A baker falls in love in Paris"]);
    let vectors = FAST.embed_passages(&films, 1, false).unwrap();
    let query = FAST.embed_query("romance in France").unwrap();
    assert!(cosine(&query, &vectors[1]) > cosine(&query, &vectors[0]) + 0.2);
}

#[test]
fn prefixes_go_before_queries_and_passages() {
    let folder = custom(|spec| {
        spec.query_prefix = "question: ".to_owned();
        spec.passage_prefix = "film: ".to_owned();
    });
    let prefixed = open(Model::load(folder.path()).unwrap()).unwrap();
    assert_ne!(prefixed.fingerprint(), FAST.fingerprint());
    assert_eq!(prefixed.embed_query("heat").unwrap(), FAST.embed_query("question: heat").unwrap());
    let passages = |embedder: &Embedder, text: &str| embedder.embed_passages(&strings(&[text]), 1, false).unwrap();
    assert_eq!(passages(&prefixed, "heat"), passages(&FAST, "film: heat"));
}

#[test]
fn what_is_beyond_the_cut_does_not_count() {
    let long = "river ".repeat(400);
    assert_eq!(FAST.count_tokens(&long).unwrap(), 256);
    assert_eq!(FAST.embed_query(&format!("{long} and a spaceship")).unwrap(), FAST.embed_query(&long).unwrap());
    // 254 words and two special tokens: the 200th word is read, which the tokenizer's own cut at 128 would hide.
    let early = format!("{}spaceship {}", "river ".repeat(199), "river ".repeat(200));
    assert_ne!(FAST.embed_query(&early).unwrap(), FAST.embed_query(&long).unwrap());
}

#[test]
fn a_custom_model_may_pool_another_way_and_cut_elsewhere() {
    let folder = custom(|spec| {
        spec.pooling = Pooling::Cls;
        spec.max_tokens = 8;
    });
    let other = open(Model::load(folder.path()).unwrap()).unwrap();
    assert_eq!(other.count_tokens(&"river ".repeat(400)).unwrap(), 8);
    assert!(cosine(&other.embed_query("heat").unwrap(), &FAST.embed_query("heat").unwrap()) < 0.9);
}

// ---- many at once ---------------------------------------------------------------------------------------------------

#[test]
fn queries_and_bulk_work_may_run_at_the_same_time() {
    let texts: Vec<String> = (0..30).map(|n| format!("the {n} samurai defend a village")).collect();
    let expected: Vec<Vec<f32>> = texts.iter().map(|text| FAST.embed_query(text).unwrap()).collect();
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| assert_eq!(FAST.embed_passages(&texts, 2, true).unwrap(), expected));
            scope.spawn(|| {
                for (text, vector) in texts.iter().zip(&expected) {
                    assert_eq!(&FAST.embed_query(text).unwrap(), vector);
                }
            });
        }
    });
}

#[test]
fn idle_bulk_sessions_are_released_and_come_back() {
    let embedder = builtin("fast");
    assert_eq!(embedder.release_idle(Duration::ZERO), 0);
    let texts = strings(&["one", "two", "three"]);
    let vectors = embedder.embed_passages(&texts, 1, false).unwrap();
    assert_eq!(embedder.release_idle(Duration::from_hours(1)), 0);
    assert_eq!(embedder.release_idle(Duration::ZERO), 1);
    assert_eq!(embedder.embed_passages(&texts, 1, false).unwrap(), vectors);
}

// ---- what can be wrong ----------------------------------------------------------------------------------------------

fn assert_damaged(folder: &Path, because: &str) {
    let error = Model::load(folder).and_then(open).err().unwrap();
    assert_eq!(error.code(), "model_damaged", "{error}");
    assert!(error.to_string().contains(because), "{error}");
}

#[test]
fn damaged_files_are_refused() {
    let flip = |path: &Path| {
        let mut bytes = fs::read(path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(path, bytes).unwrap();
    };
    for file in ["model.onnx", "tokenizer.json"] {
        let folder = custom(|_| ());
        flip(&folder.path().join(file));
        assert_damaged(folder.path(), "SHA-256");
    }
}

#[test]
fn files_that_are_garbage_are_refused_without_a_checksum_too() {
    for file in ["model.onnx", "tokenizer.json"] {
        for garbage in [&b"garbage"[..], b"", b"{\"version\": \"1.0\"}"] {
            let folder = custom(|spec| {
                (spec.model.sha256, spec.model.bytes) = (None, None);
                (spec.tokenizer.sha256, spec.tokenizer.bytes) = (None, None);
            });
            fs::write(folder.path().join(file), garbage).unwrap();
            assert_damaged(folder.path(), file);
        }
    }
}

#[test]
fn a_model_cut_short_is_refused() {
    let folder = custom(|spec| (spec.model.sha256, spec.model.bytes) = (None, None));
    let path = folder.path().join("model.onnx");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert_damaged(folder.path(), "model.onnx");
}

#[test]
fn settings_that_do_not_fit_the_model_are_refused_at_once() {
    let folder = custom(|spec| spec.dimensions = 768);
    let error = Model::load(folder.path()).and_then(open).err().unwrap();
    assert_eq!(error.code(), "embedding_failed");
    assert!(error.to_string().contains("768 dimensions"), "{error}");
}

#[test]
fn a_file_that_changes_under_a_running_process_is_not_used() {
    let folder = custom(|_| ());
    let embedder = open(Model::load(folder.path()).unwrap()).unwrap();
    fs::write(folder.path().join("model.onnx"), "another model").unwrap();
    let texts = strings(&["heat"]);
    assert_eq!(embedder.embed_passages(&texts, 1, false).unwrap(), FAST.embed_passages(&texts, 1, false).unwrap());
}

#[test]
fn a_folder_that_holds_the_files_itself_is_accepted() {
    let folder = custom(|_| ());
    let model = Model::open(folder.path(), ModelSpec::find("fast").unwrap()).unwrap();
    assert_eq!(model.fingerprint(1).unwrap(), FAST.fingerprint());
}
