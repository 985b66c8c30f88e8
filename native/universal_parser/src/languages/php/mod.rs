//! PHP, with the HTML around it.
//!
//! - Names as PHP resolves them: `Ns\Class::method`, `Ns\Class::$property`, `Ns\Class::CONSTANT`,
//!   `Ns\function`.
//! - `private` members are internal, `protected` ones where no one can inherit. `@internal` and
//!   `@ignore` hide.
//! - Functions that exist only when something does not (polyfills) are marked as conditional.
//! - Anonymous classes and what `@method` promises are not seen.

mod docs;
mod member;

use registry_types::SnippetKind;
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Under an `if`.
const CONDITIONAL: u32 = 1;
/// Of a class, interface, trait or enum.
const TYPE: u32 = 2;
/// No one can inherit: protected is private.
const FINAL: u32 = 4;

pub(super) struct Php;

impl Rules for Php {
    fn name(&self) -> &'static str {
        "php"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_php::LANGUAGE_PHP.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["php", "phtml", "php5", "php7", "php8"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["php"]
    }

    fn separator(&self) -> &'static str {
        "\\"
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["//", "/*", "#"]
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let first = file.path.split('/').next().unwrap_or_default();
        let aside = crate::paths::is_aside(file.path) || first == "Tests";
        let test = file.path.ends_with("Test.php");
        Scope::of_file("", aside || test)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        use SnippetKind::{Class, Enum, Interface, Trait};
        match node.kind() {
            "comment" => {
                if walk.bytes(node).starts_with(b"/**") {
                    walk.lead.replace(node);
                }
                Step::Lead
            }
            "namespace_definition" => namespace(walk, node),
            "class_declaration" => container(walk, node, Class),
            "interface_declaration" => container(walk, node, Interface),
            "trait_declaration" => container(walk, node, Trait),
            "enum_declaration" => container(walk, node, Enum),
            "function_definition" => function(walk, node),
            "method_declaration" => member::method(walk, node),
            "property_declaration" => member::properties(walk, node),
            "const_declaration" => member::constants(walk, node),
            "enum_case" => member::case(walk, node),
            "expression_statement" => member::statement(walk, node),
            "if_statement" => {
                let scope = walk.scope().clone();
                Step::Scope(Scope {
                    flags: scope.flags | CONDITIONAL,
                    ..scope
                })
            }
            "compound_statement"
            | "declaration_list"
            | "enum_declaration_list"
            | "else_clause"
            | "else_if_clause"
            | "colon_block" => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        super::same::merge(outline, false);
    }
}

/// `namespace A\B;` holds until the next one, `namespace A { … }` for its block.
fn namespace(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let path = walk
        .field(node, "name")
        .map(std::borrow::Cow::into_owned)
        .unwrap_or_default();
    if node.child_by_field_name("body").is_some() {
        let scope = Scope {
            path,
            ..walk.scope().clone()
        };
        return Step::Scope(scope);
    }
    if let Some(scope) = walk.scope_mut() {
        scope.path = path;
    }
    Step::Skip
}

fn container(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Enter;
    };
    let name = name.into_owned();
    let body = node.child_by_field_name("body");
    let (start, modifiers) = docs::modifiers(walk, node);
    let doc = docs::read(walk, node);
    let def = Def::new(kind, name.as_str(), node)
        .start(start)
        .body(body)
        .public(!doc.marks.has(Marks::HIDDEN))
        .marks(doc.marks)
        .doc(doc.text);
    let Some(index) = walk.define(def) else {
        return Step::Skip;
    };
    let closed = kind == SnippetKind::Enum || modifiers.is_final;
    let flags = TYPE | if closed { FINAL } else { 0 };
    Step::Scope(walk.scope_of(&name, Some(index), flags))
}

fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = walk.field(node, "name") {
        let (start, _) = docs::modifiers(walk, node);
        let doc = docs::read(walk, node);
        let def = Def::new(SnippetKind::Function, name, node)
            .start(start)
            .body(node.child_by_field_name("body"))
            .public(!doc.marks.has(Marks::HIDDEN))
            .marks(doc.marks)
            .doc(doc.text);
        walk.define(def);
    }
    Step::Skip
}
