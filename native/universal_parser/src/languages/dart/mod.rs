//! Dart: names without a leading underscore.
//!
//! - Files below `lib` are a package's libraries; those below `bin`, `test`, `tool` and the like are
//!   internal, and so is what `@internal` marks. `export` directives are links of kind export.
//! - Names have no library in them, as Dart's users write none: `Uri.parse`, `Uri.http` (a named
//!   constructor), `Uri.new` (the unnamed one), `List.operator []`.
//! - A getter and its setter are one field. Members of an extension go by its name; those of an
//!   unnamed one are of no use outside of its library.

mod finish;
mod links;
mod members;
mod types;
mod variables;

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::block_doc;
use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members of a type.
const TYPE: u32 = 1;
/// In `lead.flags`: what annotations said.
const DEPRECATED: u32 = 1;
const OVERRIDE: u32 = 2;
const INTERNAL: u32 = 4;

/// Directories of a package that no other package can import.
const CLOSED: [&str; 7] = [
    "bin",
    "tool",
    "test",
    "example",
    "benchmark",
    "integration_test",
    "test_driver",
];

pub(super) struct Dart;

impl Rules for Dart {
    fn name(&self) -> &'static str {
        "dart"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_dart_orchard::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["dart"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["dart"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let first = file.path.split('/').next().unwrap_or_default();
        let closed = CLOSED.contains(&first) && first != file.path;
        Scope::of_file("", closed || block_doc::is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let kind = node.kind();
        if !variables::is_head(kind) && !variables::is_list(kind) && !node.is_extra() {
            walk.state = 0;
        }
        match kind {
            "documentation_comment" | "comment" => block_doc::comment(walk, node),
            "annotation" => {
                annotation(walk, node);
                Step::Lead
            }
            "library_name" => library(walk, node),
            "import_or_export" => Step::Enter,
            "library_export" => links::export(walk, node),
            "class_definition"
            | "mixin_declaration"
            | "extension_declaration"
            | "extension_type_declaration"
            | "enum_declaration"
            | "mixin_application_class" => types::definition(walk, node),
            "type_alias" => types::alias(walk, node),
            "enum_constant" => types::constant(walk, node),
            "function_declaration" | "method_declaration" => {
                let signature = node.child_by_field_name("signature");
                members::callable(walk, node, signature)
            }
            "declaration" => members::declaration(walk, node),
            "function_signature" | "getter_signature" | "setter_signature" => {
                members::callable(walk, node, Some(node))
            }
            kind if variables::is_list(kind) => variables::top_level(walk, node),
            "class_body" | "extension_body" | "enum_body" | "enum_constants" => Step::Enter,
            kind if variables::is_head(kind) => variables::head(walk, node),
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::merge_accessors(outline);
    }
}

fn annotation(walk: &mut Walk<'_>, node: Node<'_>) {
    let name = walk.field(node, "name").unwrap_or_default();
    walk.lead.flags |= match name.rsplit('.').next().unwrap_or_default() {
        "deprecated" | "Deprecated" => DEPRECATED,
        "override" => OVERRIDE,
        "internal" => INTERNAL,
        _ => 0,
    };
}

/// Annotations inside a declaration.
fn annotations_of(walk: &mut Walk<'_>, node: Node<'_>) {
    const MAX_ANNOTATIONS: usize = 64;
    let mut cursor = node.walk();
    let inner: Vec<_> = node
        .named_children(&mut cursor)
        .take_while(|child| child.kind() == "annotation" || child.is_extra())
        .take(MAX_ANNOTATIONS)
        .collect();
    for child in inner {
        if child.kind() == "annotation" {
            annotation(walk, child);
        }
    }
}

fn marks(walk: &Walk<'_>) -> Marks {
    let flags = walk.lead.flags;
    Marks::when(flags & DEPRECATED != 0, Marks::DEPRECATED)
        .with(Marks::when(flags & OVERRIDE != 0, Marks::IMPLEMENTS))
}

fn is_public(walk: &Walk<'_>, name: &str) -> bool {
    !name.starts_with('_') && walk.lead.flags & INTERNAL == 0
}

/// `library foo.bar;` has the documentation of the library.
fn library(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(doc) = walk.lead.doc(walk.source) else {
        return Step::Skip;
    };
    walk.outline.module_doc = Some(doc);
    let mut cursor = node.walk();
    let name = node
        .named_children(&mut cursor)
        .find(|child| matches!(child.kind(), "dotted_identifier_list" | "identifier"));
    if let Some(name) = name {
        let name: String = walk.text(name).split_whitespace().collect();
        walk.define(Def::new(SnippetKind::Module, name, node));
    }
    Step::Skip
}
