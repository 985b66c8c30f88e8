//! Macros: definitions, and invocations whose arguments are items (`cfg_rt! { … }`).

use registry_types::{SnippetKind, Visibility};
use tree_sitter::{Node, Range};

use super::attributes::{self, Attributes};
use super::{cfg, text};
use crate::define::Def;
use crate::outline::{Link, LinkKind};
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
    let start = attributes::first_after(node);
    let condition = super::condition(walk, start.unwrap_or(node), attributes.condition);
    let mut def = Def::new(SnippetKind::Macro, name.clone(), node)
        .start(start)
        .signature(format!("macro_rules! {name}"))
        .marks(attributes.marks)
        .condition(condition)
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
    let attributes = Attributes::read(walk, node);
    if attributes.test {
        return Step::Skip;
    }
    let Some(invocation) = find(node) else {
        return Step::Skip;
    };
    let tree = invocation
        .named_child((invocation.named_child_count() as u32).saturating_sub(1))
        .filter(|tree| tree.kind() == "token_tree");
    let Some(tree) = tree else { return Step::Skip };
    let name = walk.field(invocation, "macro").unwrap_or_default();
    let name = name.rsplit("::").next().unwrap_or_default();
    if name == "include" {
        include(walk, tree);
        return Step::Skip;
    }
    let Some(inside) = inside(tree) else {
        return Step::Skip;
    };
    let text = walk
        .source
        .get(inside.start_byte..inside.end_byte)
        .unwrap_or_default();
    if let Some(condition) = attributes.condition {
        walk.conditions.push(&condition, node.byte_range());
    }
    if starts_item(text) {
        if name.starts_with("cfg_") {
            walk.conditions.push(&format!("{name}!"), tree.byte_range());
        }
        return Step::Reparse(vec![inside]);
    }
    if text.trim_ascii_start().starts_with(b"if #[") {
        return Step::Reparse(branches(walk, tree));
    }
    Step::Skip
}

/// The blocks of `if #[cfg(a)] { … } else if #[cfg(b)] { … } else { … }`; each exists where its own
/// condition holds and those before it do not.
fn branches(walk: &mut Walk<'_>, tree: Node<'_>) -> Vec<Range> {
    const MAX_BRANCHES: usize = 32;
    let mut blocks = Vec::new();
    let mut before: Option<String> = None;
    let mut own: Option<String> = None;
    let mut cursor = tree.walk();
    for child in tree.named_children(&mut cursor) {
        if child.kind() != "token_tree" {
            continue;
        }
        let bytes = walk.bytes(child);
        if bytes.starts_with(b"[") {
            let text = walk.text(child);
            let arguments = text.trim_matches(['[', ']']).trim();
            own = arguments.strip_prefix("cfg").map(|a| cfg::inner(a.trim()));
        } else if bytes.starts_with(b"{") && blocks.len() < MAX_BRANCHES {
            let condition = match (&before, own.take()) {
                (before, Some(own)) => {
                    let all = cfg::both(before.clone(), own.clone());
                    let not = cfg::both(before.clone(), cfg::not(&own));
                    (all, Some(not))
                }
                (before, None) => (before.clone().unwrap_or_default(), before.clone()),
            };
            before = condition.1;
            blocks.extend(inside(child).map(|range| (range, condition.0)));
        }
    }
    for (range, condition) in blocks.iter().rev() {
        walk.conditions
            .push(condition, range.start_byte..range.end_byte);
    }
    blocks.into_iter().map(|(range, _)| range).collect()
}

/// `include!("file.rs")`: its items are those of this module.
fn include(walk: &mut Walk<'_>, arguments: Node<'_>) {
    let text = walk.text(arguments);
    let file = text.trim_matches(['(', ')', '{', '}', '[', ']']).trim();
    if let Some(file) = text::literal(file) {
        walk.link(Link {
            kind: LinkKind::Module,
            scope: walk.scope().path.clone(),
            from: Some(file),
            name: "*".to_owned(),
            alias: None,
            visibility: Visibility::Internal,
        });
    }
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
