//! Starting over after text that the grammar could not read: whatever was left open before it, a
//! line that begins in the first column begins something at the top.

use tree_sitter::{Node, Point, Range};

use crate::rules::Step;
use crate::walk::Walk;

/// Pieces that one broken stretch is read as.
const MAX_PIECES: usize = 5000;

/// Reads the lines of `node` again, each piece from a line that `begins` at the margin to the next
/// one, comments with what follows them. The first piece is left out unless `whole`.
pub(super) fn at_margin(
    walk: &Walk<'_>,
    node: Node<'_>,
    begins: impl Fn(u8) -> bool,
    comment: u8,
    whole: bool,
) -> Option<Step> {
    let text = walk.bytes(node);
    let mut pieces: Vec<Range> = Vec::new();
    let (mut start, mut place) = (0, node.start_position());
    let mut row = place.row;
    let mut before = text.first().copied().unwrap_or_default();
    for at in memchr::memchr_iter(b'\n', text).map(|at| at + 1) {
        row += 1;
        let first = text.get(at).copied().unwrap_or_default();
        let glued = before == comment;
        before = first;
        if glued || !(begins(first) || first == comment) {
            continue;
        }
        if pieces.len() >= MAX_PIECES {
            break;
        }
        let next = Point::new(row, 0);
        pieces.push(Range {
            start_byte: node.start_byte() + start,
            end_byte: node.start_byte() + at,
            start_point: place,
            end_point: next,
        });
        (start, place) = (at, next);
    }
    if pieces.is_empty() {
        return None;
    }
    pieces.push(Range {
        start_byte: node.start_byte() + start,
        end_byte: node.end_byte(),
        start_point: place,
        end_point: node.end_position(),
    });
    if !whole {
        pieces.remove(0);
    }
    Some(Step::Reparse(pieces))
}

/// A letter or an attribute; comments are told apart.
pub(super) fn is_declaration(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'@' | b'_')
}
