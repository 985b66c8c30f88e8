//! Macros: definitions, and invocations whose arguments are items (`cfg_rt! { … }`).

use registry_types::{SnippetKind, Visibility};
use tree_sitter::{Node, Range};

use super::attributes::{self, Attributes};
use super::{BLOCK, MACRO, cfg, text};
use crate::define::Def;
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::{Scope, Walk};

const EXPORT: &str = "#[macro_export]";

/// `macro_rules!`: exported ones live at the crate's root whatever module they stand in.
pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let mut attributes = Attributes::read(walk, node);
    if attributes.test {
        return Step::Skip;
    }
    attributes.exported |= node.start_byte() < walk.state as usize;
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
    tie(walk, node, &name);
    if walk.scope().flags & (BLOCK | MACRO) == 0 && rules(node).any(|rule| is_plain(walk, rule)) {
        return Step::Scope(Scope {
            path: walk.qualify(&format!("{name}!")),
            visibility: Visibility::Public,
            item: None,
            flags: MACRO,
        });
    }
    Step::Skip
}

/// The first rules of a macro.
fn rules(node: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    const MAX_RULES: u32 = 8;
    let rules = (0..MAX_RULES).map_while(move |index| node.named_child(index + 1));
    rules.filter(|rule| rule.kind() == "macro_rule")
}

/// `() => { items }`
fn is_plain(walk: &Walk<'_>, rule: Node<'_>) -> bool {
    let left = rule.child_by_field_name("left");
    let empty = left.is_some_and(|left| {
        let pattern = walk.bytes(left);
        pattern.len() < 64 && pattern.iter().all(|b| b"()[]{} \n\t".contains(b))
    });
    let right = rule.child_by_field_name("right").and_then(inside);
    let text = right.and_then(|range| walk.source.get(range.start_byte..range.end_byte));
    empty && text.is_some_and(starts_item)
}

/// A rule without arguments: its items belong to the modules that call the macro.
pub(super) fn rule(walk: &mut Walk<'_>, rule: Node<'_>) -> Step {
    let right = rule.child_by_field_name("right").and_then(inside);
    match right.filter(|_| is_plain(walk, rule)) {
        Some(range) => Step::Reparse(vec![range]),
        None => Step::Skip,
    }
}

/// Remembers what a macro that gives back its arguments adds to them: a condition, or
/// `#[macro_export]`.
fn tie(walk: &mut Walk<'_>, node: Node<'_>, name: &str) {
    const MAX_BODY: usize = 64 * 1024;
    let start = attributes::first_after(node).unwrap_or(node).start_byte();
    let bytes = walk.source.get(start..node.end_byte()).unwrap_or_default();
    if bytes.len() > MAX_BODY {
        return;
    }
    let has = |text: &str| memchr::memmem::find(bytes, text.as_bytes()).is_some();
    let exports = has(EXPORT) && has("$");
    let condition = if has(":item") || name.starts_with("cfg_") {
        cfg::of_macro(&crate::text::lossy(bytes))
    } else {
        None
    };
    if exports || condition.is_some() {
        walk.link(Link {
            kind: LinkKind::Member,
            scope: walk.scope().path.clone(),
            from: condition,
            name: format!("{name}!"),
            alias: exports.then(|| EXPORT.to_owned()),
            visibility: Visibility::Internal,
        });
    }
}

/// Whether a macro of this file exports the macros it is called with.
fn is_exporting(walk: &Walk<'_>, name: &str) -> bool {
    const MAX_LINKS: usize = 512;
    walk.outline.links.iter().take(MAX_LINKS).any(|link| {
        link.alias.as_deref() == Some(EXPORT) && link.name.strip_suffix('!') == Some(name)
    })
}

/// Arguments in braces that start like an item are read as items of the current scope; for
/// `cfg_if!` those of each branch.
pub(super) fn invocation(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let attributed = node
        .child(0)
        .filter(|child| child.kind() == "expression_with_attribute");
    let node = attributed.unwrap_or(node);
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
        if !name.is_empty() {
            bring(walk, format!("{name}!"));
        }
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
        let told = cfg::of_call(&crate::text::lossy(text.get(..512).unwrap_or(text)));
        if let Some(condition) = told {
            walk.conditions.push(&condition, tree.byte_range());
        } else {
            // What it adds is known once its definition is.
            walk.conditions.push(&format!("{name}!"), tree.byte_range());
        }
        if is_exporting(walk, name) {
            walk.state = u32::try_from(tree.end_byte()).unwrap_or(u32::MAX);
        }
        return Step::Reparse(vec![inside]);
    }
    if after_comments(text).starts_with(b"if #[") {
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
                    // What a branch says itself matters more than what those before it say.
                    let room = before.clone().filter(|before| cfg::fit(before, &own));
                    let all = cfg::both(room, own.clone());
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
        bring(walk, file);
    }
}

/// The items of a file, or of a macro's rule without arguments, are those of this module.
fn bring(walk: &mut Walk<'_>, from: String) {
    if walk.scope().flags & BLOCK == 0 {
        walk.link(Link {
            kind: LinkKind::Module,
            scope: walk.scope().path.clone(),
            from: Some(from),
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
        "expression_with_attribute" => node.child_by_field_name("expression"),
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

/// Comments may come first.
fn after_comments(text: &[u8]) -> &[u8] {
    let mut text = text.trim_ascii_start();
    while text.starts_with(b"//") {
        let end = memchr::memchr(b'\n', text).unwrap_or(text.len());
        text = text.get(end..).unwrap_or_default().trim_ascii_start();
    }
    text
}

fn starts_item(text: &[u8]) -> bool {
    let text = after_comments(text);
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
