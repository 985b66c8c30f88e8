//! Gleam: what says `pub` is public, by module path.
//!
//! - Names are those a user imports: `shelf/book.title`, the constructors of a custom type too.
//! - A custom type of one constructor is a struct, of several an enum; its constructors are fields of
//!   it, unless it is opaque: then they are internal.
//! - `@internal` and modules below an `internal` directory (the default of `gleam.toml`) are internal.
//! - `@target(…)` is the condition an item exists under.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::Marks;
use crate::rules::{Rules, Step};
use crate::signature;
use crate::walk::{File, Scope, Walk};

/// Attributes before a definition, in `walk.lead.flags`.
const INTERNAL: u32 = 1;
const DEPRECATED: u32 = 2;
const ERLANG: u32 = 4;
const JAVASCRIPT: u32 = 8;

/// A constant with a longer value shows its type only.
const LONG: usize = 80;
/// Lines of documentation of a module.
const MAX_LINES: usize = 5000;
/// The grammar's lexer takes quadratic time over a run of one of these that nothing ends.
const MAX_RUN: usize = 10_000;

pub(super) struct Gleam;

impl Rules for Gleam {
    fn name(&self) -> &'static str {
        "gleam"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_gleam::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["gleam"]
    }

    fn refuse(&self, source: &[u8]) -> Option<String> {
        long_run(source).then(|| "a run of one character that is no Gleam".to_owned())
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let path = module_path(file.path);
        let aside = crate::paths::is_in_aside(file.path) || file.path.starts_with("dev/");
        let public = !aside && !path.split('/').any(|part| part == "internal");
        let doc = module_doc(walk, root);
        walk.outline.module_doc.clone_from(&doc);
        let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
        let def = Def::new(SnippetKind::Module, name, root)
            .qualified(path.clone())
            .signature(format!("import {path}"))
            .public(public)
            .doc(doc);
        let item = walk.define(def);
        Scope {
            path,
            visibility: if public {
                Visibility::Public
            } else {
                Visibility::Internal
            },
            item,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "statement_comment" => {
                walk.lead.push(node);
                Step::Lead
            }
            "comment" | "module_comment" => Step::Lead,
            "attribute" => attribute(walk, node),
            "function" | "external_function" => {
                let end = brace(node).map_or(node.end_byte(), |brace| brace.start_byte());
                plain(walk, node, SnippetKind::Function, end)
            }
            "constant" => {
                let value = node
                    .child_by_field_name("value")
                    .filter(|value| value.byte_range().len() > LONG);
                let end = value.map_or(node.end_byte(), |value| value.start_byte());
                plain(walk, node, SnippetKind::Constant, end)
            }
            "type_alias" | "external_type" => named_type(walk, node, SnippetKind::Type),
            "type_definition" => custom_type(walk, node),
            "target_group" => Step::Enter,
            "data_constructors" => constructors(walk, node),
            _ => Step::Skip,
        }
    }
}

/// `src/gleam/list.gleam` is imported as `gleam/list`.
fn module_path(path: &str) -> String {
    let path = path.strip_suffix(".gleam").unwrap_or(path);
    let inside = path
        .strip_prefix("src/")
        .or_else(|| path.strip_prefix("test/"))
        .or_else(|| path.strip_prefix("dev/"))
        .or_else(|| path.split_once("/src/").map(|(_, inside)| inside));
    inside.unwrap_or(path).to_owned()
}

/// The `////` comments, wherever they stand at the top.
fn module_doc(walk: &mut Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let comments = root
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "module_comment")
        .take(MAX_LINES);
    for comment in comments {
        walk.lead.push(comment);
    }
    let doc = walk.lead.doc(walk.source);
    walk.lead.clear();
    doc
}

fn attribute(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let arguments = node
        .child_by_field_name("arguments")
        .map_or(b"".as_slice(), |arguments| walk.bytes(arguments));
    let name = node
        .child_by_field_name("name")
        .map_or(b"".as_slice(), |name| walk.bytes(name));
    walk.lead.flags |= match (name, arguments) {
        (b"internal", _) => INTERNAL,
        (b"deprecated", _) => DEPRECATED,
        (b"target", b"(erlang)") => ERLANG,
        (b"target", b"(javascript)") => JAVASCRIPT,
        _ => 0,
    };
    Step::Lead
}

