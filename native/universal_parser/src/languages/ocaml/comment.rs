//! Documentation comments: before an item, after it, or of the whole file.

use tree_sitter::Node;

use super::{COMMENTS, INTERFACE, TYPE};
use crate::doc;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// In `walk.state`: after `(**/**)`.
const HIDDEN: u32 = 1 << 31;
/// Containers climbed from the last item.
const MAX_CLIMB: usize = 128;

pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    if text == b"(**/**)" {
        walk.state ^= HIDDEN;
        return Step::Lead;
    }
    if !text.starts_with(b"(**") || text.starts_with(b"(***") || text == b"(**)" {
        return Step::Lead;
    }
    let row = u32::try_from(node.start_position().row + 1).unwrap_or(u32::MAX);
    // On the line of a constructor or field that ends its type.
    if let Some(last) = walk.outline.items.last_mut()
        && last.end_line == row
        && last.parent.is_some()
        && last.kind == registry_types::SnippetKind::Field
        && last.doc.is_none()
    {
        last.doc = doc::strip_as(&COMMENTS, std::iter::once(text));
        return Step::Lead;
    }
    let previous = previous(walk).filter(|index| {
        let item = walk.outline.items.get(*index);
        item.is_some_and(|item| item.doc.is_none() && item.end_line + 1 >= row)
    });
    let flags = walk.scope().flags;
    walk.lead.clear();
    match previous {
        // Between two items without an empty line: of the one before in interfaces and types, of
        // the one after in implementations.
        Some(index) if flags & (TYPE | INTERFACE) != 0 => give(walk, index, node),
        Some(index) => {
            give(walk, index, node);
            walk.state = walk.state & HIDDEN | u32::try_from(index + 1).unwrap_or(0) & !HIDDEN;
            walk.lead.push(node);
        }
        None => walk.lead.push(node),
    }
    Step::Lead
}

fn give(walk: &mut Walk<'_>, index: usize, node: Node<'_>) {
    let doc = doc::strip_as(&COMMENTS, std::iter::once(walk.bytes(node)));
    if let Some(item) = walk.outline.items.get_mut(index) {
        item.doc = doc;
    }
}

/// The last item of the current scope.
fn previous(walk: &Walk<'_>) -> Option<usize> {
    let scope = walk.scope().item;
    let items = &walk.outline.items;
    let mut index = items.len().checked_sub(1)?;
    for _ in 0..MAX_CLIMB {
        let item = items.get(index)?;
        if item.parent == scope {
            return Some(index);
        }
        index = item.parent? as usize;
    }
    None
}

/// To be called before an item at `row` is made: drops a comment that an empty line separates from
/// it, and takes one that is its own back from the item before.
pub(super) fn settle(walk: &mut Walk<'_>, row: usize) {
    let given = (walk.state & !HIDDEN) as usize;
    walk.state &= HIDDEN;
    walk.lead.drop_detached(row);
    if given > 0
        && walk.lead.has_comments()
        && let Some(item) = walk.outline.items.get_mut(given - 1)
    {
        item.doc = None;
    }
}

/// Marks of an item after `(**/**)`.
pub(super) fn hidden(walk: &Walk<'_>) -> Marks {
    Marks::when(walk.state & HIDDEN != 0, Marks::HIDDEN)
}

/// The first comment, when it is no item's.
pub(super) fn module_doc(walk: &Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let mut children = root.named_children(&mut cursor).take(20);
    let first = children
        .by_ref()
        .find(|node| node.kind() != "comment" || walk.bytes(*node).starts_with(b"(**"))?;
    if first.kind() != "comment" || walk.bytes(first).starts_with(b"(***") {
        return None;
    }
    let next = children.next();
    let free = next.is_none_or(|next| {
        matches!(
            next.kind(),
            "comment" | "open_module" | "open_module_signature"
        ) || next.start_position().row > first.end_position().row + 1
    });
    let text = walk.bytes(first);
    free.then(|| doc::strip_as(&COMMENTS, std::iter::once(text)))
        .flatten()
}
