//! JavaScript (with JSX, and with Flow's types), TypeScript and TSX: modules, CommonJS, scripts.

mod assignment;
mod calls;
mod class;
mod comment;
mod export;
mod finish;
mod function;
mod import;
mod mask;
mod module;
mod namespace;
mod overload;
mod reference;
mod types;
mod variable;

use std::borrow::Cow;

use tree_sitter::Node;

use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Wrap: `export`. Scope: members are exported without saying so (`.d.ts`, `declare module`).
const EXPORTED: u32 = 1;
/// Wrap: `export default`.
const DEFAULT: u32 = 2;
/// Wrap: `declare`.
const DECLARED: u32 = 4;
/// Scope: a class, an interface or the like; functions are methods.
const CLASS: u32 = 8;
/// Scope: an enumeration.
const ENUM: u32 = 16;
/// Scope: a function called on the spot, as scripts and UMD modules have around all of their text.
const CALLED: u32 = 32;
/// Scope: declarations without bodies (`.d.ts`, `declare`), exported unless the scope says of one
/// that it is.
const AMBIENT: u32 = 64;

/// One dialect.
pub(super) struct EcmaScript {
    name: &'static str,
    grammar: fn() -> tree_sitter::Language,
    extensions: &'static [&'static str],
    claims: fn(&[u8]) -> bool,
}

#[cfg(feature = "javascript")]
pub(super) static JAVASCRIPT: EcmaScript = EcmaScript {
    name: "javascript",
    grammar: || tree_sitter_javascript::LANGUAGE.into(),
    extensions: &["js", "mjs", "cjs", "jsx"],
    claims: |_| true,
};

/// JavaScript whose types the grammar of TSX reads better than that of JavaScript.
#[cfg(feature = "javascript")]
pub(super) static FLOW: EcmaScript = EcmaScript {
    name: "javascript",
    grammar: || tree_sitter_typescript::LANGUAGE_TSX.into(),
    extensions: &["js", "mjs", "cjs", "jsx"],
    claims: module::has_flow_types,
};

#[cfg(feature = "typescript")]
pub(super) static TYPESCRIPT: EcmaScript = EcmaScript {
    name: "typescript",
    grammar: || tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
    extensions: &["ts", "mts", "cts"],
    // Qt's translations are XML in files of the same name.
    claims: |source| !source.trim_ascii_start().starts_with(b"<?xml"),
};

#[cfg(feature = "typescript")]
pub(super) static TSX: EcmaScript = EcmaScript {
    name: "tsx",
    grammar: || tree_sitter_typescript::LANGUAGE_TSX.into(),
    extensions: &["tsx"],
    claims: |_| true,
};

impl Rules for EcmaScript {
    fn name(&self) -> &'static str {
        self.name
    }

    fn grammar(&self) -> tree_sitter::Language {
        (self.grammar)()
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.extensions
    }

    fn interpreters(&self) -> &'static [&'static str] {
        match self.name {
            "javascript" => &["node", "nodejs", "bun"],
            "typescript" => &["deno", "ts-node", "tsx"],
            _ => &[],
        }
    }

    fn claims(&self, _path: &str, source: &[u8]) -> bool {
        (self.claims)(source)
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        match self.name {
            "javascript" => Cow::Borrowed(source),
            _ => mask::imported_types(source),
        }
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        module::root(walk, file, root)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let flags = walk.scope().flags;
        match node.kind() {
            "comment" => comment::read(walk, node),
            "decorator" => Step::Lead,
            "export_statement" => export::statement(walk, node),
            "import_statement" => import::statement(walk, node),
            "import_alias" => import::alias(walk, node),
            "ambient_declaration" => namespace::ambient(walk, node),
            "internal_module" | "module" => namespace::namespace(walk, node),
            "lexical_declaration" | "variable_declaration" | "function_declaration"
                if assignment::is_body(walk, node) =>
            {
                Step::Scope(assignment::called_scope(walk))
            }
            "function_declaration" | "generator_function_declaration" | "function_signature" => {
                function::declaration(walk, node)
            }
            "class_declaration" | "abstract_class_declaration" => class::declaration(walk, node),
            "interface_declaration" => types::interface(walk, node),
            "type_alias_declaration" => types::alias(walk, node),
            "enum_declaration" => types::enumeration(walk, node),
            "enum_assignment" | "property_identifier" | "string" if flags & ENUM != 0 => {
                types::enum_member(walk, node)
            }
            "method_definition" | "method_signature" | "abstract_method_signature" => {
                class::method(walk, node)
            }
            "public_field_definition" | "field_definition" | "property_signature" => {
                class::field(walk, node)
            }
            "lexical_declaration" | "variable_declaration" => variable::declaration(walk, node),
            "expression_statement" if namespace::is_global(walk, node) => Step::Lead,
            "expression_statement" => assignment::statement(walk, node),
            "return_statement" if flags & CALLED != 0 => assignment::factory_result(walk, node),
            "statement_block" if walk.lead.flags & comment::GLOBAL != 0 => {
                Step::Scope(namespace::global_scope(walk))
            }
            "class_body" | "interface_body" | "object_type" | "enum_body" | "statement_block"
            | "if_statement" | "else_clause" | "try_statement" => Step::Enter,
            // Of a declaration whose value is a class.
            "variable_declarator" | "class" if flags & CLASS != 0 => Step::Enter,
            _ if flags & CALLED != 0 => assignment::called(walk, node),
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// Whether the definition being read can be imported by others, as far as its own words go.
fn is_exported(walk: &Walk<'_>) -> bool {
    walk.wrap.is_some_and(|wrap| wrap.flags & EXPORTED != 0)
        || walk.scope().flags & (EXPORTED | CLASS | ENUM) != 0
}

/// Whether it is the default export.
fn is_default(walk: &Walk<'_>) -> bool {
    walk.wrap.is_some_and(|wrap| wrap.flags & DEFAULT != 0)
}

/// The first child that is no decorator, when there are decorators.
fn after_decorators(node: Node<'_>) -> Option<Node<'_>> {
    node.child(0).filter(|child| child.kind() == "decorator")?;
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .find(|child| child.kind() != "decorator" && !child.is_extra())
}

/// A property's name without quotes; `None` for private ones (`#x`), which nobody can reach.
fn property_name(walk: &Walk<'_>, name: Node<'_>) -> Option<String> {
    match name.kind() {
        "private_property_identifier" => None,
        "string" => Some(unquoted(&walk.text(name)).to_owned()),
        "computed_property_name" => Some(crate::signature::fold(&walk.text(name))),
        _ => Some(walk.text(name).into_owned()),
    }
}

/// A string literal's text, escapes left as they are.
fn unquoted(literal: &str) -> &str {
    literal.trim_matches(['"', '\'', '`'])
}
