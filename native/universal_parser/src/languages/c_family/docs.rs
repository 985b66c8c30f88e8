//! Comments: Doxygen's forms, and plain ones that touch what they describe.

use tree_sitter::Node;

use crate::doc;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// In `lead.flags`: the comments kept are plain ones.
const PLAIN: u32 = 1;
/// In `lead.flags`: `[[deprecated]]` was seen.
const DEPRECATED: u32 = 2;

/// A comment: before what it describes, or after it on the same line.
pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    let row = node.start_position().row + 1;
    let backward = [b"/**<".as_slice(), b"/*!<", b"///<", b"//!<"]
        .iter()
        .any(|mark| text.starts_with(mark));
    let beside = walk
        .outline
        .items
        .last()
        .is_some_and(|item| item.end_line as usize == row)
        && !line_starts_with(walk, node);
    if backward || beside {
        after(walk, node, row, backward);
        return Step::Lead;
    }
    let block = text.starts_with(b"/**") && !text.starts_with(b"/**/") || text.starts_with(b"/*!");
    let line = text.starts_with(b"///") && !text.starts_with(b"////") || text.starts_with(b"//!");
    if block {
        walk.lead.replace(node);
        walk.lead.flags &= !PLAIN;
    } else if line {
        if walk.lead.flags & PLAIN != 0 {
            walk.lead.replace(node);
            walk.lead.flags &= !PLAIN;
        } else {
            walk.lead.push_adjacent(node);
        }
    } else if walk.lead.flags & PLAIN != 0 || !walk.lead.has_comments() {
        walk.lead.flags |= PLAIN;
        if text.starts_with(b"/*") {
            walk.lead.replace(node);
        } else {
            walk.lead.push_adjacent(node);
        }
    }
    Step::Lead
}

/// Whether nothing but white space stands before the node on its line.
fn line_starts_with(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let column = node.start_position().column;
    let start = node.start_byte().saturating_sub(column);
    let before = walk
        .source
        .get(start..node.start_byte())
        .unwrap_or_default();
    before.trim_ascii().is_empty()
}

/// The comment describes the items that end on its line, or the one before for `///<`.
fn after(walk: &mut Walk<'_>, node: Node<'_>, row: usize, backward: bool) {
    let Some(text) = doc::strip(std::iter::once(walk.bytes(node))) else {
        return;
    };
    let text = text
        .strip_prefix('<')
        .map_or(text.as_str(), str::trim_start)
        .to_owned();
    let Some(last) = walk.outline.items.last_mut() else {
        return;
    };
    let line = last.end_line as usize;
    match &mut last.doc {
        Some(doc) if backward && line + 3 >= row && line != row => {
            doc.push('\n');
            doc.push_str(&text);
        }
        Some(_) => {}
        None if line == row || backward && line + 1 == row => last.doc = Some(text),
        None => {}
    }
}

/// Before a definition: plain comments above an empty line are not about it.
pub(in crate::languages) fn settle(walk: &mut Walk<'_>, node: Node<'_>) {
    if walk.lead.flags & PLAIN == 0 {
        return;
    }
    let row = walk.wrap.map_or(node.start_position().row, |wrap| wrap.row);
    walk.lead.drop_detached(row);
}

/// What attributes tell of a declaration.
pub(super) fn marks(walk: &Walk<'_>, node: Node<'_>) -> Marks {
    let head = node.start_byte()..node.end_byte().min(node.start_byte() + 200);
    let text = walk.source.get(head).unwrap_or_default();
    let deprecated =
        walk.lead.flags & DEPRECATED != 0 || memchr::memmem::find(text, b"[[deprecated").is_some();
    Marks::when(deprecated, Marks::DEPRECATED)
}
