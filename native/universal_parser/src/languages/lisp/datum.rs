//! Lists and what is in them, whatever the grammar calls it.

use std::borrow::Cow;

use tree_sitter::Node;

use crate::doc;
use crate::signature;
use crate::walk::Walk;

/// Data looked at in one list.
const MAX_DATA: usize = 2000;
/// Value of a constant shown in its signature, at most so long.
const SHORT: usize = 60;

/// The data of a list: brackets, comments, metadata and discarded forms left out. Grammars that have
/// a node of its own for the head of a `defun` are flattened.
pub(super) fn data<'t>(list: Node<'t>) -> Vec<Node<'t>> {
    let mut found = Vec::new();
    collect(list, 0, &mut found);
    found
}

fn collect<'t>(list: Node<'t>, level: u8, found: &mut Vec<Node<'t>>) {
    let mut cursor = list.walk();
    let room = MAX_DATA.saturating_sub(found.len());
    for child in list.children(&mut cursor).take(room) {
        match child.kind() {
            "comment" | "block_comment" | "sexp_comment" | "dis_expr" | "meta_lit"
            | "old_meta_lit" | "directive" => {}
            "defun" | "defun_header" if level < 2 && child.is_named() => {
                collect(child, level + 1, found)
            }
            // The heads of Emacs Lisp's special forms are tokens without a name.
            kind if child.is_named() || kind.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                found.push(child);
            }
            _ => {}
        }
    }
}

/// Lists proper, in parentheses or brackets.
pub(super) fn is_list(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "list" | "list_lit" | "special_form" | "function_definition" | "macro_definition"
    )
}

pub(super) fn is_symbol(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        "symbol" | "sym_lit" | "package_lit" | "nil_lit" | "defun_keyword" | "kwd_symbol"
    ) || !node.is_named()
}

pub(super) fn is_string(node: Node<'_>) -> bool {
    matches!(node.kind(), "string" | "str_lit")
}

/// What is quoted, or the node itself.
pub(super) fn unquoted(node: Node<'_>) -> Node<'_> {
    match node.kind() {
        "quote" | "function_quote" | "quoting_lit" | "var_quoting_lit" => {
            let mut cursor = node.walk();
            node.named_children(&mut cursor).last().unwrap_or(node)
        }
        _ => node,
    }
}

/// The text of a symbol; empty for what is none.
pub(super) fn symbol<'s>(walk: &Walk<'s>, node: Option<&Node<'_>>) -> Cow<'s, str> {
    match node {
        Some(node) if is_symbol(*node) => walk.text(*node),
        _ => Cow::Borrowed(""),
    }
}

/// The first symbol of a list, empty when there is none.
pub(super) fn head<'s>(walk: &Walk<'s>, list: Node<'_>) -> Cow<'s, str> {
    let mut cursor = list.walk();
    let first = list
        .children(&mut cursor)
        .take(32)
        .find(|child| is_symbol(*child) && !matches!(child.kind(), "(" | "["));
    symbol(walk, first.as_ref())
}

/// The text of a symbol as it is, of anything else on one line.
pub(super) fn name(walk: &Walk<'_>, node: Node<'_>) -> String {
    if is_symbol(node) {
        walk.text(node).into_owned()
    } else {
        text(walk, node)
    }
}

/// The text of a node on one line.
pub(super) fn text(walk: &Walk<'_>, node: Node<'_>) -> String {
    signature::cut(walk.source, node.byte_range(), node, super::MARKERS)
}

/// `(head a b)` of the texts of nodes.
pub(super) fn form(walk: &Walk<'_>, head: &str, nodes: &[Node<'_>]) -> String {
    let mut all = format!("({head}");
    for node in nodes {
        all.push(' ');
        all.push_str(&text(walk, *node));
        if all.len() > 4096 {
            break;
        }
    }
    all.push(')');
    all
}

/// The value of a constant when it fits into its signature.
pub(super) fn short<'t>(node: Option<&Node<'t>>) -> Option<Node<'t>> {
    node.copied()
        .filter(|node| node.byte_range().len() <= SHORT)
}

/// A docstring without its quotes and escapes.
pub(super) fn docstring(walk: &Walk<'_>, node: Option<&Node<'_>>) -> Option<String> {
    let node = node.filter(|node| is_string(**node))?;
    doc::docstring(&unescaped(&walk.text(*node)))
}

/// The inside of a string literal.
pub(super) fn unescaped(literal: &str) -> Cow<'_, str> {
    let inside = literal.strip_prefix('"').unwrap_or(literal);
    let inside = inside.strip_suffix('"').unwrap_or(inside);
    if !inside.contains('\\') {
        return Cow::Borrowed(inside);
    }
    let mut out = String::with_capacity(inside.len());
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            // Emacs Lisp: a line that goes on.
            Some('\n') | None => {}
            Some(other) => out.push(other),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn strings_lose_quotes_and_escapes() {
        assert_eq!(unescaped(r#""a \"b\" \\ c""#), r#"a "b" \ c"#);
        assert_eq!(unescaped("\"a\\\nb\\nc\""), "ab\nc");
        for odd in ["", "\"", "\"\\", "\"\\\""] {
            unescaped(odd);
        }
    }
}
