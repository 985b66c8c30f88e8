//! Solidity: contracts, and what other contracts and callers can reach of them.
//!
//! - `external` and `public` functions and `public` state variables are public, and so are events,
//!   errors, types, modifiers (heirs use them), what stands outside of contracts, and `internal`
//!   functions of libraries, which are for the contracts that use those. Otherwise `internal` and
//!   `private` is internal, as the contract's own code alone calls it.
//! - A constructor is `Token.constructor`; `receive` and `fallback` go by these words.
//! - Overloads are one item. NatSpec comments (`///`, `/** */`) are the documentation.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::block_doc;
use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Children of a definition looked at for its visibility.
const MAX_CHILDREN: usize = 256;

/// Scope: a library.
const LIBRARY: u32 = 1;

pub(super) struct Solidity;

impl Rules for Solidity {
    fn name(&self) -> &'static str {
        "solidity"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_solidity::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sol"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        // Foundry's tests and scripts say so in their names.
        let own = file.path.ends_with(".t.sol") || file.path.ends_with(".s.sol");
        Scope::of_file("", own || crate::paths::is_in_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Class, Constant, Enum, Field, Interface, Module, Struct, Type};
        match node.kind() {
            "comment" => block_doc::comment(walk, node),
            "contract_declaration" => container(walk, node, Class),
            "interface_declaration" => container(walk, node, Interface),
            "library_declaration" => container(walk, node, Module),
            "struct_declaration" => container(walk, node, Struct),
            "enum_declaration" => container(walk, node, Enum),
            "function_definition" => function(walk, node),
            "modifier_definition" => member(walk, node, SnippetKind::Method, true),
            "constructor_definition" => named(walk, node, "constructor"),
            "fallback_receive_definition" => {
                let receive = walk.bytes(node).starts_with(b"receive");
                named(walk, node, if receive { "receive" } else { "fallback" })
            }
            "state_variable_declaration" => variable(walk, node),
            "constant_variable_declaration" => member(walk, node, Constant, true),
            "event_definition" | "error_declaration" | "user_defined_type_definition" => {
                member(walk, node, Type, true)
            }
            "struct_member" => member(walk, node, Field, true),
            "enum_value" => {
                let name = walk.text(node).into_owned();
                walk.define(Def::new(Field, name, node));
                Step::Skip
            }
            "contract_body" | "struct_body" | "enum_body" => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        super::same::merge(outline, true);
        for item in &mut outline.items {
            let deprecated = |doc: &String| doc.lines().any(|l| l.contains("@custom:deprecated"));
            let marks = Marks::when(item.doc.as_ref().is_some_and(deprecated), Marks::DEPRECATED);
            item.marks = item.marks.with(marks);
        }
    }
}

fn container(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    let name = walk.field(node, "name").unwrap_or_default().into_owned();
    let body = node.child_by_field_name("body");
    let Some(index) = walk.define(Def::new(kind, name.as_str(), node).body(body)) else {
        return Step::Skip;
    };
    let flags = if kind == SnippetKind::Module {
        LIBRARY
    } else {
        0
    };
    Step::Scope(walk.scope_of(&name, Some(index), flags))
}

/// Before Solidity 0.5 a function without a visibility was public.
fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let public = match visibility(walk, node) {
        Some("private") => false,
        Some("internal") => walk.scope().flags & LIBRARY != 0,
        _ => true,
    };
    let kind = if walk.scope().item.is_some() {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    member(walk, node, kind, public)
}

fn variable(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let fixed = node
        .children(&mut cursor)
        .take(MAX_CHILDREN)
        .any(|child| matches!(child.kind(), "constant" | "immutable"));
    let kind = if fixed {
        SnippetKind::Constant
    } else {
        SnippetKind::Field
    };
    let public = visibility(walk, node) == Some("public");
    member(walk, node, kind, public)
}

fn member(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, public: bool) -> Step {
    let name = walk.field(node, "name").unwrap_or_default().into_owned();
    let value = block_doc::long_value(walk, node.child_by_field_name("value"));
    let body = node.child_by_field_name("body").or(value);
    walk.define(Def::new(kind, name, node).body(body).public(public));
    Step::Skip
}

fn named(walk: &mut Walk<'_>, node: Node<'_>, name: &str) -> Step {
    let body = node.child_by_field_name("body");
    walk.define(Def::new(SnippetKind::Method, name, node).body(body));
    Step::Skip
}

fn visibility<'s>(walk: &Walk<'s>, node: Node<'_>) -> Option<&'s str> {
    let mut cursor = node.walk();
    let found = node
        .named_children(&mut cursor)
        .take(MAX_CHILDREN)
        .find(|child| child.kind() == "visibility")?;
    std::str::from_utf8(walk.bytes(found)).ok()
}
