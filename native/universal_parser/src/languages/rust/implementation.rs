//! `impl` blocks: their items belong to the type.

use registry_types::Visibility;
use tree_sitter::Node;

use super::attributes::Attributes;
use super::{IMPLEMENTS, INHERITS, TYPE};
use crate::rules::Step;
use crate::walk::{Scope, Walk};

/// The type's path as scope. Items of a blanket implementation (`impl<T> A for T`) and of one for a
/// slice, tuple or primitive are dropped: they belong to no type of ours and repeat the trait's.
pub(super) fn scope(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let attributes = Attributes::read(walk, node);
    let Some(of) = node.child_by_field_name("type") else {
        return Step::Skip;
    };
    if attributes.test || is_parameter(walk, node, of) {
        return Step::Skip;
    }
    let Some(path) = path(walk, of) else {
        return Step::Skip;
    };
    let implements = node.child_by_field_name("trait").is_some();
    let flags = TYPE | if implements { INHERITS | IMPLEMENTS } else { 0 };
    Step::Scope(Scope {
        path,
        visibility: Visibility::Public,
        item: None,
        flags,
    })
}

/// Whether the type implemented for is one of the block's own parameters.
fn is_parameter(walk: &Walk<'_>, node: Node<'_>, of: Node<'_>) -> bool {
    let of = bare(of);
    let Some(parameters) = node.child_by_field_name("type_parameters") else {
        return false;
    };
    let name = walk.bytes(of);
    let mut cursor = parameters.walk();
    parameters.named_children(&mut cursor).any(|parameter| {
        let declared = parameter.child_by_field_name("name").unwrap_or(parameter);
        walk.bytes(declared) == name
    })
}

/// Without references, pointers and generic arguments.
fn bare(mut of: Node<'_>) -> Node<'_> {
    // Each step goes to a child, and hostile nesting is not worth following far.
    for _ in 0..16 {
        let inner = match of.kind() {
            "generic_type" | "reference_type" | "pointer_type" => of.child_by_field_name("type"),
            _ => None,
        };
        match inner {
            Some(inner) => of = inner,
            None => break,
        }
    }
    of
}

/// The qualified name of a type that has one: `crate::` and `super::` resolved, other paths and names taken
/// as members of the current module.
fn path(walk: &Walk<'_>, of: Node<'_>) -> Option<String> {
    let of = bare(of);
    if !matches!(of.kind(), "type_identifier" | "scoped_type_identifier") {
        return None;
    }
    let text = crate::signature::fold(&walk.text(of));
    let module = &walk.scope().path;
    if let Some(rest) = text.strip_prefix("crate::") {
        let root = module.split("::").next().unwrap_or(module);
        return Some(walk.qualify_in(root, rest));
    }
    let mut module = module.as_str();
    let mut text = text.as_str();
    text = text.strip_prefix("self::").unwrap_or(text);
    while let Some(rest) = text.strip_prefix("super::") {
        module = module
            .rsplit_once("::")
            .map_or(module, |(parent, _)| parent);
        text = rest;
    }
    (!text.is_empty()).then(|| walk.qualify_in(module, text))
}
