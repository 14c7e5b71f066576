//! Failures cross as data: a JavaScript exception would lose everything but its message.

use cinematch_core::EngineError;
use napi_derive::napi;

/// A failure of the engine. `src/engine/embedded-store.ts` turns it into an exception.
#[napi(object)]
pub struct BindingFailure {
    /// One of the stable codes.
    pub failure_code: String,
    pub message: String,
    /// The request field that is wrong.
    pub field: Option<String>,
    /// Values that would have been right.
    pub known: Option<Vec<String>>,
}

impl From<EngineError> for BindingFailure {
    fn from(error: EngineError) -> Self {
        let failure_code = error.code().to_owned();
        let message = error.to_string();
        let (field, known) = match error {
            EngineError::InvalidArgument { field, .. } => (Some(field), None),
            EngineError::UnknownValue { field, known, .. } => (Some(field), Some(known)),
            _ => (None, None),
        };
        Self { failure_code, message, field, known }
    }
}
