//! Protocols, interfaces, records and types.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::meta::{self, Meta};
use super::{add, datum};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// Members of one type.
const MAX_MEMBERS: usize = 500;

/// `(defprotocol P "doc" (method [this x] "doc"))`: its methods are vars of the namespace.
pub(super) fn protocol(walk: &mut Walk<'_>, node: Node<'_>, head: &str) -> Step {
    let data = datum::data(node);
    let Some(symbol) = data.get(1).filter(|node| node.kind() == "sym_lit") else {
        return Step::Skip;
    };
    let meta = Meta::of(walk, *symbol);
    let name = meta::name(walk, *symbol);
    let doc = datum::docstring(walk, data.get(2)).or(meta.doc.clone());
    let qualified = if head == "definterface" {
        class_name(walk, &name)
    } else {
        walk.qualify(&name)
    };
    let def = Def::new(SnippetKind::Interface, name.clone(), node)
        .qualified(qualified.clone())
        .signature(format!("({head} {name})"))
        .public(!meta.private && !meta.hidden)
        .marks(meta.marks())
        .doc(doc);
    let Some(owner) = add(walk, def) else {
        return Step::Skip;
    };
    for member in data.iter().skip(2).take(MAX_MEMBERS) {
        if member.kind() != "list_lit" {
            continue;
        }
        let parts = datum::data(*member);
        let Some(symbol) = parts.first().filter(|node| node.kind() == "sym_lit") else {
            continue;
        };
        let name = meta::name(walk, *symbol);
        let meta = Meta::of(walk, *symbol);
        let lists: Vec<_> = parts
            .iter()
            .copied()
            .filter(|part| part.kind() == "vec_lit")
            .collect();
        let signature = datum::form(walk, &name, &lists);
        let mut def = Def::new(SnippetKind::Method, name.clone(), *member)
            .signature(signature)
            .marks(meta.marks())
            .doc(datum::docstring(walk, parts.last()).or(meta.doc));
        if head == "definterface" {
            def = def.qualified(format!("{qualified}.{name}"));
        }
        member_of(walk, owner, def);
    }
    Step::Skip
}

/// `(defrecord R [a b] P (method [this] …))`: its methods are those of its protocols.
pub(super) fn record(walk: &mut Walk<'_>, node: Node<'_>, head: &str) -> Step {
    let data = datum::data(node);
    let Some(symbol) = data.get(1).filter(|node| node.kind() == "sym_lit") else {
        return Step::Skip;
    };
    let meta = Meta::of(walk, *symbol);
    let name = meta::name(walk, *symbol);
    let list = data.iter().skip(2).take(6).find(|n| n.kind() == "vec_lit");
    let fields = list.map(|list| datum::data(*list)).unwrap_or_default();
    let qualified = class_name(walk, &name);
    let shown: Vec<_> = list.copied().into_iter().collect();
    let signature = datum::form(walk, &format!("{head} {name}"), &shown);
    let doc = datum::docstring(walk, data.get(2)).or(meta.doc.clone());
    let def = Def::new(SnippetKind::Struct, name.clone(), node)
        .qualified(qualified.clone())
        .signature(signature)
        .public(!meta.private && !meta.hidden)
        .marks(meta.marks())
        .doc(doc);
    let Some(owner) = add(walk, def) else {
        return Step::Skip;
    };
    for field in fields.iter().take(MAX_MEMBERS) {
        if field.kind() != "sym_lit" {
            continue;
        }
        let bare = meta::name(walk, *field);
        let def = Def::new(SnippetKind::Field, bare.clone(), *field)
            .qualified(format!("{qualified}.{bare}"))
            .signature(datum::text(walk, *field))
            // Fields of a type that can be set are its own business.
            .public(!walk.text(*field).contains("mutable"))
            .doc(None);
        member_of(walk, owner, def);
    }
    constructors(walk, owner, node, &name, &fields, head);
    Step::Skip
}

/// The functions that a record or type brings along.
fn constructors(
    walk: &mut Walk<'_>,
    owner: u32,
    node: Node<'_>,
    name: &str,
    fields: &[Node<'_>],
    head: &str,
) {
    let names: Vec<_> = fields
        .iter()
        .map(|field| meta::name(walk, *field))
        .collect();
    let positional = (format!("->{name}"), format!("[{}]", names.join(" ")));
    let map = (format!("map->{name}"), "[m]".to_owned());
    let made = [positional, map];
    for (function, arguments) in made
        .into_iter()
        .take(if head == "defrecord" { 2 } else { 1 })
    {
        let signature = format!("({function} {arguments})");
        let def = Def::new(SnippetKind::Function, function, node)
            .signature(signature)
            .doc(None);
        member_of(walk, owner, def);
    }
}

/// `my_app.core.Point`: how a class is imported.
fn class_name(walk: &Walk<'_>, name: &str) -> String {
    let path = &walk.scope().path;
    if path.is_empty() {
        return name.to_owned();
    }
    format!("{}.{name}", path.replace('-', "_"))
}

fn member_of(walk: &mut Walk<'_>, owner: u32, def: Def<'_>) {
    let member = add(walk, def);
    walk.give_to(owner, member);
}
