//! A model optimised once, from which sessions are made quickly and whose weights they share.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use ort::environment::Environment;
use ort::session::Session;
use ort::session::builder::{GraphOptimizationLevel, SessionBuilder};

use super::model::{Model, damaged};
use super::session::{Input, ModelSession, SharedSession};
use super::spec::ModelSpec;
use crate::{EngineError, Result};

/// An ONNX model after graph optimisation, in ONNX Runtime's own format.
///
/// Sessions read the weights where they are, in `bytes`. Only what the matrix kernels repack is a session's own:
/// 12 MB in place of 24 for all-MiniLM-L6-v2-int8, loaded in a third of the time.
pub(super) struct PreparedModel {
    environment: Environment,
    path: PathBuf,
    spec: ModelSpec,
    inputs: Vec<Input>,
    bytes: Arc<Vec<u8>>,
}

impl PreparedModel {
    /// Reads and optimises the ONNX file of `model`. The result passes through a temporary file.
    ///
    /// `model_damaged` when ONNX Runtime refuses the file, or the model wants inputs that CineMatch does not know.
    pub fn new(environment: &Environment, model: &Model) -> Result<Self> {
        let refused = |message: String| damaged(model.model_path(), message);
        let folder = tempfile::tempdir().map_err(|cause| EngineError::storage("making a temporary folder", &cause))?;
        let optimised = folder.path().join("model.ort");
        let session = builder(environment)
            .and_then(|builder| Ok(builder.with_config_entry("session.save_model_format", "ORT")?))
            .and_then(|builder| Ok(builder.with_optimized_model_path(&optimised)?))
            .map_err(|cause| refused_options(&cause))?
            .commit_from_memory(model.onnx())
            .map_err(|cause| refused(cause.to_string()))?;
        let input = |name: &str| {
            let unknown = || refused(format!("it wants the input {name:?}, which text embedding models do not have"));
            Input::named(name).ok_or_else(unknown)
        };
        let inputs = session.inputs().iter().map(|outlet| input(outlet.name())).collect::<Result<_>>()?;
        let bytes = fs::read(&optimised).map_err(|cause| EngineError::storage("reading the optimised model", &cause))?;
        Ok(Self {
            environment: environment.clone(),
            path: model.model_path().to_owned(),
            spec: model.spec().clone(),
            inputs,
            bytes: Arc::new(bytes),
        })
    }

    /// A new session of the model.
    pub fn session(&self) -> Result<ModelSession> {
        let session = builder(&self.environment).map_err(|cause| refused_options(&cause))?;
        let session = SharedSession::load(session, Arc::clone(&self.bytes)).map_err(|cause| damaged(&self.path, cause.to_string()))?;
        Ok(ModelSession::new(session, self.inputs.clone(), &self.spec))
    }
}

fn refused_options(cause: &ort::Error) -> EngineError {
    EngineError::Internal(format!("ONNX Runtime refused its options: {cause}"))
}

/// One thread that does not spin: several one-thread sessions beat one session with several threads, and idle ones
/// cost nothing. No memory pattern: it helps only where all texts have the same length. The arena stays on: it goes
/// with its session, where glibc would keep what the longest text needed for every thread that ever embedded one.
fn builder(environment: &Environment) -> Result<SessionBuilder, ort::Error> {
    Ok(Session::builder(environment)?
        .with_optimization_level(GraphOptimizationLevel::All)?
        .with_intra_threads(1)?
        .with_inter_threads(1)?
        .with_intra_op_spinning(false)?
        .with_inter_op_spinning(false)?
        .with_memory_pattern(false)?)
}
