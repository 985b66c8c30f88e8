//! Macros: definitions, and invocations whose arguments are items (`cfg_rt! { … }`).

use registry_types::SnippetKind;
use tree_sitter::{Node, Range};

use super::attributes::{self, Attributes};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// `macro_rules!`: exported ones live at the crate's root whatever module they stand in.
pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let attributes = Attributes::read(walk, node);
    if attributes.test {
        return Step::Skip;
    }
    let mut def = Def::new(SnippetKind::Macro, name.clone(), node)
        .start(attributes::first_after(node))
        .signature(format!("macro_rules! {name}"))
        .marks(attributes.marks)
        .public(attributes.exported && !attributes.marks.has(crate::outline::Marks::HIDDEN));
    if attributes.exported {
        let root = walk
            .scopes()
            .first()
            .map_or("", |scope| scope.path.as_str());
        let root = root.split("::").next().unwrap_or(root);
        def = def.qualified(walk.qualify_in(root, &name));
    }
    walk.define(def);
    Step::Skip
}

/// Arguments in braces that start like an item are read as items of the current scope; for
/// `cfg_if!` those of each branch.
pub(super) fn invocation(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let test = Attributes::read(walk, node).test;
    let Some(invocation) = find(node) else {
        return Step::Skip;
    };
    let tree = invocation
        .named_child((invocation.named_child_count() as u32).saturating_sub(1))
        .filter(|tree| tree.kind() == "token_tree");
    let Some(tree) = tree else { return Step::Skip };
    let Some(inside) = inside(tree) else {
        return Step::Skip;
    };
    let text = walk
        .source
        .get(inside.start_byte..inside.end_byte)
        .unwrap_or_default();
    if test {
        return Step::Skip;
    }
    if starts_item(text) {
        return Step::Reparse(vec![inside]);
    }
    if text.trim_ascii_start().starts_with(b"if #[") {
        let mut cursor = tree.walk();
        let branches = tree
            .named_children(&mut cursor)
            .filter(|child| child.kind() == "token_tree" && walk.bytes(*child).starts_with(b"{"));
        return Step::Reparse(branches.filter_map(self::inside).collect());
    }
    Step::Skip
}

/// The invocation itself, below an item or a statement.
fn find(node: Node<'_>) -> Option<Node<'_>> {
    match node.kind() {
        "macro_invocation" => Some(node),
        "macro_invocation_item" => node.child_by_field_name("invocation"),
        _ => node
            .named_child(0)
            .filter(|child| child.kind() == "macro_invocation"),
    }
}

/// What stands between the delimiters.
fn inside(tree: Node<'_>) -> Option<Range> {
    let open = tree.child(0)?;
    let close = tree.child(tree.child_count().checked_sub(1)?)?;
    (open.end_byte() < close.start_byte()).then(|| Range {
        start_byte: open.end_byte(),
        end_byte: close.start_byte(),
        start_point: open.end_position(),
        end_point: close.start_position(),
    })
}

fn starts_item(text: &[u8]) -> bool {
    let mut text = text.trim_ascii_start();
    // Comments may come first.
    while text.starts_with(b"//") {
        let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
        text = text.get(end..).unwrap_or_default().trim_ascii_start();
    }
    if text.starts_with(b"#[") || text.starts_with(b"#![") || text.starts_with(b"/*") {
        return true;
    }
    let end = text
        .iter()
        .position(|b| !b.is_ascii_alphanumeric() && *b != b'_');
    let (word, rest) = text.split_at(end.unwrap_or(text.len()));
    match word {
        b"pub" | b"fn" | b"struct" | b"enum" | b"union" | b"trait" | b"impl" | b"mod" | b"use"
        | b"const" | b"static" | b"type" | b"unsafe" | b"async" | b"extern" | b"macro_rules" => {
            true
        }
        // Another macro of the same sort.
        _ => word.starts_with(b"cfg_") && rest.starts_with(b"!"),
    }
}
