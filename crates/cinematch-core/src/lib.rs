//! CineMatch's engine: text in, films out. No HTTP, no Node, no environment variables.

pub mod catalog;
mod document;
pub mod embedding;
pub mod engine;
pub mod error;
pub mod film;
mod guard;
pub mod query;
mod recommend;
pub mod retrieval;
pub mod titles;
pub mod warnings;

pub use error::{EngineError, Result};
pub use guard::guard;
