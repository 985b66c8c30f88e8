//! Structs, classes, unions, enums, type names; sections of access.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{CLASS, DEFINED, HEADER, INHERITED, SCOPED_ENUM, declarator, docs};
use crate::define::Def;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk, Wrap};

/// Names given by one `typedef`.
const MAX_NAMES: usize = 64;
/// Classes inside each other whose sections are told apart; two bits each in `walk.state`.
const MAX_CLASSES: u32 = 16;
const PUBLIC: u32 = 0;
const PRIVATE: u32 = 1;

/// Whether a type is defined here.
pub(super) fn has_body(of: Node<'_>) -> bool {
    of.child_by_field_name("body").is_some()
}

/// Byte after a type, its members excluded.
pub(super) fn head_end(of: Node<'_>) -> usize {
    of.child_by_field_name("body")
        .map_or(of.end_byte(), |body| body.start_byte())
}

/// The text up to `end`, from where a `template` or `typedef` around the node starts.
fn head(walk: &Walk<'_>, node: Node<'_>, end: usize) -> String {
    let start = walk.wrap.map_or(node.start_byte(), |wrap| wrap.start);
    signature::cut(walk.seen, start..end.max(start), node, &["//", "/*"])
}

/// `struct`, `union` or `class`.
pub(super) fn record(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(body) = node.child_by_field_name("body") else {
        return Step::Skip;
    };
    let class = node.kind() == "class_specifier";
    let Some(name) = type_name(walk, node) else {
        // A specialization adds no name.
        let named = node.child_by_field_name("name").is_some();
        return if named {
            Step::Skip
        } else {
            members_of_scope(walk, node)
        };
    };
    docs::settle(walk, node);
    let kind = if class {
        SnippetKind::Class
    } else {
        SnippetKind::Struct
    };
    let def = Def::new(kind, name.rsplit("::").next().unwrap_or(&name), node)
        .qualified(walk.qualify(&name))
        .signature(head(walk, node, body.start_byte()))
        .public(is_public(walk))
        .marks(docs::marks(walk, node));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let flags = walk.scope().flags & INHERITED | CLASS;
    let scope = walk.scope_of(&name, Some(item), flags);
    open(walk, class);
    Step::Scope(scope)
}

/// An unnamed struct or enum: its members belong to what is around it.
fn members_of_scope(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let scope = walk.scope().clone();
    let flags = scope.flags
        | if node.kind() == "enum_specifier" {
            0
        } else {
            CLASS
        };
    if flags & DEFINED != 0 {
        open(walk, false);
    }
    Step::Scope(Scope { flags, ..scope })
}

/// The name of a type that is defined; `None` for unnamed ones and specializations.
fn type_name(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let name = node.child_by_field_name("name")?;
    match name.kind() {
        "type_identifier" => Some(walk.text(name).into_owned()).filter(|name| !name.is_empty()),
        "qualified_identifier" => {
            let text = walk.text(name);
            (!text.contains('<')).then(|| text.split_whitespace().collect())
        }
        _ => None,
    }
}

/// `enum`, `enum class`.
pub(super) fn enumeration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(body) = node.child_by_field_name("body") else {
        return Step::Skip;
    };
    let Some(name) = type_name(walk, node) else {
        return members_of_scope(walk, node);
    };
    docs::settle(walk, node);
    let mut cursor = node.walk();
    let scoped = node
        .children(&mut cursor)
        .any(|child| matches!(child.kind(), "class" | "struct"));
    let def = Def::new(
        SnippetKind::Enum,
        name.rsplit("::").next().unwrap_or(&name),
        node,
    )
    .qualified(walk.qualify(&name))
    .body(Some(body))
    .public(is_public(walk))
    .marks(docs::marks(walk, node));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let flags = walk.scope().flags & INHERITED;
    let around = walk.scope().path.clone();
    let scope = walk.scope_of(
        &name,
        Some(item),
        flags | DEFINED | if scoped { SCOPED_ENUM } else { 0 },
    );
    // Constants of a plain `enum` are names beside it.
    Step::Scope(if scoped {
        scope
    } else {
        Scope {
            path: around,
            ..scope
        }
    })
}

/// A constant of an `enum`.
pub(super) fn enumerator(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    docs::settle(walk, node);
    let of_enum = walk.scope().flags & DEFINED != 0 && walk.scope().item.is_some();
    let kind = if of_enum {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    };
    let public = walk.scope().flags & CLASS == 0 || is_public(walk);
    let def = Def::new(kind, name, node)
        .public(public)
        .marks(docs::marks(walk, node));
    walk.define(def);
    Step::Skip
}

