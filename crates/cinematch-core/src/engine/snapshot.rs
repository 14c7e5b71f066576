//! One consistent state of everything a question reads. Immutable: a change makes a new one, which the engine swaps in.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use numkong::f16;

use crate::catalog::Catalog;
use crate::embedding::Embedder;
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};
use crate::table::{FilmTable, Row};
use crate::titles::{TitleIndex, TitleIndexBuilder};
use crate::vectors::{GraphSettings, VectorGraph, VectorIndex, VectorRow};
use crate::words::{TextIndex, TextSnapshot};

/// A film that enters a snapshot, with the vector that the snapshot's model gave it.
pub struct IndexedFilm {
    /// The film.
    pub film: Film,
    /// Its unit vector; `None` where the one of the film's present row stays.
    pub vector: Option<Vec<f16>>,
    /// The catalogue's generation when the vector was written.
    pub vector_generation: u64,
}

/// Everything a question reads.
#[derive(Clone)]
pub struct Snapshot {
    /// The catalogue's generation that this shows.
    pub generation: u64,
    /// The model whose vectors these are; questions are embedded by the same one.
    pub embedder: Arc<Embedder>,
    /// What ranking and filters read of each film.
    pub table: FilmTable,
    /// The films' vectors.
    pub vectors: VectorIndex,
    /// The films' words.
    pub words: TextSnapshot,
    /// The films' titles.
    pub titles: TitleIndex,
    /// The best-known films; found when first asked for.
    pub(super) popular: OnceLock<Arc<[Row]>>,
}

/// Where indexes are kept between two starts, and what they are built for.
#[derive(Debug, Clone)]
pub struct IndexSettings {
    /// Directory; nothing in it is ever trusted without its checksum.
    pub dir: PathBuf,
    /// Threads that search at the same time.
    pub readers: usize,
    /// From how many films on there is a graph beside the scan.
    pub graph_threshold: usize,
}

impl IndexSettings {
    /// What a graph of the embedder's vectors is built for.
    pub fn graph(&self, embedder: &Embedder) -> GraphSettings {
        GraphSettings { fingerprint: embedder.fingerprint().to_owned(), readers: self.readers }
    }
}

/// Films whose words go into the text index together.
const TEXT_BATCH: usize = 4_096;
/// How many of the best-known films are kept at hand.
const POPULAR: usize = 1_000;

impl Snapshot {
    /// Builds the indexes of all films that have a vector of the embedder's model, from the saved ones where they fit.
    /// Says what was wrong with saved ones that do not.
    pub fn load(catalog: &Catalog, embedder: &Arc<Embedder>, settings: &IndexSettings) -> Result<(Self, TextIndex, Vec<String>)> {
        let mut table = FilmTable::empty();
        let mut vectors = VectorIndex::new(embedder.dimensions(), settings.graph_threshold);
        let mut titles = TitleIndexBuilder::default();
        let generation = catalog.for_each_film(embedder.fingerprint(), |stored| {
            let Some(vector) = stored.vector else { return Ok(()) };
            let (id, generation) = (stored.film.tmdb_id, stored.vector_generation);
            let row = vectors.append(&VectorRow { id, vector: &vector, generation })?;
            table.apply(&[(&stored.film, generation)], &[]);
            titles.add(row, &stored.film)
        })?;
        let titles = titles.finish(&table)?;
        let (text, words) = load_words(catalog, embedder, &table, generation, &settings.dir)?;
        let embedder = Arc::clone(embedder);
        let mut snapshot = Self { generation, embedder, table, vectors, words, titles, popular: OnceLock::new() };
        let notices = snapshot.load_graph(settings).into_iter().collect();
        Ok((snapshot, text, notices))
    }

    /// Takes the saved graph into use where there is one of this model; says what was wrong with an unusable one.
    fn load_graph(&mut self, settings: &IndexSettings) -> Option<String> {
        if self.table.len() <= settings.graph_threshold {
            return None; // the scan is faster
        }
        match VectorGraph::load(&settings.dir, self.embedder.dimensions(), self.generation, &settings.graph(&self.embedder)) {
            Ok(graph) => {
                self.vectors.attach(Arc::new(graph));
                None
            }
            Err(unusable) => Some(format!("the vector graph is built anew: {unusable}")),
        }
    }

