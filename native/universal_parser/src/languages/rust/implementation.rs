//! `impl` blocks: their items belong to the type.

use registry_types::Visibility;
use tree_sitter::Node;

use super::attributes::Attributes;
use super::{ASIDE, IMPLEMENTS, TYPE, text};
use crate::outline::{Link, LinkKind, Marks};
use crate::rules::Step;
use crate::walk::{Scope, Walk};

/// The type's path as scope. Items of a blanket implementation (`impl<T> A for T`) and of one for a
/// slice, tuple or primitive are dropped: they belong to no type of ours and repeat the trait's.
///
/// What implements a trait is no definition of its own: the trait's is.
pub(super) fn scope(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let attributes = Attributes::read(walk, node);
    let Some(of) = node.child_by_field_name("type") else {
        return Step::Skip;
    };
    if attributes.test || is_parameter(walk, node, of) {
        return Step::Skip;
    }
    let Some(written) = written(walk, of) else {
        return Step::Skip;
    };
    let Some(path) = path(walk, &written) else {
        return Step::Skip;
    };
    if let Some(condition) = attributes.condition {
        walk.conditions.push(&condition, node.byte_range());
    }
    let implements = node.child_by_field_name("trait").is_some();
    if !implements {
        tie(walk, written, &path);
    }
    let hidden = attributes.marks.has(Marks::HIDDEN);
    Step::Scope(Scope {
        path,
        visibility: Visibility::Public,
        item: None,
        flags: TYPE | if implements { IMPLEMENTS } else { 0 } | if hidden { ASIDE } else { 0 },
    })
}

/// Remembers which type of the module is meant by the items' qualified names.
fn tie(walk: &mut Walk<'_>, written: String, path: &str) {
    let scope = walk.scope().path.clone();
    let known = walk.outline.links.last().is_some_and(|link| {
        link.kind == LinkKind::Member && link.name == path && link.scope == scope
    });
    if !known {
        walk.link(Link {
            kind: LinkKind::Member,
            scope,
            from: Some(written),
            name: path.to_owned(),
            alias: None,
            visibility: Visibility::Internal,
        });
    }
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

/// Without references, pointers, generic arguments, `dyn` and further bounds.
fn bare(mut of: Node<'_>) -> Node<'_> {
    // Each step goes to a child, and hostile nesting is not worth following far.
    for _ in 0..16 {
        let inner = match of.kind() {
            "generic_type" | "reference_type" | "pointer_type" => of.child_by_field_name("type"),
            "dynamic_type" => of.child_by_field_name("trait"),
            "bounded_type" | "parenthesized_type" => of.named_child(0),
            _ => None,
        };
        match inner {
            Some(inner) => of = inner,
            None => break,
        }
    }
    of
}

/// The path of a type that has one.
fn written(walk: &Walk<'_>, of: Node<'_>) -> Option<String> {
    let of = bare(of);
    if !matches!(of.kind(), "type_identifier" | "scoped_type_identifier") {
        return None;
    }
    let path: String = walk
        .text(of)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    Some(text::plain(&path))
}

/// Its qualified name: `crate::` and `super::` resolved, other paths and names taken as members of
/// the current module.
fn path(walk: &Walk<'_>, written: &str) -> Option<String> {
    let module = &walk.scope().path;
    if let Some(rest) = written.strip_prefix("crate::") {
        let root = module.split("::").next().unwrap_or(module);
        return Some(walk.qualify_in(root, rest));
    }
    let mut module = module.as_str();
    let mut path = written.strip_prefix("self::").unwrap_or(written);
    while let Some(rest) = path.strip_prefix("super::") {
        module = module
            .rsplit_once("::")
            .map_or(module, |(parent, _)| parent);
        path = rest;
    }
    (!path.is_empty()).then(|| walk.qualify_in(module, path))
}
