//! Elements: tags, attributes, text, the language of a script.

use std::borrow::Cow;

use tree_sitter::{Node, Range};

use super::super::plain::child;
use crate::language::Language;
use crate::signature::fold;
use crate::walk::Walk;

/// Attributes of one tag looked at.
const MAX_ATTRIBUTES: usize = 100;
/// Nodes of an element looked at for its text.
const MAX_NODES: usize = 500;

/// The start tag of an element.
pub(super) fn tag(element: Node<'_>) -> Option<Node<'_>> {
    element
        .named_child(0)
        .filter(|tag| matches!(tag.kind(), "start_tag" | "self_closing_tag"))
}

pub(super) fn name<'s>(walk: &Walk<'s>, tag: Node<'_>) -> Cow<'s, str> {
    child(tag, "tag_name")
        .map(|name| walk.text(name))
        .unwrap_or_default()
}

/// An attribute: `None` when there is none, `Some(None)` without a value.
pub(super) fn attribute(walk: &Walk<'_>, tag: Node<'_>, name: &str) -> Option<Option<String>> {
    let mut cursor = tag.walk();
    let found = tag
        .named_children(&mut cursor)
        .take(MAX_ATTRIBUTES)
        .filter(|node| node.kind() == "attribute")
        .find(|node| {
            child(*node, "attribute_name").is_some_and(|key| walk.bytes(key) == name.as_bytes())
        })?;
    let value = child(found, "quoted_attribute_value").or_else(|| child(found, "attribute_value"));
    Some(value.map(|value| super::super::plain::unquoted(&walk.text(value)).to_owned()))
}

/// The text of a `<script>` or `<style>`.
pub(super) fn raw(element: Node<'_>) -> Option<Range> {
    child(element, "raw_text").map(|text| text.range())
}

/// A script's language, `usual` unless it says otherwise, and where its text is.
pub(super) fn script(walk: &Walk<'_>, node: Node<'_>, usual: &str) -> Option<(Language, Range)> {
    let range = raw(node)?;
    let tag = tag(node)?;
    let label = match attribute(walk, tag, "lang").flatten() {
        Some(label) => label,
        None => match attribute(walk, tag, "type").flatten().as_deref() {
            None | Some("" | "module") => usual.to_owned(),
            Some("text/typescript" | "application/typescript") => "ts".to_owned(),
            Some("text/babel" | "text/jsx") => "jsx".to_owned(),
            Some(kind) if kind.ends_with("/javascript") || kind.ends_with("/ecmascript") => {
                "js".to_owned()
            }
            // JSON, import maps, templates.
            Some(_) => return None,
        },
    };
    Some((Language::by_label(&label)?, range))
}

/// Whether a `<style>` is plain CSS.
pub(super) fn is_css(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let lang = tag(node).and_then(|tag| attribute(walk, tag, "lang"));
    matches!(lang.flatten().as_deref(), None | Some("css" | "postcss"))
}

/// The character of an entity that titles hold.
fn plain_text(text: &str) -> &str {
    match text {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&#39;" | "&apos;" => "'",
        "&nbsp;" => " ",
        text => text,
    }
}

/// The text of an element without its tags.
pub(super) fn inner_text(walk: &Walk<'_>, element: Node<'_>) -> String {
    let mut text = String::new();
    let mut cursor = element.walk();
    let mut depth = 0usize;
    for _ in 0..MAX_NODES {
        let node = cursor.node();
        if matches!(node.kind(), "text" | "entity") {
            // White space around a text is not the text's in the tree.
            let before = node.start_byte().checked_sub(1);
            let before = before.and_then(|at| walk.source.get(at));
            let after = walk.source.get(node.end_byte());
            let gap = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
            if gap(before) {
                text.push(' ');
            }
            text.push_str(plain_text(&walk.text(node)));
            if gap(after) {
                text.push(' ');
            }
        }
        let enter = matches!(node.kind(), "element");
        if enter && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while depth > 0 && !cursor.goto_next_sibling() {
            cursor.goto_parent();
            depth -= 1;
        }
        if depth == 0 {
            break;
        }
    }
    fold(&text)
}
