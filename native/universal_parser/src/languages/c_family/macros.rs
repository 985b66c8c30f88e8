//! `#define`.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{HEADER, docs};
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// A longer value is left out of the signature.
const LONG: usize = 80;

/// A macro; include guards are none.
pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let value = node.child_by_field_name("value");
    if walk.outline.items.is_empty()
        && is_guard(&name)
        && value.is_none_or(|value| walk.bytes(value).trim_ascii() == b"1")
    {
        return Step::Skip;
    }
    docs::settle(walk, node);
    let parameters = node.child_by_field_name("parameters");
    let end = match (parameters, value) {
        (Some(parameters), _) => parameters.end_byte(),
        (None, Some(value)) if value.byte_range().len() <= LONG => value.end_byte(),
        (None, _) => node
            .child_by_field_name("name")
            .map_or(node.end_byte(), |name| name.end_byte()),
    };
    let signature = signature::cut(walk.seen, node.start_byte()..end, node, &["//", "/*"]);
    let public = walk.scope().flags & HEADER != 0;
    let def = Def::new(SnippetKind::Macro, name.clone(), node)
        .qualified(name.into_owned())
        .signature(signature)
        .public(public);
    walk.define(def);
    Step::Skip
}

/// A name that tells whether the header was read before.
fn is_guard(name: &str) -> bool {
    let name = name.trim_end_matches('_').to_ascii_uppercase();
    [
        "_H",
        "_HH",
        "_HPP",
        "_HXX",
        "_INCLUDED",
        "_INCLUDE",
        "_GUARD",
        "H",
    ]
    .iter()
    .any(|end| name.ends_with(end))
}
