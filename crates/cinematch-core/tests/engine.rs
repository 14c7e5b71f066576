//! The engine against the real model and the bundled films.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

use cinematch_core::EngineError;
use cinematch_core::GRAPH_THRESHOLD;
use cinematch_core::engine::{Engine, EngineSettings, Lane};
use cinematch_core::film::{Film, FilmId};
use cinematch_core::query::{
    Answer, FacetValue, Filters, Idea, Include, ListRequest, PartName, Range, RecommendRequest, Reference, SearchMode, SearchRequest,
    SortKey, TermFilter,
};
use cinematch_core::testing::{GraphSettings, ModelSpec, Row, RowSet, VectorIndex, VectorRow};

static FILMS: LazyLock<Vec<Film>> = LazyLock::new(|| {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/starter-films.jsonl");
    fs::read_to_string(file).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
});

/// A directory filled with the bundled films; shared by the tests that only read.
static FILLED: LazyLock<Arc<Engine>> = LazyLock::new(|| {
    let engine = open(&tempfile::tempdir().unwrap().keep());
    engine.upsert(FILMS.clone(), false).unwrap();
    engine
});

fn settings(dir: &Path, model: &str) -> EngineSettings {
    EngineSettings {
        data_dir: dir.to_owned(),
        role: "test".to_owned(),
        model: model.to_owned(),
        model_dir: common::model_dir(),
        runtime_library: common::runtime_library(),
        query_threads: 2,
        bulk_threads: 2,
        graph_threshold: GRAPH_THRESHOLD,
    }
}

fn open(dir: &Path) -> Arc<Engine> {
    Engine::open(settings(dir, "fast")).unwrap()
}

fn question(text: &str) -> SearchRequest {
    SearchRequest { text: text.to_owned(), limit: 10, ..SearchRequest::default() }
}

fn like(liked: &[FilmId]) -> RecommendRequest {
    RecommendRequest { liked: liked.to_vec(), limit: 100, same_collection: Some(true), ..RecommendRequest::default() }
}

fn ids(answer: &Answer) -> Vec<FilmId> {
    answer.hits.iter().map(|hit| hit.id).collect()
}

fn found(engine: &Engine, text: &str) -> Vec<FilmId> {
    ids(&engine.search(&question(text)).unwrap())
}

fn code<T>(result: cinematch_core::Result<T>) -> &'static str {
    result.err().map_or("ok", |error| error.code())
}

fn any(values: &[&str]) -> TermFilter {
    TermFilter { any: values.iter().map(|&value| value.to_owned()).collect(), ..TermFilter::default() }
}

fn film(id: FilmId, overview: &str) -> Film {
    Film { tmdb_id: id, title: format!("Film {id}"), overview: overview.to_owned(), ..Film::default() }
}

// ---- changes --------------------------------------------------------------------------------------------------------

#[test]
fn a_change_says_what_it_did_and_is_seen_by_the_next_question_and_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path());
    assert_eq!(code(engine.search(&question("x"))), "catalogue_empty");
    let films = &FILMS[..30];
    assert_eq!(engine.upsert(films.to_vec(), false).unwrap().inserted.len(), 30);

    let generation = engine.status().unwrap().generation;
    let refetched = films.iter().map(|film| Film { fetched_at: Some("2026-01-01T00:00:00Z".to_owned()), ..film.clone() }).collect();
    let report = engine.upsert(refetched, false).unwrap();
    assert_eq!((report.unchanged.len(), report.updated.len(), report.touched.len()), (30, 0, 0));
    assert_eq!(engine.status().unwrap().generation, generation, "when a film was fetched is no change");
    assert!(engine.catalog().fetch_times().unwrap().iter().all(|(_, at)| at.is_some()));

    let model = engine.status().unwrap().model.fingerprint;
    let id = films[0].tmdb_id;
    let hash = |engine: &Engine| engine.catalog().hashes(&model, [id].into_iter()).unwrap()[&id];
    let before = hash(&engine);
    let touched = Film { vote_count: Some(77), runtime: Some(1), ..films[0].clone() };
    assert_eq!(engine.upsert(vec![touched.clone()], false).unwrap().touched, [id]);
    assert_ne!(hash(&engine).0, before.0);
    assert_eq!(hash(&engine).1, before.1, "the vector stays");
    assert_eq!(engine.film(id).unwrap().unwrap().vote_count, Some(77));

    let text = "A lighthouse keeper repairs radios for passing whales.";
    let updated = Film { overview: text.to_owned(), ..touched };
    assert_eq!(engine.upsert(vec![films[0].clone(), updated], false).unwrap().updated, [id], "the last of two counts");
    assert_ne!(hash(&engine).1, before.1);
    assert_eq!(found(&engine, "whales listen to a lighthouse keeper's radio")[0], id);

    assert_eq!(engine.delete(&[id, 4_000_000]).unwrap(), 1);
    for mode in [SearchMode::Hybrid, SearchMode::Semantic, SearchMode::Lexical] {
        assert!(!ids(&engine.search(&SearchRequest { mode, ..question(text) }).unwrap()).contains(&id), "{mode:?}");
    }
    assert_eq!(code(engine.recommend(&like(&[id]))), "film_not_found");
    let answers: Vec<_> = ["sinking ship", "dreams", "war"].iter().map(|text| engine.search(&question(text)).unwrap()).collect();
    engine.close().unwrap();

    let engine = open(dir.path());
    assert_eq!(engine.status().unwrap().films, 29);
    let again: Vec<_> = ["sinking ship", "dreams", "war"].iter().map(|text| engine.search(&question(text)).unwrap()).collect();
    assert_eq!(again, answers, "scores are the same after a restart");

    let report = engine.replace_all(vec![films[1].clone(), film(1, "A new one.")], true).unwrap();
    assert_eq!((report.inserted, report.unchanged, report.deleted.len()), (vec![1], vec![films[1].tmdb_id], 28));
    assert_eq!(engine.status().unwrap().films, 2);
}

