//! Elixir: modules and what the compiler's docs chunk would list of them.
//!
//! - Clauses of one function are one item, `Mod.fun/2`; functions with defaults go by their full
//!   arity. The signature is the `@spec` when there is one (several joined by `; `), else the head
//!   of the first clause without its guard.
//! - A struct is the item `%Mod{}`.
//! - Callbacks are methods, named as functions are.
//! - `@doc false`, `@moduledoc false`, an `@impl` without `@doc` and undocumented names with a leading
//!   underscore are internal, as they are hidden in the docs chunk. Scripts (`.exs`) are internal.
//! - What macros define (`quote`, `unquote`, `use`) is not seen.

mod attribute;
mod finish;
mod head;
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
            first_module(walk.source)
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
    let target = node
        .child_by_field_name("target")
        .filter(|target| target.kind() == "identifier");
    let Some(target) = target else {
        return Step::Skip;
    };
    match walk.bytes(target) {
        b"defmodule" => module(walk, node, Module),
        b"defprotocol" => protocol(walk, node),
        b"defimpl" => implementation(walk, node),
        b"def" | b"defdelegate" => function(walk, node, Function, true),
        b"defp" => function(walk, node, Function, false),
        b"defmacro" | b"defguard" => function(walk, node, Macro, true),
        b"defmacrop" | b"defguardp" => function(walk, node, Macro, false),
        b"defstruct" | b"defexception" => structure(walk, node),
        b"if" | b"unless" | b"for" | b"case" | b"cond" | b"try" | b"with" => {
            Step::Scope(walk.scope().clone())
        }
        b"alias" | b"import" | b"require" | b"use" => Step::Lead,
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

fn module(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    let Some(name) = first_argument(node).and_then(|name| module_name(walk, name)) else {
        return Step::Skip;
    };
    open(walk, node, kind, name, true)
}

/// A protocol also defines the type of what implements it.
fn protocol(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let step = module(walk, node, SnippetKind::Interface);
    if let (Step::Scope(scope), Some(name)) = (&step, first_argument(node)) {
        let public = scope.visibility == Visibility::Public;
        let def = Def::new(SnippetKind::Type, "t", name)
            .qualified(format!("{}.t/0", scope.path))
            .signature("t :: term".to_owned())
            .doc(None)
            .public(public)
            .marks(clauses::PRESUMED);
        walk.define(def);
    }
    step
}

/// The item of a module named `name`, and the scope of what is in it. Unlike other containers a
/// hidden module does not hide the modules inside of it.
fn open(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: String,
    public: bool,
) -> Step {
    let last = name.rsplit('.').next().unwrap_or(&name).to_owned();
    let mut cursor = node.walk();
    let body = node
        .children(&mut cursor)
        .find(|child| child.kind() == "do_block");
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let end =
        first_argument(node).map_or(end, |name| end.min(name.end_byte()).max(name.end_byte()));
    let signature = signature::cut(walk.source, node.start_byte()..end, node, &["#"]);
    let def = Def::new(kind, last, node)
        .qualified(name.clone())
        .signature(signature)
        .doc(None)
        .public(public)
        .marks(Marks::when(!public, Marks::HIDDEN));
    let item = walk.define(def);
    if item.is_none() {
        return Step::Skip;
    }
    Step::Scope(Scope {
        path: name,
        visibility: walk.scope().visibility,
        item,
        flags: 0,
    })
}

/// `A.B` inside of `Outer` is `Outer.A.B`; `:name` stands for itself.
fn module_name(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let text = walk.text(node);
    if text.starts_with(':') {
        return Some(text.into_owned());
    }
    if let Some(absolute) = text.strip_prefix("Elixir.") {
        return Some(absolute.to_owned());
    }
    if let Some(rest) = text.strip_prefix("__MODULE__") {
        let rest = rest.strip_prefix('.')?;
        return is_alias(rest).then(|| member(walk, rest));
    }
    is_alias(&text).then(|| member(walk, &text))
}

/// A module's full name.
fn member(walk: &Walk<'_>, name: &str) -> String {
    if walk.scope().flags & FILE != 0 {
        name.to_owned()
    } else {
        walk.qualify(name)
    }
}

/// The name in the first line that opens a module.
fn first_module(source: &[u8]) -> String {
    let line = source
        .split(|b| *b == b'\n')
        .find_map(|line| line.strip_prefix(b"defmodule "));
    let name = line.and_then(|line| line.split(|b| b.is_ascii_whitespace() || *b == b',').next());
    let name = String::from_utf8_lossy(name.unwrap_or_default());
    if name.len() < 256 && is_alias(&name) {
        name.into_owned()
    } else {
        String::new()
    }
}

fn is_alias(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase())
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || c == '_' || c == '.')
}

/// `defimpl P, for: T`: the module `P.T`, which no docs list.
fn implementation(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(protocol) = first_argument(node).map(|name| walk.text(name)) else {
        return Step::Skip;
    };
    if !is_alias(&protocol) {
        return Step::Skip;
    }
    let mut cursor = node.walk();
    let arguments = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "arguments");
    let of = arguments
        .and_then(|arguments| keyword(walk, arguments, "for:"))
        .unwrap_or_else(|| walk.scope().path.clone());
    let name = format!("{protocol}.{of}");
    open(walk, node, SnippetKind::Module, name, false)
}

/// The value of `key` among the keywords of `arguments`; of a list its first element.
fn keyword(walk: &Walk<'_>, arguments: Node<'_>, key: &str) -> Option<String> {
    let mut cursor = arguments.walk();
    let keywords = arguments
        .named_children(&mut cursor)
        .find(|child| child.kind() == "keywords")?;
    let mut cursor = keywords.walk();
    for pair in keywords.named_children(&mut cursor).take(16) {
        let found = pair
            .child_by_field_name("key")
            .is_some_and(|name| walk.text(name).trim() == key);
        if !found {
            continue;
        }
        let mut value = pair.child_by_field_name("value")?;
        if value.kind() == "list" {
            value = value.named_child(0)?;
        }
        let text = walk.text(value);
        if text == "__MODULE__" {
            return Some(walk.scope().path.clone());
        }
        return is_alias(&text).then(|| text.into_owned());
    }
    None
}

fn structure(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let module = walk.scope().path.clone();
    if module.is_empty() {
        return Step::Skip;
    }
    let name = module.rsplit('.').next().unwrap_or(&module).to_owned();
    let hidden = walk.lead.flags & attribute::HIDDEN != 0;
    let doc = attribute::doc(walk);
    let def = Def::new(SnippetKind::Struct, name, node)
        .qualified(format!("%{module}{{}}"))
        .doc(doc)
        .public(!hidden)
        .marks(Marks::when(hidden, Marks::HIDDEN));
    walk.define(def);
    Step::Skip
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
