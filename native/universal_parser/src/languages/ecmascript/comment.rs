//! JSDoc: `/** … */` right before a definition.

use tree_sitter::Node;

use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

const HIDDEN: u32 = 1;
const DEPRECATED: u32 = 2;
/// About the file, not about what follows.
const FILE: u32 = 4;
/// Not a tag: the word `global` before a block of globals.
pub(super) const GLOBAL: u32 = 8;

/// Keeps a doc comment, of several the last; other comments change nothing.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    if text.starts_with(b"/**") && !text.starts_with(b"/**/") {
        let tags = tags(text);
        if tags & FILE == 0 {
            walk.lead.replace(node);
            walk.lead.flags = tags;
        }
    } else if text.starts_with(b"///") && walk.outline.items.is_empty() {
        super::import::reference_path(walk, text);
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
    tags(text) & FILE != 0
}

/// The tags at the start of a line or after a space that matter here.
fn tags(text: &[u8]) -> u32 {
    let mut tags = 0;
    for at in memchr::memchr_iter(b'@', text) {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        if !before.is_some_and(|b| b.is_ascii_whitespace() || *b == b'*') {
            continue;
        }
        let after = text.get(at + 1..).unwrap_or_default();
        let end = after
            .iter()
            .position(|b| !b.is_ascii_alphanumeric())
            .unwrap_or(after.len());
        tags |= match after.get(..end).unwrap_or_default() {
            b"internal" | b"private" | b"hidden" | b"ignore" => HIDDEN,
            b"deprecated" => DEPRECATED,
            b"license"
            | b"fileoverview"
            | b"fileOverview"
            | b"file"
            | b"module"
            | b"preserve"
            | b"packageDocumentation"
            | b"flow" => FILE,
            _ => 0,
        };
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_stand_alone() {
        assert_eq!(tags(b"/** @internal */"), HIDDEN);
        assert_eq!(
            tags(b"/**\n *@deprecated x\n * @license MIT"),
            DEPRECATED | FILE
        );
        assert_eq!(tags(b"/** a@internal.org {@link x} @internally @"), 0);
    }
}
