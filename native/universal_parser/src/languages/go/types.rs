//! Types, their fields and methods.

use std::collections::HashMap;

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{is_exported, settle};
use crate::define::Def;
use crate::outline::Outline;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Pointers, parentheses and type arguments around one name.
const MAX_LAYERS: usize = 8;
/// Names in one field declaration.
const MAX_NAMES: usize = 256;

/// The name at the heart of a type: `T` of `*T`, `T[K]`, `pkg.T`.
pub(super) fn base_name(of: Node<'_>) -> Option<Node<'_>> {
    let mut node = of;
    for _ in 0..MAX_LAYERS {
        node = match node.kind() {
            "type_identifier" => return Some(node),
            "qualified_type" => return node.child_by_field_name("name"),
            "generic_type" => node.child_by_field_name("type")?,
            _ => node.named_child(0)?,
        };
    }
    None
}

/// Where the members of a type begin.
fn body(of: Node<'_>) -> Option<Node<'_>> {
    match of.kind() {
        "struct_type" => of.named_child(0),
        // The brace: there is no node for the members.
        "interface_type" => of.child(1),
        _ => None,
    }
}

/// `type T …`, `type T = …`
pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    settle(walk, node);
    let name = walk.field(node, "name").unwrap_or_default();
    if name == "_" {
        return Step::Skip;
    }
    let definition = node.child_by_field_name("type");
    let alias = node.kind() == "type_alias";
    let kind = match definition.map(|node| node.kind()) {
        Some("struct_type") => SnippetKind::Struct,
        Some("interface_type") => SnippetKind::Interface,
        _ => SnippetKind::Type,
    };
    let body = definition.and_then(body);
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let text = signature::cut(walk.source, node.start_byte()..end, node, &["//", "/*"]);
    let def = Def::new(kind, name.as_ref(), node)
        .signature(format!("type {text}"))
        .public(is_exported(&name));
    let item = walk.define(def);
    match (item, body) {
        (Some(_), Some(_)) if !alias => Step::Scope(walk.scope_of(&name, item, 0)),
        _ => Step::Skip,
    }
}

/// One or more fields of a type, or a type embedded.
pub(super) fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    settle(walk, node);
    let Some(of) = node.child_by_field_name("type") else {
        return Step::Skip;
    };
    let end = node
        .child_by_field_name("tag")
        .map_or(node.end_byte(), |tag| tag.start_byte());
    let end = body(of).map_or(end, |body| body.start_byte());
    let mut cursor = node.walk();
    let names: Vec<Node<'_>> = node
        .children_by_field_name("name", &mut cursor)
        .take(MAX_NAMES)
        .collect();
    let (from, names) = if names.is_empty() {
        (node.start_byte(), base_name(of).into_iter().collect())
    } else {
        (of.start_byte(), names)
    };
    let embedded = from != of.start_byte() || of.start_byte() == node.start_byte();
    let text = signature::cut(walk.source, from..end, node, &["//", "/*"]);
    let mut last = None;
    for name in names {
        let name = walk.text(name);
        if name == "_" {
            continue;
        }
        let signature = if embedded {
            text.clone()
        } else {
            format!("{name} {text}")
        };
        let def = Def::new(SnippetKind::Field, name.as_ref(), node)
            .signature(signature)
            .public(is_exported(&name));
        last = walk.define(def).map(|item| (name, item));
    }
    match last {
        Some((name, item)) if of.kind() == "struct_type" => {
            Step::Scope(walk.scope_of(&name, Some(item), 0))
        }
        _ => Step::Skip,
    }
}

/// A method that an interface asks for.
pub(super) fn interface_method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    settle(walk, node);
    let name = walk.field(node, "name").unwrap_or_default();
    let def = Def::new(SnippetKind::Method, name.as_ref(), node).public(is_exported(&name));
    walk.define(def);
    Step::Skip
}

/// Methods stand beside their types; those of this file become their members.
pub(super) fn adopt_methods(outline: &mut Outline) {
    let mut types = HashMap::new();
    for (index, item) in (0u32..).zip(&outline.items) {
        let container = matches!(
            item.kind,
            SnippetKind::Struct | SnippetKind::Interface | SnippetKind::Type
        );
        if container {
            types.insert(item.qualified_name.clone(), index);
        }
    }
    for item in &mut outline.items {
        if item.kind == SnippetKind::Method
            && let Some((owner, _)) = item.qualified_name.rsplit_once('.')
            && let Some(index) = types.get(owner)
        {
            item.parent = Some(*index);
        }
    }
}