/// The definition as its attributes and modifiers describe it, up to `end`.
fn def<'t>(
    walk: &Walk<'_>,
    node: Node<'t>,
    kind: SnippetKind,
    name: String,
    end: usize,
) -> Def<'t> {
    let flags = walk.lead.flags;
    let internal = flags & INTERNAL != 0;
    let condition = match flags & (ERLANG | JAVASCRIPT) {
        ERLANG => Some("target(erlang)".to_owned()),
        JAVASCRIPT => Some("target(javascript)".to_owned()),
        _ => None,
    };
    let marks = Marks::when(internal, Marks::HIDDEN)
        .with(Marks::when(flags & DEPRECATED != 0, Marks::DEPRECATED))
        .with(Marks::when(condition.is_some(), Marks::CONDITIONAL));
    Def::new(kind, name, node)
        .signature(signature::cut(
            walk.source,
            node.start_byte()..end,
            node,
            &["//"],
        ))
        .public(has(node, "visibility_modifier") && !internal)
        .marks(marks)
        .condition(condition)
}

fn plain(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, end: usize) -> Step {
    if let Some(name) = walk.field(node, "name") {
        let def = def(walk, node, kind, name.into_owned(), end);
        walk.define(def);
    }
    Step::Skip
}

fn named_type(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    if let Some(name) = type_name(walk, node) {
        let opaque = has(node, "opacity_modifier");
        let end = Some(node)
            .filter(|_| opaque)
            .and_then(|node| child(node, "type_name"))
            .map_or(node.end_byte(), |name| name.end_byte());
        let def = def(walk, node, kind, name, end);
        walk.define(def);
    }
    Step::Skip
}

fn custom_type(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = type_name(walk, node) else {
        return Step::Skip;
    };
    let constructors = child(node, "data_constructors");
    let several = constructors.is_some_and(|all| {
        let mut cursor = all.walk();
        let constructors = all.named_children(&mut cursor);
        constructors
            .filter(|child| child.kind() == "data_constructor")
            .nth(1)
            .is_some()
    });
    let kind = if several {
        SnippetKind::Enum
    } else {
        SnippetKind::Struct
    };
    let end = brace(node).map_or(node.end_byte(), |brace| brace.start_byte());
    let def = def(walk, node, kind, name, end);
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    // Constructors are values of the module, not of the type.
    let mut scope = walk.scope_of("", Some(item), 0);
    scope.path.clone_from(&walk.scope().path);
    if has(node, "opacity_modifier") {
        scope.visibility = Visibility::Internal;
    }
    Step::Scope(scope)
}

/// All constructors at once: the comments of the first stand before the list.
fn constructors(walk: &mut Walk<'_>, list: Node<'_>) -> Step {
    let public = walk.scope().visibility == Visibility::Public;
    let mut cursor = list.walk();
    for node in list.named_children(&mut cursor) {
        match node.kind() {
            "statement_comment" => walk.lead.push(node),
            "data_constructor" => {
                if let Some(name) = walk.field(node, "name") {
                    walk.define(Def::new(SnippetKind::Field, name, node).public(public));
                }
                walk.lead.clear();
            }
            _ => {}
        }
    }
    Step::Skip
}

fn type_name(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let name = child(node, "type_name")?;
    walk.field(name, "name").map(std::borrow::Cow::into_owned)
}

fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() == kind)
}

fn has(node: Node<'_>, kind: &str) -> bool {
    child(node, kind).is_some()
}

/// The brace that opens the body.
fn brace(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.children(&mut cursor).find(|child| child.kind() == "{")
}

/// Whether one character that begins a token of Gleam's but ends none is repeated for long.
fn long_run(source: &[u8]) -> bool {
    source
        .chunk_by(|a, b| a == b)
        .any(|run| run.len() > MAX_RUN && !run.first().is_some_and(u8::is_ascii_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_named_as_they_are_imported() {
        assert_eq!(module_path("src/gleam/list.gleam"), "gleam/list");
        assert_eq!(module_path("packages/a/src/a/b.gleam"), "a/b");
        assert_eq!(module_path("shelf.gleam"), "shelf");
    }

    #[test]
    fn runs() {
        assert!(long_run(&[b'`'; 20_000]) && !long_run(&[b' '; 20_000]) && !long_run(b"aab"));
    }
}
