//! Classes, structs, unions, interfaces, templates, enums.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{DEPRECATED, ENUM, TYPE, add};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

pub(super) fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .take(32)
        .find(|child| child.kind() == kind)
}

fn brace(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .take(32)
        .find(|child| matches!(child.kind(), "{" | "aggregate_body" | "enum_body"))
}

pub(super) fn aggregate(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    container(walk, node, kind, TYPE)
}

/// Its members are what its instances have.
pub(super) fn template(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    container(walk, node, SnippetKind::Macro, 0)
}

pub(super) fn enumeration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    container(walk, node, SnippetKind::Enum, ENUM)
}

fn container(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, flags: u32) -> Step {
    let Some(name) = child(node, "identifier") else {
        // Unnamed: its members are those of the scope around.
        return Step::Enter;
    };
    let name = walk.text(name).into_owned();
    let deprecated = walk.wrap.map_or(0, |wrap| wrap.flags) & DEPRECATED;
    let def = Def::new(kind, name.clone(), node).body(brace(node));
    match add(walk, def) {
        Some(item) => Step::Scope(walk.scope_of(&name, Some(item), flags | deprecated)),
        None => Step::Skip,
    }
}

/// Of a named enum, or a constant of the scope around an unnamed one.
pub(super) fn enum_member(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = child(node, "identifier") else {
        return Step::Skip;
    };
    let name = walk.text(name).into_owned();
    let kind = if walk.scope().flags & ENUM != 0 {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    };
    add(walk, Def::new(kind, name, node));
    Step::Skip
}
