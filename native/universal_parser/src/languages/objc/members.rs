//! Methods, properties, instance variables.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::marks;
use crate::define::Def;
use crate::languages::c_family;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Parts of one method's head.
const MAX_PARTS: usize = 256;
/// Names of one property.
const MAX_NAMES: usize = 64;
/// Pointers, blocks and arrays around a name.
const MAX_LAYERS: usize = 16;
/// In `walk.state`: instance variables from here on are public.
const OPEN: u32 = 1;

/// A method, by its selector.
pub(super) fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    c_family::settle(walk, node);
    let mut selector = String::new();
    let mut word = None;
    let mut end = node.start_byte();
    let mut cursor = node.walk();
    for child in node.children(&mut cursor).take(MAX_PARTS) {
        match child.kind() {
            "identifier" if word.is_none() => {
                word = Some(child);
                if selector.is_empty() {
                    end = child.end_byte();
                }
            }
            "method_parameter" => {
                if let Some(word) = word.take() {
                    selector.push_str(&walk.text(word));
                }
                selector.push(':');
                end = child.end_byte();
            }
            "..." => end = child.end_byte(),
            "compound_statement" => break,
            _ => {}
        }
    }
    if let Some(word) = word.filter(|_| selector.is_empty()) {
        selector.push_str(&walk.text(word));
    }
    let range = node.start_byte()..end;
    let head = signature::cut(walk.seen, range, node, &["//", "/*"]);
    let tail = end..node.end_byte().min(end + 200);
    let tail = if node.kind() == "method_declaration" {
        rest_of_line(walk.source, tail)
    } else {
        &[]
    };
    let def = Def::new(SnippetKind::Method, selector, node)
        .signature(head)
        .marks(marks(tail));
    walk.define(def);
    Step::Skip
}

/// The macros after a declaration; the grammar may not see them.
fn rest_of_line(source: &[u8], range: std::ops::Range<usize>) -> &[u8] {
    let text = source.get(range.start..).unwrap_or_default();
    let end = text
        .iter()
        .take(512)
        .position(|byte| matches!(byte, b';' | b'{'));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// One or more properties.
pub(super) fn property(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    c_family::settle(walk, node);
    let mut cursor = node.walk();
    let Some(declaration) = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "struct_declaration")
    else {
        return Step::Skip;
    };
    let names = names(declaration);
    let end = last_declarator_end(declaration).unwrap_or(node.end_byte());
    let head = signature::cut(walk.seen, node.start_byte()..end, node, &["//", "/*"]);
    let tail = rest_of_line(walk.source, end..node.end_byte());
    for name in names {
        let def = Def::new(SnippetKind::Field, walk.text(name), node)
            .signature(head.clone())
            .marks(marks(tail));
        walk.define(def);
    }
    Step::Skip
}

fn last_declarator_end(declaration: Node<'_>) -> Option<usize> {
    let mut cursor = declaration.walk();
    declaration
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "struct_declarator")
        .last()
        .map(|child| child.end_byte())
}

/// One or more instance variables, or what says who may see the next ones.
pub(super) fn instance_variable(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(child) = node.named_child(0) else {
        return Step::Skip;
    };
    if child.kind() == "visibility_specification" {
        let open = matches!(walk.bytes(child), b"@public" | b"@protected");
        walk.state = if open { OPEN } else { 0 };
        return Step::Skip;
    }
    c_family::settle(walk, node);
    for name in names(child) {
        let def = Def::new(SnippetKind::Field, walk.text(name), node).public(walk.state == OPEN);
        walk.define(def);
    }
    Step::Skip
}

/// The names that a declaration of fields gives.
fn names(declaration: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = declaration.walk();
    declaration
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "struct_declarator")
        .take(MAX_NAMES)
        .filter_map(innermost)
        .collect()
}

fn innermost(declarator: Node<'_>) -> Option<Node<'_>> {
    let mut node = declarator;
    for _ in 0..MAX_LAYERS {
        if matches!(
            node.kind(),
            "identifier" | "field_identifier" | "type_identifier"
        ) {
            return Some(node);
        }
        let inner = node.child_by_field_name("declarator");
        let last = || {
            let mut cursor = node.walk();
            node.named_children(&mut cursor)
                .filter(|child| child.kind() != "type_qualifier")
                .find(|child| {
                    child.kind().ends_with("declarator") || child.kind().ends_with("identifier")
                })
        };
        node = inner.or_else(last)?;
    }
    None
}
