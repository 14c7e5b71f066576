//! The approximate index over the vectors of a large catalogue: a `USearch` HNSW graph that is built once and never changed.
//!
//! Its keys are film ids, because rows are numbered anew at every start. It knows the catalogue's generation at which it was built, so a film
//! whose vector changed later is recognised. This is the only file that names `usearch`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};
use usearch::{Index, IndexOptions, MetricKind, ScalarKind};

use super::scaling::{largest, scaled};
use super::store::VectorStore;
use crate::cache_file::{self, Unusable};
use crate::error::{EngineError, Result};
use crate::film::FilmId;
use crate::priority::give_way;
use crate::table::{Row, RowSet};

/// Neighbours of each film (HNSW's M; twice as many on the lowest level).
const CONNECTIVITY: usize = 32;
/// Candidates kept while a film is inserted (HNSW's efConstruction).
const EXPANSION_ADD: usize = 256;
/// Candidates kept while the graph is searched, at least (HNSW's ef).
const EXPANSION_SEARCH: usize = 256;
/// Films that one thread inserts before others join it. A film whose insertion is under way has no neighbours yet on the
/// lowest level; another thread that comes by it there finds nothing and leaves its own film as badly connected. In a small
/// graph that is likely (recall@10 of 305 films was 0.91 to 0.98 on a busy machine), in one of this size it is not.
const INSERTED_ALONE: usize = 10_000;
const FILE: &str = "vectors.usearch";

/// A graph over the films of one generation. Immutable, so that any number of threads may search it.
pub struct VectorGraph {
    index: Index,
    about: About,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    generation: u64,
    fingerprint: String,
    films: usize,
    dimensions: usize,
    scale: f32,
    library: String,
}

/// What a graph is built for.
#[derive(Debug, Clone)]
pub struct GraphSettings {
    /// Names the model that made the vectors; a graph of another model is never used.
    pub fingerprint: String,
    /// Threads that may search at the same time; more of them scan instead.
    pub readers: usize,
}

impl VectorGraph {
    /// Builds a graph of `rows`, the live rows of `generation`, on `threads`. `None` where `stop` was set meanwhile.
    ///
    /// # Errors
    /// `index_failed` with what the library said.
    pub fn build(
        store: &VectorStore,
        rows: &RowSet,
        generation: u64,
        settings: &GraphSettings,
        threads: usize,
        stop: &AtomicBool,
    ) -> Result<Option<Self>> {
        let rows: Vec<Row> = rows.iter().collect();
        let largest = largest(rows.iter().flat_map(|&row| store.vector(row)));
        let about = About {
            generation,
            fingerprint: settings.fingerprint.clone(),
            films: rows.len(),
            dimensions: store.dimensions(),
            scale: 127.0 / largest,
            library: usearch::version().to_owned(),
        };
        let threads = threads.max(1);
        let graph = Self { index: new_index(store.dimensions(), rows.len(), threads.max(settings.readers))?, about };
        let (first, others) = rows.split_at(rows.len().min(INSERTED_ALONE));
        graph.insert_all(store, first, 1, stop)?;
        graph.insert_all(store, others, threads, stop)?;
        Ok((!stop.load(Ordering::Relaxed)).then_some(graph))
    }

