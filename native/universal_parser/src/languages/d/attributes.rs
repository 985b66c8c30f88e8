//! `private`, `deprecated`, `version (…)`.

use tree_sitter::Node;

use super::{DEPRECATED, PRIVATE, PUBLIC};
use crate::rules::Step;
use crate::walk::{Walk, Wrap};

/// `private int x;`, `private { … }`, `private:`.
pub(super) fn specifier(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let (mut flags, mut block, mut declaration) = (0, false, false);
    for child in node.named_children(&mut cursor).take(16) {
        match child.kind() {
            "visibility_attribute" => {
                let text = walk.bytes(child);
                flags |= if text.starts_with(b"public") || text.starts_with(b"export") {
                    PUBLIC
                } else {
                    PRIVATE
                };
            }
            "deprecated_attribute" => flags |= DEPRECATED,
            "declaration_block" => block = true,
            kind if kind.ends_with("attribute") || kind == "property" || kind == "pragma" => {}
            kind if kind.ends_with("comment") => {}
            _ => declaration = true,
        }
    }
    if declaration && !block {
        return Step::Wrap(Wrap::new(node, flags));
    }
    let mut scope = walk.scope().clone();
    scope.flags = merged(scope.flags, flags);
    if block {
        return Step::Scope(scope);
    }
    // A label: for the rest of the scope.
    let flags = scope.flags;
    walk.set_flags(flags);
    Step::Skip
}

fn merged(scope: u32, given: u32) -> u32 {
    let cleared = if given & PUBLIC != 0 {
        scope & !PRIVATE
    } else {
        scope
    };
    cleared | (given & !PUBLIC)
}

/// `version (X) … else …`.
pub(super) fn conditional(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let parts: Vec<_> = node
        .named_children(&mut cursor)
        .filter(|child| !child.kind().ends_with("comment"))
        .take(3)
        .collect();
    let Some(condition) = parts.first() else {
        return Step::Skip;
    };
    let range = condition.byte_range();
    let text = crate::signature::cut(walk.source, range, *condition, &["//", "/*", "/+"]);
    if text.contains("unittest") {
        return Step::Skip;
    }
    if let Some(first) = parts.get(1) {
        walk.conditions
            .push(&text, node.start_byte()..first.end_byte());
    }
    if let Some(second) = parts.get(2) {
        let start = second.start_byte();
        walk.conditions
            .await_alternative(start, format!("!({text})"));
    }
    Step::Body
}
