//! Signatures whose annotations carry texts (`Annotated[str, Doc("""…""")]`): all parameters are kept,
//! long texts are not.

use tree_sitter::Node;

use crate::signature;
use crate::walk::Walk;

/// A shorter signature is shown as it is written.
const LONG: usize = 2000;
/// More text than this is cut like any other signature.
const TOO_LONG: usize = 256 * 1024;
/// Longest signature kept, in bytes.
const MAX_SIGNATURE: usize = 8 * 1024;
/// A longer string is left out.
const MAX_STRING: usize = 40;
/// Nodes looked at in search of strings.
const MAX_NODES: usize = 50_000;

/// The signature of a long definition up to `end`.
pub(super) fn signature(walk: &Walk<'_>, node: Node<'_>, end: usize) -> Option<String> {
    let start = node.start_byte();
    let size = end.saturating_sub(start);
    if !(LONG..TOO_LONG).contains(&size) {
        return None;
    }
    let mut text = Vec::with_capacity(size);
    let mut from = start;
    let mut cursor = node.walk();
    let mut depth = 0usize;
    for _ in 0..MAX_NODES {
        let node = cursor.node();
        let range = node.byte_range();
        let left_out = match node.kind() {
            "comment" => Some(&b"\n"[..]),
            "string" | "concatenated_string" if range.len() > MAX_STRING => {
                Some("\"…\"".as_bytes())
            }
            _ => None,
        };
        if let Some(instead) = left_out
            && range.end <= end
        {
            text.extend_from_slice(walk.source.get(from..range.start)?);
            text.extend_from_slice(instead);
            from = range.end;
        } else if range.start < end && node.kind() != "string" && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while depth > 0 && !cursor.goto_next_sibling() {
            cursor.goto_parent();
            depth -= 1;
        }
        if depth == 0 || cursor.node().start_byte() >= end {
            break;
        }
    }
    text.extend_from_slice(walk.source.get(from..end)?);
    let text = String::from_utf8_lossy(&text);
    Some(signature::fold_within(&text, MAX_SIGNATURE))
}