#[test]
fn films_that_make_no_sense_are_refused_whole() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path());
    let blank = Film { title: " ".to_owned(), ..film(5, "x") };
    let nan = Film { vote_average: Some(f32::NAN), ..film(6, "x") };
    for wrong in [film(0, "x"), blank, nan] {
        assert_eq!(code(engine.upsert(vec![film(1, "good"), wrong], false)), "invalid_argument");
    }
    assert_eq!(engine.status().unwrap().films, 0);
}

#[test]
fn changes_of_the_same_films_from_many_threads_leave_catalogue_and_index_agreeing() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path());
    let plots = ["a submarine under the ice", "a baker in love", "two robots on the moon", "a haunted piano"];
    thread::scope(|scope| {
        for worker in 0..4_usize {
            let engine = &engine;
            scope.spawn(move || {
                for round in 0..12 {
                    let plot = plots[(worker + round) % 4];
                    let votes = Some(worker as u32);
                    let films = (1..=4).map(|id| Film { vote_count: votes, ..film(id, plot) }).collect();
                    engine.upsert(films, false).unwrap();
                    engine.delete(&[1 + (round % 4) as FilmId]).unwrap();
                }
            });
        }
    });
    let report = engine.upsert((1..=4).map(|id| film(id, plots[0])).collect(), false).unwrap();
    let named: HashSet<_> = [report.inserted, report.updated, report.touched, report.unchanged].concat().into_iter().collect();
    assert_eq!(named, HashSet::from([1, 2, 3, 4]));
    let request = SearchRequest { mode: SearchMode::Semantic, ..question(plots[0]) };
    let shown = engine.search(&request).unwrap();
    assert_eq!(shown.hits.len(), 4);
    engine.close().unwrap();
    drop(engine);
    let stored = open(dir.path()).search(&request).unwrap();
    assert_eq!(stored, shown);
}

