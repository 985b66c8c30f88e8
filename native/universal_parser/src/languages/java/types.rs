//! Classes, interfaces, enums, records, annotations.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{GROOVY, INTERFACE, is_public, marks};
use crate::define::Def;
use crate::languages::modifiers;
use crate::rules::Step;
use crate::walk::Walk;

/// Components of one record.
const MAX_COMPONENTS: usize = 256;

pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let (kind, flags) = match node.kind() {
        "interface_declaration" => (SnippetKind::Interface, INTERFACE),
        "annotation_type_declaration" => (SnippetKind::Interface, INTERFACE),
        "enum_declaration" => (SnippetKind::Enum, 0),
        "record_declaration" => (SnippetKind::Struct, 0),
        _ if walk.scope().flags & GROOVY != 0 && is_trait(walk, node) => (SnippetKind::Trait, 0),
        _ => (SnippetKind::Class, 0),
    };
    let def = Def::new(kind, name.as_ref(), node)
        .start(modifiers.start)
        .body(node.child_by_field_name("body"))
        .public(is_public(walk, &modifiers))
        .marks(marks(&modifiers));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let flags = flags | walk.scope().flags & GROOVY;
    let scope = walk.scope_of(&name, Some(item), flags);
    if let Some(list) = node.child_by_field_name("parameters") {
        walk.lead.clear();
        walk.within(&scope, |walk| components(walk, list));
    }
    Step::Scope(scope)
}

/// Groovy's traits are classes to the grammar.
fn is_trait(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .find(|child| child.kind() == "class")
        .is_some_and(|keyword| walk.bytes(keyword) == b"trait")
}

/// Components have accessors of their name, which are public whatever the fields are.
fn components(walk: &mut Walk<'_>, list: Node<'_>) {
    let mut cursor = list.walk();
    for parameter in list.named_children(&mut cursor).take(MAX_COMPONENTS) {
        // A variable number of components wraps the name.
        let spread = || {
            let mut cursor = parameter.walk();
            parameter
                .named_children(&mut cursor)
                .find_map(|child| child.child_by_field_name("name"))
        };
        if let Some(name) = parameter.child_by_field_name("name").or_else(spread) {
            let name = walk.text(name);
            let start = modifiers::read(walk, parameter).start;
            walk.define(Def::new(SnippetKind::Field, name, parameter).start(start));
        }
    }
}

/// A constant of an enum.
pub(super) fn constant(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let body = node.child_by_field_name("body");
    let def = Def::new(SnippetKind::Field, name.as_ref(), node)
        .start(modifiers.start)
        .body(body)
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}