/// `typedef …`.
pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    docs::settle(walk, node);
    let of = node.child_by_field_name("type").filter(|of| has_body(*of));
    let tag = of.and_then(|of| type_name(walk, of));
    let mut cursor = node.walk();
    let names: Vec<_> = node
        .children_by_field_name("declarator", &mut cursor)
        .take(MAX_NAMES)
        .collect();
    let mut container = None;
    for declarator in names {
        let Some(declared) = declarator::read(walk, declarator) else {
            continue;
        };
        if tag.as_deref() == Some(declared.name.as_str()) {
            continue;
        }
        // The first plain name of an unnamed type is the type's.
        let names_type =
            tag.is_none() && container.is_none() && declarator.kind() == "type_identifier";
        let kind = match of.filter(|_| names_type).map(|of| of.kind()) {
            Some("enum_specifier") => SnippetKind::Enum,
            Some(_) => SnippetKind::Struct,
            None => SnippetKind::Type,
        };
        let cut = |range| signature::cut(walk.seen, range, node, &["//", "/*"]);
        let text = match of {
            Some(of) => {
                let (start, head) = (node.start_byte(), head_end(of));
                format!("{} {}", cut(start..head), cut(declarator.byte_range()))
            }
            None => cut(node.byte_range()),
        };
        let def = Def::new(kind, declared.name.clone(), node)
            .signature(text)
            .public(is_public(walk))
            .marks(docs::marks(walk, node));
        let item = walk.define(def);
        if names_type {
            container = item.map(|item| (item, declared.name));
        }
    }
    match (of, tag, container) {
        (Some(_), Some(_), _) => Step::Wrap(Wrap::new(node, 0)),
        (Some(of), None, Some((item, name))) => {
            let flags = walk.scope().flags & INHERITED | DEFINED;
            let around = walk.scope().path.clone();
            let scope = walk.scope_of(&name, Some(item), flags);
            let plain = of.kind() == "enum_specifier";
            Step::Scope(if plain {
                Scope {
                    path: around,
                    ..scope
                }
            } else {
                scope
            })
        }
        _ => Step::Skip,
    }
}

/// `using Name = …;`
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = walk.field(node, "name") {
        docs::settle(walk, node);
        let def = Def::new(SnippetKind::Type, name, node)
            .public(is_public(walk))
            .marks(docs::marks(walk, node));
        walk.define(def);
    }
    Step::Skip
}

/// `concept Name = …;`
pub(super) fn concept(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = walk.field(node, "name") {
        docs::settle(walk, node);
        let mut cursor = node.walk();
        let value = node.children(&mut cursor).find(|child| child.kind() == "=");
        let def = Def::new(SnippetKind::Trait, name, node)
            .body(value)
            .public(is_public(walk));
        walk.define(def);
    }
    Step::Skip
}

/// How many classes the walk is in.
fn depth(walk: &Walk<'_>) -> u32 {
    let classes = walk
        .scopes()
        .iter()
        .filter(|scope| scope.flags & CLASS != 0)
        .count();
    u32::try_from(classes).unwrap_or(u32::MAX)
}

/// A class's members begin: private ones first in a `class`.
fn open(walk: &mut Walk<'_>, class: bool) {
    let level = depth(walk);
    set(walk, level, if class { PRIVATE } else { PUBLIC });
}

fn set(walk: &mut Walk<'_>, level: u32, access: u32) {
    if level < MAX_CLASSES {
        walk.state = walk.state & !(0b11 << (2 * level)) | access << (2 * level);
    }
}

/// `public:` and its like.
pub(super) fn access(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let public = walk.bytes(node).starts_with(b"public");
    if let Some(level) = depth(walk).checked_sub(1) {
        set(walk, level, if public { PUBLIC } else { PRIVATE });
    }
    Step::Skip
}

/// Whether what is declared here can be used from outside.
pub(super) fn is_public(walk: &Walk<'_>) -> bool {
    let scope = walk.scope();
    if scope.flags & CLASS == 0 {
        return scope.flags & HEADER != 0;
    }
    match depth(walk).checked_sub(1) {
        Some(level) if level < MAX_CLASSES => walk.state >> (2 * level) & 0b11 == PUBLIC,
        _ => false,
    }
}
