//! Julia: modules, functions, types, macros, constants.
//!
//! - `export` and `public` lists decide in modules that have one; elsewhere a leading underscore is
//!   internal. Lists of another file (`include`) are followed across the files of a package.
//! - Methods of one function are one item, their signatures joined; so are outer and inner
//!   constructors of a type.
//! - Methods added to another module's function (`Base.show`) keep its name and are marked so.

mod finish;
mod mask;
mod name;
mod types;

use std::borrow::Cow;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks, Outline};
use crate::rules::{Rules, Step};
use crate::signature;
use crate::walk::{File, Scope, Walk, Wrap};

/// In a struct.
const STRUCT: u32 = 1;
/// Under an `if`.
const CONDITIONAL: u32 = 2;
/// Bytes of a value that is shown.
const SHOWN: usize = 120;
/// Names of one list.
const MAX_NAMES: usize = 2000;

pub(super) struct Julia;

impl Rules for Julia {
    fn name(&self) -> &'static str {
        "julia"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_julia::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jl"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["julia"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        mask::mask(source)
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        Scope::of_file("", crate::paths::is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let in_struct = walk.scope().flags & STRUCT != 0;
        match node.kind() {
            "line_comment" | "block_comment" => Step::Lead,
            "string_literal" | "prefixed_string_literal" => docstring(walk, node),
            "module_definition" => module(walk, node),
            "function_definition" => function(walk, node, SnippetKind::Function),
            "macro_definition" => function(walk, node, SnippetKind::Macro),
            "assignment" => assignment(walk, node),
            "const_statement" if !in_struct => constant(walk, node),
            "struct_definition" => types::define(walk, node, SnippetKind::Struct),
            "abstract_definition" | "primitive_definition" => {
                types::define(walk, node, SnippetKind::Type)
            }
            "typed_expression" | "identifier" | "const_statement" if in_struct => {
                types::field(walk, node)
            }
            "export_statement" | "public_statement" => exports(walk, node),
            "call_expression" => include(walk, node),
            "macrocall_expression" => macrocall(walk, node),
            "macro_argument_list" if walk.wrap.is_some() => Step::Wrap(Wrap::new(node, 0)),
            "if_statement" => {
                let scope = walk.scope().clone();
                Step::Scope(Scope {
                    flags: scope.flags | CONDITIONAL,
                    ..scope
                })
            }
            "else_clause" | "elseif_clause" | "compound_statement" | "block" => Step::Body,
            // The names before what a macro is applied to.
            "identifier" | "macro_identifier" | "type_head" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// A string before a definition.
fn docstring(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.text(node);
    let text = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let inside = text
        .strip_prefix("\"\"\"")
        .and_then(|text| text.strip_suffix("\"\"\""))
        .or_else(|| text.strip_prefix('"')?.strip_suffix('"'));
    walk.lead.text = inside.map(|text| dedent(text).replace("\\\\", "\\"));
    Step::Lead
}

/// Without empty lines at the ends and the indentation common to all lines after the first.
fn dedent(text: &str) -> String {
    let text = text.trim_end().trim_start_matches('\n');
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let indent = filled
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(0);
    let lines = text.lines().map(|line| line.get(indent..).unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

fn module(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Enter;
    };
    let range = node.start_byte()..name.end_byte();
    let text = signature::cut(walk.source, range, node, &["#"]);
    let name = walk.text(name).into_owned();
    let def = Def::new(SnippetKind::Module, name.as_str(), node).signature(text);
    match walk.define(def) {
        Some(index) => Step::Scope(walk.scope_of(&name, Some(index), 0)),
        None => Step::Skip,
    }
}

/// `function f(x) … end`, `macro m(x) … end`.
fn function(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    if let Some(head) = node.named_child(0)
        && let Some(inner) = head.named_child(0)
    {
        method(walk, node, kind, inner, head.end_byte());
    }
    Step::Skip
}

/// Adds a method of the function that `head` (a call, perhaps with `where` and a type) names.
fn method(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, head: Node<'_>, end: usize) {
    let Some(name) = name::of(walk, head) else {
        return;
    };
    let text = signature::cut(walk.source, node.start_byte()..end, node, &["#"]);
    let last = name.rsplit('.').next().unwrap_or(&name).to_owned();
    let scope = walk.scope();
    let foreign = name.contains('.');
    let qualified = if scope.flags & STRUCT != 0 {
        // An inner constructor.
        scope.path.clone()
    } else if foreign {
        name
    } else if kind == SnippetKind::Macro {
        walk.qualify(&format!("@{last}"))
    } else {
        walk.qualify(&last)
    };
    let conditional = scope.flags & CONDITIONAL != 0;
    let def = Def::new(kind, last, node)
        .qualified(qualified)
        .signature(text)
        .marks(Marks::when(foreign, Marks::IMPLEMENTS))
        .marks(Marks::when(conditional, Marks::CONDITIONAL));
    walk.define(def);
}

/// `f(x) = …`; the default of a field.
fn assignment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(left) = node.named_child(0) else {
        return Step::Skip;
    };
    if name::is_head(left) {
        method(walk, node, SnippetKind::Function, left, left.end_byte());
    } else if walk.scope().flags & STRUCT != 0 {
        return types::field(walk, node);
    }
    Step::Skip
}

/// `const A = 1`, `const (A, B) = …`, `const A::T = …`.
fn constant(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(inner) = node.named_child(0) else {
        return Step::Skip;
    };
    let assignment = inner.kind() == "assignment";
    let (left, value) = if assignment {
        (inner.named_child(0).unwrap_or(inner), inner.named_child(2))
    } else {
        (inner, None)
    };
    let short = node.end_byte() - node.start_byte() <= SHOWN;
    let end = if short { node } else { left }.end_byte();
    let text = signature::cut(walk.source, node.start_byte()..end, node, &["#"]);
    let is_type = value.is_some_and(|value| value.kind() == "parametrized_type_expression");
    let kind = if is_type {
        SnippetKind::Type
    } else {
        SnippetKind::Constant
    };
    let mut cursor = left.walk();
    let names: Vec<_> = match left.kind() {
        "tuple_expression" | "open_tuple" => left
            .named_children(&mut cursor)
            .take(MAX_NAMES)
            .filter_map(|child| name::of(walk, child))
            .collect(),
        _ => name::of(walk, left).into_iter().collect(),
    };
    for name in names {
        walk.define(Def::new(kind, name, node).signature(text.clone()));
    }
    Step::Skip
}

/// `export a, @b`, `public c`.
fn exports(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let scope = walk.scope().path.clone();
    let mut cursor = node.walk();
    for name in node.named_children(&mut cursor).take(MAX_NAMES) {
        let name = walk.text(name).trim_matches(['(', ')']).to_owned();
        walk.link(Link {
            kind: LinkKind::Export,
            scope: scope.clone(),
            from: None,
            name,
            alias: None,
            visibility: Visibility::Public,
        });
    }
    Step::Skip
}

/// `include("file.jl")`: for resolution across files.
fn include(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.text(node);
    let path = text
        .strip_prefix("include(\"")
        .and_then(|rest| rest.strip_suffix("\")"));
    if let Some(path) = path {
        let scope = walk.scope().path.clone();
        walk.link(Link {
            kind: LinkKind::Import,
            scope,
            from: Some(path.to_owned()),
            name: "*".to_owned(),
            alias: None,
            visibility: Visibility::Internal,
        });
    }
    Step::Skip
}

/// `@inline f(x) = …`: what it is applied to is the definition.
fn macrocall(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let word = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "macro_identifier");
    let word = word.map_or(b"".as_slice(), |word| walk.bytes(word));
    match word {
        b"@enum" => types::enumeration(walk, node),
        b"@deprecate" => deprecate(walk, node),
        b"@eval" | b"@testset" | b"@test" | b"@assert" => Step::Skip,
        _ => Step::Wrap(Wrap::new(node, 0)),
    }
}

/// `@deprecate old(x) new(x)`.
fn deprecate(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let list = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "macro_argument_list");
    if let Some(old) = list.and_then(|list| list.named_child(0))
        && let Some(name) = name::of(walk, old)
    {
        let def = Def::new(SnippetKind::Function, name, node)
            .signature(signature::fold(&walk.text(node)))
            .marks(Marks::DEPRECATED);
        walk.define(def);
    }
    Step::Skip
}

#[cfg(test)]
mod tests {
    use super::dedent;

    #[test]
    fn docstrings_lose_their_indentation() {
        assert_eq!(dedent("\n  a\n\n    b\n  "), "a\n\n  b");
        assert_eq!(dedent("é"), "é");
    }
}
