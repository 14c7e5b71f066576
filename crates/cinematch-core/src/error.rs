//! The one error type of the core. Every variant has a stable [`EngineError::code`] that callers may match on;
//! the message says what was wrong, where, and what to do about it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Everything that can go wrong in the core.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// A value that the caller passed makes no sense. `invalid_argument`
    #[error("{message}")]
    InvalidArgument {
        /// The field of the request (`filters.year`).
        field: String,
        /// What is wrong with it and what would be right.
        message: String,
    },
    /// A filter names a value that no film of the catalogue has. `unknown_value`
    #[error("no film has {value:?}; {}", known_hint(.known))]
    UnknownValue {
        /// The field of the request (`filters.genres`).
        field: String,
        /// The value that nothing has.
        value: String,
        /// The nearest (or, for short lists, all) values that films do have.
        known: Vec<String>,
    },
    /// No film is indexed yet. `catalogue_empty`
    #[error("the catalogue has no films yet")]
    CatalogueEmpty,
    /// The film asked for does not exist. `film_not_found`
    #[error("no film has the id {0}")]
    FilmNotFound(crate::film::FilmId),
    /// The ONNX Runtime library is missing or is not usable. `runtime_unavailable`
    #[error("ONNX Runtime cannot be used ({path}): {message}")]
    RuntimeUnavailable {
        /// Where it was looked for.
        path: PathBuf,
        /// What the loader said.
        message: String,
    },
    /// A model file is missing. `model_missing`
    #[error("the model file {path} is missing")]
    ModelMissing {
        /// The file.
        path: PathBuf,
    },
    /// A model file is not what its settings say. `model_damaged`
    #[error("the model file {path} is damaged: {message}")]
    ModelDamaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        message: String,
    },
    /// The model ran and failed. `embedding_failed`
    #[error("the model could not embed a text: {0}")]
    EmbeddingFailed(String),
    /// Another process owns the data directory. `data_dir_locked`
    #[error("the data directory {path} is in use by {holder}")]
    DataDirLocked {
        /// The directory.
        path: PathBuf,
        /// Who holds it (`process 4242 (serve)`).
        holder: String,
    },
    /// The catalogue was written by a newer version. `catalogue_too_new`
    #[error("the catalogue has schema version {found}, this program knows up to {known}; use a newer CineMatch")]
    CatalogueTooNew {
        /// Version in the file.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// The catalogue cannot be read. `catalogue_damaged`
    #[error("the catalogue {path} is damaged: {message}; restore it from a backup or move it away and import again")]
    CatalogueDamaged {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        message: String,
    },
    /// Reading or writing the disk failed. `storage_failed`
    #[error("{action} failed: {message}")]
    StorageFailed {
        /// What was being done.
        action: String,
        /// What the system said.
        message: String,
    },
    /// An index refused an operation; the catalogue is not affected. `index_failed`
    #[error("the {index} index failed: {message}")]
    IndexFailed {
        /// `vector` or `text`.
        index: &'static str,
        /// What the library said.
        message: String,
    },
    /// Too much work is waiting. `overloaded`
    #[error("too many requests are waiting; try again in a moment")]
    Overloaded,
    /// The engine was closed. `closed`
    #[error("the engine is closed")]
    Closed,
    /// A bug: a panic was caught. `internal`
    #[error("internal error: {0}")]
    Internal(String),
}

fn known_hint(known: &[String]) -> String {
    if known.is_empty() { "no value is known".to_owned() } else { format!("known: {}", known.join(", ")) }
}

/// Gives every kind of error its stable name.
macro_rules! codes {
    ($($kind:ident: $code:literal,)+) => {
        impl EngineError {
            /// Every code.
            pub const CODES: &'static [&'static str] = &[$($code),+];

            /// The stable name of this kind of error.
            pub fn code(&self) -> &'static str {
                match self {
                    $(Self::$kind { .. } => $code,)+
                }
            }
        }
    };
}
codes! {
    InvalidArgument: "invalid_argument",
    UnknownValue: "unknown_value",
    CatalogueEmpty: "catalogue_empty",
    FilmNotFound: "film_not_found",
    RuntimeUnavailable: "runtime_unavailable",
    ModelMissing: "model_missing",
    ModelDamaged: "model_damaged",
    EmbeddingFailed: "embedding_failed",
    DataDirLocked: "data_dir_locked",
    CatalogueTooNew: "catalogue_too_new",
    CatalogueDamaged: "catalogue_damaged",
    StorageFailed: "storage_failed",
    IndexFailed: "index_failed",
    Overloaded: "overloaded",
    Closed: "closed",
    Internal: "internal",
}

impl EngineError {
    /// An `invalid_argument`: `field` is the field of the request.
    pub fn invalid(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::InvalidArgument { field: field.into(), message: message.into() }
    }

    /// A `storage_failed` from an I/O error.
    pub fn storage(action: impl Into<String>, cause: &dyn std::fmt::Display) -> Self {
        Self::StorageFailed { action: action.into(), message: cause.to_string() }
    }
}

/// Result of the core.
pub type Result<T, E = EngineError> = std::result::Result<T, E>;

/// An error as data, for callers in other languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Failure {
    /// One of [`EngineError::CODES`].
    #[cfg_attr(test, ts(type = "(typeof FAILURE_CODES)[number]"))]
    pub code: String,
    /// What was wrong, where, and what would be right.
    pub message: String,
    /// The field of the request that is wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Values that would have been right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known: Option<Vec<String>>,
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Self {
        let (code, message) = (error.code().to_owned(), error.to_string());
        let (field, known) = match error {
            EngineError::InvalidArgument { field, .. } => (Some(field), None),
            EngineError::UnknownValue { field, known, .. } => (Some(field), Some(known)),
            _ => (None, None),
        };
        Self { code, message, field, known }
    }
}
