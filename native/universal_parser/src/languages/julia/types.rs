//! Types, their fields, and `@enum`.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{MAX_NAMES, STRUCT, name};
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Walk, Wrap};

pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    let mut cursor = node.walk();
    let head = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "type_head");
    let Some(head) = head else { return Step::Skip };
    let Some(name) = name::of(walk, head) else {
        return Step::Skip;
    };
    let start = walk.wrap.map_or(node.start_byte(), |wrap: Wrap| wrap.start);
    let start = start.max(node.start_byte());
    let text = signature::cut(walk.source, start..head.end_byte(), node, &["#"]);
    let def = Def::new(kind, name.as_str(), node).signature(text);
    let Some(index) = walk.define(def) else {
        return Step::Skip;
    };
    if kind == SnippetKind::Struct {
        return Step::Scope(walk.scope_of(&name, Some(index), STRUCT));
    }
    Step::Skip
}

/// `name`, `name::Type`, `name::Type = default`, `const name::Type`.
pub(super) fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = name::of(walk, node) {
        walk.define(Def::new(SnippetKind::Field, name, node));
    }
    Step::Skip
}

/// `@enum Color RED GREEN=2`, `@enum Color begin … end`.
pub(super) fn enumeration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let list = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "macro_argument_list");
    let Some((list, first)) = list.and_then(|list| Some((list, list.named_child(0)?))) else {
        return Step::Skip;
    };
    let Some(name) = name::of(walk, first) else {
        return Step::Skip;
    };
    let text = signature::fold(&walk.text(node));
    let def = Def::new(SnippetKind::Enum, name, node).signature(text);
    let Some(index) = walk.define(def) else {
        return Step::Skip;
    };
    walk.lead.clear();
    // By the text: `GREEN=2 BLUE` is one expression to the grammar.
    let text = walk.text(list);
    let separators = |c: char| c.is_whitespace() || c == ';';
    let words = text.split(separators).skip(1).take(MAX_NAMES);
    for word in words.filter(|word| !matches!(*word, "begin" | "end")) {
        let name = word.split('=').next().unwrap_or_default();
        let fits = |c: char| c.is_alphanumeric() || c == '_' || c == '!';
        if name.chars().all(fits) && !name.starts_with(|c: char| c.is_ascii_digit()) {
            member(walk, node, name, index);
        }
    }
    Step::Skip
}

/// A value of an enum: a name of the module that the enum is in.
fn member(walk: &mut Walk<'_>, node: Node<'_>, name: &str, index: u32) {
    let def = Def::new(SnippetKind::Field, name, node).signature(name.to_owned());
    let made = walk.define(def);
    let item = made.and_then(|made| walk.outline.items.get_mut(made as usize));
    if let Some(item) = item {
        item.parent = Some(index);
    }
}
