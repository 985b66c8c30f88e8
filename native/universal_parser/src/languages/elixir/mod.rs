//! Elixir: modules and what the compiler's docs chunk would list of them.
//!
//! - Clauses of one function are one item, `Mod.fun/2`; functions with defaults go by their full
//!   arity. The signature is the `@spec` when there is one (several joined by `; `), else the head
//!   of the first clause without its guard.
//!   Their smaller arities are aliases. Specs are told as the compiler tells them: modules by their
//!   full names, types with parentheses.
//! - A struct is the item `%Mod{}`; a record's macro goes by its full arity, `Mod.user/2`.
//! - What stands under `if` outside of functions says so in its condition.
//! - Callbacks are methods, named as functions are.
//! - `@doc false`, `@moduledoc false`, an `@impl` without `@doc` and undocumented names with a leading
//!   underscore are internal, as they are hidden in the docs chunk. Scripts (`.exs`) are internal.
//! - What macros define (`quote`, `unquote`, `use`) is not seen.

mod aliases;
mod attribute;
mod branches;
mod finish;
mod head;
mod module;
mod spec;
mod text;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::clauses;
use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::signature;
use crate::walk::{File, Scope, Walk};
use clauses::DOCUMENTED;
use head::Head;

/// The scope is the file's: what it is called is a guess.
const FILE: u32 = 1;

pub(super) struct Elixir;

impl Rules for Elixir {
    fn name(&self) -> &'static str {
        "elixir"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_elixir::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ex", "exs"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["elixir"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let internal = file.path.ends_with(".exs") || crate::paths::is_in_aside(file.path);
        let visibility = if internal {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        // An error can take a module's first line from the rest of it.
        let path = if root.has_error() {
            module::first_module(walk.source)
        } else {
            String::new()
        };
        Scope {
            path,
            visibility,
            item: None,
            flags: FILE,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => Step::Lead,
            "call" => call(walk, node),
            "unary_operator" => attribute::read(walk, node),
            // Reached below modules and conditions only.
            "do_block" | "else_block" | "arguments" | "keywords" | "pair" | "block" => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

fn call(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    use SnippetKind::{Function, Macro, Module};
    let target = node.child_by_field_name("target");
    let Some(target) = target.filter(|target| matches!(target.kind(), "identifier" | "dot")) else {
        return Step::Skip;
    };
    match walk.bytes(target) {
        b"defmodule" => module::module(walk, node, Module),
        b"defprotocol" => module::protocol(walk, node),
        b"defimpl" => module::implementation(walk, node),
        b"def" | b"defdelegate" => function(walk, node, Function, true),
        b"defp" => function(walk, node, Function, false),
        b"defmacro" | b"defguard" => function(walk, node, Macro, true),
        b"defmacrop" | b"defguardp" => function(walk, node, Macro, false),
        b"defstruct" | b"defexception" => module::structure(walk, node),
        b"defrecord" | b"Record.defrecord" => module::record(walk, node, true),
        b"defrecordp" | b"Record.defrecordp" => module::record(walk, node, false),
        b"if" => branches::read(walk, node, true),
        b"unless" => branches::read(walk, node, false),
        b"for" | b"case" | b"cond" | b"try" | b"with" => Step::Scope(walk.scope().clone()),
        b"alias" => {
            aliases::read(walk, node);
            Step::Lead
        }
        b"import" | b"require" | b"use" => Step::Lead,
        _ => Step::Skip,
    }
}

/// The first argument of a call.
fn first_argument(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    let arguments = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "arguments")?;
    let mut cursor = arguments.walk();
    arguments
        .named_children(&mut cursor)
        .find(|child| !child.is_extra())
}

fn function(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, public: bool) -> Step {
    let Some(head) = first_argument(node).and_then(|head| Head::read(walk, head)) else {
        return Step::Skip;
    };
    let keyword = walk.field(node, "target").unwrap_or_default();
    let text = signature::cut(walk.source, head.start..head.end, node, &["#"]);
    let signature = format!("{keyword} {text}");
    define(walk, node, kind, &head, signature, public);
    Step::Skip
}

/// A function, callback or the like; its documentation is used up.
fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    head: &Head,
    signature: String,
    public: bool,
) {
    let flags = walk.lead.flags;
    let doc = attribute::doc(walk);
    let hidden = flags & attribute::HIDDEN != 0;
    let documented = doc.is_some() || hidden;
    let underscore = head.name.starts_with('_') && doc.is_none();
    let marks = Marks::when(hidden || underscore && public, Marks::HIDDEN)
        .with(Marks::when(flags & attribute::IMPL != 0, Marks::IMPLEMENTS))
        .with(Marks::when(
            flags & attribute::DEPRECATED != 0,
            Marks::DEPRECATED,
        ))
        .with(Marks::when(documented, DOCUMENTED))
        .with(clauses::defaults(head.defaults));
    let qualified = format!("{}/{}", walk.qualify(&head.name), head.arity);
    let def = Def::new(kind, head.name.clone(), node)
        .qualified(qualified)
        .signature(signature)
        .doc(doc)
        .public(public)
        .marks(marks);
    walk.define(def);
}
