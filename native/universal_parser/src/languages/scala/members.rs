//! Methods, values, variables, extensions.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CLASS, OBJECT, is_public, marks, plain_name};
use crate::define::Def;
use crate::languages::{block_doc, modifiers};
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Names of one value definition.
const MAX_NAMES: usize = 64;

/// A method; `receiver` is what an extension says before it.
pub(super) fn function(walk: &mut Walk<'_>, node: Node<'_>, receiver: Option<&str>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let member = walk.scope().flags & (CLASS | OBJECT) != 0;
    let kind = if member || receiver.is_some() {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    let body = node.child_by_field_name("body");
    let mut def = Def::new(kind, plain_name(&name), node)
        .start(modifiers.start)
        .body(body)
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    if let Some(receiver) = receiver {
        let start = modifiers.start.unwrap_or(node).start_byte();
        let end = body.map_or(node.end_byte(), |body| body.start_byte());
        let text = signature::cut(walk.source, start..end.max(start), node, &["//", "/*"]);
        def = def.signature(format!("{receiver} {text}"));
    }
    walk.define(def);
    Step::Skip
}

/// `extension (x: T) def …`, or several of them.
pub(super) fn extension(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let first = node.child_by_field_name("body");
    let end = first.map_or(node.end_byte(), |body| body.start_byte());
    let head = node.start_byte()..end.max(node.start_byte());
    let head = signature::cut(walk.source, head, node, &["//", "/*"]);
    let head = head.trim_end_matches([':', ' ']);
    // A comment above the first method documents it; for a single one so does that of the whole.
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        match child.kind() {
            "comment" | "block_comment" => {
                block_doc::comment(walk, child);
            }
            "function_definition" | "function_declaration" => {
                function(walk, child, Some(head));
                walk.lead.clear();
            }
            _ => {}
        }
    }
    Step::Skip
}

/// One or more values or variables.
pub(super) fn values(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let kind = if walk.scope().flags & CLASS != 0 {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    };
    let mut names = Vec::new();
    match node.child_by_field_name("pattern") {
        Some(pattern) if pattern.kind() == "identifier" => names.push(pattern),
        Some(pattern) => {
            let mut cursor = pattern.walk();
            let inner = pattern.named_children(&mut cursor).take(MAX_NAMES);
            names.extend(inner.filter(|name| name.kind() == "identifier"));
        }
        None => {
            let mut cursor = node.walk();
            names.extend(
                node.children_by_field_name("name", &mut cursor)
                    .take(MAX_NAMES),
            );
        }
    }
    let value = node.child_by_field_name("value");
    for name in names {
        let name = walk.text(name);
        let def = Def::new(kind, plain_name(&name), node)
            .start(modifiers.start)
            .body(block_doc::long_value(walk, value))
            .public(is_public(&modifiers))
            .marks(marks(&modifiers));
        walk.define(def);
    }
    Step::Skip
}
