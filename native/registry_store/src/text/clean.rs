use std::borrow::Cow;

/// The part of a document that people read: without addresses, HTML tags and their attributes.
/// Badges and links would otherwise make `https`, `github` and `svg` words of every package.
pub(crate) fn prose(text: &str) -> Cow<'_, str> {
    if !text.contains(['<', ':']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', ':']) {
        let (before, found) = rest.split_at(at);
        let (kept, length) = match found.as_bytes().first() {
            Some(b'<') => (before, tag(found)),
            _ => address(before, found),
        };
        out.push_str(kept);
        out.push(' ');
        rest = found.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Longer ones are no tags but a comparison.
const LONGEST_TAG: usize = 400;

/// The length of the tag at the start of `text`, or 1 if there is none.
fn tag(text: &str) -> usize {
    let bytes = text.as_bytes();
    let named = bytes
        .get(1)
        .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'));
    if !named {
        return 1;
    }
    bytes
        .iter()
        .take(LONGEST_TAG)
        .position(|b| *b == b'>')
        .map_or(1, |end| end + 1)
}

/// What to keep of the text before a `:`, and the length of the address from there on.
fn address<'a>(before: &'a str, found: &str) -> (&'a str, usize) {
    if !found.starts_with("://") {
        return (before, 1);
    }
    let kept = before.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let length = found
        .find(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '>' | '"' | '\'' | '`'))
        .unwrap_or(found.len());
    (kept, length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_and_tags_go() {
        let text = "[docs](https://docs.example/tokio) <img src=\"badge.svg\"/> a: b < c";
        let clean = prose(text);
        for gone in ["https", "example", "svg", "img"] {
            assert!(!clean.contains(gone), "{gone} in {clean}");
        }
        for kept in ["docs", "a ", " b ", " c"] {
            assert!(clean.contains(kept), "{kept} not in {clean}");
        }
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(prose("plain words"), Cow::Borrowed(_)));
    }

    #[test]
    fn many_open_tags_cost_no_square() {
        let text = "<a".repeat(200_000);
        assert!(prose(&text).len() <= 2 * text.len());
    }

    proptest! {
        #[test]
        fn never_fails(text in "[<>:/a-z \"é]{0,200}") {
            prose(&text);
        }
    }
}
