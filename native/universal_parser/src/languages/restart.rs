//! Starting over after text that the grammar could not read: whatever was left open before it, a
//! line that begins in the first column begins something at the top.

use tree_sitter::{Node, Point, Range};

use crate::rules::Step;
use crate::walk::Walk;

/// Reads `node` again from its first line but the first that `begins` at the margin.
pub(super) fn at_margin(
    walk: &Walk<'_>,
    node: Node<'_>,
    begins: impl Fn(u8) -> bool,
) -> Option<Step> {
    let text = walk.bytes(node);
    let at = memchr::memchr_iter(b'\n', text)
        .map(|at| at + 1)
        .find(|at| text.get(*at).is_some_and(|byte| begins(*byte)))?;
    let rows = memchr::memchr_iter(b'\n', text.get(..at)?).count();
    Some(Step::Reparse(vec![Range {
        start_byte: node.start_byte() + at,
        end_byte: node.end_byte(),
        start_point: Point::new(node.start_position().row + rows, 0),
        end_point: node.end_position(),
    }]))
}

/// A letter, an attribute or a comment.
pub(super) fn is_declaration(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'@' | b'_')
}
