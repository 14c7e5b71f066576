//! Questions that need no model: films by id, lists, titles, and the engine's own state.

use std::path::PathBuf;

use super::Engine;
use super::settings::or_cores;
use super::snapshot::Snapshot;
use crate::catalog::Catalog;
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};
use crate::query::{Facets, Filters, Page};
use crate::selection::{SortKey, facets, filter, list};

/// Longest list of hits, pages included.
pub const MOST_HITS: usize = 1_000;

/// A film as people name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// A title as it was typed.
    Title(String),
    /// A TMDB id.
    Id(FilmId),
}

/// A film in a list of titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The film.
    pub id: FilmId,
    /// Its title.
    pub title: String,
    /// Year of release.
    pub year: Option<i32>,
}

/// What a reference means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolution {
    /// The film, where one fits.
    pub film: Option<Suggestion>,
    /// The nearest titles, where none fits.
    pub suggestions: Vec<Suggestion>,
}

/// A list of films.
#[derive(Debug, Clone, PartialEq)]
pub struct ListRequest {
    /// Which films.
    pub filters: Filters,
    /// In which order.
    pub sort: SortKey,
    /// Largest first.
    pub descending: bool,
    /// Which part.
    pub page: Page,
    /// Whether to count values.
    pub facets: bool,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FilmPage {
    /// The films, whole.
    pub films: Vec<Film>,
    /// How many pass the filters.
    pub total: usize,
    /// On request.
    pub facets: Option<Facets>,
}

/// The engine's state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// Films that can be found.
    pub films: usize,
    /// Generation of the catalogue that is shown.
    pub generation: u64,
    /// Name of the model that answers.
    pub model_name: String,
    /// Its fingerprint.
    pub model_fingerprint: String,
    /// Length of its vectors.
    pub dimensions: usize,
    /// `int8` or `f32`.
    pub precision: String,
    /// Films that still lack a vector of the wanted model.
    pub pending_reembedding: usize,
    /// Films in the graph; `None` while every search scans all films.
    pub graph_films: Option<usize>,
    /// Threads for questions.
    pub query_threads: usize,
    /// Threads for embedding films.
    pub bulk_threads: usize,
    /// The data directory.
    pub data_dir: PathBuf,
    /// Version of SQLite.
    pub sqlite_version: String,
    /// Version of ONNX Runtime.
    pub runtime_version: String,
    /// What happened at the start that the operator should know.
    pub notices: Vec<String>,
}

impl Engine {
    /// One film, or `None`.
    pub fn film(&self, id: FilmId) -> Result<Option<Film>> {
        self.check_open()?;
        Ok(self.catalog().films(&[id])?.into_iter().flatten().next())
    }

    /// A page of the films that pass the filters, whole, in a stable order.
    pub fn list(&self, request: &ListRequest) -> Result<FilmPage> {
        self.check_open()?;
        let snapshot = self.snapshot();
        let rows = filter::compile(&request.filters, &snapshot.table)?;
        let ids: Vec<_> = list(&snapshot.table, &rows, request.sort, request.descending, &request.page)
            .into_iter()
            .map(|row| snapshot.table.id(row))
            .collect();
        Ok(FilmPage {
            films: self.catalog().films(&ids)?.into_iter().flatten().collect(),
            total: rows.len(),
            facets: request.facets.then(|| facets(&snapshot.table, &rows)),
        })
    }

    /// What each reference means, in their order.
    pub fn resolve(&self, references: &[Reference]) -> Result<Vec<Resolution>> {
        self.check_open()?;
        let snapshot = self.snapshot();
        Ok(references.iter().map(|reference| snapshot.resolve(reference)).collect())
    }

    /// Films whose title goes on like this, best known first.
    pub fn suggest(&self, prefix: &str, limit: usize) -> Result<Vec<Suggestion>> {
        self.check_open()?;
        let snapshot = self.snapshot();
        let found = snapshot.titles.suggest(prefix, limit, &snapshot.table);
        Ok(found.into_iter().filter_map(|id| snapshot.suggestion(id)).collect())
    }

    /// Whether there is no film to answer with. Cheap enough for every request.
    pub fn is_empty(&self) -> Result<bool> {
        self.check_open()?;
        Ok(self.snapshot().table.is_empty())
    }

    /// The engine's state.
    pub fn stats(&self) -> Result<Stats> {
        self.check_open()?;
        let snapshot = self.snapshot();
        let embedder = &snapshot.embedder;
        let pending = match self.target_model() {
            Some(target) => self.catalog().count_without_vector(target.fingerprint())?,
            None => 0,
        };
        Ok(Stats {
            films: snapshot.table.len(),
            generation: snapshot.generation,
            model_name: embedder.spec().name.clone(),
            model_fingerprint: embedder.fingerprint().to_owned(),
            dimensions: embedder.dimensions(),
            precision: embedder.spec().precision.as_str().to_owned(),
            pending_reembedding: pending,
            graph_films: snapshot.vectors.graph().map(|graph| graph.len()),
            query_threads: or_cores(self.settings().query_threads),
            bulk_threads: self.bulk_threads(),
            data_dir: self.settings().data_dir.clone(),
            sqlite_version: Catalog::sqlite_version().to_owned(),
            runtime_version: crate::embedding::runtime_version().to_owned(),
            notices: self.notices.clone(),
        })
    }
}

impl Snapshot {
    /// A film in a list of titles.
    pub fn suggestion(&self, id: FilmId) -> Option<Suggestion> {
        let row = self.table.row_of(id)?;
        Some(Suggestion { id, title: self.table.title(row).to_owned(), year: self.table.year(row) })
    }

    fn resolve(&self, reference: &Reference) -> Resolution {
        let found = match reference {
            Reference::Id(id) => return Resolution { film: self.suggestion(*id), suggestions: Vec::new() },
            Reference::Title(title) => self.titles.resolve(title, &self.table),
        };
        Resolution {
            film: found.film.and_then(|id| self.suggestion(id)),
            suggestions: found.suggestions.into_iter().filter_map(|id| self.suggestion(id)).collect(),
        }
    }
}

/// Refuses pages outside the bounds of the public API.
pub fn check_page(page: &Page) -> Result<()> {
    let invalid = |field: &str, message: String| Err(EngineError::InvalidArgument { field: field.to_owned(), message });
    if !(1..=100).contains(&page.limit) {
        return invalid("k", "must be from 1 to 100".to_owned());
    }
    if page.offset + page.limit > MOST_HITS {
        return invalid("offset", format!("offset + k must be at most {MOST_HITS}"));
    }
    Ok(())
}
