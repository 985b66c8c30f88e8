//! Interfaces, type aliases, enumerations.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CLASS, ENUM, comment, is_default, is_exported, property_name};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// `interface Name { … }`.
pub(super) fn interface(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    container(
        walk,
        node,
        SnippetKind::Interface,
        node.child_by_field_name("body"),
        CLASS,
    )
}

/// `enum Name { … }`.
pub(super) fn enumeration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    container(
        walk,
        node,
        SnippetKind::Enum,
        node.child_by_field_name("body"),
        ENUM,
    )
}

/// `type Name = …`; the properties of an object type are its members.
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let value = node.child_by_field_name("value");
    let object = value.filter(|value| value.kind() == "object_type" && !is_mapped(*value));
    match (
        container(walk, node, SnippetKind::Type, object, CLASS),
        object,
    ) {
        (step, Some(_)) => step,
        (_, None) => Step::Skip,
    }
}

/// `{ [K in keyof T]: … }` has no members of its own.
fn is_mapped(object: Node<'_>) -> bool {
    let first = object
        .named_child(0)
        .filter(|first| first.kind() == "index_signature");
    let mut parts = (0..4u32).filter_map(|at| first?.named_child(at));
    parts.any(|part| part.kind() == "mapped_type_clause")
}

fn container(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    body: Option<Node<'_>>,
    flags: u32,
) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let marks = comment::marks(walk).with(Marks::when(is_default(walk), Marks::DEFAULT));
    let def = Def::new(kind, name.clone(), node)
        .body(body)
        .public(is_exported(walk) && !marks.has(Marks::HIDDEN))
        .marks(marks);
    match walk.define(def) {
        Some(item) => Step::Scope(walk.scope_of(&name, Some(item), flags)),
        None => Step::Skip,
    }
}

/// `Name` or `Name = value`. The enumeration's own name is visited here too, and is none.
pub(super) fn enum_member(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = node.child_by_field_name("name").unwrap_or(node);
    if let Some(name) = property_name(walk, name) {
        let marks = comment::marks(walk);
        walk.define(Def::new(SnippetKind::Field, name, node).marks(marks));
    }
    Step::Skip
}
