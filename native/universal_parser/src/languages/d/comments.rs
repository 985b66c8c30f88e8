//! Documentation comments.

use tree_sitter::Node;

use crate::rules::Step;
use crate::walk::Walk;

/// In the lead's flags: the documentation is that of the item before.
pub(super) const DITTO: u32 = 1;
/// Longest `/++ +/` comment, in bytes.
const MAX_COMMENT: usize = 64 * 1024;

pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    let line = text.starts_with(b"///");
    let block = text.starts_with(b"/**") && text != b"/**/";
    let nested = text.starts_with(b"/++") && text != b"/++/";
    if !line && !block && !nested {
        return Step::Lead;
    }
    let row = u32::try_from(node.start_position().row + 1).unwrap_or(u32::MAX);
    if let Some(item) = walk.outline.items.last_mut()
        && item.end_line == row
        && item.parent.is_some()
        && !walk.lead.has_comments()
    {
        if item.doc.is_none() {
            item.doc = stripped(text);
        }
        return Step::Lead;
    }
    let doc = stripped(text);
    if doc
        .as_deref()
        .is_some_and(|doc| doc.eq_ignore_ascii_case("ditto"))
    {
        walk.lead.flags |= DITTO;
    } else if nested {
        walk.lead.clear();
        walk.lead.push_text(&doc.unwrap_or_default());
    } else if line {
        walk.lead.push(node);
    } else {
        walk.lead.replace(node);
    }
    Step::Lead
}

/// The text without markers; `/++ +/` is read as if it had stars.
fn stripped(text: &[u8]) -> Option<String> {
    if !text.starts_with(b"/+") {
        return crate::doc::strip(std::iter::once(text));
    }
    let text = crate::text::lossy(text.get(..MAX_COMMENT).unwrap_or(text));
    let inside = text.trim_start_matches(['/', '+']);
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let inside = inside.trim_end_matches('+');
    let mut starred = String::from("/**");
    for (index, line) in inside.lines().enumerate() {
        if index > 0 {
            starred.push('\n');
        }
        match line.trim_start().strip_prefix('+') {
            Some(rest) if index > 0 => {
                starred.push_str(" *");
                starred.push_str(rest);
            }
            _ => starred.push_str(line),
        }
    }
    starred.push_str("*/");
    crate::doc::strip(std::iter::once(starred.as_bytes()))
}

/// The module's declaration; the comments before it are left in `walk.lead`.
pub(super) fn module_declaration<'t>(walk: &mut Walk<'_>, root: Node<'t>) -> Option<Node<'t>> {
    let mut cursor = root.walk();
    for node in root.named_children(&mut cursor).take(200) {
        match node.kind() {
            "line_comment" | "block_comment" | "nesting_block_comment" => {
                comment(walk, node);
            }
            "shebang" | "byte_order_mark" => {}
            "module" => {
                let mut cursor = node.walk();
                for child in node.named_children(&mut cursor).take(200) {
                    match child.kind() {
                        "module_declaration" => return Some(child),
                        "line_comment" | "block_comment" | "nesting_block_comment" => {
                            comment(walk, child);
                        }
                        _ => return None,
                    }
                }
                return None;
            }
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::stripped;

    #[test]
    fn plus_comments() {
        assert_eq!(stripped(b"/++ A. +/").unwrap(), "A.");
        assert_eq!(
            stripped(b"/++\n + A.\n +\n +   b\n +/").unwrap(),
            "A.\n\n  b"
        );
        assert_eq!(stripped(b"/// A\n").unwrap(), "A");
        for odd in [b"/++/".as_slice(), b"/+", b"/++"] {
            stripped(odd);
        }
    }
}
