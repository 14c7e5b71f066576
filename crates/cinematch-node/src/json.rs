//! Everything crosses as JSON text: requests are read and answers written on the engine's threads, and V8 parses text faster than it is
//! given objects property by property (docs/decisions/0009).

use cinematch_core::error::Failure;
use cinematch_core::{EngineError, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a request says. `invalid_argument` names the field that is wrong.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T> {
    // Keeping account of the path costs time, so only what cannot be read is read with it.
    serde_json::from_str(text).or_else(|_| read_with_path(text))
}

fn read_with_path<T: DeserializeOwned>(text: &str) -> Result<T> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|cause| {
        let field = cause.path().to_string();
        EngineError::invalid(if field == "." { "request" } else { &field }, message_of(cause.inner()))
    })?;
    json.end().map_err(|cause| EngineError::invalid("request", message_of(&cause)))?;
    Ok(value)
}

/// Where in the text it stands tells nothing to callers who pass an object.
fn message_of(cause: &serde_json::Error) -> String {
    let message = cause.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(message, _)| message.to_owned())
}

/// `{"Ok": …}` or, with a [`Failure`], `{"Err": …}`.
pub fn outcome<T: Serialize>(result: Result<T>) -> String {
    serde_json::to_string(&result.map_err(Failure::from))
        .unwrap_or_else(|cause| outcome::<()>(Err(EngineError::Internal(cause.to_string()))))
}
