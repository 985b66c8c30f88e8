//! Bytes of a file as text.

use std::borrow::Cow;

/// Like `String::from_utf8_lossy`, several times as fast on text that is valid, as almost all is.
pub(crate) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// Whether `bytes` holds one of `words`.
pub(crate) fn contains_any(bytes: &[u8], words: &[&str]) -> bool {
    let mut seen = None;
    words.iter().any(|word| {
        let Some(first) = word.as_bytes().first() else {
            return true;
        };
        // Words that begin alike and follow each other are sought in one pass.
        if seen.replace(*first) == Some(*first) {
            return false;
        }
        memchr::memchr_iter(*first, bytes).any(|at| {
            let text = bytes.get(at..).unwrap_or_default();
            words.iter().any(|word| text.starts_with(word.as_bytes()))
        })
    })
}

/// Whether only blanks stand before `at` on its line: a comment there belongs to what follows.
pub(crate) fn begins_line(source: &[u8], at: usize) -> bool {
    let before = source.get(..at).unwrap_or_default();
    let word = before.iter().rev().find(|b| !matches!(b, b' ' | b'\t'));
    word.is_none_or(|b| *b == b'\n')
}

/// The line of `source` that `at` is in, up to its end.
pub(crate) fn rest_of_line(source: &[u8], at: usize) -> &[u8] {
    let rest = source.get(at..).unwrap_or_default();
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        assert!(begins_line(b"a\n  # x", 4) && begins_line(b"# x", 0));
        assert!(!begins_line(b"a # x", 2));
        assert_eq!(rest_of_line(b"ab\ncd", 1), b"b");
    }

    #[test]
    fn finds_words() {
        assert!(contains_any(b"a / b /* c", &["//", "/*"]));
        assert!(!contains_any(b"a / b", &["//", "/*"]));
        assert_eq!(lossy(b"a\xffb"), "a\u{fffd}b");
    }
}