    /// The next snapshot: films added or replaced and others deleted, in one step.
    pub fn with_changes(&self, text: &mut TextIndex, films: &[IndexedFilm], deletes: &[FilmId], generation: u64) -> Result<Self> {
        let mut vectors = self.vectors.clone();
        let mut upserts = Vec::with_capacity(films.len());
        for indexed in films {
            let (vector, generation) = self.vector_of(indexed)?;
            vectors.append(&VectorRow { id: indexed.film.tmdb_id, vector, generation })?;
            upserts.push((&indexed.film, generation));
        }
        let (table, rows) = self.table.with_changes(&upserts, deletes);
        let rows: Vec<(Row, &Film)> = rows.into_iter().zip(films.iter().map(|f| &f.film)).collect();
        let words = text.apply(rows.iter().copied(), deletes)?;
        let titles = self.titles.with_changes(&rows, &table)?;
        let embedder = Arc::clone(&self.embedder);
        Ok(Self { generation, embedder, table, vectors, words, titles, popular: OnceLock::new() })
    }

    /// The vector of a film that enters: its new one, or the one that it has.
    fn vector_of<'a>(&'a self, indexed: &'a IndexedFilm) -> Result<(&'a [f16], u64)> {
        if let Some(vector) = &indexed.vector {
            return Ok((vector, indexed.vector_generation));
        }
        let id = indexed.film.tmdb_id;
        let row = self.table.row_of(id).ok_or_else(|| EngineError::Internal(format!("film {id} has no vector")))?;
        Ok((self.vectors.store().halves(row), self.table.generation_of(row)))
    }

    /// Live rows of the best-known films, best known first.
    pub fn popular(&self) -> &[Row] {
        self.popular.get_or_init(|| {
            let mut rows: Vec<Row> = self.table.live().iter().collect();
            let best_first = |a: &Row, b: &Row| self.table.popularity_prior(*b).total_cmp(&self.table.popularity_prior(*a)).then(a.cmp(b));
            if rows.len() > POPULAR {
                rows.select_nth_unstable_by(POPULAR, best_first);
                rows.truncate(POPULAR);
            }
            rows.sort_unstable_by(best_first);
            rows.into()
        })
    }

    /// Names the words that this snapshot's text index was made of.
    pub fn text_stamp(&self) -> String {
        text_stamp(&self.embedder, self.generation)
    }
}

fn text_stamp(embedder: &Embedder, generation: u64) -> String {
    format!("{}-{generation}", embedder.fingerprint())
}

/// The text index of the films in the table: the saved one where it is of this very state, else a new one.
fn load_words(catalog: &Catalog, embedder: &Embedder, table: &FilmTable, generation: u64, dir: &Path) -> Result<(TextIndex, TextSnapshot)> {
    let ids = table.live().iter().map(|row| (table.id(row), row));
    if let Ok(saved) = TextIndex::load(dir, &text_stamp(embedder, generation), ids) {
        return Ok(saved);
    }
    let mut text = TextIndex::new()?;
    let mut batch: Vec<(Row, Film)> = Vec::new();
    let mut words = text.apply([], &[])?;
    let mut add = |batch: &mut Vec<(Row, Film)>, words: &mut TextSnapshot| -> Result<()> {
        *words = text.apply(batch.iter().map(|(row, film)| (*row, film)), &[])?;
        batch.clear();
        Ok(())
    };
    catalog.for_each_film(embedder.fingerprint(), |stored| {
        if let Some(row) = table.row_of(stored.film.tmdb_id) {
            batch.push((row, stored.film));
        }
        if batch.len() == TEXT_BATCH { add(&mut batch, &mut words) } else { Ok(()) }
    })?;
    add(&mut batch, &mut words)?;
    Ok((text, words))
}
