//! Signatures: from the start of an item up to its body, on one line.

use std::ops::Range;

use tree_sitter::Node;

/// Longest signature kept, in bytes.
const MAX_SIGNATURE: usize = 2048;
/// Nodes looked at in search of comments inside one signature.
const MAX_NODES: usize = 20_000;

/// The signature in `range` of `source`; `node` is the definition holding it.
pub(crate) fn cut(source: &[u8], range: Range<usize>, node: Node<'_>, markers: &[&str]) -> String {
    let Some(bytes) = source.get(range.clone()) else {
        return String::new();
    };
    let bytes = bytes.get(..4 * MAX_SIGNATURE).unwrap_or(bytes);
    let range = range.start..range.start + bytes.len();
    let has_comment = markers
        .iter()
        .any(|marker| memchr::memmem::find(bytes, marker.as_bytes()).is_some());
    if !has_comment {
        return fold(&String::from_utf8_lossy(bytes));
    }
    let mut text = String::with_capacity(bytes.len());
    let mut from = range.start;
    for comment in comments(node, &range) {
        if comment.start >= from {
            text.push_str(&lossy(source, from..comment.start.min(range.end)));
            text.push('\n');
        }
        from = comment.end.max(from);
    }
    if from < range.end {
        text.push_str(&lossy(source, from..range.end));
    }
    fold(&text)
}

fn lossy(source: &[u8], range: Range<usize>) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(source.get(range).unwrap_or_default())
}

/// Comments inside `range`, in order.
fn comments(node: Node<'_>, range: &Range<usize>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut cursor = node.walk();
    let mut budget = MAX_NODES;
    let mut depth = 0usize;
    loop {
        let node = cursor.node();
        let outside = node.end_byte() <= range.start || node.start_byte() >= range.end;
        let comment = node.is_extra() && node.kind().contains("comment");
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

/// White space to single spaces. Where a line break stood inside brackets, neither space nor
/// trailing comma is left, so that a signature reads the same however it was wrapped.
pub(crate) fn fold(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(MAX_SIGNATURE));
    let mut words = text.char_indices().peekable();
    while let Some((_, c)) = words.next() {
        if !c.is_whitespace() {
            line.push(c);
            continue;
        }
        let mut broken = c == '\n';
        while let Some((_, next)) = words.next_if(|(_, next)| next.is_whitespace()) {
            broken |= next == '\n';
        }
        let Some((_, next)) = words.peek() else { break };
        if broken && matches!(next, ')' | ']' | '>') {
            if line.ends_with(',') {
                line.pop();
            }
        } else if !(line.is_empty() || broken && line.ends_with(['(', '[', '<'])) {
            line.push(' ');
        }
        if line.len() > MAX_SIGNATURE {
            break;
        }
    }
    if line.len() > MAX_SIGNATURE {
        line.truncate(line.floor_char_boundary(MAX_SIGNATURE));
        line.push('…');
    }
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
    }

    #[test]
    fn long_ones_are_cut() {
        assert!(fold(&"é ".repeat(5000)).len() < 3000);
    }
}
