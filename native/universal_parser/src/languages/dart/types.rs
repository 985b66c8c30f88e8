//! Classes, mixins, extensions, enums, type aliases.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::{TYPE, annotations_of, is_public, marks};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::{Scope, Walk};

fn child<'t>(node: Node<'t>, kinds: &[&str]) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| kinds.contains(&child.kind()))
}

/// The first child that is no annotation.
pub(super) fn after_annotations(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .find(|child| child.kind() != "annotation" && !child.is_extra())
}

pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    annotations_of(walk, node);
    let of = child(node, &["mixin_application_class"]).unwrap_or(node);
    let name = of
        .child_by_field_name("name")
        .or_else(|| child(of, &["identifier"]));
    let body = node
        .child_by_field_name("body")
        .or_else(|| child(node, &["class_body", "extension_body", "enum_body"]));
    let Some(name) = name else {
        return unnamed_extension(walk, node);
    };
    let name = walk.text(name);
    let kind = match node.kind() {
        "mixin_declaration" => SnippetKind::Trait,
        "extension_type_declaration" => SnippetKind::Struct,
        "enum_declaration" => SnippetKind::Enum,
        _ => SnippetKind::Class,
    };
    let def = Def::new(kind, name.as_ref(), node)
        .start(after_annotations(node))
        .body(body)
        .public(is_public(walk, &name))
        .marks(marks(walk));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    if body.is_none() {
        return Step::Skip;
    }
    let scope = walk.scope_of(&name, Some(item), TYPE);
    if let Some(field) = node.child_by_field_name("representation") {
        walk.lead.clear();
        walk.within(&scope, |walk| representation(walk, field));
    }
    Step::Scope(scope)
}

/// The value that an extension type wraps.
fn representation(walk: &mut Walk<'_>, node: Node<'_>) {
    let (Some(of), Some(name)) = (
        node.child_by_field_name("type"),
        node.child_by_field_name("name"),
    ) else {
        return;
    };
    let name = walk.text(name);
    let text = format!("{} {name}", walk.text(of));
    let def = Def::new(SnippetKind::Field, name.as_ref(), node)
        .signature(crate::signature::fold(&text))
        .public(is_public(walk, &name));
    walk.define(def);
}

fn unnamed_extension(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if node.kind() != "extension_declaration" {
        return Step::Skip;
    }
    let of = walk.field(node, "class").unwrap_or_default().into_owned();
    Step::Scope(Scope {
        path: walk.qualify(&of),
        visibility: Visibility::Internal,
        item: None,
        flags: TYPE,
    })
}

/// `typedef F = …;`, `typedef int F(int a);`
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    annotations_of(walk, node);
    // In the old form the name follows the result type: it is what stands before the parameters.
    let mut cursor = node.walk();
    let mut name = None;
    for child in node.children(&mut cursor) {
        match child.kind() {
            "type_identifier" | "identifier" => name = Some(child),
            "=" | "formal_parameter_list" => break,
            _ => {}
        }
    }
    if let Some(name) = name {
        let name = walk.text(name);
        let def = Def::new(SnippetKind::Type, name.as_ref(), node)
            .start(after_annotations(node))
            .public(is_public(walk, &name))
            .marks(marks(walk));
        walk.define(def);
    }
    Step::Skip
}

/// A constant of an enum.
pub(super) fn constant(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    annotations_of(walk, node);
    let name = walk.field(node, "name").unwrap_or_default();
    let def = Def::new(SnippetKind::Field, name.as_ref(), node)
        .start(after_annotations(node))
        .public(is_public(walk, &name))
        .marks(marks(walk));
    walk.define(def);
    Step::Skip
}
