//! Types with their constructors and fields, exceptions.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{EXTENSION, TYPE, attributes, comment, head};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::{Scope, Walk};

pub(super) fn binding(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    comment::settle(walk, node.start_position().row);
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    // `type t += A`: constructors of a type of elsewhere.
    if name.kind() != "type_constructor" {
        let mut scope = walk.scope().clone();
        scope.flags |= EXTENSION;
        return Step::Scope(scope);
    }
    let name = walk.text(name).into_owned();
    let body = node.child_by_field_name("body");
    let kind = match body.map(|body| body.kind()) {
        Some("variant_declaration") => SnippetKind::Enum,
        Some("record_declaration") => SnippetKind::Struct,
        _ => SnippetKind::Type,
    };
    let (end, marks) = attributes(walk, node);
    let end = body
        .filter(|_| kind != SnippetKind::Type)
        .map_or(end, |body| body.start_byte());
    let marks = marks.with(comment::hidden(walk));
    let signature = format!("type {}", head(walk, node, node.start_byte()..end));
    let def = Def::new(kind, name, node)
        .signature(signature)
        .public(!marks.has(Marks::HIDDEN))
        .marks(marks);
    match walk.define(def) {
        Some(item) => {
            let scope = walk.scope_of("", Some(item), TYPE);
            Step::Scope(Scope {
                path: walk.scope().path.clone(),
                ..scope
            })
        }
        None => Step::Skip,
    }
}

/// Of a type, or an exception.
pub(super) fn constructor(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let exception = walk.scope().flags & TYPE == 0;
    if exception {
        comment::settle(walk, node.start_position().row);
    }
    let Some(name) = child(node, "constructor_name") else {
        return Step::Skip;
    };
    let (end, marks) = attributes(walk, node);
    let text = head(walk, node, node.start_byte()..end);
    let (kind, signature) = if walk.scope().flags & EXTENSION != 0 {
        (SnippetKind::Field, text)
    } else if exception {
        (SnippetKind::Struct, format!("exception {text}"))
    } else {
        (SnippetKind::Field, text)
    };
    let name = walk.text(name).into_owned();
    let marks = marks.with(comment::hidden(walk));
    let def = Def::new(kind, name, node)
        .signature(signature)
        .public(!marks.has(Marks::HIDDEN))
        .marks(marks);
    walk.define(def);
    Step::Skip
}

/// `` `Name of type ``.
pub(super) fn tag(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.scope().flags & TYPE == 0 {
        return Step::Skip;
    }
    let Some(name) = child(node, "tag") else {
        return Step::Skip;
    };
    let name = walk.text(name);
    let bare = name.trim_start_matches('`').to_owned();
    let name = name.into_owned();
    let def = Def::new(SnippetKind::Field, bare, node)
        .qualified(walk.qualify(&name))
        .signature(head(walk, node, node.byte_range()));
    walk.define(def);
    Step::Skip
}

pub(super) fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = child(node, "field_name") else {
        return Step::Skip;
    };
    let name = walk.text(name).into_owned();
    let (end, marks) = attributes(walk, node);
    let def = Def::new(SnippetKind::Field, name, node)
        .signature(head(walk, node, node.start_byte()..end))
        .marks(marks);
    walk.define(def);
    Step::Skip
}

pub(super) fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .take(16)
        .find(|child| child.kind() == kind)
}
