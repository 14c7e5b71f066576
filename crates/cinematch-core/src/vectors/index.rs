//! Nearest neighbours: an exact scan of the stored vectors, and a graph beside it where there are many.
//!
//! The graph is never changed. Films that are newer than it are its tail, which is scanned, so that every film is found from the moment it is
//! stored. What either finds is scored with the stored vectors.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::graph::{GraphSettings, VectorGraph};
use super::store::{QueryVector, VectorRow, VectorStore};
use crate::error::Result;
use crate::film::FilmId;
use crate::table::{Row, RowSet, TopRows};

/// From how many live films on a graph is worth its time; below, the scan is faster and exact.
pub const GRAPH_THRESHOLD: usize = 20_000;
/// Of so many films of the graph to one that passes, the scan of those that pass is faster.
const SCAN_ONE_IN: usize = 10;
/// How many times more films than asked for the graph is asked for: its 8 bits and its shortcuts lose rank quality.
const OVER_FETCH: usize = 4;

/// The vectors of one snapshot. A clone shares the data and is what the next snapshot starts from.
#[derive(Clone)]
pub struct VectorIndex {
    store: VectorStore,
    graph: Option<Arc<VectorGraph>>,
    tail: RowSet,
    threshold: usize,
}

impl VectorIndex {
    /// An empty index. `threshold` is normally [`GRAPH_THRESHOLD`].
    pub fn new(dimensions: usize, threshold: usize) -> Self {
        Self { store: VectorStore::new(dimensions), graph: None, tail: RowSet::new(), threshold }
    }

    /// The vectors by row.
    pub fn store(&self) -> &VectorStore {
        &self.store
    }

    /// Appends a row.
    ///
    /// # Errors
    /// As [`VectorStore::append`].
    pub fn append(&mut self, film: &VectorRow<'_>) -> Result<Row> {
        let row = self.store.append(film)?;
        if self.graph.as_ref().is_some_and(|graph| !covers(graph, film.id, film.generation)) {
            self.tail.insert(row);
        }
        Ok(row)
    }

    /// Takes a graph into use; what it does not cover of the rows is its tail.
    pub fn attach(&mut self, graph: Arc<VectorGraph>) {
        self.tail =
            RowSet::from_rows((0..self.store.len() as Row).filter(|&row| !covers(&graph, self.store.id(row), self.store.generation(row))));
        self.graph = Some(graph);
    }

    /// The graph in use.
    pub fn graph(&self) -> Option<&Arc<VectorGraph>> {
        self.graph.as_ref()
    }

    /// Whether a (new) graph should be built for these live rows.
    pub fn wants_graph(&self, live: &RowSet) -> bool {
        match &self.graph {
            None => live.len() > self.threshold,
            Some(graph) => self.tail_of(live).len() > self.threshold.max(graph.film_count() / 10),
        }
    }

    /// Builds a graph of the live rows aside, on `threads`; `None` where `stop` was set. Takes minutes for a million films; hand it to
    /// [`Self::attach`].
    ///
    /// # Errors
    /// As [`VectorGraph::build`].
    pub fn build_graph(
        &self,
        live: &RowSet,
        generation: u64,
        settings: &GraphSettings,
        threads: usize,
        stop: &AtomicBool,
    ) -> Result<Option<VectorGraph>> {
        VectorGraph::build(&self.store, live, generation, settings, threads, stop)
    }

    /// The `n` rows of `allowed` nearest to the unit vector with their cosines: best first, ties by the lower row, fewer only where
    /// `allowed` has fewer. `allowed` holds live rows only and `allowed_count` is their number; `row_of` gives the live row of a film.
    ///
    /// # Errors
    /// `invalid_argument` where the vector is not a unit vector of the right dimensions.
    pub fn search(
        &self,
        vector: &[f32],
        n: usize,
        allowed: &RowSet,
        allowed_count: usize,
        row_of: impl Fn(FilmId) -> Option<Row>,
    ) -> Result<Vec<(Row, f32)>> {
        let query = self.store.query(vector)?;
        let wanted = n.min(allowed_count);
        if let Some(graph) = self.graph.as_ref().filter(|graph| self.graph_pays(graph, n, allowed_count)) {
            // Where the graph finds too few, or more threads search than it has room for, the scan finds all.
            match self.search_graph(graph, &query, vector, n, allowed, row_of) {
                Ok(hits) if hits.len() >= wanted => return Ok(hits),
                Ok(_) | Err(_) => {}
            }
        }
        Ok(self.store.scan(&query, n, allowed))
    }

    fn graph_pays(&self, graph: &VectorGraph, n: usize, allowed_count: usize) -> bool {
        allowed_count > self.threshold && allowed_count > graph.film_count() / SCAN_ONE_IN && n * OVER_FETCH * SCAN_ONE_IN <= allowed_count
    }

    fn search_graph(
        &self,
        graph: &VectorGraph,
        query: &QueryVector,
        vector: &[f32],
        n: usize,
        allowed: &RowSet,
        row_of: impl Fn(FilmId) -> Option<Row>,
    ) -> Result<Vec<(Row, f32)>> {
        let current = |id: FilmId| row_of(id).filter(|&row| allowed.contains(row) && !self.tail.contains(row));
        let mut top = TopRows::new(n);
        for row in graph.search(vector, n * OVER_FETCH, |id| current(id).is_some())?.into_iter().filter_map(current) {
            top.push(row, self.store.cosine(query, row));
        }
        for (row, cosine) in self.store.scan(query, n, &self.tail_of(allowed)) {
            top.push(row, cosine);
        }
        Ok(top.into_sorted())
    }

    fn tail_of(&self, rows: &RowSet) -> RowSet {
        let mut tail = self.tail.clone();
        tail.and(rows);
        tail
    }
}

/// Whether the graph has the film with the vector of that generation.
fn covers(graph: &VectorGraph, id: FilmId, generation: u64) -> bool {
    generation <= graph.generation() && graph.contains(id)
}
