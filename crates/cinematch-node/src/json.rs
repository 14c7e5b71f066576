//! Everything crosses as JSON text: requests are read and answers written on the engine's threads, and V8 parses text faster than it is
//! given objects property by property (docs/decisions/0009).

use cinematch_core::error::Failure;
use cinematch_core::{EngineError, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a request says. `invalid_argument` names the field that is wrong.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut json).map_err(|cause| {
        let field = cause.path().to_string();
        let message = cause.inner().to_string();
        // Where in the text it stands tells nothing to callers who pass an object.
        let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
        EngineError::invalid(if field == "." { "request" } else { &field }, message)
    })
}

/// `{"Ok": …}` or, with a [`Failure`], `{"Err": …}`.
pub fn outcome<T: Serialize>(result: Result<T>) -> String {
    serde_json::to_string(&result.map_err(Failure::from))
        .unwrap_or_else(|cause| outcome::<()>(Err(EngineError::Internal(cause.to_string()))))
}
