//! Functions, methods, constructors, accessors.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{TYPE, annotations_of, is_public, marks, variables};
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// A member without a body: a field, or a signature.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    annotations_of(walk, node);
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        let kind = child.kind();
        if kind.ends_with("_signature") {
            return callable(walk, node, Some(child));
        }
        if kind.ends_with("_list") && kind != "formal_parameter_list" {
            return variables::members(walk, node, child);
        }
    }
    Step::Skip
}

/// Anything with parameters; `signature` is the part of `node` before the body.
pub(super) fn callable(walk: &mut Walk<'_>, node: Node<'_>, signature: Option<Node<'_>>) -> Step {
    annotations_of(walk, node);
    let Some(outer) = signature else {
        return Step::Skip;
    };
    let inner = if outer.kind() == "method_signature" {
        let mut cursor = outer.walk();
        outer
            .named_children(&mut cursor)
            .find(|child| child.kind().ends_with("_signature"))
            .unwrap_or(outer)
    } else {
        outer
    };
    let member = walk.scope().flags & TYPE != 0;
    let callable = if member {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    let field = if member {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    };
    let named = inner
        .child_by_field_name("name")
        .map(|name| walk.text(name));
    let (kind, name) = match inner.kind() {
        "getter_signature" | "setter_signature" => (field, named.unwrap_or_default().into_owned()),
        "operator_signature" => (callable, operator(walk, inner)),
        kind if kind.contains("constructor") => (callable, constructor(walk, inner)),
        _ => (callable, named.unwrap_or_default().into_owned()),
    };
    let head = walk.lead_start(node);
    let text = signature::cut(walk.source, head..inner.end_byte(), node, &["//", "/*"]);
    let text = text.trim_end_matches(" async").to_owned();
    let def = Def::new(kind, name.as_str(), node)
        .start(super::types::after_annotations(node))
        .signature(text)
        .public(is_public(walk, &name))
        .marks(marks(walk));
    walk.define(def);
    Step::Skip
}

/// `operator ==`
fn operator(walk: &Walk<'_>, node: Node<'_>) -> String {
    let text = walk.text(node);
    let symbol = text
        .split_once("operator")
        .and_then(|(_, rest)| rest.split('(').next())
        .unwrap_or_default();
    format!("operator {}", symbol.trim())
}

/// The part after the class's name; `new` without one.
fn constructor(walk: &Walk<'_>, node: Node<'_>) -> String {
    let text = walk.text(node);
    let head: String = text
        .split('(')
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    match head.rsplit_once('.') {
        Some((_, name)) => name.trim().to_owned(),
        None => "new".to_owned(),
    }
}
