//! Functions and constructors.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::aggregates::child;
use super::{TYPE, add};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// The node where a body, its contracts or its absence begin.
fn body(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).take(32).find(|child| {
        matches!(
            child.kind(),
            "specified_function_body"
                | "missing_function_body"
                | "shortened_function_body"
                | "function_contracts"
        )
    })
}

pub(super) fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let declarator = child(node, "func_declarator").unwrap_or(node);
    let Some(name) = child(declarator, "identifier") else {
        return Step::Skip;
    };
    let name = walk.text(name).into_owned();
    define(walk, node, name)
}

pub(super) fn constructor(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    define(walk, node, "this".to_owned())
}

fn define(walk: &mut Walk<'_>, node: Node<'_>, name: String) -> Step {
    let kind = if walk.scope().flags & TYPE != 0 {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    let def = Def::new(kind, name, node).body(body(node));
    add(walk, def);
    Step::Skip
}
