//! Modifiers and attributes of a declaration, and the tags of its documentation.

use tree_sitter::Node;

use super::CONDITIONAL;
use crate::outline::Marks;
use crate::text::contains_any;
use crate::walk::Walk;

/// Modifiers of one declaration that are looked at.
const MAX_MODIFIERS: usize = 32;

/// What the documentation of a declaration says.
pub(super) struct Doc {
    pub text: Option<String>,
    pub marks: Marks,
}

/// What stands before the name.
#[derive(Default)]
pub(super) struct Modifiers {
    pub is_private: bool,
    pub is_protected: bool,
    pub is_final: bool,
    pub is_abstract: bool,
}

/// The first child that is no attribute, where the item starts, and the modifiers.
pub(super) fn modifiers<'t>(walk: &Walk<'_>, node: Node<'t>) -> (Option<Node<'t>>, Modifiers) {
    let mut found = Modifiers::default();
    let mut start = None;
    let mut cursor = node.walk();
    for child in node.children(&mut cursor).take(MAX_MODIFIERS) {
        match child.kind() {
            "attribute_list" | "comment" => continue,
            "visibility_modifier" => match walk.bytes(child) {
                b"private" => found.is_private = true,
                b"protected" => found.is_protected = true,
                _ => {}
            },
            "final_modifier" => found.is_final = true,
            "abstract_modifier" => found.is_abstract = true,
            kind if kind.ends_with("_modifier") => {}
            _ => {
                start = start.or(Some(child));
                break;
            }
        }
        start = start.or(Some(child));
    }
    (start, found)
}

/// The documentation before `node`, and whether an attribute of it says deprecated.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Doc {
    let text = walk.lead.doc(walk.source);
    let said = text.as_deref().unwrap_or_default();
    let attributes = node.child_by_field_name("attributes");
    let deprecated = tag(said, "@deprecated")
        || attributes.is_some_and(|list| contains_any(walk.bytes(list), &["Deprecated"]));
    let hidden = tag(said, "@internal") || tag(said, "@ignore") || tag(said, "@access private");
    let conditional = walk.scope().flags & CONDITIONAL != 0;
    let marks = Marks::when(hidden, Marks::HIDDEN)
        .with(Marks::when(deprecated, Marks::DEPRECATED))
        .with(Marks::when(conditional, Marks::CONDITIONAL));
    Doc { text, marks }
}

/// Whether a line begins with the tag.
fn tag(text: &str, name: &str) -> bool {
    text.contains('@')
        && text.lines().any(|line| {
            line.strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
        })
}
