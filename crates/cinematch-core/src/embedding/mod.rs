//! From text to unit vectors: sentence-transformer models in the ONNX format, run by ONNX Runtime.
//!
//! [`ModelSpec`] says what a model is, [`Model`] finds and verifies its files, [`Embedder`] runs it. Queries and
//! bulk work have sessions of their own, so an import never makes a question wait.

mod embedder;
mod guard;
mod model;
mod pool;
mod pooling;
mod prepared;
mod runtime;
mod session;
mod spec;
mod tokenization;

pub use embedder::Embedder;
pub use model::Model;
pub use spec::{ModelFile, ModelSpec, Pooling, Precision};

/// What ONNX Runtime says of itself (branch, commit, flags). To be asked only once an [`Embedder`] is open.
pub fn runtime_version() -> &'static str {
    let info = ort::info();
    let branch = info.split_once("git-branch=rel-").map(|(_, rest)| rest);
    branch.map_or(info, |rest| &rest[..rest.find([',', ' ']).unwrap_or(rest.len())])
}
