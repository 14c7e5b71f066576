//! The engine over more films than it judges one by one, and with a graph beside the scan: synthetic films, whose vectors lie around those of
//! real questions.

#![allow(clippy::unwrap_used)]

mod common;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::Duration;

use cinematch_core::engine::{Engine, EngineSettings};
use cinematch_core::film::{Film, FilmId};
use cinematch_core::query::{Answer, Filters, Include, Page, RecommendRequest, SearchMode, SearchRequest, TermFilter};
use cinematch_core::testing::{
    Catalog, CatalogChange, DataDir, Embedder, FilmWrite, Model, TEXTS_VERSION, VectorWrite, content_hash, text_hash,
};
use numkong::f16;

const FILMS: u32 = 6_000;
/// Low enough for a graph over so few films.
const GRAPH_THRESHOLD: usize = 500;
/// No page reaches further.
const REACH: usize = 1_000;

const QUESTIONS: [&str; 12] = [
    "a sailor searches for a white whale",
    "two sisters inherit a haunted house",
    "a robot learns to love a child",
    "thieves plan to rob a casino in one night",
    "a chess prodigy grows up in an orphanage",
    "a detective in the rain follows a singer",
    "soldiers are lost behind the lines in winter",
    "a school teacher moves to a mountain village",
    "dinosaurs escape on an island",
    "a wedding goes wrong in every way",
    "astronauts find a signal from another star",
    "a boxer comes back for one last fight",
];

/// An engine with a graph over films with made-up vectors, and the vectors as they are stored.
struct Large {
    engine: Arc<Engine>,
    questions: Vec<Vec<f32>>,
    vectors: HashMap<FilmId, Vec<f32>>,
}

static LARGE: LazyLock<Large> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap().keep();
    let settings = EngineSettings {
        data_dir: dir.clone(),
        role: "test".to_owned(),
        model: "fast".to_owned(),
        model_dir: common::model_dir(),
        runtime_library: common::runtime_library(),
        query_threads: 2,
        bulk_threads: 2,
        graph_threshold: GRAPH_THRESHOLD,
    };
    let model = Model::resolve(&settings.model, &settings.model_dir).unwrap();
    let embedder = Embedder::open(model, TEXTS_VERSION, &settings.runtime_library, 1, 1).unwrap();
    let questions: Vec<Vec<f32>> = QUESTIONS.iter().map(|text| embedder.embed_query(text).unwrap()).collect();
    let vectors = fill(&dir, embedder.fingerprint(), &questions);
    let engine = Engine::open(settings).unwrap();
    while engine.status().unwrap().details["vector_index"] != "graph" {
        thread::sleep(Duration::from_millis(50)); // the upkeep thread builds it
    }
    Large { engine, questions, vectors }
});

/// Writes the films; returns their vectors as they are stored.
fn fill(dir: &std::path::Path, model: &str, questions: &[Vec<f32>]) -> HashMap<FilmId, Vec<f32>> {
    let films: Vec<Film> = (1..=FILMS).map(film).collect();
    let vectors: Vec<Vec<f16>> =
        films.iter().map(|film| around(&questions[film.tmdb_id as usize % questions.len()], film.tmdb_id)).collect();
    let write = |(film, vector): (&'static Film, &Vec<f16>)| FilmWrite {
        film,
        content: content_hash(film).unwrap(),
        vector: Some(VectorWrite { document_hash: text_hash(&film.title), vector: vector.clone() }),
    };
    let films: &'static [Film] = films.leak();
    let data_dir = DataDir::acquire(dir, "test").unwrap();
    let catalog = Catalog::open(&data_dir.catalog_file()).unwrap();
    catalog.activate_model(model).unwrap();
    catalog.commit(model, &CatalogChange { upserts: films.iter().zip(&vectors).map(write).collect(), ..CatalogChange::default() }).unwrap();
    films.iter().map(|film| film.tmdb_id).zip(vectors.iter().map(|vector| vector.iter().map(|x| x.to_f32()).collect())).collect()
}

fn film(id: FilmId) -> Film {
    let every = |step: u32, keyword: &str| id.is_multiple_of(step).then(|| keyword.to_owned());
    Film {
        tmdb_id: id,
        title: format!("Film {id}"),
        keywords: [every(2, "half"), every(25, "few"), every(1_000, "rare")].into_iter().flatten().collect(),
        vote_count: Some(id * 7_919 % 5_000),
        ..Film::default()
    }
}

