//! `import` and `require`.

use registry_types::Visibility;
use tree_sitter::Node;

use super::reference::{self, Reference};
use super::{export, unquoted};
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::Walk;

/// One link per name imported.
pub(super) fn statement(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(source) = node.child_by_field_name("source") else {
        required_clause(walk, node);
        return Step::Skip;
    };
    let from = unquoted(&walk.text(source)).to_owned();
    let mut cursor = node.walk();
    let clause = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "import_clause");
    let Some(clause) = clause else {
        required_clause(walk, node);
        if node.named_child_count() == 1 {
            add(walk, &from, "", None);
        }
        return Step::Skip;
    };
    let mut cursor = clause.walk();
    for part in clause.named_children(&mut cursor) {
        match part.kind() {
            "identifier" => add(walk, &from, "default", Some(&walk.text(part))),
            "namespace_import" => {
                if let Some(name) = part.named_child(0) {
                    add(walk, &from, "*", Some(&walk.text(name)));
                }
            }
            "named_imports" => {
                let mut inner = part.walk();
                for specifier in part.named_children(&mut inner) {
                    if let Some(name) = walk.field(specifier, "name") {
                        add(
                            walk,
                            &from,
                            &name,
                            walk.field(specifier, "alias").as_deref(),
                        );
                    }
                }
            }
            _ => {}
        }
    }
    Step::Skip
}

/// `import name = require("…")`
fn required_clause(walk: &mut Walk<'_>, node: Node<'_>) {
    let clause = node
        .named_child(0)
        .filter(|clause| clause.kind() == "import_require_clause");
    let name = clause.and_then(|clause| clause.named_child(0));
    let source = clause.and_then(|clause| clause.child_by_field_name("source"));
    if let (Some(name), Some(source)) = (name, source) {
        let name = walk.text(name);
        let from = walk.text(source);
        add(walk, unquoted(&from), "*", Some(&name));
    }
}

fn add(walk: &mut Walk<'_>, from: &str, name: &str, alias: Option<&str>) {
    walk.link(Link {
        kind: LinkKind::Import,
        scope: walk.scope().path.clone(),
        from: Some(from.to_owned()),
        name: unquoted(name).to_owned(),
        alias: alias.map(str::to_owned),
        visibility: Visibility::Internal,
    });
}

/// `import a = B.c`, also exported; the grammar reads `export import a = require("b")` as this and
/// an expression after it.
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let (Some(name), Some(target)) = (node.named_child(0), node.named_child(1)) else {
        return Step::Skip;
    };
    let name = walk.text(name).into_owned();
    let exported = super::is_exported(walk);
    if walk.bytes(target) == b"require"
        && let Some(from) = required_after(walk, target.end_byte())
    {
        add(walk, &from, "*", Some(&name));
        if exported {
            export::add(walk, Some(&from), "*", Some(&name));
        }
    } else if let Some(target) = reference::dotted(walk, target) {
        walk.link(Link {
            kind: LinkKind::Import,
            scope: walk.scope().path.clone(),
            from: None,
            name: target.clone(),
            alias: Some(name.clone()),
            visibility: Visibility::Internal,
        });
        if exported {
            export::add(walk, None, &target, Some(&name));
        }
    }
    Step::Skip
}

/// The `"b"` of `("b")` after `at`.
fn required_after(walk: &Walk<'_>, at: usize) -> Option<String> {
    const MAX_LENGTH: usize = 512;
    let after = walk.source.get(at..)?;
    let after = std::str::from_utf8(after.get(..MAX_LENGTH).unwrap_or(after)).ok()?;
    let literal = after
        .trim_ascii_start()
        .strip_prefix('(')?
        .trim_ascii_start();
    let quote = literal.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (from, _) = literal.get(1..)?.split_once(quote)?;
    Some(from.to_owned())
}

/// `/// <reference path="…" />` at the start of a file.
pub(super) fn reference_path(walk: &mut Walk<'_>, comment: &[u8]) {
    let Some(text) = comment.strip_prefix(b"///") else {
        return;
    };
    let text = crate::text::lossy(text);
    let path = text
        .trim_ascii_start()
        .strip_prefix("<reference")
        .and_then(|rest| rest.split_once("path="))
        .map(|(_, path)| path);
    let quoted = path.and_then(|path| {
        let quote = path.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        path.get(1..)?.split_once(quote)
    });
    if let Some((path, _)) = quoted {
        let from = if path.starts_with('.') {
            path.to_owned()
        } else {
            format!("./{path}")
        };
        add(walk, &from, "", None);
    }
}

/// `name = require("…")` or `name = require("…").member`: remembered as an import.
pub(super) fn required(walk: &mut Walk<'_>, value: Node<'_>, name: &str) -> bool {
    match reference::read(walk, value) {
        Some(Reference::There { from, name: member }) => {
            add(walk, &from, &member, Some(name));
            true
        }
        _ => false,
    }
}

/// One name of `const { … } = require("…")`.
pub(super) fn destructured(walk: &mut Walk<'_>, value: Node<'_>, key: &str, local: &str) -> bool {
    match reference::read(walk, value) {
        Some(Reference::There { from, name }) if name == "*" => {
            add(walk, &from, key, (key != local).then_some(local));
            true
        }
        _ => false,
    }
}
