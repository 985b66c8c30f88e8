//! Modules, functors, module types, classes.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::types::child;
use super::{INTERFACE, SEALED, attributes, comment, head};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

pub(super) fn module(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    comment::settle(walk, node.start_position().row);
    let Some(name) = child(node, "module_name") else {
        return Step::Skip;
    };
    let typed = node.child_by_field_name("module_type");
    let body = node.child_by_field_name("body");
    // The members that the module's own text tells begin the body.
    let opens = |node: &Node<'_>| matches!(node.kind(), "signature" | "structure");
    let (end, _) = attributes(walk, node);
    let end = typed
        .filter(opens)
        .or(body.filter(opens))
        .map_or(end, |body| body.start_byte());
    let sealed = typed.is_some_and(|node| opens(&node));
    container(
        walk,
        node,
        SnippetKind::Module,
        name,
        "module ",
        end,
        sealed,
    )
}

pub(super) fn module_type(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    comment::settle(walk, node.start_position().row);
    let Some(name) = child(node, "module_type_name") else {
        return Step::Skip;
    };
    let body = node.child_by_field_name("body");
    let body = body.filter(|body| body.kind() == "signature");
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    container(walk, node, SnippetKind::Interface, name, "", end, false)
}

pub(super) fn class(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    comment::settle(walk, node.start_position().row);
    let (kind, word, name) = match node.kind() {
        "class_binding" => (SnippetKind::Class, "class ", child(node, "class_name")),
        _ => (
            SnippetKind::Interface,
            "class type ",
            child(node, "class_type_name"),
        ),
    };
    let Some(name) = name else {
        return Step::Skip;
    };
    let body = node
        .child_by_field_name("body")
        .or_else(|| node.child_by_field_name("class_type"));
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    container(walk, node, kind, name, word, end, false)
}

fn container(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: Node<'_>,
    word: &str,
    end: usize,
    sealed: bool,
) -> Step {
    let (_, marks) = attributes(walk, node);
    let marks = marks.with(comment::hidden(walk));
    let name = walk.text(name).into_owned();
    let text = head(walk, node, node.start_byte()..end.max(node.start_byte()));
    let text = text.strip_prefix("rec ").unwrap_or(&text);
    let def = Def::new(kind, name.clone(), node)
        .signature(format!("{word}{text}"))
        .public(!marks.has(Marks::HIDDEN))
        .marks(marks);
    let flags = walk.scope().flags & INTERFACE | if sealed { SEALED } else { 0 };
    match walk.define(def) {
        Some(item) => Step::Scope(walk.scope_of(&name, Some(item), flags)),
        None => Step::Skip,
    }
}

pub(super) fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    comment::settle(walk, node.start_position().row);
    let Some(name) = child(node, "method_name") else {
        return Step::Skip;
    };
    let end = node
        .child_by_field_name("body")
        .map_or(node.end_byte(), |body| body.start_byte());
    let signature = head(walk, node, node.start_byte()..end);
    let private = signature
        .split(' ')
        .take_while(|word| *word != ":")
        .any(|word| word == "private");
    let name = walk.text(name).into_owned();
    let marks = comment::hidden(walk);
    let def = Def::new(SnippetKind::Method, name, node)
        .signature(signature)
        .public(!private && !marks.has(Marks::HIDDEN))
        .marks(marks);
    walk.define(def);
    Step::Skip
}
