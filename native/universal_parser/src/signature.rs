//! Signatures: from the start of an item up to its body, on one line.

use std::borrow::Cow;
use std::ops::Range;

use tree_sitter::Node;

use crate::text::{contains_any, lossy};

/// Longest signature kept, in bytes.
const MAX_SIGNATURE: usize = 2048;
/// Among the comment markers of a language: its `attributes` go the way of comments.
pub(crate) const ATTRIBUTE: &str = "#[";
/// Nodes looked at in search of comments inside one signature.
const MAX_NODES: usize = 20_000;

/// The signature in `range` of `source`; `node` is the definition holding it.
pub(crate) fn cut(source: &[u8], range: Range<usize>, node: Node<'_>, markers: &[&str]) -> String {
    let Some(bytes) = source.get(range.clone()) else {
        return String::new();
    };
    let bytes = bytes.get(..4 * MAX_SIGNATURE).unwrap_or(bytes);
    let range = range.start..range.start + bytes.len();
    if !contains_any(bytes, markers) {
        return fold(&lossy(bytes));
    }
    let mut text = String::with_capacity(bytes.len());
    let mut from = range.start;
    for comment in comments(node, &range, markers.contains(&ATTRIBUTE)) {
        if comment.start >= from {
            text.push_str(&slice(source, from..comment.start.min(range.end)));
            text.push('\n');
        }
        from = comment.end.max(from);
    }
    if from < range.end {
        text.push_str(&slice(source, from..range.end));
    }
    fold(&text)
}

fn slice(source: &[u8], range: Range<usize>) -> Cow<'_, str> {
    lossy(source.get(range).unwrap_or_default())
}

/// Comments inside `range`, in order, and attributes where they count as such.
fn comments(node: Node<'_>, range: &Range<usize>, attributes: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut cursor = node.walk();
    let mut budget = MAX_NODES;
    let mut depth = 0usize;
    loop {
        let node = cursor.node();
        let outside = node.end_byte() <= range.start || node.start_byte() >= range.end;
        let comment = node.is_extra() && matches_comment(node.kind())
            || attributes && node.kind() == "attributes";
        if comment && !outside {
            found.push(node.byte_range());
        }
        budget = budget.saturating_sub(1);
        let enter = !outside && !comment && budget > 0;
        if enter && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        loop {
            if depth == 0 {
                return found;
            }
            if node.start_byte() < range.end && cursor.goto_next_sibling() {
                break;
            }
            cursor.goto_parent();
            depth -= 1;
        }
    }
}

fn matches_comment(kind: &str) -> bool {
    kind.contains("comment") || kind == "haddock"
}

/// White space to single spaces. Where a line break stood inside brackets, neither space nor
/// trailing comma is left, so that a signature reads the same however it was wrapped.
pub(crate) fn fold(text: &str) -> String {
    fold_within(text, MAX_SIGNATURE)
}

/// As [`fold`], cut at `limit` bytes.
pub(crate) fn fold_within(text: &str, limit: usize) -> String {
    let mut rest = text.trim_ascii();
    if rest.len() <= limit && is_folded(rest) {
        return without_tail(rest.to_owned());
    }
    let mut line = String::with_capacity(rest.len().min(limit) + 8);
    while let Some(at) = rest.bytes().position(|b| b.is_ascii_whitespace()) {
        let (word, after) = rest.split_at(at);
        line.push_str(word);
        rest = after.trim_ascii_start();
        let broken = after
            .get(..after.len() - rest.len())
            .is_some_and(|gap| gap.contains('\n'));
        if broken && rest.starts_with([')', ']', '>']) {
            if line.ends_with(',') {
                line.pop();
            }
        } else if !(broken && line.ends_with(['(', '[', '<'])) {
            line.push(' ');
        }
        if line.len() > limit {
            break;
        }
    }
    if line.len() <= limit {
        line.push_str(rest);
    }
    if line.len() > limit {
        line.truncate(line.floor_char_boundary(limit));
        line.push('…');
    }
    without_tail(line)
}

/// Whether all white space is single spaces, as in most signatures.
fn is_folded(text: &str) -> bool {
    // Counted to the end, which takes fewer instructions than to stop early.
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    let breaks = |byte: &&u8| matches!(**byte, b'\t' | b'\n' | 0x0c | b'\r');
    bytes.iter().filter(breaks).count() == 0
        && pairs.filter(|(a, b)| **a == b' ' && **b == b' ').count() == 0
}

/// Without what leads over to the body or ends the statement.
fn without_tail(mut line: String) -> String {
    let end = line.trim_end_matches([';', ',', '=', ' ', '{']).len();
    // `a >=`, `==` and `=>` end operators' names, not bodies.
    let tail = line.get(end..).unwrap_or_default();
    if tail.contains("==") || line.get(..end).is_some_and(|l| l.ends_with("operator")) {
        return line.trim_end().to_owned();
    }
    line.truncate(end);
    line
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn wrapped_and_unwrapped_read_the_same() {
        assert_eq!(
            fold("fn f(\n    a: u8,\n    b: u8,\n) -> u8 "),
            "fn f(a: u8, b: u8) -> u8"
        );
        assert_eq!(fold("fn f( a: (u8,), ) {"), "fn f( a: (u8,), )");
        assert_eq!(fold("const A: u8 = 5;"), "const A: u8 = 5");
        assert_eq!(fold("bool operator=="), "bool operator==");
        assert_eq!(fold(" fn f  (a,\tb) "), "fn f (a, b)");
    }

    #[test]
    fn long_ones_are_cut() {
        assert!(fold(&"é ".repeat(5000)).len() < 3000);
    }
}
