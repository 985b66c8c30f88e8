use std::borrow::Cow;
use std::ops::Range;

use bytes::Bytes;

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

/// A body kept for later reading of its parts: [`text`] without a copy where it is UTF-8 already.
#[derive(Clone)]
pub(crate) struct Text(Bytes);

impl Text {
    pub(crate) fn new(body: &Bytes) -> Self {
        Self(match text(body) {
            Cow::Borrowed(same) => body.slice_ref(same.as_bytes()),
            Cow::Owned(replaced) => Bytes::from(replaced),
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Where `part`, which was borrowed from [`Self::as_str`], lies.
    pub(crate) fn place(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr().addr().wrapping_sub(self.0.as_ptr().addr());
        start..start.wrapping_add(part.len())
    }

    /// The part at a [`Self::place`]; empty for any other.
    pub(crate) fn part(&self, place: Range<usize>) -> &str {
        let bytes = self.0.get(place).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_again() {
        for body in ["\u{feff}{\"a\": [1, 2]}".as_bytes(), b"{\"\xff\": [1, 2]}"] {
            let kept = Text::new(&Bytes::copy_from_slice(body));
            let at = kept.as_str().find("[1").unwrap_or_default();
            let place = kept.place(&kept.as_str()[at..at + 6]);
            assert_eq!(kept.part(place), "[1, 2]");
            assert!(kept.as_str().starts_with('{'));
            assert_eq!(kept.part(0..1000), "");
        }
    }

    #[test]
    fn a_web_page_is_named_as_such() {
        let error = parse::<u8>(" <!doctype html>", "x").unwrap_err();
        assert!(error.message.contains("web page"), "{}", error.message);
    }
}
