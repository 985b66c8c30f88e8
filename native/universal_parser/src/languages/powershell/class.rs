//! Classes and enums.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::add;
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Children of a definition that are looked at.
const MAX_CHILDREN: usize = 32;

pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    let mut cursor = node.walk();
    let name = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "simple_name");
    let Some(name) = name else { return Step::Enter };
    let name = walk.text(name).into_owned();
    let mut cursor = node.walk();
    let brace = node
        .children(&mut cursor)
        .take(MAX_CHILDREN)
        .find(|child| child.kind() == "{");
    let def = Def::new(kind, name.as_str(), node).body(brace);
    match add(walk, node, def) {
        Some(index) => Step::Scope(walk.scope_of(&name, Some(index), 0)),
        None => Step::Skip,
    }
}

/// What stands before the name of a member.
#[derive(Default)]
struct Attributes {
    is_hidden: bool,
    is_static: bool,
}

fn attributes(walk: &Walk<'_>, node: Node<'_>) -> Attributes {
    let mut found = Attributes::default();
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor).take(MAX_CHILDREN) {
        if child.kind() == "class_attribute" {
            found.is_hidden |= walk.bytes(child).eq_ignore_ascii_case(b"hidden");
            found.is_static |= walk.bytes(child).eq_ignore_ascii_case(b"static");
        }
    }
    found
}

fn path(walk: &Walk<'_>, name: &str, attributes: &Attributes) -> String {
    let separator = if attributes.is_static { "::" } else { "." };
    format!("{}{separator}{name}", walk.scope().path)
}

pub(super) fn property(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let variable = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "variable");
    if let Some(variable) = variable {
        let text = walk.text(variable);
        let name = text.trim_start_matches('$');
        let attributes = attributes(walk, node);
        let def = Def::new(SnippetKind::Field, name, node)
            .qualified(path(walk, name, &attributes))
            .public(!attributes.is_hidden);
        add(walk, node, def);
    }
    Step::Skip
}

pub(super) fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let name = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "simple_name");
    if let Some(name) = name {
        let mut cursor = node.walk();
        // Up to the parenthesis: what follows is the call of another constructor, or the body.
        let end = node
            .children(&mut cursor)
            .take(MAX_CHILDREN)
            .find(|child| child.kind() == ")")
            .unwrap_or(node);
        let range = node.start_byte()..end.end_byte();
        let text = signature::cut(walk.source, range, node, &["#"]);
        let name = walk.text(name);
        let attributes = attributes(walk, node);
        let def = Def::new(SnippetKind::Method, name.clone(), node)
            .qualified(path(walk, &name, &attributes))
            .signature(text)
            .public(!attributes.is_hidden);
        add(walk, node, def);
    }
    Step::Skip
}

pub(super) fn member(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = node.named_child(0) {
        let def = Def::new(SnippetKind::Field, walk.text(name), node);
        add(walk, node, def);
    }
    Step::Skip
}
