//! Modules, protocols, implementations and structs.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::head::Head;
use super::{FILE, aliases, attribute, define, first_argument};
use crate::define::Def;
use crate::languages::clauses;
use crate::outline::Marks;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk};

/// Keywords of one call, targets of one implementation.
const MAX_OPTIONS: usize = 64;

pub(super) fn module(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    let Some(written) = first_argument(node) else {
        return Step::Skip;
    };
    let Some(name) = module_name(walk, written) else {
        return Step::Skip;
    };
    // Inside of `Outer`, `defmodule A.B` makes `A` stand for `Outer.A`.
    if walk.scope().flags & FILE == 0 && written.kind() == "alias" {
        let first = walk.text(written);
        let first = first.split('.').next().unwrap_or(&first).to_owned();
        let full = walk.qualify(&first);
        aliases::note(walk, Some(first), full);
    }
    open(walk, node, kind, name, true)
}

/// A protocol also defines the type of what implements it.
pub(super) fn protocol(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
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
        aliases::full(walk, name)
    } else {
        walk.qualify(name)
    }
}

/// The name in the first line that opens a module.
pub(super) fn first_module(source: &[u8]) -> String {
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
pub(super) fn implementation(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(protocol) = first_argument(node).map(|name| walk.text(name)) else {
        return Step::Skip;
    };
    if !is_alias(&protocol) {
        return Step::Skip;
    }
    let protocol = aliases::full(walk, &protocol);
    let mut cursor = node.walk();
    let arguments = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "arguments");
    let around = walk.scope().path.clone();
    let mut of = arguments.map_or(Vec::new(), |arguments| targets(walk, arguments, &around));
    let last = of.pop().unwrap_or(around);
    // The functions are shown under one of the modules that share them.
    for other in of {
        open(
            walk,
            node,
            SnippetKind::Module,
            format!("{protocol}.{other}"),
            false,
        );
    }
    open(
        walk,
        node,
        SnippetKind::Module,
        format!("{protocol}.{last}"),
        false,
    )
}

/// What `for:` names, one or a list; `__MODULE__` is `around`.
fn targets(walk: &Walk<'_>, arguments: Node<'_>, around: &str) -> Vec<String> {
    let mut cursor = arguments.walk();
    let keywords = arguments
        .named_children(&mut cursor)
        .find(|child| child.kind() == "keywords");
    let Some(keywords) = keywords else {
        return Vec::new();
    };
    let mut cursor = keywords.walk();
    let pair = keywords
        .named_children(&mut cursor)
        .take(MAX_OPTIONS)
        .find(|pair| {
            let key = pair.child_by_field_name("key");
            key.is_some_and(|key| walk.bytes(key).starts_with(b"for:"))
        });
    let Some(value) = pair.and_then(|pair| pair.child_by_field_name("value")) else {
        return Vec::new();
    };
    let name = |node: Node<'_>| match walk.text(node) {
        text if text == "__MODULE__" => Some(around.to_owned()),
        text => is_alias(&text).then(|| aliases::full(walk, &text)),
    };
    if value.kind() != "list" {
        return name(value).into_iter().collect();
    }
    let mut cursor = value.walk();
    value
        .named_children(&mut cursor)
        .take(MAX_OPTIONS)
        .filter_map(name)
        .collect()
}

/// `defrecord :user, name: ""`: a macro of zero to two arguments.
pub(super) fn record(walk: &mut Walk<'_>, node: Node<'_>, public: bool) -> Step {
    let Some(first) = first_argument(node).filter(|first| first.kind() == "atom") else {
        return Step::Skip;
    };
    let name = walk.text(first);
    let name = name.trim_start_matches(':').trim_matches('"').to_owned();
    let signature = signature::cut(walk.source, node.byte_range(), node, &["#"]);
    let head = Head {
        name,
        arity: 2,
        defaults: 2,
        start: node.start_byte(),
        end: node.end_byte(),
    };
    define(walk, node, SnippetKind::Macro, &head, signature, public);
    if let Some(item) = walk.outline.items.last_mut() {
        item.marks = item.marks.with(Marks::GENERATED);
    }
    Step::Skip
}

pub(super) fn structure(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
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
