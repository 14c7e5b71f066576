//! CineMatch's engine: text in, films out. No HTTP, no Node, no environment variables.
//!
//! Each module is a room; `tests/layers.rs` holds their order, from which imports go down only.

pub mod cache_file;
pub mod catalog;
pub mod document;
pub mod embedding;
pub mod engine;
pub mod error;
pub mod film;
mod guard;
mod lexicon;
pub mod query;
pub mod question;
pub mod ranking;
mod recommend;
pub mod selection;
pub mod table;
pub mod text;
pub mod titles;
#[cfg(test)]
mod typescript;
pub mod vectors;
pub mod warnings;
pub mod words;

pub use error::{EngineError, Result};
pub use guard::guard;
