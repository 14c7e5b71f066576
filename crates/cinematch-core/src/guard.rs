//! Panics become errors at the edge: a bug of ours or of a dependency must not take the process down.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{EngineError, Result};

/// Runs `work`; a panic inside it is `internal`.
///
/// Unwind safety: readers only see immutable snapshots, and `parking_lot` locks do not poison.
pub fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let message = text.or_else(|| panic.downcast_ref::<String>().cloned());
        Err(EngineError::Internal(message.unwrap_or_else(|| "panic without a message".to_owned())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_internal_error_with_its_message() {
        let error = guard::<()>(|| panic!("row {} is gone", 7)).err();
        assert_eq!(error.map(|e| (e.code(), e.to_string())), Some(("internal", "internal error: row 7 is gone".to_owned())));
    }

    #[test]
    fn a_result_passes_through() {
        assert_eq!(guard(|| Ok(5)).ok(), Some(5));
        assert_eq!(guard::<()>(|| Err(EngineError::Closed)).err().map(|e| e.code()), Some("closed"));
    }
}
