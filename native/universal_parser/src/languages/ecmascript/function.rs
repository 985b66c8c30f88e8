//! Functions.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{comment, is_default, is_exported};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// `function name() {}`, with or without body.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk
        .field(node, "name")
        .map_or("default".to_owned(), |name| name.into_owned());
    let body = node.child_by_field_name("body");
    let marks = comment::marks(walk)
        .with(Marks::when(body.is_none(), Marks::DECLARATION))
        .with(Marks::when(is_default(walk), Marks::DEFAULT));
    let def = Def::new(SnippetKind::Function, name, node)
        .body(body)
        .public(is_exported(walk) && !marks.has(Marks::HIDDEN))
        .marks(marks);
    walk.define(def);
    Step::Skip
}

/// Where the signature of a function expression ends: before `=>` or the body.
pub(super) fn signature_end(function: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = function.walk();
    let arrow = function
        .children(&mut cursor)
        .find(|child| child.kind() == "=>");
    arrow.or_else(|| function.child_by_field_name("body"))
}

/// Without parentheses and type assertions around it.
pub(super) fn bare(mut value: Node<'_>) -> Node<'_> {
    for _ in 0..8 {
        let wrapped = matches!(
            value.kind(),
            "parenthesized_expression"
                | "as_expression"
                | "satisfies_expression"
                | "non_null_expression"
                | "type_assertion"
        );
        match value.named_child(0).filter(|_| wrapped) {
            Some(inner) => value = inner,
            None => break,
        }
    }
    value
}

/// Whether the value is a function.
pub(super) fn is_function(value: Node<'_>) -> bool {
    matches!(
        value.kind(),
        "arrow_function" | "function_expression" | "generator_function"
    )
}
