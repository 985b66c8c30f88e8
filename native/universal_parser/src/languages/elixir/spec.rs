//! The text of specs and types as the compiler prints it: `key` is `key()`, and modules have their
//! full names.

use std::collections::HashSet;

use tree_sitter::Node;

use super::aliases;
use super::head::operator;
use crate::signature;
use crate::walk::Walk;

/// Longer text is shown as it is written.
const MAX_TEXT: usize = 8 * 1024;
/// Nodes of one spec, and how deep they may lie.
const MAX_NODES: usize = 10_000;
const MAX_DEPTH: usize = 100;

/// The text of `argument`; `head` is what stands before its `::`.
pub(super) fn text(walk: &Walk<'_>, argument: Node<'_>, head: Node<'_>, of_type: bool) -> String {
    let plain = || signature::cut(walk.source, argument.byte_range(), argument, &["#"]);
    if argument.byte_range().len() > MAX_TEXT {
        return plain();
    }
    let variables = variables(walk, argument, head, of_type);
    let mut text = Vec::with_capacity(argument.byte_range().len() * 2);
    let mut from = argument.start_byte();
    let mut cursor = argument.walk();
    let mut parents: Vec<Node<'_>> = Vec::new();
    for _ in 0..MAX_NODES {
        let node = cursor.node();
        let change = match node.kind() {
            "comment" => Some("\n".to_owned()),
            "alias" => Some(aliases::full(walk, &walk.text(node))),
            "identifier" => {
                let field = cursor.field_name();
                identifier(walk, node, field, parents.last(), head, &variables)
            }
            _ => None,
        };
        if let Some(change) = change {
            text.extend_from_slice(walk.source.get(from..node.start_byte()).unwrap_or_default());
            text.extend_from_slice(change.as_bytes());
            from = node.end_byte();
        } else if parents.len() < MAX_DEPTH && cursor.goto_first_child() {
            parents.push(node);
            continue;
        }
        while !parents.is_empty() && !cursor.goto_next_sibling() {
            cursor.goto_parent();
            // `String.t` is a call.
            if let Some(call) = parents.pop().filter(|node| is_bare_call(*node)) {
                text.extend_from_slice(walk.source.get(from..call.end_byte()).unwrap_or_default());
                text.extend_from_slice(b"()");
                from = call.end_byte();
            }
        }
        if parents.is_empty() {
            text.extend_from_slice(
                walk.source
                    .get(from..argument.end_byte())
                    .unwrap_or_default(),
            );
            return signature::fold(&String::from_utf8_lossy(&text));
        }
    }
    plain()
}

fn is_bare_call(node: Node<'_>) -> bool {
    node.kind() == "call"
        && node.named_child_count() == 1
        && node
            .named_child(0)
            .is_some_and(|child| child.kind() == "dot")
        && node.child_count() == 1
}

/// What an identifier is printed as, when otherwise.
fn identifier(
    walk: &Walk<'_>,
    node: Node<'_>,
    field: Option<&str>,
    parent: Option<&Node<'_>>,
    head: Node<'_>,
    variables: &HashSet<Vec<u8>>,
) -> Option<String> {
    let name = walk.bytes(node);
    if name == b"__MODULE__" {
        return Some(walk.scope().path.clone());
    }
    if !name.first()?.is_ascii_lowercase() || name == b"var" || variables.contains(name) {
        return None;
    }
    let parent = *parent?;
    let is_type = match (parent.kind(), field) {
        ("call", Some("target")) | ("dot" | "struct", _) => false,
        // `name :: type` names an argument, unless it is the function itself.
        ("binary_operator", Some("left")) if operator(walk, parent) == b"::" => {
            node.id() == head.id()
        }
        _ => true,
    };
    is_type.then(|| format!("{}()", String::from_utf8_lossy(name)))
}

/// Type variables: those of `when`, and the parameters of a type.
fn variables(
    walk: &Walk<'_>,
    argument: Node<'_>,
    head: Node<'_>,
    of_type: bool,
) -> HashSet<Vec<u8>> {
    let mut names = HashSet::new();
    let list = if of_type {
        let mut cursor = head.walk();
        head.named_children(&mut cursor)
            .find(|child| child.kind() == "arguments")
    } else {
        (argument.kind() == "binary_operator" && operator(walk, argument) == b"when")
            .then(|| argument.child_by_field_name("right"))
            .flatten()
    };
    let Some(list) = list else { return names };
    let mut cursor = list.walk();
    for child in list.named_children(&mut cursor) {
        let name = match child.kind() {
            "pair" => child.child_by_field_name("key"),
            _ => Some(child),
        };
        let text = name
            .map_or(b"".as_slice(), |name| walk.bytes(name))
            .trim_ascii();
        names.insert(text.strip_suffix(b":").unwrap_or(text).to_vec());
    }
    names
}
