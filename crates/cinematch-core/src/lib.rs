//! CineMatch's engine: text in, films out. No HTTP, no Node, no environment variables.
//!
//! Each module is a room; `tests/layers.rs` holds their order, from which imports go down only. Rooms are private, so that the compiler
//! tells what nobody uses; [`testing`] opens them to the tests and benches of this crate.

mod cache_file;
mod catalog;
mod document;
mod embedding;
pub mod engine;
pub mod error;
pub mod film;
mod guard;
mod hex;
mod lexicon;
mod priority;
pub mod query;
mod question;
mod ranking;
mod recommend;
mod selection;
mod table;
mod text;
mod titles;
#[cfg(test)]
mod typescript;
mod vectors;
pub mod warnings;
mod words;

pub use error::{EngineError, Result};
pub use guard::guard;
pub use vectors::GRAPH_THRESHOLD;

/// What the tests and benches of this crate look at inside.
#[cfg(feature = "testing")]
pub mod testing {
    pub use crate::cache_file::Unusable;
    pub use crate::catalog::{Catalog, CatalogChange, DataDir, FilmWrite, VectorWrite, content_hash, text_hash};
    pub use crate::document::VERSION as TEXTS_VERSION;
    pub use crate::embedding::{Embedder, Model, ModelSpec, Pooling, Precision};
    pub use crate::question::Question;
    pub use crate::selection::{facets, filter::compile, list};
    pub use crate::table::{Field, FilmTable, Row, RowSet};
    pub use crate::titles::{TitleIndex, TitleIndexBuilder, find_people};
    pub use crate::vectors::{GraphSettings, VectorGraph, VectorIndex, VectorRow, in_halves};
    pub use crate::words::{Analyzer, LexicalQuery, TextIndex, TextSnapshot};
}
