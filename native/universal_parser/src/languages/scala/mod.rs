//! Scala 2 and 3: what is neither `private` nor `private[scope]`.
//!
//! - `protected` is public: a subclass of the user's sees it. `private[ui]` is internal, whatever the
//!   scope.
//! - Names as in an import: package clauses (several follow each other), objects, classes:
//!   `scala.collection.immutable.List.empty`. An object is a module, and shares its name with the
//!   class it accompanies; `this` is a further constructor.
//! - `val` and `var` parameters of classes, and all of the first list of a case class, are fields.
//! - Extension methods go by their own name, with the receiver in the signature. A `given` without a
//!   name has the one the compiler gives it.

mod members;
mod types;

use tree_sitter::Node;

use super::block_doc;
use super::modifiers::Modifiers;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members of a class, trait or enum.
const CLASS: u32 = 1;
/// Scope: members of an object.
const OBJECT: u32 = 2;

pub(super) struct Scala;

impl Rules for Scala {
    fn name(&self) -> &'static str {
        "scala"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_scala::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["scala", "sc", "sbt"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["scala", "scala-cli", "amm"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let build = file.path.ends_with(".sbt");
        Scope::of_file("", build || block_doc::is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" | "block_comment" => block_doc::comment(walk, node),
            "package_clause" => types::package(walk, node),
            "package_object" => types::package_object(walk, node),
            "class_definition" | "trait_definition" | "object_definition" | "enum_definition" => {
                types::definition(walk, node)
            }
            "simple_enum_case" | "full_enum_case" => types::case(walk, node),
            "type_definition" => types::alias(walk, node),
            "given_definition" => types::given(walk, node),
            "function_definition" | "function_declaration" => members::function(walk, node, None),
            "val_definition" | "val_declaration" | "var_definition" | "var_declaration" => {
                members::values(walk, node)
            }
            "extension_definition" => members::extension(walk, node),
            "enum_case_definitions" => Step::Wrap(crate::walk::Wrap::new(node, 0)),
            "template_body" | "with_template_body" | "enum_body" => Step::Enter,
            "annotation" | "modifiers" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        super::same::join_overloads(outline);
    }
}

fn is_public(modifiers: &Modifiers<'_, '_>) -> bool {
    !modifiers.has_scoped("private")
}

fn marks(modifiers: &Modifiers<'_, '_>) -> Marks {
    Marks::when(modifiers.annotated("deprecated"), Marks::DEPRECATED)
        .with(Marks::when(modifiers.has("override"), Marks::IMPLEMENTS))
}

/// A name without its backticks.
fn plain_name(name: &str) -> &str {
    name.strip_prefix('`')
        .and_then(|name| name.strip_suffix('`'))
        .unwrap_or(name)
}

/// Whether one of the node's own tokens is this keyword.
fn has_token(node: Node<'_>, keyword: &str) -> bool {
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .take_while(|child| child.kind() != "template_body")
        .any(|child| child.kind() == keyword)
}
