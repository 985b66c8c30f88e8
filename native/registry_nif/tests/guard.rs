//! What `src/guard.rs` promises; here because the library itself links with a BEAM only.

use registry_types::{Error, ErrorKind};

#[path = "../src/guard.rs"]
mod guard;

#[test]
fn a_panic_is_an_internal_error_that_carries_its_text() {
    let error = guard::guard::<()>(|| panic!("slice {} out of range", 7)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Internal);
    assert!(error.message.ends_with("slice 7 out of range"), "{error}");

    let error = guard::guard::<()>(|| panic!("plain")).unwrap_err();
    assert!(error.message.ends_with("plain"), "{error}");
}

#[test]
fn a_panic_without_a_text_is_an_internal_error_too() {
    let error = guard::guard::<()>(|| std::panic::panic_any(7_u8)).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Internal);
}

#[test]
fn results_pass() {
    assert_eq!(guard::guard(|| Ok(7)), Ok(7));
    let error = Error::not_found("nothing");
    assert_eq!(guard::guard::<()>(|| Err(error.clone())), Err(error));
}