/// A unit vector near `center`, another one for every seed.
fn around(center: &[f32], seed: u32) -> Vec<f16> {
    let mut state = u64::from(seed).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    let vector: Vec<f32> = center.iter().map(|x| x + 0.15 * noise()).collect();
    let norm = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    vector.iter().map(|x| f16::from_f32(x / norm)).collect()
}

fn having(keyword: Option<&str>) -> Filters {
    let any = keyword.into_iter().map(str::to_owned).collect();
    Filters { keywords: TermFilter { any, ..TermFilter::default() }, ..Filters::default() }
}

fn ids(answer: &Answer) -> Vec<FilmId> {
    answer.hits.iter().map(|hit| hit.id).collect()
}

#[test]
fn a_search_through_the_graph_finds_what_an_exact_scan_finds_and_nothing_that_fails_the_filter() {
    let Large { engine, questions, vectors } = &*LARGE;
    assert_eq!(engine.status().unwrap().details["indexed_vectors"], FILMS.to_string());
    for (keyword, step) in [(None, 1), (Some("half"), 2), (Some("few"), 25), (Some("rare"), 1_000)] {
        let (mut found, mut all) = (0, 0);
        for (text, question) in QUESTIONS.iter().zip(questions) {
            let request = SearchRequest {
                text: (*text).to_owned(),
                mode: SearchMode::Semantic,
                filters: having(keyword),
                limit: 10,
                ..SearchRequest::default()
            };
            let hits = ids(&engine.search(&request).unwrap());
            assert!(hits.iter().all(|id| id % step == 0), "{keyword:?}: {hits:?}");
            let mut exact: Vec<FilmId> = (1..=FILMS).filter(|id| id % step == 0).collect();
            let cosine = |id: &FilmId| vectors[id].iter().zip(question).map(|(a, b)| a * b).sum::<f32>();
            exact.sort_by(|a, b| cosine(b).total_cmp(&cosine(a)));
            exact.truncate(10);
            assert_eq!(hits.len(), exact.len(), "{keyword:?}");
            found += exact.iter().filter(|id| hits.contains(id)).count();
            all += exact.len();
        }
        assert!(found as f32 >= 0.99 * all as f32, "{keyword:?}: {found} of {all}");
    }
}

#[test]
fn deep_pages_of_a_recommendation_are_full_and_in_one_order() {
    let recommend = |liked: &[FilmId], disliked: &[FilmId], keyword: Option<&str>, diversity: f32, page: Page| {
        let request = RecommendRequest {
            liked: liked.to_vec(),
            disliked: disliked.to_vec(),
            filters: having(keyword),
            limit: page.limit,
            offset: page.offset,
            diversity,
            same_collection: Some(true),
            include: Include::default(),
        };
        LARGE.engine.recommend(&request).unwrap()
    };
    for (liked, disliked, keyword, diversity) in [
        (&[17][..], &[][..], None, 0.0),
        (&[17], &[], Some("half"), 0.0),
        (&[17, 18, 19, 20], &[21], None, 0.0),
        (&[], &[17], None, 0.0),
        (&[17], &[], None, 0.5),
    ] {
        let walk = |limit: usize| {
            let pages = (0..REACH).step_by(limit).map(|offset| recommend(liked, disliked, keyword, diversity, Page { limit, offset }));
            pages.flat_map(|answer| answer.hits).collect::<Vec<_>>()
        };
        let hits = walk(100);
        let order: Vec<FilmId> = hits.iter().map(|hit| hit.id).collect();
        assert_eq!(order.len(), REACH, "liked {liked:?}, disliked {disliked:?}, {keyword:?}, diversity {diversity}");
        assert_eq!(order.iter().collect::<HashSet<_>>().len(), REACH);
        assert!(order.iter().all(|id| !liked.contains(id) && !disliked.contains(id)));
        assert!(diversity > 0.0 || hits.is_sorted_by(|left, right| left.score >= right.score));
        assert_eq!(walk(40).iter().map(|hit| hit.id).collect::<Vec<_>>(), order, "whatever the size of a page");
        let total = recommend(liked, disliked, keyword, diversity, Page { limit: 1, offset: REACH - 1 }).total;
        assert!(total > 2_000, "few enough to be judged one by one: {total}");
    }
}
