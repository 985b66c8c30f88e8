//! Constants and variables.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{comment, is_exported, is_group, settle};
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Walk, Wrap};

/// Names in one specification.
const MAX_NAMES: usize = 256;
/// Values longer than this, or of several lines, are not part of the signature.
const MAX_VALUE: usize = 120;

/// One or more constants. In a group, one without a value has the type of the one before.
pub(super) fn constants(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let group = is_group(node);
    if group {
        walk.lead.clear();
    }
    let mut cursor = node.walk();
    let mut inherited = String::new();
    for child in node.named_children(&mut cursor) {
        match child.kind() {
            "comment" => {
                comment(walk, child);
                continue;
            }
            "const_spec" => {
                if child.child_by_field_name("value").is_some() {
                    inherited = type_text(walk, child);
                }
                walk.wrap = (!group).then(|| Wrap::new(node, 0));
                specification(walk, child, "const", &inherited);
                walk.wrap = None;
            }
            _ => {}
        }
        walk.lead.clear();
    }
    Step::Skip
}

/// One or more variables.
pub(super) fn variable(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let of = type_text(walk, node);
    specification(walk, node, "var", &of);
    Step::Skip
}

fn type_text(walk: &Walk<'_>, node: Node<'_>) -> String {
    node.child_by_field_name("type")
        .map(|of| signature::cut(walk.source, of.byte_range(), of, &["//", "/*"]))
        .unwrap_or_default()
}

fn specification(walk: &mut Walk<'_>, node: Node<'_>, keyword: &str, of: &str) {
    settle(walk, node);
    let mut cursor = node.walk();
    let names: Vec<Node<'_>> = node
        .children_by_field_name("name", &mut cursor)
        .filter(Node::is_named)
        .take(MAX_NAMES)
        .collect();
    let value = match (node.child_by_field_name("value"), names.as_slice()) {
        (Some(value), [_]) if keyword == "const" || of.is_empty() => short(walk, value),
        _ => None,
    };
    for name in names {
        let name = walk.text(name);
        if name == "_" {
            continue;
        }
        let mut signature = format!("{keyword} {name}");
        if !of.is_empty() {
            signature.push(' ');
            signature.push_str(of);
        }
        if let Some(value) = value {
            signature.push_str(" = ");
            signature.push_str(value);
        }
        let def = Def::new(SnippetKind::Constant, name.as_ref(), node)
            .signature(signature)
            .public(is_exported(&name));
        walk.define(def);
    }
}

fn short<'s>(walk: &Walk<'s>, value: Node<'_>) -> Option<&'s str> {
    let text = std::str::from_utf8(walk.bytes(value)).ok()?.trim_ascii();
    (text.len() <= MAX_VALUE && !text.contains('\n')).then_some(text)
}
