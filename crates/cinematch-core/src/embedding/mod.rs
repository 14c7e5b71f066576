//! From text to unit vectors: sentence-transformer models in the ONNX format, run by ONNX Runtime.
//!
//! [`ModelSpec`] says what a model is, [`Model`] finds and verifies its files, [`Embedder`] runs it. Queries and
//! bulk work have sessions of their own, so an import never makes a question wait.

mod embedder;
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
pub use spec::ModelSpec;
#[cfg(feature = "testing")]
pub use spec::{Pooling, Precision};

/// Version of ONNX Runtime; `unknown` until an [`Embedder`] is open.
pub fn runtime_version() -> &'static str {
    runtime::version()
}
