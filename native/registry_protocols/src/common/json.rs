use std::borrow::Cow;

use registry_types::{Error, Result};
use serde::Deserialize;

/// A body as text: a byte order mark is dropped, bytes that are no UTF-8 are replaced.
pub(crate) fn text(body: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body))
}

/// Reads JSON out of [`text`]; `what` names the answer in the error.
pub(crate) fn parse<'a, T: Deserialize<'a>>(text: &'a str, what: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| {
        let hint = if text.trim_start().starts_with('<') {
            "; it looks like a web page: is the configured address a registry?"
        } else {
            ""
        };
        Error::protocol(format!("the answer for {what} cannot be read: {e}{hint}"))
    })
}
