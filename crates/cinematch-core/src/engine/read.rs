//! Questions that need no model: films by id, lists, titles, and the engine's own state.

use std::collections::BTreeMap;

use super::Engine;
use super::settings::or_cores;
use super::snapshot::Snapshot;
use crate::catalog::Catalog;
use crate::error::{EngineError, Result};
use crate::film::{Film, FilmId};
use crate::query::{FetchTime, LIMITS, ListRequest, ModelStatus, MoviePage, Page, Reference, Resolution, StoreStatus, Suggestion};
use crate::selection::{facets, filter, list};

impl Engine {
    /// One film, or `None`.
    pub fn film(&self, id: FilmId) -> Result<Option<Film>> {
        self.check_open()?;
        Ok(self.catalog().films(&[id])?.into_iter().flatten().next())
    }

    /// A page of the films that pass the filters, whole, in a stable order.
    pub fn list(&self, request: &ListRequest) -> Result<MoviePage> {
        self.check_open()?;
        let snapshot = self.snapshot();
        let rows = filter::compile(&request.filters, &snapshot.table)?;
        let ids: Vec<_> = list(&snapshot.table, &rows, request.sort, request.descending, request.page())
            .into_iter()
            .map(|row| snapshot.table.id(row))
            .collect();
        Ok(MoviePage {
            movies: self.catalog().films(&ids)?.into_iter().flatten().collect(),
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

    /// When each film was fetched.
    pub fn fetch_times(&self) -> Result<Vec<FetchTime>> {
        self.check_open()?;
        Ok(self.catalog().fetch_times()?.into_iter().map(|(id, fetched_at)| FetchTime { id, fetched_at }).collect())
    }

    /// The engine's state.
    pub fn status(&self) -> Result<StoreStatus> {
        self.check_open()?;
        let snapshot = self.snapshot();
        let embedder = &snapshot.embedder;
        let pending = match self.target_model() {
            Some(target) => self.catalog().count_without_vector(target.fingerprint())?,
            None => 0,
        };
        Ok(StoreStatus {
            films: snapshot.table.len(),
            generation: snapshot.generation,
            model: ModelStatus {
                name: embedder.spec().name.clone(),
                fingerprint: embedder.fingerprint().to_owned(),
                dimensions: embedder.dimensions(),
                precision: embedder.spec().precision.as_str().to_owned(),
            },
            pending,
            details: self.details(&snapshot),
        })
    }

    fn details(&self, snapshot: &Snapshot) -> BTreeMap<String, String> {
        let graph = snapshot.vectors.graph().map(|graph| graph.film_count());
        let details = [
            ("data_dir", self.settings().data_dir.display().to_string()),
            ("vector_index", if graph.is_some() { "graph" } else { "exact" }.to_owned()),
            ("indexed_vectors", graph.unwrap_or(snapshot.table.len()).to_string()),
            ("query_threads", or_cores(self.settings().query_threads).to_string()),
            ("bulk_threads", self.bulk_threads().to_string()),
            ("sqlite", Catalog::sqlite_version().to_owned()),
            ("onnx_runtime", crate::embedding::runtime_version().to_owned()),
            ("notices", self.notices.join("\n")),
        ];
        details.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

impl Snapshot {
    /// A film in a list of titles.
    pub fn suggestion(&self, id: FilmId) -> Option<Suggestion> {
        let row = self.table.row_of(id)?;
        Some(Suggestion { id, title: self.table.title(row).to_owned(), year: self.table.year(row) })
    }

    fn resolve(&self, reference: &Reference) -> Resolution {
        let (movie, near) = match reference {
            Reference::Id(id) => (Some(*id), Vec::new()),
            Reference::Title(title) => {
                let found = self.titles.resolve(title, &self.table);
                (found.film, found.suggestions)
            }
        };
        Resolution {
            reference: reference.clone(),
            movie: movie.and_then(|id| self.suggestion(id)),
            suggestions: near.into_iter().filter_map(|id| self.suggestion(id)).collect(),
        }
    }
}

/// Refuses pages outside the limits.
pub fn check_page(page: Page) -> Result<()> {
    if !(1..=LIMITS.hits).contains(&page.limit) {
        return Err(EngineError::invalid("limit", format!("must be from 1 to {}", LIMITS.hits)));
    }
    if page.offset.saturating_add(page.limit) > LIMITS.reach {
        return Err(EngineError::invalid("offset", format!("offset + limit must be at most {}", LIMITS.reach)));
    }
    Ok(())
}
