//! Classes, interfaces, objects, enums, type aliases.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CLASS, child, is_public, marks};
use crate::define::Def;
use crate::languages::modifiers;
use crate::rules::Step;
use crate::walk::{Scope, Walk};

/// Parameters of one primary constructor.
const MAX_PARAMETERS: usize = 256;

/// A class, interface, enum or object.
pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = child(node, "type_identifier") else {
        return Step::Skip;
    };
    let name = walk.text(name);
    let modifiers = modifiers::read(walk, node);
    let body = child(node, "class_body").or_else(|| child(node, "enum_class_body"));
    let def = Def::new(kind(node), name.as_ref(), node)
        .start(modifiers.start)
        .body(body)
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    walk.lead.clear();
    let scope = walk.scope_of(&name, Some(item), CLASS);
    if let Some(constructor) = child(node, "primary_constructor") {
        walk.within(&scope, |walk| parameters(walk, constructor));
    }
    Step::Scope(scope)
}

fn kind(node: Node<'_>) -> SnippetKind {
    if node.kind() == "object_declaration" {
        return SnippetKind::Class;
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        match child.kind() {
            "interface" => return SnippetKind::Interface,
            "enum" => return SnippetKind::Enum,
            "type_identifier" => break,
            _ => {}
        }
    }
    SnippetKind::Class
}

/// Parameters of the primary constructor that are properties.
fn parameters(walk: &mut Walk<'_>, constructor: Node<'_>) {
    let mut cursor = constructor.walk();
    for node in constructor.named_children(&mut cursor).take(MAX_PARAMETERS) {
        let comment = matches!(node.kind(), "line_comment" | "multiline_comment");
        if comment {
            crate::languages::block_doc::comment(walk, node);
            continue;
        }
        if node.kind() == "class_parameter"
            && child(node, "binding_pattern_kind").is_some()
            && let Some(name) = child(node, "simple_identifier")
        {
            let name = super::members::plain_name(&walk.text(name)).to_owned();
            let modifiers = modifiers::read(walk, node);
            let def = Def::new(SnippetKind::Field, name, node)
                .start(modifiers.start)
                .public(is_public(&modifiers))
                .marks(marks(&modifiers));
            walk.define(def);
        }
        walk.lead.clear();
    }
}

/// Members of an unnamed companion are written as members of the class.
pub(super) fn companion(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    let name = child(node, "type_identifier").map(|name| walk.text(name));
    let def = Def::new(
        SnippetKind::Class,
        name.as_deref().unwrap_or("Companion"),
        node,
    )
    .start(modifiers.start)
    .body(child(node, "class_body"))
    .public(is_public(&modifiers))
    .marks(marks(&modifiers));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let path = walk.scope().path.clone();
    let scope = walk.scope_of("", Some(item), CLASS);
    Step::Scope(Scope { path, ..scope })
}

/// A constant of an enum.
pub(super) fn entry(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = child(node, "simple_identifier") else {
        return Step::Skip;
    };
    let modifiers = modifiers::read(walk, node);
    let def = Def::new(SnippetKind::Field, walk.text(name), node)
        .start(modifiers.start)
        .body(child(node, "class_body"))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}

/// `typealias`
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = child(node, "type_identifier") else {
        return Step::Skip;
    };
    let modifiers = modifiers::read(walk, node);
    let def = Def::new(SnippetKind::Type, walk.text(name), node)
        .start(modifiers.start)
        .public(is_public(&modifiers))
        .marks(marks(&modifiers));
    walk.define(def);
    Step::Skip
}
