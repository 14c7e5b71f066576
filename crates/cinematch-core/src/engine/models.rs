//! Which model answers. A change of model embeds the catalogue again beside the old vectors, which answer until it is done.

use std::path::Path;
use std::sync::Arc;

use serde_json::json;

use super::settings::{EngineSettings, or_cores};
use crate::catalog::Catalog;
use crate::document;
use crate::embedding::{Embedder, Model};
use crate::error::Result;

/// Collection of records in which the engine remembers how to find a model that it knows by fingerprint only.
const RECORDS: &str = "engine.models";

/// The models of an engine.
pub struct Models {
    /// Its vectors answer now.
    pub serving: Arc<Embedder>,
    /// Its vectors are being computed, to answer later.
    pub next: Option<Arc<Embedder>>,
    /// What the operator should know.
    pub notice: Option<String>,
}

impl Models {
    /// Opens the model of the settings and, where the catalogue's vectors are of another one, that one too.
    /// Where the other one is gone, films become searchable as the new model embeds them.
    pub fn open(settings: &EngineSettings, catalog: &Catalog) -> Result<Self> {
        let wanted = open(settings, &settings.model)?;
        remember(catalog, &wanted, settings)?;
        let active = catalog.active_model()?;
        let Some(active) = active.filter(|active| active != wanted.fingerprint()) else {
            catalog.activate_model(wanted.fingerprint())?;
            return Ok(Self { serving: wanted, next: None, notice: None });
        };
        let old = recall(catalog, &active, &settings.model_dir).map(|model| open_model(settings, model));
        Ok(match old {
            Some(Ok(old)) => Self {
                notice: Some(format!(
                    "the model changed from {} to {}: films are embedded again in the background, the old vectors answer meanwhile",
                    old.spec().id(),
                    wanted.spec().id()
                )),
                serving: old,
                next: Some(wanted),
            },
            _ => Self {
                notice: Some(format!(
                    "the model changed to {} and the old one's files are gone: films can be found as they are embedded again",
                    wanted.spec().id()
                )),
                serving: wanted,
                next: None,
            },
        })
    }
}

fn open(settings: &EngineSettings, name: &str) -> Result<Arc<Embedder>> {
    open_model(settings, Model::resolve(name, &settings.model_dir)?)
}

fn open_model(settings: &EngineSettings, model: Model) -> Result<Arc<Embedder>> {
    let (queries, bulk) = (or_cores(settings.query_threads), or_cores(settings.bulk_threads));
    Ok(Arc::new(Embedder::open(model, document::VERSION, &settings.runtime_library, queries, bulk)?))
}

fn remember(catalog: &Catalog, embedder: &Embedder, settings: &EngineSettings) -> Result<()> {
    let name = json!({ "model": settings.model });
    match catalog.record(RECORDS, embedder.fingerprint())? {
        Some(known) if known.value == name => Ok(()),
        _ => catalog.put_record(RECORDS, embedder.fingerprint(), &name),
    }
}

/// The model with this fingerprint, if its files are still where they were.
fn recall(catalog: &Catalog, fingerprint: &str, model_dir: &Path) -> Option<Model> {
    let record = catalog.record(RECORDS, fingerprint).ok()??;
    let model = Model::resolve(record.value.get("model")?.as_str()?, model_dir).ok()?;
    (model.fingerprint(document::VERSION).ok()? == fingerprint).then_some(model)
}
