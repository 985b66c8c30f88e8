//! `if` and `unless` outside of functions: they are decided when the module is compiled.

use tree_sitter::Node;

use super::first_argument;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Notes the conditions of both branches.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>, positive: bool) -> Step {
    if let Some(condition) = first_argument(node) {
        let text = signature::cut(walk.source, condition.byte_range(), condition, &["#"]);
        let plain = text.chars().all(|c| c.is_alphanumeric() || c == '_');
        let not = if plain {
            format!("not {text}")
        } else {
            format!("not ({text})")
        };
        let (holds, other) = if positive { (text, not) } else { (not, text) };
        let other_start = else_block(node).map_or(node.end_byte(), |block| block.start_byte());
        // The later stretch first: what has ended is forgotten from the top.
        walk.conditions.push(&other, other_start..node.end_byte());
        walk.conditions
            .push(&holds, condition.end_byte()..other_start);
    }
    Step::Scope(walk.scope().clone())
}

fn else_block(node: Node<'_>) -> Option<Node<'_>> {
    let find = |node: Node<'_>, kind: &str| -> Option<usize> {
        let mut cursor = node.walk();
        let mut children = node.named_children(&mut cursor);
        children.position(|child| child.kind() == kind)
    };
    let body = node.named_child(u32::try_from(find(node, "do_block")?).ok()?)?;
    body.named_child(u32::try_from(find(body, "else_block")?).ok()?)
}
