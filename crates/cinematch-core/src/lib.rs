//! CineMatch's engine: text in, films out. No HTTP, no Node, no environment variables.

pub mod catalog;
pub mod embedding;
pub mod error;
pub mod film;
pub mod query;
pub mod retrieval;
pub mod titles;

pub use error::{EngineError, Result};
