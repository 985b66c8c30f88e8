//! Namespaces, types, delegates.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{INTERFACE, TYPE, docs, is_public, marks};
use crate::define::Def;
use crate::languages::modifiers;
use crate::rules::Step;
use crate::walk::Walk;

/// Parameters of one record.
const MAX_PARAMETERS: usize = 256;

/// A namespace, for its members or for the rest of the file.
pub(super) fn namespace(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let name: String = name.split_whitespace().collect();
    if node.kind() == "file_scoped_namespace_declaration" {
        let path = walk.qualify(&name);
        if let Some(scope) = walk.scope_mut() {
            scope.path = path;
        }
        // Some versions of the grammar hang the rest of the file below it.
        return Step::Enter;
    }
    let scope = walk.scope().clone();
    Step::Scope(crate::walk::Scope {
        path: walk.qualify(&name),
        ..scope
    })
}

pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let (kind, flags) = match node.kind() {
        "interface_declaration" => (SnippetKind::Interface, TYPE | INTERFACE),
        "struct_declaration" | "record_declaration" => (SnippetKind::Struct, TYPE),
        "enum_declaration" => (SnippetKind::Enum, TYPE | INTERFACE),
        _ => (SnippetKind::Class, TYPE),
    };
    let def = Def::new(kind, name.as_ref(), node)
        .start(modifiers.start)
        .body(node.child_by_field_name("body"))
        .public(is_public(walk, &modifiers))
        .doc(docs::doc(walk))
        .marks(marks(&modifiers));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let scope = walk.scope_of(&name, Some(item), flags);
    if node.kind() == "record_declaration" {
        let mut cursor = node.walk();
        let list = node
            .named_children(&mut cursor)
            .find(|child| child.kind() == "parameter_list");
        if let Some(list) = list {
            walk.lead.clear();
            walk.within(&scope, |walk| properties(walk, list));
        }
    }
    Step::Scope(scope)
}

/// Parameters of a record are properties of it.
fn properties(walk: &mut Walk<'_>, list: Node<'_>) {
    let mut cursor = list.walk();
    for parameter in list.named_children(&mut cursor).take(MAX_PARAMETERS) {
        if parameter.kind() == "parameter"
            && let Some(name) = walk.field(parameter, "name")
        {
            let start = modifiers::read(walk, parameter).start;
            walk.define(Def::new(SnippetKind::Field, name, parameter).start(start));
        }
    }
}

pub(super) fn delegate(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let def = Def::new(SnippetKind::Type, name, node)
        .start(modifiers.start)
        .public(is_public(walk, &modifiers))
        .doc(docs::doc(walk))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}

pub(super) fn enum_member(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default();
    let modifiers = modifiers::read(walk, node);
    let def = Def::new(SnippetKind::Field, name, node)
        .start(modifiers.start)
        .doc(docs::doc(walk))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}
