//! `const` before a field of a mutable struct, which the grammar does not know.

use std::borrow::Cow;

use crate::text::{begins_line, rest_of_line};

const WORD: &[u8] = b"const ";

/// The text without that word: a declaration indented, on its own line and without a value.
pub(super) fn mask(source: &[u8]) -> Cow<'_, [u8]> {
    let mut copy = Vec::new();
    for at in memchr::memmem::find_iter(source, WORD) {
        let indented = at > 0 && matches!(source.get(at - 1), Some(b' ' | b'\t'));
        if !indented || rest_of_line(source, at).contains(&b'=') || !begins_line(source, at) {
            continue;
        }
        if copy.is_empty() {
            copy = source.to_vec();
        }
        if let Some(word) = copy.get_mut(at..at + WORD.len()) {
            word.fill(b' ');
        }
    }
    if copy.is_empty() {
        Cow::Borrowed(source)
    } else {
        Cow::Owned(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn fields_lose_the_word() {
        let seen = mask(b"const A = 1\n  const a::Int\n  const B = 1\n");
        assert_eq!(&*seen, b"const A = 1\n        a::Int\n  const B = 1\n");
        assert!(matches!(
            mask(b"const A = 1"),
            std::borrow::Cow::Borrowed(_)
        ));
    }
}
