//! What the engine is told at its start.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::vectors::GRAPH_THRESHOLD;

/// Where the engine finds its files, and how many threads it may use.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct EngineSettings {
    /// Directory of the catalogue and its indexes; created where it is missing.
    pub data_dir: PathBuf,
    /// Who opens it (`serve`, `import`); told to a second process that wants it.
    pub role: String,
    /// A model's name (`fast`, `quality`) or a folder that holds one.
    pub model: String,
    /// Folder that holds the models.
    pub model_dir: PathBuf,
    /// Absolute path of ONNX Runtime's shared library.
    pub runtime_library: PathBuf,
    /// Threads (and model sessions) for questions; 0, the default, is one per core.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub query_threads: usize,
    /// Threads (and model sessions) for embedding films; 0, the default, is one per core.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub bulk_threads: usize,
    /// From how many films on a graph is built beside the scan of the vectors; normally
    /// [`GRAPH_THRESHOLD`].
    #[serde(default = "usual_graph_threshold", skip_serializing)]
    pub graph_threshold: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde calls it by reference
fn is_zero(threads: &usize) -> bool {
    *threads == 0
}

fn usual_graph_threshold() -> usize {
    GRAPH_THRESHOLD
}

/// Number of cores, at least one.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// `threads`, or one per core where it is 0.
pub fn or_cores(threads: usize) -> usize {
    if threads == 0 { cores() } else { threads }
}