#[test]
fn questions_during_changes_see_whole_states_only() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path());
    let set = |first: FilmId| -> Vec<Film> { (first..first + 12).map(|id| film(id, "A ship sinks in the cold sea.")).collect() };
    engine.upsert(set(100), false).unwrap();
    let (asked, done) = (AtomicUsize::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        let reader = || loop {
            let request = SearchRequest { limit: 100, ..question("a ship sinks in the sea") };
            let hits = ids(&engine.search(&request).unwrap());
            let old = hits.iter().filter(|&&id| id < 200).count();
            assert!(hits.len() == 12 && (old == 0 || old == 12), "{hits:?}");
            asked.fetch_add(1, Ordering::Relaxed);
            if done.load(Ordering::Relaxed) {
                return;
            }
        };
        let readers: Vec<_> = (0..3).map(|_| scope.spawn(reader)).collect();
        // On one core the changes could be over before a reader has begun.
        while asked.load(Ordering::Relaxed) < readers.len() && !readers.iter().any(ScopedJoinHandle::is_finished) {
            thread::yield_now();
        }
        for _ in 0..4 {
            engine.replace_all(set(200), false).unwrap();
            engine.replace_all(set(100), false).unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
}

// ---- questions ------------------------------------------------------------------------------------------------------

#[test]
fn scores_fall_within_their_range_and_answers_are_the_same_every_time() {
    assert_eq!(found(&FILLED, "a romantic movie about a sinking ship")[0], 597);
    for (mode, lowest) in [(SearchMode::Hybrid, 0.0), (SearchMode::Lexical, 0.0), (SearchMode::Semantic, -1.0)] {
        for text in ["a romantic movie about a sinking ship", "80s horror", "Leonardo DiCaprio", "Heat", "🎬", "the of and"] {
            let request = SearchRequest { mode, limit: 100, ..question(text) };
            let answer = FILLED.search(&request).unwrap();
            assert!(answer.hits.iter().all(|hit| (lowest..=1.0).contains(&hit.score)), "{mode:?} {text}");
            assert!(answer.hits.is_sorted_by(|a, b| a.score >= b.score), "{mode:?} {text}");
            assert_eq!(FILLED.search(&request).unwrap(), answer, "{mode:?} {text}");
        }
    }
}

#[test]
fn pages_put_together_are_the_long_list_to_its_end() {
    let horror = Filters { genres: any(&["drama"]), ..Filters::default() };
    for mode in [SearchMode::Hybrid, SearchMode::Semantic, SearchMode::Lexical] {
        for filters in [Filters::default(), horror.clone()] {
            let request = SearchRequest { mode, filters, ..question("a family in the war") };
            let pages = |limit: usize| -> Vec<FilmId> {
                let part = |offset| ids(&FILLED.search(&SearchRequest { limit, offset, ..request.clone() }).unwrap());
                (0..1_000).step_by(limit).map(part).take_while(|page| !page.is_empty()).flatten().collect()
            };
            let (long, short) = (pages(100), pages(10));
            assert_eq!(short, long, "{mode:?}");
            assert_eq!(long.iter().collect::<HashSet<_>>().len(), long.len(), "{mode:?}: no film twice");
            if mode != SearchMode::Lexical {
                assert_eq!(long.len(), FILLED.search(&request).unwrap().total, "{mode:?}: every film that passes has its place");
            }
        }
    }
}

#[test]
fn filters_return_as_many_hits_as_exist() {
    let silent = Filters { year: Range { min: None, max: Some(1930) }, ..Filters::default() };
    let right: HashSet<FilmId> = FILMS.iter().filter(|film| film.year.is_some_and(|year| year <= 1930)).map(|film| film.tmdb_id).collect();
    assert!(right.len() > 1);
    for mode in [SearchMode::Hybrid, SearchMode::Semantic] {
        let answer = FILLED.search(&SearchRequest { mode, filters: silent.clone(), limit: 100, ..question("computer hackers") }).unwrap();
        assert_eq!(ids(&answer).into_iter().collect::<HashSet<_>>(), right);
        assert_eq!(answer.total, right.len());
    }
    let one = Filters { exclude: FILMS.iter().map(|film| film.tmdb_id).filter(|&id| id != 597).collect(), ..Filters::default() };
    assert_eq!(ids(&FILLED.search(&SearchRequest { filters: one, ..question("robots") }).unwrap()), [597]);
    let unknown = Filters { genres: any(&["Dramma"]), ..Filters::default() };
    let error = FILLED.search(&SearchRequest { filters: unknown, ..question("robots") }).unwrap_err();
    assert!(matches!(&error, EngineError::UnknownValue { known, .. } if known.contains(&"Drama".to_owned())), "{error}");
}

#[test]
fn variety_costs_nothing_where_it_is_not_asked_for() {
    let plain = FILLED.search(&question("space")).unwrap();
    assert_eq!(plain.intra_list_distance, None);
    let varied = |diversity| FILLED.search(&SearchRequest { diversity, ..question("space") }).unwrap();
    assert_eq!(varied(0.0), plain);
    assert_eq!(ids(&varied(0.7))[0], ids(&plain)[0]);
    assert!(varied(0.9).intra_list_distance > varied(0.01).intra_list_distance);
    assert_eq!(code(FILLED.search(&SearchRequest { diversity: 1.1, ..question("space") })), "invalid_argument");
    assert_eq!(code(FILLED.search(&SearchRequest { diversity: f32::NAN, ..question("space") })), "invalid_argument");
}

#[test]
fn films_named_in_a_recommendation_never_come_back() {
    let (liked, disliked, excluded) = ([597, 603], [949], 27205);
    let filters = Filters { exclude: vec![excluded], ..Filters::default() };
    for request in [
        RecommendRequest { disliked: disliked.to_vec(), filters: filters.clone(), ..like(&liked) },
        RecommendRequest { disliked: disliked.to_vec(), filters: filters.clone(), ..like(&[]) },
        RecommendRequest { filters, ..like(&liked[..1]) },
    ] {
        let answer = FILLED.recommend(&request).unwrap();
        assert_eq!(answer.hits.len(), 100);
        assert!(answer.hits.is_sorted_by(|a, b| a.score >= b.score));
        let named: Vec<_> = request.liked.iter().chain(&request.disliked).chain([&excluded]).collect();
        assert!(answer.hits.iter().all(|hit| !named.contains(&&hit.id)));
    }
    assert_eq!(code(FILLED.recommend(&like(&[]))), "invalid_argument");
}

#[test]
fn titles_lists_and_facets() {
    let resolved = FILLED.resolve(&[Reference::Title("titanic".to_owned()), Reference::Id(603), Reference::Id(1)]).unwrap();
    let found: Vec<_> = resolved.iter().map(|resolution| resolution.movie.as_ref().map(|film| film.id)).collect();
    assert_eq!(found, [Some(597), Some(603), None]);
    assert!(FILLED.suggest("tita", 5).unwrap().iter().any(|film| film.id == 597));
    let request = |offset| ListRequest {
        filters: Filters::default(),
        sort: SortKey::Year,
        descending: false,
        limit: 100,
        offset,
        facets: offset == 0,
    };
    let pages: Vec<_> = (0..FILMS.len()).step_by(100).map(|offset| FILLED.list(&request(offset)).unwrap()).collect();
    let years: Vec<_> = pages.iter().flat_map(|page| &page.movies).map(|film| film.year).collect();
    assert_eq!((years.len(), years.is_sorted()), (FILMS.len(), true));
    let facets = pages[0].facets.as_ref().unwrap();
    let genres = &facets.iter().find(|facet| facet.field == "genres").unwrap().values;
    let dramas = FILMS.iter().filter(|film| film.genres.contains(&"Drama".to_owned())).count();
    assert!(genres.contains(&FacetValue { value: "Drama".to_owned(), count: dramas as u32 }), "{genres:?}");
}

#[test]
fn an_idea_that_is_left_out_has_no_part_in_any_score() {
    let include = Include { explanation: true, ..Include::default() };
    let parts = |without| {
        let request = SearchRequest { include, limit: 50, ..question("The Shining 80s") };
        let hits = FILLED.search_without(&request, without).unwrap().hits;
        let explanations = hits.into_iter().filter_map(|hit| hit.explanation);
        explanations.flat_map(|explanation| explanation.parts).map(|part| part.part).collect::<Vec<_>>()
    };
    let ideas = [
        (Idea::Meaning, PartName::Meaning),
        (Idea::Words, PartName::Words),
        (Idea::Names, PartName::Names),
        (Idea::Hints, PartName::Hints),
    ];
    for (idea, name) in ideas {
        assert!(parts(None).contains(&name) && !parts(Some(idea)).contains(&name), "{name:?}");
    }
    for (idea, text) in [(Idea::Synonyms, "a cop"), (Idea::Cleaning, "I remember a movie with a shark")] {
        let scores =
            |without| FILLED.search_without(&question(text), without).unwrap().hits.iter().map(|hit| hit.score).collect::<Vec<_>>();
        assert_ne!(scores(None), scores(Some(idea)), "{text}");
    }
}

#[test]
fn the_state_names_versions_and_what_is_searched() {
    let status = FILLED.status().unwrap();
    assert_eq!((status.films, status.details["vector_index"].as_str(), status.pending), (FILMS.len(), "exact", 0));
    let runtime = &status.details["onnx_runtime"];
    assert!(runtime.split('.').all(|part| part.parse::<u32>().is_ok()), "{runtime}");
}

/// The scan and the graph, both against the stored vectors in exact arithmetic.
#[test]
fn recall_at_10_on_real_vectors_is_99_percent() {
    let mut index = VectorIndex::new(384, 50);
    let mut vectors: Vec<Vec<f32>> = Vec::new();
    let mut films: Vec<FilmId> = Vec::new();
    FILLED
        .catalog()
        .for_each_film(&FILLED.status().unwrap().model.fingerprint, |stored| {
            let vector = stored.vector.unwrap();
            films.push(stored.film.tmdb_id);
            index.append(&VectorRow { id: stored.film.tmdb_id, vector: &vector, generation: 1 })?;
            vectors.push(vector.iter().map(|half| half.to_f32()).collect());
            Ok(())
        })
        .unwrap();
    let all = RowSet::from_rows(0..vectors.len() as Row);
    let settings = GraphSettings { fingerprint: "x".to_owned(), readers: 2 };
    let graph = index.build_graph(&all, 1, &settings, 2, &AtomicBool::new(false)).unwrap().unwrap();
    let (mut scanned, mut walked) = (0, 0);
    for query in &vectors {
        let cosine = |row: usize| vectors[row].iter().zip(query).map(|(a, b)| a * b).sum::<f32>();
        let nearest_first = |rows: &mut Vec<usize>| rows.sort_by(|&a, &b| cosine(b).total_cmp(&cosine(a)));
        let mut exact: Vec<usize> = (0..vectors.len()).collect();
        nearest_first(&mut exact);
        let scan = index.search(query, 10, &all, vectors.len(), |_| None).unwrap();
        scanned += scan.iter().filter(|(row, _)| exact[..10].contains(&(*row as usize))).count();
        // As the index uses it: four times as many as asked for, scored again.
        let found = graph.search(query, 40, |_| true).unwrap();
        let mut walk: Vec<usize> = found.iter().map(|id| films.binary_search(id).unwrap()).collect();
        nearest_first(&mut walk);
        walked += walk[..10].iter().filter(|row| exact[..10].contains(row)).count();
    }
    let recall = |right: usize| right as f64 / (vectors.len() * 10) as f64;
    assert!(recall(scanned) >= 0.99, "scan: {}", recall(scanned));
    assert!(recall(walked) >= 0.99, "graph: {}", recall(walked));
}

// ---- files, models, closing -----------------------------------------------------------------------------------------

#[test]
fn damaged_index_files_never_stop_a_start_and_change_no_answer() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path());
    engine.upsert(FILMS[..40].to_vec(), false).unwrap();
    let right = engine.search(&question("a detective hunts a killer")).unwrap();
    engine.close().unwrap();
    let indexes = dir.path().join("indexes");
    let text = fs::read_dir(&indexes).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&text).unwrap();
    let mut flipped = whole.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x40;
    let stale_then = |bytes: &[u8]| fs::write(&text, bytes).unwrap();
    for damage in [&flipped[..], &whole[..whole.len() / 3], b"", b"garbage\n{}\n\0\0"] {
        stale_then(damage);
        fs::write(indexes.join("vectors.usearch"), b"garbage").unwrap();
        fs::write(indexes.join("stray"), b"garbage").unwrap();
        let engine = open(dir.path());
        assert_eq!(engine.search(&question("a detective hunts a killer")).unwrap(), right);
        engine.close().unwrap();
    }
    // An old copy beside a newer catalogue, as a kill leaves it.
    let engine = open(dir.path());
    engine.upsert(vec![film(1, "Marzipan smugglers.")], false).unwrap();
    engine.close().unwrap();
    stale_then(&whole);
    assert_eq!(found(&open(dir.path()), "marzipan smugglers")[0], 1);
}

