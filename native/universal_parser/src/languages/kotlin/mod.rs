//! Kotlin: what is `public`, as all is that does not say otherwise, or `protected`.
//!
//! - Names as in an import, through the classes: `kotlin.text.Regex.Companion.escape` is written
//!   `Regex.escape`, so members of an unnamed companion go by the class. Extensions carry their
//!   receiver: `kotlin.collections.List.first` for `fun <T> List<T>.first()`.
//! - `private` and `internal` are internal; so is what `override`s nothing public is not known here.
//! - `val` and `var` of a primary constructor are fields of the class; `constructor` is its own name.
//! - Getters, setters and `init` are no items; annotations are left out of signatures.

mod members;
mod types;

use tree_sitter::Node;

use super::block_doc;
use super::modifiers::Modifiers;
use crate::outline::Marks;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members of a class.
const CLASS: u32 = 1;

pub(super) struct Kotlin;

impl Rules for Kotlin {
    fn name(&self) -> &'static str {
        "kotlin"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_kotlin_sg::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["kt", "kts"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["kotlin"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let script = file.path.ends_with(".kts");
        let package = package(walk, root).unwrap_or_default();
        block_doc::file_scope(package, script || block_doc::is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "line_comment" | "multiline_comment" => block_doc::comment(walk, node),
            "class_declaration" | "object_declaration" => types::definition(walk, node),
            "companion_object" => types::companion(walk, node),
            "enum_entry" => types::entry(walk, node),
            "type_alias" => types::alias(walk, node),
            "function_declaration" => members::function(walk, node),
            "secondary_constructor" => members::constructor(walk, node),
            "property_declaration" => members::property(walk, node),
            "class_body" | "enum_class_body" => Step::Enter,
            // Left over where a syntax error broke a declaration.
            "modifiers" | "annotation" => Step::Lead,
            _ => Step::Skip,
        }
    }
}

fn is_public(modifiers: &Modifiers<'_, '_>) -> bool {
    !modifiers.has_any(&["private", "internal"])
}

fn marks(modifiers: &Modifiers<'_, '_>) -> Marks {
    let deprecated = modifiers.annotated("Deprecated");
    let implements = modifiers.has("override");
    Marks::when(deprecated, Marks::DEPRECATED).with(Marks::when(implements, Marks::IMPLEMENTS))
}

fn package(walk: &Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let header = root
        .named_children(&mut cursor)
        .take_while(|child| {
            child.is_extra()
                || matches!(
                    child.kind(),
                    "package_header" | "shebang_line" | "file_annotation"
                )
        })
        .find(|child| child.kind() == "package_header")?;
    let name = header.named_child(0)?;
    Some(walk.text(name).split_whitespace().collect())
}

/// The first child of a kind.
fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() == kind)
}
