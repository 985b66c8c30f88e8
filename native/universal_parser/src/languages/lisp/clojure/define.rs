//! Forms that define vars.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::meta::{self, Meta};
use super::{add, datum, types};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// Arities of one function.
const MAX_ARITIES: usize = 24;

/// A form at the top, or inside of one that only wraps definitions.
pub(super) fn form(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let head = datum::head(walk, node);
    // `s/defn` defines like `defn`.
    let local = match head.rsplit_once('/') {
        Some((_, local)) if !local.is_empty() => local,
        _ => &*head,
    };
    match local {
        "do" | "let" | "when" | "when-not" | "if" | "if-not" | "when-let" | "binding" | "letfn"
        | "locking" | "compile-when" | "with-meta" => return Step::Enter,
        "defprotocol" | "definterface" => return types::protocol(walk, node, local),
        "defrecord" | "deftype" => return types::record(walk, node, local),
        "defmethod" => method(walk, node),
        "deftest" | "deftest-" | "default" | "defspec" | "declare" => {}
        _ if local.starts_with("def") => var(walk, node, local),
        _ => {}
    }
    Step::Skip
}

fn kind_of(head: &str, arities: bool) -> Option<SnippetKind> {
    Some(match head {
        "def" | "defonce" | "def-" | "defonce-" | "defstate" => SnippetKind::Constant,
        "defmacro" | "defmacro-" => SnippetKind::Macro,
        "defmulti" | "defmulti-" => SnippetKind::Function,
        "defstruct" => SnippetKind::Struct,
        _ if arities => SnippetKind::Function,
        // A macro nobody knows here.
        _ => SnippetKind::Constant,
    })
}

fn var(walk: &mut Walk<'_>, node: Node<'_>, head: &str) {
    let data = datum::data(node);
    let Some(symbol) = data.get(1).copied().filter(|node| node.kind() == "sym_lit") else {
        return;
    };
    // `(def other.ns/name …)` defines nothing here.
    if symbol.child_by_field_name("namespace").is_some() {
        return;
    }
    let mut meta = Meta::of(walk, symbol);
    let mut rest = data.get(2..).unwrap_or_default();
    // Schema's return type.
    while let [mark, _, after @ ..] = rest
        && mark.kind() == "kwd_lit"
        && walk.bytes(*mark) == b":-"
    {
        rest = after;
    }
    let mut doc = None;
    let plain = matches!(head, "def" | "defonce");
    // `(def name "value")`: a string that nothing follows is the value.
    if rest.first().is_some_and(|node| datum::is_string(*node)) && !(plain && rest.len() < 2) {
        doc = datum::docstring(walk, rest.first());
        rest = rest.get(1..).unwrap_or_default();
    }
    let map = rest
        .first()
        .filter(|node| node.kind() == "map_lit" && !plain);
    if let Some(map) = map
        && rest.len() > 1
    {
        meta.map(walk, *map);
        rest = rest.get(1..).unwrap_or_default();
    }
    let arglists = if plain { Vec::new() } else { arglists(rest) };
    let Some(kind) = kind_of(head, !arglists.is_empty()) else {
        return;
    };
    let name = meta::name(walk, symbol);
    let value = plain.then(|| datum::short(rest.first())).flatten();
    let shown: Vec<Node<'_>> = match kind {
        SnippetKind::Constant => value.filter(|_| rest.len() == 1).into_iter().collect(),
        _ if head.starts_with("defmulti") => datum::short(rest.first()).into_iter().collect(),
        _ => arglists,
    };
    let signature = datum::form(walk, &format!("{head} {name}"), &shown);
    let def = Def::new(kind, name, node)
        .signature(signature)
        .public(!meta.private && !meta.hidden && !head.ends_with('-'))
        .marks(meta.marks())
        .doc(doc.or(meta.doc));
    add(walk, def);
}

/// `[x y]`, or the first of each `([x] …) ([x y] …)`.
fn arglists<'t>(rest: &[Node<'t>]) -> Vec<Node<'t>> {
    match rest.first().map(Node::kind) {
        Some("vec_lit") => rest.first().copied().into_iter().collect(),
        Some("list_lit") => rest
            .iter()
            .take(MAX_ARITIES)
            .filter_map(|arity| {
                let first = datum::data(*arity).first().copied();
                first.filter(|node| node.kind() == "vec_lit")
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// One implementation of a multimethod; the value it is for is part of its name.
fn method(walk: &mut Walk<'_>, node: Node<'_>) {
    let data = datum::data(node);
    let (Some(symbol), Some(value)) = (data.get(1), data.get(2)) else {
        return;
    };
    if symbol.kind() != "sym_lit" || value.byte_range().len() > 200 {
        return;
    }
    let name = meta::name(walk, *symbol);
    let value = datum::text(walk, *value);
    let rest = data.get(3..).unwrap_or_default();
    let mut shown = arglists(rest);
    if shown.is_empty() {
        shown = arglists(rest.get(1..).unwrap_or_default());
    }
    let signature = datum::form(walk, &format!("defmethod {name} {value}"), &shown);
    let written = walk.text(*symbol).into_owned();
    let owner = if written.contains('/') {
        written
    } else {
        walk.qualify(&name)
    };
    let def = Def::new(SnippetKind::Method, name, node)
        .qualified(format!("{owner} {value}"))
        .signature(signature)
        .marks(Marks::IMPLEMENTS)
        .doc(None);
    add(walk, def);
}
