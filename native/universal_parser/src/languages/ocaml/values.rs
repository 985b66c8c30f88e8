//! `let`, `val`, `external`.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{attributes, comment, head};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// Names bound by one pattern.
const MAX_NAMES: usize = 64;
/// A value that is shown in its signature.
const SHORT: usize = 60;

pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let extension = node
        .named_child(0)
        .filter(|child| child.kind() == "attribute_id");
    if extension.is_some_and(|name| {
        let name = walk.text(name);
        name.contains("test") || name.contains("bench") || name.contains("expect")
    }) {
        return Step::Skip;
    }
    Step::Body
}

pub(super) fn binding(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    comment::settle(walk, node.start_position().row);
    let Some(pattern) = node.child_by_field_name("pattern") else {
        return Step::Skip;
    };
    let body = node.child_by_field_name("body");
    let mut cursor = node.walk();
    let parameters = node
        .named_children(&mut cursor)
        .take(MAX_NAMES)
        .any(|child| child.kind() == "parameter");
    let function = parameters
        || body.is_some_and(|body| matches!(body.kind(), "fun_expression" | "function_expression"))
        || walk
            .field(node, "type")
            .is_some_and(|text| text.contains("->"));
    let kind = if function {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    let (end, marks) = attributes(walk, node);
    let short = !function
        && body.is_some_and(|body| body.byte_range().len() <= SHORT && is_literal(body.kind()));
    let until = body
        .filter(|_| !short)
        .map_or(end, |body| body.start_byte());
    let marks = marks.with(comment::hidden(walk));
    match pattern.kind() {
        "value_name" | "parenthesized_operator" => {
            let signature = format!("let {}", head(walk, node, node.start_byte()..until));
            define(walk, node, kind, &text(walk, pattern), signature, marks);
        }
        "unit" | "any_pattern" => {}
        _ => {
            for name in names(pattern) {
                let name = walk.text(name).into_owned();
                let signature = format!("let {name}");
                define(walk, node, kind, &name, signature, marks);
            }
        }
    }
    Step::Skip
}

fn is_literal(kind: &str) -> bool {
    matches!(
        kind,
        "number" | "string" | "quoted_string" | "character" | "boolean" | "signed_number" | "unit"
    )
}

/// Names bound by a pattern such as `(a, b)`.
fn names(pattern: Node<'_>) -> Vec<Node<'_>> {
    let mut found = Vec::new();
    let mut todo = vec![pattern];
    let mut budget = 500usize;
    while let Some(node) = todo.pop() {
        budget = budget.saturating_sub(1);
        if budget == 0 || found.len() >= MAX_NAMES {
            break;
        }
        if matches!(node.kind(), "value_name" | "value_pattern") {
            found.push(node);
        } else if node.kind().ends_with("pattern") {
            let mut cursor = node.walk();
            let children: Vec<_> = node.named_children(&mut cursor).take(MAX_NAMES).collect();
            todo.extend(children.into_iter().rev());
        }
    }
    found
}

fn text(walk: &Walk<'_>, node: Node<'_>) -> String {
    let text = walk.text(node);
    let operator = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    match operator {
        Some(operator) => format!("({})", operator.trim()),
        None => text.into_owned(),
    }
}

pub(super) fn specification(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    comment::settle(walk, node.start_position().row);
    let mut cursor = node.walk();
    let name = node
        .named_children(&mut cursor)
        .take(8)
        .find(|child| matches!(child.kind(), "value_name" | "parenthesized_operator"));
    let Some(name) = name.map(|name| text(walk, name)) else {
        return Step::Skip;
    };
    let function = node.kind() == "external"
        || node
            .child_by_field_name("type")
            .is_some_and(|node| matches!(node.kind(), "function_type" | "polymorphic_type"));
    let kind = if function {
        SnippetKind::Function
    } else {
        SnippetKind::Constant
    };
    let (end, marks) = attributes(walk, node);
    let marks = marks.with(comment::hidden(walk));
    let signature = head(walk, node, node.start_byte()..end);
    define(walk, node, kind, &name, signature, marks);
    Step::Skip
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: &str,
    signature: String,
    marks: Marks,
) {
    // A leading underscore says that the value is not used.
    let public = !name.starts_with('_') && !marks.has(Marks::HIDDEN);
    let def = Def::new(kind, name, node)
        .signature(signature)
        .public(public)
        .marks(marks);
    walk.define(def);
}
