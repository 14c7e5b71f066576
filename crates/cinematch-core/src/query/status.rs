//! The state of a store.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The model that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ModelStatus {
    /// Its name.
    pub name: String,
    /// Changes with everything that changes its vectors.
    pub fingerprint: String,
    /// Length of its vectors.
    pub dimensions: usize,
    /// `int8` or `f32`.
    pub precision: String,
}

/// The state of a store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StoreStatus {
    /// Films that can be found.
    pub films: usize,
    /// Grows with every change of the catalogue.
    pub generation: u64,
    /// The model that answers.
    pub model: ModelStatus,
    /// Films that still lack a vector of the wanted model.
    pub pending: usize,
    /// What is worth knowing of this kind of store: versions, threads, indexes, notices of the start.
    pub details: BTreeMap<String, String>,
}
