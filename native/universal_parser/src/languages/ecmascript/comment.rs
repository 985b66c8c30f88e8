//! JSDoc: `/** … */` right before a definition.

use tree_sitter::Node;

use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

const HIDDEN: u32 = 1;
const DEPRECATED: u32 = 2;

/// Keeps a doc comment, of several the last; other comments change nothing.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    if !text.starts_with(b"/**") || text.starts_with(b"/**/") || is_of_file(text) {
        return Step::Lead;
    }
    walk.lead.replace(node);
    walk.lead.flags = 0;
    if [b"@internal".as_slice(), b"@private", b"@hidden", b"@ignore"]
        .iter()
        .any(|tag| has_tag(text, tag))
    {
        walk.lead.flags |= HIDDEN;
    }
    if has_tag(text, b"@deprecated") {
        walk.lead.flags |= DEPRECATED;
    }
    Step::Lead
}

/// What the doc comment before the current definition says beside its text.
pub(super) fn marks(walk: &Walk<'_>) -> Marks {
    Marks::when(walk.lead.flags & HIDDEN != 0, Marks::HIDDEN).with(Marks::when(
        walk.lead.flags & DEPRECATED != 0,
        Marks::DEPRECATED,
    ))
}

/// Whether the comment is about the file, not about what follows.
pub(super) fn is_of_file(text: &[u8]) -> bool {
    let tags: [&[u8]; 8] = [
        b"@license",
        b"@fileoverview",
        b"@fileOverview",
        b"@file",
        b"@module",
        b"@preserve",
        b"@packageDocumentation",
        b"@flow",
    ];
    tags.iter().any(|tag| has_tag(text, tag))
}

/// The tag at the start of a line or after a space, as a whole word.
fn has_tag(text: &[u8], tag: &[u8]) -> bool {
    memchr::memmem::find_iter(text, tag).any(|at| {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let after = text.get(at + tag.len());
        before.is_some_and(|b| b.is_ascii_whitespace() || *b == b'*')
            && !after.is_some_and(|b| b.is_ascii_alphanumeric())
    })
}
