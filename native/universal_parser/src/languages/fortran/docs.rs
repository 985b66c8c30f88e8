//! Documentation before, behind and below a declaration.

use tree_sitter::Node;

use crate::doc::{self, Style};
use crate::rules::Step;
use crate::walk::Walk;

pub(super) static STYLE: Style = Style {
    line: &["!>", "!!", "!<", "!*", "!"],
    blocks: &[],
};

/// Comments looked at below a statement.
const MAX_BELOW: usize = 200;

/// `!>` and the `!!` after it belong to what follows; `!!` and `!<` alone to what came before.
pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    let begins = text.starts_with(b"!>");
    if begins || text.starts_with(b"!!") && walk.lead.has_comments() {
        walk.lead.push(node);
    } else if text.starts_with(b"!<") || text.starts_with(b"!!") {
        behind(walk, node);
    }
    Step::Lead
}

fn behind(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(text) = doc::strip_as(&STYLE, std::iter::once(walk.bytes(node))) else {
        return;
    };
    let row = u32::try_from(node.start_position().row).unwrap_or(u32::MAX);
    let parent = walk.scope().item;
    if let Some(item) = walk.outline.items.last_mut()
        && item.parent == parent
        && row <= item.end_line
    {
        // One more line of comment makes the item reach down to it, for the line after.
        item.end_line = item.end_line.max(row + 1);
        match &mut item.doc {
            Some(doc) if doc.len() + text.len() < 16 * 1024 => {
                doc.push('\n');
                doc.push_str(&text);
            }
            Some(_) => {}
            none => *none = Some(text),
        }
    }
}

/// What stands before `node`, else what stands below its first statement.
pub(super) fn around(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    walk.lead.doc(walk.source).or_else(|| {
        let mut cursor = node.walk();
        let below: Vec<&[u8]> = node
            .named_children(&mut cursor)
            .skip(1)
            .take(MAX_BELOW)
            .map_while(|child| {
                let text = walk.bytes(child);
                let doc = text.starts_with(b"!!") || text.starts_with(b"!<");
                (child.kind() == "comment" && doc).then_some(text)
            })
            .collect();
        doc::strip_as(&STYLE, below.into_iter())
    })
}
