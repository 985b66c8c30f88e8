//! Classes, structs, enums, actors, protocols, extensions, type aliases.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{OPEN, TYPE, is_public, marks, plain_name};
use crate::define::Def;
use crate::languages::modifiers;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk};

/// Names of one `case`.
const MAX_NAMES: usize = 256;

pub(super) fn definition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    let modifiers = modifiers::read(walk, node);
    let keyword = walk.field(node, "declaration_kind").unwrap_or_default();
    if keyword == "extension" {
        return extension(walk, name, modifiers.has_any(&["public", "open"]));
    }
    let (kind, flags) = match keyword.as_ref() {
        "struct" => (SnippetKind::Struct, TYPE),
        "enum" => (SnippetKind::Enum, TYPE),
        "protocol" => (SnippetKind::Interface, TYPE | OPEN),
        _ => (SnippetKind::Class, TYPE),
    };
    let name = walk.text(name);
    let name = plain_name(&name);
    let def = Def::new(kind, name, node)
        .start(modifiers.start)
        .body(node.child_by_field_name("body"))
        .public(is_public(walk, &modifiers))
        .marks(marks(&modifiers, name));
    match walk.define(def) {
        Some(item) => Step::Scope(walk.scope_of(name, Some(item), flags)),
        None => Step::Skip,
    }
}

/// Its members are members of the extended type, generic arguments aside.
fn extension(walk: &mut Walk<'_>, name: Node<'_>, public: bool) -> Step {
    let text: String = walk.text(name).split_whitespace().collect();
    let path = text.split('<').next().unwrap_or_default();
    let path = path.trim_matches(['[', ']']).to_owned();
    let scope = walk.scope().clone();
    Step::Scope(Scope {
        path,
        flags: if public { TYPE | OPEN } else { TYPE },
        ..scope
    })
}

/// One or more cases of an enum: as public as it is.
pub(super) fn cases(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let modifiers = modifiers::read(walk, node);
    // Each with where it ends: its associated values are the node after it.
    let mut names: Vec<(Node<'_>, usize)> = Vec::new();
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        if child.kind() == "simple_identifier" && names.len() < MAX_NAMES {
            names.push((child, child.end_byte()));
        } else if child.kind() == "enum_type_parameters"
            && let Some((_, end)) = names.last_mut()
        {
            *end = child.end_byte();
        }
    }
    let single = names.len() == 1;
    for (name, end) in names {
        let text = walk.text(name);
        let text = plain_name(&text);
        let mut def = Def::new(SnippetKind::Field, text, node)
            .start(modifiers.start)
            .marks(marks(&modifiers, text));
        if !single {
            let case = signature::cut(walk.source, name.start_byte()..end, node, &["//", "/*"]);
            def = def.signature(format!("case {case}"));
        }
        walk.define(def);
    }
    Step::Skip
}

/// `typealias`, `associatedtype`
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    let modifiers = modifiers::read(walk, node);
    let name = walk.text(name);
    let name = plain_name(&name);
    let def = Def::new(SnippetKind::Type, name, node)
        .start(modifiers.start)
        .public(is_public(walk, &modifiers))
        .marks(marks(&modifiers, name));
    walk.define(def);
    Step::Skip
}
