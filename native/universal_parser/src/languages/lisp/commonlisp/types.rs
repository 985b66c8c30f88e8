//! Classes, conditions and structures with their slots.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::datum;
use super::define::{documentation, local, qualify};
use crate::define::Def;
use crate::walk::Walk;

/// Slots of one class.
const MAX_SLOTS: usize = 500;

/// A slot and, as functions of their own, its readers, writers and accessors.
pub(super) fn class(walk: &mut Walk<'_>, node: Node<'_>, head: &str, data: &[Node<'_>]) {
    let name = local(&datum::symbol(walk, data.get(1)));
    let parents: Vec<_> = data.get(2).copied().into_iter().collect();
    let signature = datum::form(walk, &format!("{head} {name}"), &parents);
    let options = data.get(4..).unwrap_or_default();
    let doc = class_documentation(walk, options);
    let path = qualify(walk, &name);
    let def = Def::new(SnippetKind::Class, name, node)
        .qualified(path.clone())
        .signature(signature)
        .doc(doc);
    let Some(owner) = walk.define(def) else {
        return;
    };
    let slots = data.get(3).filter(|slots| datum::is_list(**slots));
    let slots = slots.map(|slots| datum::data(*slots)).unwrap_or_default();
    for slot in slots.iter().take(MAX_SLOTS) {
        let parts = if datum::is_list(*slot) {
            datum::data(*slot)
        } else {
            vec![*slot]
        };
        let slot_name = local(&datum::symbol(walk, parts.first()));
        let doc = documentation(walk, &parts, usize::MAX - 1)
            .or_else(|| slot_documentation(walk, &parts));
        let def = Def::new(SnippetKind::Field, slot_name.clone(), *slot)
            .qualified(format!("{path}.{slot_name}"))
            .doc(doc.clone());
        let field = walk.define(def);
        walk.give_to(owner, field);
        for pair in parts.get(1..).unwrap_or_default().chunks_exact(2) {
            let [key, value] = pair else { continue };
            let key = walk.text(*key).to_ascii_lowercase();
            if !matches!(key.as_str(), ":accessor" | ":reader" | ":writer") {
                continue;
            }
            let function = local(&datum::text(walk, *value));
            let class = path.rsplit(':').next().unwrap_or(&path);
            let def = Def::new(SnippetKind::Method, function.clone(), *slot)
                .qualified(qualify(walk, &function))
                .signature(format!("({function} {class})"))
                .doc(doc.clone());
            let accessor = walk.define(def);
            walk.give_to(owner, accessor);
        }
    }
}

fn class_documentation(walk: &Walk<'_>, options: &[Node<'_>]) -> Option<String> {
    options
        .iter()
        .filter(|option| datum::is_list(**option))
        .map(|option| datum::data(*option))
        .find(|parts| {
            let key = parts.first().map(|key| walk.bytes(*key));
            key.is_some_and(|key| key.eq_ignore_ascii_case(b":documentation"))
        })
        .and_then(|parts| datum::docstring(walk, parts.get(1)))
}

fn slot_documentation(walk: &Walk<'_>, parts: &[Node<'_>]) -> Option<String> {
    let at = parts
        .iter()
        .take(64)
        .position(|node| walk.bytes(*node).eq_ignore_ascii_case(b":documentation"))?;
    datum::docstring(walk, parts.get(at + 1))
}

/// `(defstruct (point (:conc-name p-)) "doc" x (y 0))`: slots are reached by their accessors.
pub(super) fn structure(walk: &mut Walk<'_>, node: Node<'_>, data: &[Node<'_>]) {
    let Some(head) = data.get(1).copied() else {
        return;
    };
    let options = if datum::is_list(head) {
        datum::data(head)
    } else {
        vec![head]
    };
    let name = local(&datum::symbol(walk, options.first()));
    let prefix = conc_name(walk, &options).unwrap_or_else(|| format!("{name}-"));
    let def = Def::new(SnippetKind::Struct, name.clone(), node)
        .qualified(qualify(walk, &name))
        .signature(format!("(defstruct {name})"))
        .doc(datum::docstring(walk, data.get(2)));
    let Some(owner) = walk.define(def) else {
        return;
    };
    for slot in data.iter().skip(2).take(MAX_SLOTS) {
        let first = if datum::is_list(*slot) {
            datum::data(*slot).first().copied()
        } else {
            Some(*slot)
        };
        let slot_name = local(&datum::symbol(walk, first.as_ref()));
        if slot_name.is_empty() {
            continue;
        }
        let accessor = format!("{prefix}{slot_name}");
        // The accessor is what a package exports, so it is the name.
        let def = Def::new(SnippetKind::Field, accessor.clone(), *slot)
            .qualified(qualify(walk, &accessor))
            .doc(None);
        let field = walk.define(def);
        walk.give_to(owner, field);
    }
}

fn conc_name(walk: &Walk<'_>, options: &[Node<'_>]) -> Option<String> {
    for option in options.iter().skip(1).take(32) {
        let parts = if datum::is_list(*option) {
            datum::data(*option)
        } else {
            vec![*option]
        };
        let key = parts
            .first()
            .map(|key| walk.bytes(*key))
            .unwrap_or_default();
        if key.eq_ignore_ascii_case(b":conc-name") {
            let name = parts.get(1).map(|name| local(&walk.text(*name)));
            return Some(name.filter(|name| name != "nil").unwrap_or_default());
        }
    }
    None
}
