//! `__all__`, and names that are taken away again.

use registry_types::Visibility;
use tree_sitter::Node;

use super::{CLASS, CONDITIONAL, literal};
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::Walk;

/// The name of the link that says: this module has an `__all__`.
pub(super) const ALL: &str = "__all__";
/// Operands of `+` followed in one value.
const MAX_OPERANDS: usize = 1000;

/// Reads what an assignment, `+=` or a call of a list's method does to `__all__`.
pub(super) fn change(walk: &mut Walk<'_>, node: Node<'_>) {
    match node.kind() {
        "assignment" | "augmented_assignment" => {
            if node
                .child_by_field_name("left")
                .is_some_and(|left| walk.bytes(left) == ALL.as_bytes())
                && let Some(right) = node.child_by_field_name("right")
            {
                list(walk, right);
            }
        }
        "call" => call(walk, node),
        _ => {}
    }
}

fn call(walk: &mut Walk<'_>, node: Node<'_>) {
    let (Some(function), Some(arguments)) = (
        node.child_by_field_name("function"),
        node.child_by_field_name("arguments"),
    ) else {
        return;
    };
    let Some(argument) = arguments.named_child(0) else {
        return;
    };
    match walk.bytes(function) {
        b"__all__.extend" => list(walk, argument),
        b"__all__.append" => name(walk, argument, Visibility::Public),
        b"__all__.remove" => name(walk, argument, Visibility::Internal),
        _ => {}
    }
}

/// The names of a list or tuple, of several added up, of another module's `__all__`. A value that
/// only running it can tell leaves the underscore to decide.
fn list(walk: &mut Walk<'_>, value: Node<'_>) {
    let mut open = vec![value];
    for _ in 0..MAX_OPERANDS {
        let Some(node) = open.pop() else { break };
        match node.kind() {
            "list" | "tuple" | "set" | "expression_list" => names(walk, node),
            "binary_operator" => {
                open.extend(node.child_by_field_name("right"));
                open.extend(node.child_by_field_name("left"));
            }
            "parenthesized_expression" => open.extend(node.named_child(0)),
            "attribute" => other_module(walk, node),
            _ => {}
        }
    }
}

fn names(walk: &mut Walk<'_>, list: Node<'_>) {
    export(walk, None, ALL.to_owned(), Visibility::Public);
    let mut cursor = list.walk();
    for child in list.named_children(&mut cursor) {
        match child.kind() {
            "list_splat" => {
                if let Some(inner) = child.named_child(0) {
                    other_module(walk, inner);
                }
            }
            _ => name(walk, child, Visibility::Public),
        }
    }
}

fn name(walk: &mut Walk<'_>, node: Node<'_>, visibility: Visibility) {
    if let Some(name) = literal::value(walk, node) {
        export(walk, None, name, visibility);
    }
}

/// `module.__all__`.
fn other_module(walk: &mut Walk<'_>, node: Node<'_>) {
    if let Some(module) = walk.text(node).strip_suffix(".__all__") {
        export(
            walk,
            Some(module.to_owned()),
            "*".to_owned(),
            Visibility::Public,
        );
    }
}

/// `del name` outside of functions.
pub(super) fn delete(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.scope().flags & (CONDITIONAL | CLASS) == 0
        && let Some(names) = node.named_child(0)
    {
        let mut cursor = names.walk();
        let single = Some(names).filter(|names| names.kind() == "identifier");
        let several =
            (names.kind() == "expression_list").then(|| names.named_children(&mut cursor));
        let names: Vec<_> = single
            .into_iter()
            .chain(several.into_iter().flatten())
            .collect();
        for name in names.into_iter().filter(|name| name.kind() == "identifier") {
            let name = walk.text(name).into_owned();
            export(walk, None, name, Visibility::Internal);
        }
    }
    Step::Skip
}

fn export(walk: &mut Walk<'_>, from: Option<String>, name: String, visibility: Visibility) {
    let scope = walk.scope().path.clone();
    walk.link(Link {
        kind: LinkKind::Export,
        scope,
        from,
        name,
        alias: None,
        visibility,
    });
}
