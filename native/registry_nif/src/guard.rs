//! The one place where a panic becomes an error. Names neither rustler nor a NIF, so that
//! `tests/guard.rs` can hold it to its word.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use registry_types::{Error, Result};

/// Runs `work`; a panic in it is [`registry_types::ErrorKind::Internal`].
///
/// What `work` shares with others must stay sound when it panics: the handles behind this hold
/// their state in locks whose poison is ignored, and in transactions which abort.
pub(crate) fn guard<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(panicked(panic.as_ref())))
}

/// The error for what a panic left behind.
fn panicked(panic: &(dyn Any + Send)) -> Error {
    let text = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message");
    Error::internal(format!(
        "a defect of package_registry_indexer, please report it: {text}"
    ))
}