/// The fast model in a folder of its own, cut elsewhere, so that its vectors are others.
fn other_model() -> tempfile::TempDir {
    let mut spec = ModelSpec::find("fast").unwrap();
    let folder = tempfile::tempdir().unwrap();
    for file in ["model.onnx", "tokenizer.json"] {
        fs::copy(common::model_dir().join(spec.id()).join(file), folder.path().join(file)).unwrap();
    }
    spec.max_tokens = 64;
    fs::write(folder.path().join("model.json"), serde_json::to_vec(&spec).unwrap()).unwrap();
    folder
}

/// What never is so ends after a time that is enough for every machine.
fn wait_until(so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < Duration::from_mins(2), "it never came true");
        thread::sleep(Duration::from_millis(20));
    }
}

fn wait_for_reembedding(engine: &Engine) {
    wait_until(|| {
        let status = engine.status().unwrap();
        let all = status.films > 0 && Some(status.model.fingerprint) == engine.catalog().active_model().unwrap();
        status.pending == 0 && (!status.details.contains_key("notices") || all)
    });
}

#[test]
fn a_change_of_model_answers_with_the_old_vectors_until_all_are_new_and_goes_on_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (old, films) = (open(dir.path()), FILMS[..60].to_vec());
    old.upsert(films.clone(), false).unwrap();
    let (right, fast) = (old.search(&question("a sad clown")).unwrap(), old.status().unwrap().model.fingerprint);
    old.close().unwrap();

    let model = other_model();
    let change = || Engine::open(settings(dir.path(), model.path().to_str().unwrap())).unwrap();
    let engine = change();
    let status = engine.status().unwrap();
    assert_eq!((status.films, status.details["notices"].lines().count()), (60, 1));
    let answer = engine.search(&question("a sad clown")).unwrap();
    // The new model takes over when all is embedded, so what is asked before it has is answered by the old one.
    if engine.status().unwrap().model.fingerprint == fast {
        assert_eq!(answer, right);
    }
    // A film whose text changes meanwhile must not keep the vector of its old text.
    let text = "Marzipan smugglers cross the Alps on stilts.";
    engine.upsert(vec![Film { overview: text.to_owned(), ..films[0].clone() }], false).unwrap();
    engine.close().unwrap(); // in the middle, or before it began
    drop(engine);

    let engine = change();
    let target = engine.status().unwrap();
    assert_eq!(target.films, 60);
    wait_until(|| {
        assert_eq!(engine.search(&question("a sad clown")).unwrap().hits.len(), 10);
        engine.status().unwrap().model.fingerprint != fast
    });
    wait_for_reembedding(&engine);
    let status = engine.status().unwrap();
    assert_ne!(status.model.fingerprint, fast);
    assert_eq!((status.films, status.pending), (60, 0));
    assert_eq!(engine.catalog().count_without_vector(&fast).unwrap(), 60, "vectors of the old model are gone");
    let semantic = SearchRequest { mode: SearchMode::Semantic, ..question(text) };
    assert_eq!(ids(&engine.search(&semantic).unwrap())[0], films[0].tmdb_id);
    engine.close().unwrap();
    drop(engine);

    // And back, where the model that made the vectors is gone: films come back as they are embedded.
    drop(model);
    let engine = open(dir.path());
    wait_for_reembedding(&engine);
    let status = engine.status().unwrap();
    assert_eq!((status.model.fingerprint, status.films), (fast, 60));
}

