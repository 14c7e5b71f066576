//! Panics become errors at the edge of the module: a bug in a dependency must not take the process down.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{EngineError, Result};

/// Runs `work`; a panic inside it is `internal`.
///
/// Unwind safety: whatever a panic could leave half-changed is a session, and [`super::pool`] throws those away.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|panic| Err(EngineError::Internal(format!("the model panicked: {}", panic_message(&*panic)))))
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_internal_error_with_its_message() {
        let error = guarded::<()>(|| panic!("index {} is out of bounds", 7)).unwrap_err();
        assert_eq!(error.code(), "internal");
        assert!(error.to_string().contains("index 7 is out of bounds"), "{error}");
    }

    #[test]
    fn a_result_passes_through() {
        assert_eq!(guarded(|| Ok(5)).unwrap(), 5);
        assert_eq!(guarded::<()>(|| Err(EngineError::Closed)).unwrap_err().code(), "closed");
    }
}