    fn insert_all(&self, store: &VectorStore, rows: &[Row], threads: usize, stop: &AtomicBool) -> Result<()> {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| self.insert(store, rows, &next, stop))).collect();
            workers.into_iter().try_for_each(|worker| {
                worker.join().unwrap_or_else(|_| Err(EngineError::Internal("a thread that built the graph panicked".to_owned())))
            })
        })
    }

    fn insert(&self, store: &VectorStore, rows: &[Row], next: &AtomicUsize, stop: &AtomicBool) -> Result<()> {
        give_way();
        while !stop.load(Ordering::Relaxed) {
            let Some(&row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) else { break };
            self.index.add(u64::from(store.id(row)), &self.bytes(&store.vector(row))).map_err(|cause| failed(&cause))?;
        }
        Ok(())
    }

    /// One scale for all films keeps the order of inner products; numbers beyond it saturate.
    fn bytes(&self, vector: &[f32]) -> Vec<i8> {
        scaled(vector, self.about.scale)
    }

    /// About `n` films near to the vector that pass the filter, in no promised order.
    ///
    /// # Errors
    /// `index_failed`, also where more threads search than the graph has room for.
    pub fn search(&self, vector: &[f32], n: usize, passes: impl Fn(FilmId) -> bool) -> Result<Vec<FilmId>> {
        let found = self.index.filtered_search(&self.bytes(vector), n, |key| passes(key as FilmId)).map_err(|cause| failed(&cause))?;
        Ok(found.keys.into_iter().map(|key| key as FilmId).collect())
    }

    /// The catalogue's generation at which the graph was built.
    pub fn generation(&self) -> u64 {
        self.about.generation
    }

    /// How many films are in the graph.
    pub fn film_count(&self) -> usize {
        self.about.films
    }

    /// Whether the film is in the graph.
    pub fn contains(&self, id: FilmId) -> bool {
        self.index.contains(u64::from(id))
    }

    /// Writes the graph into `folder` in one step.
    ///
    /// # Errors
    /// `storage_failed`, `index_failed`; the graph that was there stays.
    pub fn save(&self, folder: &Path) -> Result<()> {
        let mut payload = vec![0; self.index.serialized_length()];
        self.index.save_to_buffer(&mut payload).map_err(|cause| failed(&cause))?;
        cache_file::write(&Self::path(folder), &self.about, &payload)
    }

    /// Reads the graph from `folder`. The library sees only bytes that match their checksum.
    pub fn load(folder: &Path, dimensions: usize, generation: u64, settings: &GraphSettings) -> Result<Self, Unusable> {
        let (about, payload) = cache_file::read::<About>(&Self::path(folder))?;
        if about.fingerprint != settings.fingerprint || about.dimensions != dimensions {
            return Err(Unusable::Stale(format!("it was made with the model {}", about.fingerprint)));
        }
        if about.library != usearch::version() {
            return Err(Unusable::Stale(format!("it was made by USearch {}", about.library)));
        }
        if about.generation > generation {
            return Err(Unusable::Stale(format!("it was made at generation {}, the catalogue is at {generation}", about.generation)));
        }
        let damaged = |cause: &dyn std::fmt::Display| Unusable::Damaged(cause.to_string());
        let index = new_index(dimensions, 0, 1).map_err(|cause| damaged(&cause))?;
        index.load_from_buffer(&payload).map_err(|cause| damaged(&cause))?;
        if index.size() != about.films || index.dimensions() != dimensions {
            return Err(damaged(&format!(
                "{} films of {} dimensions instead of {} of {dimensions}",
                index.size(),
                index.dimensions(),
                about.films
            )));
        }
        index.reserve_capacity_and_threads(about.films, settings.readers.max(1)).map_err(|cause| damaged(&cause))?;
        index.change_expansion_search(EXPANSION_SEARCH);
        Ok(Self { index, about })
    }

    /// Where the graph lies in `folder`.
    pub fn path(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }
}

fn new_index(dimensions: usize, films: usize, threads: usize) -> Result<Index> {
    let options = IndexOptions {
        dimensions,
        metric: MetricKind::IP,
        quantization: ScalarKind::I8,
        connectivity: CONNECTIVITY,
        expansion_add: EXPANSION_ADD,
        expansion_search: EXPANSION_SEARCH,
        multi: false,
    };
    let index = Index::new(&options).map_err(|cause| failed(&cause))?;
    index.reserve_capacity_and_threads(films, threads).map_err(|cause| failed(&cause))?;
    Ok(index)
}

fn failed(cause: &dyn std::fmt::Display) -> EngineError {
    EngineError::IndexFailed { index: "vector", message: cause.to_string() }
}
