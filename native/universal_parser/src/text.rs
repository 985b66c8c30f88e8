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
    words.iter().any(|word| {
        let Some((first, rest)) = word.as_bytes().split_first() else {
            return true;
        };
        memchr::memchr_iter(*first, bytes).any(|at| {
            bytes
                .get(at + 1..)
                .is_some_and(|after| after.starts_with(rest))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words() {
        assert!(contains_any(b"a / b /* c", &["//", "/*"]));
        assert!(!contains_any(b"a / b", &["//", "/*"]));
        assert_eq!(lossy(b"a\xffb"), "a\u{fffd}b");
    }
}
