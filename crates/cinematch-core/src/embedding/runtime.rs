//! ONNX Runtime, a shared library that is loaded once a process.

use std::path::Path;
use std::sync::Arc;

use ort::environment::Environment;
use ort::logging::LogLevel;
use parking_lot::Mutex;

use super::guard::guarded;
use crate::{EngineError, Result, warnings};

/// Never dropped: ONNX Runtime allows one environment a process, and sessions need it.
static ENVIRONMENT: Mutex<Option<Environment>> = Mutex::new(None);

/// The process's environment. The first call that succeeds decides which library that is; later calls get the same
/// one whatever they name. After a failure the next call tries again.
///
/// `runtime_unavailable` when `library` is missing, is not a library for this machine, is not ONNX Runtime or is too
/// old.
pub(super) fn environment(library: &Path) -> Result<Environment> {
    let mut environment = ENVIRONMENT.lock();
    if let Some(environment) = &*environment {
        return Ok(environment.clone());
    }
    let unavailable = |message: String| EngineError::RuntimeUnavailable { path: library.to_owned(), message };
    // Beside `node` is where a relative path would be looked for.
    let absolute = std::path::absolute(library).map_err(|cause| unavailable(cause.to_string()))?;
    if !absolute.is_file() {
        return Err(unavailable("there is no such file".to_owned()));
    }
    let loaded = guarded(|| load(&absolute).map_err(&unavailable)).map_err(|error| match error {
        EngineError::Internal(message) => unavailable(message),
        other => other,
    })?;
    Ok(environment.insert(loaded).clone())
}

fn load(library: &Path) -> Result<Environment, String> {
    let environment = ort::init_from(library)
        .map_err(|cause| cause.to_string())?
        .with_name("cinematch")
        .with_telemetry(false)
        .with_logger(Arc::new(log))
        .build()
        .map_err(|cause| cause.to_string())?;
    environment.set_log_level(LogLevel::Warning);
    Ok(environment)
}

fn log(level: LogLevel, _category: &str, _id: &str, location: &str, message: &str) {
    if matches!(level, LogLevel::Fatal | LogLevel::Error | LogLevel::Warning) {
        warnings::warn(format!("ONNX Runtime at {location}: {message}"));
    }
}
