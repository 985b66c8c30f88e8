//! Swift: what a module offers to those who import it.
//!
//! - `public` and `open` are public; requirements of a protocol and cases of an enum are as it is;
//!   members of a `public extension` are public unless they say otherwise. All else is internal.
//! - Names without the module, functions with their argument labels, as Swift itself writes them:
//!   `Array.insert(_:at:)`, `Point.init(x:y:)`, `Grid.subscript(_:_:)`.
//! - Members of an extension are members of the extended type; the extension is no item of its own.
//! - Attributes are left out of signatures; computed properties end in `{ get }` or `{ get set }`.
//! - `#if` around declarations is their condition.

mod finish;
mod members;
mod types;

use tree_sitter::Node;

use super::block_doc;
use super::modifiers::Modifiers;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members are public unless they say otherwise.
const OPEN: u32 = 1;
/// Scope: members of a type.
const TYPE: u32 = 2;

pub(super) struct Swift;

impl Rules for Swift {
    fn name(&self) -> &'static str {
        "swift"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_swift::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["swift", "swiftinterface"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["swift"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let tests = file.path.split('/').any(|part| part == "Tests");
        Scope::of_file("", tests || block_doc::is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" | "multiline_comment" => block_doc::comment(walk, node),
            "class_declaration" | "protocol_declaration" => types::definition(walk, node),
            "enum_entry" => types::cases(walk, node),
            "typealias_declaration" | "associatedtype_declaration" => types::alias(walk, node),
            "function_declaration"
            | "protocol_function_declaration"
            | "init_declaration"
            | "subscript_declaration"
            | "macro_declaration" => members::function(walk, node),
            "property_declaration" | "protocol_property_declaration" => {
                members::property(walk, node)
            }
            "class_body" | "enum_class_body" | "protocol_body" => Step::Enter,
            "directive" => directive(walk, node),
            "modifiers" | "attribute" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::adopt_extensions(outline);
        super::same::join_overloads(outline);
    }
}

/// `#if` and its branches stand beside what they hold for.
fn directive(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.text(node);
    let line = text.lines().next().unwrap_or_default().trim();
    let line = line.split("//").next().unwrap_or_default();
    let start = node.start_byte();
    if let Some(condition) = line.strip_prefix("#if") {
        walk.conditions.flat_if(condition.trim(), start);
    } else if let Some(condition) = line.strip_prefix("#elseif") {
        walk.conditions.flat_else(condition.trim(), start);
    } else if line.starts_with("#else") {
        walk.conditions.flat_else("", start);
    } else if line.starts_with("#endif") {
        walk.conditions.flat_end();
    }
    Step::Skip
}

fn is_public(walk: &Walk<'_>, modifiers: &Modifiers<'_, '_>) -> bool {
    if modifiers.has_any(&["public", "open"]) {
        return !modifiers.annotated("_spi");
    }
    let closed = modifiers.has_any(&["internal", "private", "fileprivate", "package"]);
    walk.scope().flags & OPEN != 0 && !closed
}

fn marks(modifiers: &Modifiers<'_, '_>, name: &str) -> Marks {
    let gone = modifiers.annotated("available");
    let deprecated = gone && modifiers.annotated("deprecated");
    // Public for the compiler's sake only.
    let hidden =
        name.starts_with('_') && name.len() > 1 || gone && modifiers.annotated("unavailable");
    Marks::when(deprecated, Marks::DEPRECATED)
        .with(Marks::when(hidden, Marks::HIDDEN))
        .with(Marks::when(modifiers.has("override"), Marks::IMPLEMENTS))
}

/// A name without its backticks.
fn plain_name(name: &str) -> &str {
    name.strip_prefix('`')
        .and_then(|name| name.strip_suffix('`'))
        .unwrap_or(name)
}
