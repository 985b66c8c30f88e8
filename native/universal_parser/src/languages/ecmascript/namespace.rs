//! `namespace`, `module "…"`, `declare`.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{AMBIENT, DECLARED, EXPORTED, comment, export, is_exported, unquoted};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::{Scope, Walk, Wrap};

/// `declare …`; `declare global { … }` holds globals.
pub(super) fn ambient(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let global = node
        .named_children(&mut cursor)
        .any(|child| child.kind() == "statement_block");
    if global {
        return Step::Scope(global_scope(walk));
    }
    Step::Wrap(Wrap::new(node, DECLARED))
}

/// `namespace A.B { … }`, `module "fs" { … }`: in ambient ones all members are exported.
pub(super) fn namespace(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    let text = walk.text(name);
    let specifier = (name.kind() == "string").then(|| unquoted(&text).to_owned());
    let declared = walk.wrap.is_some_and(|wrap| wrap.flags & DECLARED != 0);
    let ambient = specifier.is_some() || declared || walk.scope().flags & AMBIENT != 0;
    let body = node.child_by_field_name("body");
    let flags = match body.filter(|_| ambient) {
        Some(body) => ambient_flags(body),
        None => 0,
    };
    // `declare module "./x"` adds to a module of this package: the scope's path says to which.
    if let Some(path) = specifier.as_ref().filter(|name| name.starts_with('.')) {
        return Step::Scope(Scope {
            flags,
            path: path.clone(),
            ..walk.scope().clone()
        });
    }
    let marks = comment::marks(walk);
    let mut def = Def::new(
        SnippetKind::Module,
        specifier.as_deref().unwrap_or(&text),
        node,
    )
    .body(body)
    .public(specifier.is_some() || is_exported(walk))
    .marks(marks);
    if let Some(specifier) = &specifier {
        def = def.qualified(specifier.clone());
    }
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let scope = walk.scope_of(&text, Some(item), flags);
    Step::Scope(match specifier {
        Some(path) => Scope { path, ..scope },
        None => scope,
    })
}

/// Ambient declarations need no `export`, unless one of them is an export of names.
pub(super) fn ambient_flags(body: Node<'_>) -> u32 {
    let mut cursor = body.walk();
    let lists = body
        .named_children(&mut cursor)
        .any(|child| child.kind() == "export_statement" && export::is_list(child));
    if lists { AMBIENT } else { AMBIENT | EXPORTED }
}

/// What is known everywhere.
pub(super) fn global_scope(walk: &Walk<'_>) -> Scope {
    Scope {
        path: String::new(),
        item: None,
        flags: AMBIENT | EXPORTED,
        ..walk.scope().clone()
    }
}

/// `global { … }` inside of `declare module`: to the grammar a name without a semicolon, and a
/// block.
pub(super) fn is_global(walk: &mut Walk<'_>, node: Node<'_>) -> bool {
    let name = node
        .named_child(0)
        .filter(|name| name.kind() == "identifier");
    let global =
        walk.scope().flags & AMBIENT != 0 && name.is_some_and(|name| walk.bytes(name) == b"global");
    if global {
        walk.lead.flags |= super::comment::GLOBAL;
    }
    global
}
