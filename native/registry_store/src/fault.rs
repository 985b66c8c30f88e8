//! From the errors and panics of redb and tantivy to the kinds a caller can act on.

use std::any::Any;
use std::fmt::Display;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};

use registry_types::{Error, ErrorKind, Result};

/// A damaged record or page; `what` names it.
pub(crate) fn corrupt(what: impl Display, why: impl Display) -> Error {
    Error::new(
        ErrorKind::StoreCorrupt,
        format!("{what} is damaged in the store ({why}): collect it again, or run check"),
    )
    .with("record", what)
}

/// The store was closed, or is being closed.
pub(crate) fn closed() -> Error {
    Error::new(
        ErrorKind::StoreClosed,
        "the store is closed: open it again before using it",
    )
}

/// An I/O error while doing `what`.
pub(crate) fn io_error(error: &io::Error, what: impl Display) -> Error {
    use io::ErrorKind as K;
    match error.kind() {
        K::StorageFull | K::QuotaExceeded | K::FileTooLarge => Error::new(
            ErrorKind::StorageFull,
            format!(
                "{what}: {error}: free space or delete packages; what is stored stays readable"
            ),
        ),
        K::PermissionDenied | K::ReadOnlyFilesystem => Error::new(
            ErrorKind::StorageFull,
            format!("{what}: {error}: the store may not be written there, choose another path"),
        ),
        _ => Error::new(ErrorKind::StoreCorrupt, format!("{what}: {error}")),
    }
}

/// redb refuses all work after a failed write, until the file is opened again.
fn previous_failure() -> Error {
    let message = "a write to the store failed before: try again, the file will be opened anew";
    Error::new(ErrorKind::Busy, message).with("cause", PREVIOUS_FAILURE)
}

const PREVIOUS_FAILURE: &str = "previous I/O error";

/// Whether an error is that one.
pub(crate) fn is_previous_failure(error: &Error) -> bool {
    let told = |(name, value): &(_, String)| *name == "cause" && value == PREVIOUS_FAILURE;
    error.kind == ErrorKind::Busy && error.details.iter().any(told)
}

/// An error of redb.
pub(crate) fn redb_error(error: impl Into<redb::Error>) -> Error {
    match error.into() {
        redb::Error::Io(e) => io_error(&e, "the store file"),
        redb::Error::PreviousIo => previous_failure(),
        redb::Error::DatabaseClosed => closed(),
        redb::Error::DatabaseAlreadyOpen => {
            Error::new(ErrorKind::StoreLocked, "the store file is open elsewhere")
        }
        redb::Error::ValueTooLarge(bytes) => Error::limit(
            "record_bytes",
            format!("a record of {bytes} bytes is too large for the store"),
        ),
        other => Error::new(
            ErrorKind::StoreCorrupt,
            format!("the store file is damaged ({other}): run check"),
        ),
    }
}

/// An error of tantivy: the index is derived data, so whatever is wrong with it, `reindex` helps.
pub(crate) fn index_error(error: impl Display) -> Error {
    Error::new(
        ErrorKind::StoreCorrupt,
        format!("the search index is damaged ({error}): run reindex"),
    )
    .with("record", "search index")
}

/// Runs `work`, in which redb panics when it meets a damaged page.
pub(crate) fn guarded<T>(what: impl Display, work: impl FnOnce() -> Result<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result,
        Err(panic) => Err(corrupt(what, panic_text(&*panic))),
    }
}

/// What a panic said.
pub(crate) fn panic_text(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("unknown panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_that_names_the_record() {
        let error = guarded("npm left-pad", || -> Result<()> { panic!("bad page") }).unwrap_err();
        assert_eq!(error.kind, ErrorKind::StoreCorrupt);
        assert!(error.message.contains("npm left-pad"), "{error}");
        assert!(error.message.contains("bad page"), "{error}");
    }

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        let full = redb_error(redb::StorageError::Io(io::ErrorKind::StorageFull.into()));
        assert_eq!(full.kind, ErrorKind::StorageFull);
        let broken = redb_error(redb::StorageError::Corrupted("x".into()));
        assert_eq!(broken.kind, ErrorKind::StoreCorrupt);
    }
}
