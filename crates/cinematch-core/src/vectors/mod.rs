//! The films' vectors: an exact scan, and beside it a graph where there are very many.

mod graph;
mod index;
mod scaling;
mod store;

pub use graph::{GraphSettings, VectorGraph};
pub use index::{GRAPH_THRESHOLD, VectorIndex};
pub use store::{VectorRow, VectorStore, in_halves};
