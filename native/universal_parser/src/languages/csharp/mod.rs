//! C#: what an assembly offers.
//!
//! - `public`, `protected` and `protected internal` are public; so are members of interfaces and
//!   enums. Types without a modifier are internal, members private.
//! - Names with their namespaces, without type parameters: `System.Collections.Generic.List.Add`; a
//!   constructor is `List.List`, an indexer `List.this[]`, operators `operator +`. Overloads are one item.
//! - Parts of a `partial` type in one file are one item. Parameters of a record are properties of it.
//! - Documentation is XML, of which the text stays ([`docs`]). Attributes are left out of signatures.

mod docs;
mod finish;
mod members;
mod types;

use tree_sitter::Node;

use super::block_doc;
use super::modifiers::Modifiers;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members of a type: private unless they say otherwise.
const TYPE: u32 = 1;
/// Scope: members of an interface: public unless they say otherwise.
const INTERFACE: u32 = 2;

pub(super) struct CSharp;

impl Rules for CSharp {
    fn name(&self) -> &'static str {
        "csharp"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_c_sharp::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cs", "csx"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let generated = file.path.split('/').any(|part| part == "obj");
        Scope::of_file("", generated || block_doc::is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => block_doc::comment(walk, node),
            "namespace_declaration" | "file_scoped_namespace_declaration" => {
                types::namespace(walk, node)
            }
            "class_declaration"
            | "struct_declaration"
            | "interface_declaration"
            | "record_declaration"
            | "enum_declaration" => types::definition(walk, node),
            "delegate_declaration" => types::delegate(walk, node),
            "enum_member_declaration" => types::enum_member(walk, node),
            "method_declaration" | "constructor_declaration" => members::method(walk, node),
            "operator_declaration" | "conversion_operator_declaration" => {
                members::operator(walk, node)
            }
            "indexer_declaration" | "property_declaration" | "event_declaration" => {
                members::property(walk, node)
            }
            "field_declaration" | "event_field_declaration" => members::fields(walk, node),
            "preproc_if" | "preproc_elif" => {
                condition(walk, node);
                Step::Enter
            }
            "preproc_else"
            | "declaration_list"
            | "enum_member_declaration_list"
            | "declaration" => Step::Enter,
            "attribute_list" | "modifier" | "preproc_region" | "preproc_endregion"
            | "preproc_pragma" | "preproc_nullable" | "preproc_line" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::merge_parts(outline);
        super::same::join_overloads(outline);
    }
}

/// What `#if` and `#elif` ask for, up to the next branch; the next branch is without it.
fn condition(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(condition) = walk.field(node, "condition") else {
        return;
    };
    let (start, end) = (node.start_byte(), node.end_byte());
    let middle = node
        .child_by_field_name("alternative")
        .map_or(end, |branch| branch.start_byte());
    walk.conditions
        .branch(condition.trim(), start..middle, middle..end);
}

fn is_public(walk: &Walk<'_>, modifiers: &Modifiers<'_, '_>) -> bool {
    if modifiers.has("private") {
        return false;
    }
    let told = modifiers.has_any(&["public", "protected"]);
    let open = walk.scope().flags & INTERFACE != 0 && !modifiers.has("internal");
    told || open
}

fn marks(modifiers: &Modifiers<'_, '_>) -> Marks {
    let deprecated = modifiers.annotated("Obsolete") || modifiers.annotated("ObsoleteAttribute");
    let hidden = modifiers.annotated("EditorBrowsableState.Never");
    let implements = modifiers.has("override");
    Marks::when(deprecated, Marks::DEPRECATED)
        .with(Marks::when(hidden, Marks::HIDDEN))
        .with(Marks::when(implements, Marks::IMPLEMENTS))
}
