//! Variables and constants of modules, components of types.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{EXPLICIT, PRIVATE, TYPE, procedure, stated};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// Names of one declaration.
const MAX_NAMES: usize = 1_000;
/// A longer declaration (tables of values) is cut in the signature.
const MAX_SIGNATURE: usize = 200;

pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    // Variables of the file's top level are none of an interface.
    if walk.scope().item.is_none() {
        return Step::Skip;
    }
    let mut cursor = node.walk();
    let fixed = node
        .children_by_field_name("attribute", &mut cursor)
        .any(|attribute| walk.bytes(attribute).eq_ignore_ascii_case(b"parameter"));
    let flags = walk.scope().flags;
    let kind = match (flags & TYPE != 0, fixed) {
        (true, _) => SnippetKind::Field,
        (false, true) => SnippetKind::Constant,
        (false, false) => SnippetKind::Field,
    };
    let stated = stated(walk, node);
    let public = stated.unwrap_or(flags & PRIVATE == 0);
    let head = head(walk, node);
    for declarator in declarators(node) {
        let name = name(declarator);
        let value = walk.text(declarator);
        let signature = procedure::fold(&format!("{head} {}", short(&value)));
        let def = Def::new(kind, walk.text(name), node)
            .signature(signature)
            .public(public)
            .marks(Marks::when(stated.is_some(), EXPLICIT));
        walk.define(def);
    }
    Step::Skip
}

pub(super) fn enumerators(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    for declarator in declarators(node) {
        let name = walk.text(name(declarator)).into_owned();
        let signature = procedure::fold(short(&walk.text(declarator)));
        let def = Def::new(SnippetKind::Constant, name, node).signature(signature);
        walk.define(def);
    }
    Step::Skip
}

fn declarators(node: Node<'_>) -> Vec<Node<'_>> {
    let mut cursor = node.walk();
    node.children_by_field_name("declarator", &mut cursor)
        .take(MAX_NAMES)
        .collect()
}

/// The identifier of `name`, `name = value`, `name(:, :)`.
fn name(declarator: Node<'_>) -> Node<'_> {
    let mut node = declarator;
    for _ in 0..4 {
        let inner = node
            .child_by_field_name("left")
            .or_else(|| node.named_child(0));
        match inner {
            Some(inner) if node.kind() != "identifier" => node = inner,
            _ => break,
        }
    }
    node
}

/// The type and the attributes.
fn head(walk: &Walk<'_>, node: Node<'_>) -> String {
    let end = node
        .child_by_field_name("declarator")
        .map_or(node.end_byte(), |declarator| declarator.start_byte());
    let text = walk.source.get(node.start_byte()..end).unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}

fn short(text: &str) -> &str {
    if text.len() > MAX_SIGNATURE {
        text.split('=').next().unwrap_or_default().trim_end()
    } else {
        text
    }
}
