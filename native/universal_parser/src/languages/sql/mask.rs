//! `CREATE PROCEDURE` and `CREATE DOMAIN` are unknown to the grammar; functions and types, which are
//! written alike, are not.

use std::borrow::Cow;

/// What stands after `CREATE`, and what the parser is shown, as long.
const WORDS: [(&[u8], &[u8]); 2] = [(b"PROCEDURE", b"FUNCTION "), (b"DOMAIN", b"TYPE  ")];

pub(super) fn mask(source: &[u8]) -> Cow<'_, [u8]> {
    let mut masked = Cow::Borrowed(source);
    for (word, shown) in WORDS {
        let (Some(first), length) = (word.first(), word.len()) else {
            continue;
        };
        for at in memchr::memchr2_iter(*first, first.to_ascii_lowercase(), source) {
            let found = source.get(at..at + length);
            if found.is_some_and(|found| found.eq_ignore_ascii_case(word))
                && follows_create(source.get(..at).unwrap_or_default())
                && let Some(place) = masked.to_mut().get_mut(at..at + length)
            {
                place.copy_from_slice(shown);
            }
        }
    }
    masked
}

/// Whether `before` ends in `CREATE`, or `CREATE OR REPLACE`, and white space.
fn follows_create(before: &[u8]) -> bool {
    const FAR: usize = 64;
    let text = before.get(before.len().saturating_sub(FAR)..);
    let text = text.unwrap_or_default();
    let mut words = text
        .rsplit(u8::is_ascii_whitespace)
        .filter(|word| !word.is_empty());
    text.ends_with(b" ")
        && words.next().is_some_and(|word| {
            word.eq_ignore_ascii_case(b"CREATE") || word.eq_ignore_ascii_case(b"REPLACE")
        })
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn procedures_look_like_functions() {
        let text = b"create or replace procedure p(); CREATE DOMAIN d; call procedure";
        let shown = mask(text);
        assert_eq!(
            &*shown,
            b"create or replace FUNCTION  p(); CREATE TYPE   d; call procedure"
        );
        assert!(matches!(
            mask(b"drop procedure p"),
            std::borrow::Cow::Borrowed(_)
        ));
    }
}
