//! Classes, categories, protocols.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{TYPE, marks};
use crate::define::Def;
use crate::languages::c_family;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk};

/// Parts of the head of a class.
const MAX_PARTS: usize = 64;

/// `@interface`, `@implementation`, `@protocol`.
pub(super) fn container(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let (mut name, mut end, mut before) = (None, node.start_byte(), node.start_byte());
    let (mut extends, mut start) = (false, None);
    let mut cursor = node.walk();
    for child in node.children(&mut cursor).take(MAX_PARTS) {
        match child.kind() {
            "@interface" | "@implementation" | "@protocol" => start = Some(child),
            "identifier" if name.is_none() => {
                name = Some(child);
                end = child.end_byte();
            }
            "identifier" | "parameterized_arguments" | "protocol_reference_list" | ":" => {
                end = child.end_byte();
            }
            // `( )` or `(Name)`: a class extension or category.
            "(" | ")" if name.is_some() => extends = true,
            "attribute_specifier" | "availability_attribute_specifier" => {
                before = child.end_byte();
            }
            _ if child.is_extra() => {}
            _ if name.is_some() => break,
            _ => {}
        }
    }
    let Some(name) = name else {
        return Step::Enter;
    };
    let text = walk.text(name);
    if extends {
        let scope = walk.scope().clone();
        return Step::Scope(Scope {
            path: text.into_owned(),
            flags: TYPE,
            ..scope
        });
    }
    c_family::settle(walk, node);
    let kind = if node.kind() == "protocol_declaration" {
        SnippetKind::Interface
    } else {
        SnippetKind::Class
    };
    let from = start.map_or(node.start_byte(), |start| start.start_byte());
    let head = signature::cut(walk.seen, from..end.max(from), node, &["//", "/*"]);
    let attributes = walk.source.get(node.start_byte()..before.max(from));
    let def = Def::new(kind, text.as_ref(), node)
        .start(start)
        .signature(head)
        .marks(marks(attributes.unwrap_or_default()));
    match walk.define(def) {
        Some(item) => Step::Scope(walk.scope_of(&text, Some(item), TYPE)),
        None => Step::Skip,
    }
}