#[test]
fn a_directory_has_one_owner_and_a_closed_engine_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let engine = open(dir.path());
    let error = Engine::open(settings(dir.path(), "fast")).err().unwrap();
    assert_eq!(error.code(), "data_dir_locked");
    assert!(error.to_string().contains(&format!("process {} (test)", std::process::id())), "{error}");
    engine.close().unwrap();
    engine.close().unwrap();
    assert_eq!(code(engine.search(&question("x"))), "closed");
    assert_eq!(code(engine.recommend(&like(&[1]))), "closed");
    assert_eq!(code(engine.upsert(vec![film(1, "x")], false)), "closed");
    assert_eq!(code(engine.delete(&[1])), "closed");
    assert_eq!(code(engine.film(1)), "closed");
    assert_eq!(code(engine.resolve(&[Reference::Id(1)])), "closed");
    assert_eq!(code(engine.suggest("x", 1)), "closed");
    assert_eq!(code(engine.status()), "closed");
    let (told, answer) = std::sync::mpsc::channel();
    engine.submit(Lane::Query, move |accepted| told.send(code(accepted)).unwrap());
    assert_eq!(answer.recv().unwrap(), "closed");
    open(dir.path()).close().unwrap();
}

#[test]
fn files_that_are_missing_or_wrong_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let wrong = |change: &dyn Fn(&mut EngineSettings)| {
        let mut settings = settings(dir.path(), "fast");
        change(&mut settings);
        code(Engine::open(settings))
    };
    assert_eq!(wrong(&|settings| settings.model_dir = "/nowhere".into()), "model_missing");
    assert_eq!(wrong(&|settings| settings.model = "gpt".to_owned()), "invalid_argument");
    let file = dir.path().join("file");
    fs::write(&file, "no directory").unwrap();
    assert_eq!(wrong(&|settings| settings.data_dir = file.clone()), "storage_failed");
    fs::write(dir.path().join("catalogue.sqlite"), vec![7; 8_192]).unwrap();
    assert_eq!(wrong(&|_| {}), "catalogue_damaged");
}
