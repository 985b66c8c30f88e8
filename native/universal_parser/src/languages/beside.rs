//! Comments at the end of a definition's line, for languages where those count as documentation.

use tree_sitter::Node;

use crate::doc;
use crate::walk::Walk;

/// Names defined by one line that share a comment.
const MAX_SHARED: usize = 32;

/// Takes a comment behind a definition on its last line as its documentation, unless it has some.
/// Whether the comment stands so.
pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> bool {
    let row = node.start_position().row + 1;
    let ends_here = |line: u32| line as usize == row;
    let beside = walk
        .outline
        .items
        .last()
        .is_some_and(|item| ends_here(item.end_line) && item.end as usize <= node.start_byte());
    if !beside {
        return false;
    }
    let text = doc::strip(std::iter::once(walk.bytes(node)));
    let items = walk.outline.items.iter_mut().rev().take(MAX_SHARED);
    for item in items.take_while(|item| ends_here(item.end_line) && ends_here(item.start_line)) {
        if item.doc.is_none() {
            item.doc.clone_from(&text);
        }
    }
    true
}
