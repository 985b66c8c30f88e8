//! `cl-defstruct` and EIEIO classes.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::define::keyword;
use super::{add, datum};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// Members of one type.
const MAX_MEMBERS: usize = 500;

/// A slot's accessor is what others call: `name-slot`, or as `:conc-name` says.
pub(super) fn structure(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let data = datum::data(node);
    let Some(head) = data.get(1).copied() else {
        return Step::Skip;
    };
    let options = if datum::is_list(head) {
        datum::data(head)
    } else {
        vec![head]
    };
    let name = datum::symbol(walk, options.first()).into_owned();
    let prefix = conc_name(walk, &options).unwrap_or_else(|| format!("{name}-"));
    let doc = datum::docstring(walk, data.get(2));
    let def = Def::new(SnippetKind::Struct, name.clone(), node)
        .signature(format!("(cl-defstruct {name})"))
        .doc(doc);
    let Some(owner) = add(walk, def, &name) else {
        return Step::Skip;
    };
    for slot in data.iter().skip(2).take(MAX_MEMBERS) {
        if datum::is_string(*slot) {
            continue;
        }
        let parts = if datum::is_list(*slot) {
            datum::data(*slot)
        } else {
            vec![*slot]
        };
        let slot_name = datum::symbol(walk, parts.first());
        let accessor = format!("{prefix}{slot_name}");
        let doc = keyword(walk, &parts, ":documentation");
        let def = Def::new(SnippetKind::Field, slot_name, *slot)
            .qualified(accessor.clone())
            .doc(doc);
        member(walk, owner, def, &accessor);
    }
    Step::Skip
}

fn conc_name(walk: &Walk<'_>, options: &[Node<'_>]) -> Option<String> {
    let option = options
        .iter()
        .take(32)
        .filter(|node| datum::is_list(**node))
        .map(|node| datum::data(*node))
        .find(|option| {
            option
                .first()
                .is_some_and(|n| walk.bytes(*n) == b":conc-name")
        })?;
    let name = option.get(1).map(|name| walk.text(*name));
    Some(
        name.filter(|name| name != "nil")
            .unwrap_or_default()
            .into_owned(),
    )
}

/// `(defclass name (parents) ((slot :initarg :slot :accessor f :documentation "…")) "doc")`.
pub(super) fn class(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let data = datum::data(node);
    let name = datum::symbol(walk, data.get(1)).into_owned();
    let parents: Vec<_> = data.get(2).copied().into_iter().collect();
    let signature = datum::form(walk, &format!("defclass {name}"), &parents);
    let doc =
        datum::docstring(walk, data.get(4)).or_else(|| keyword(walk, &data, ":documentation"));
    let def = Def::new(SnippetKind::Class, name.clone(), node)
        .signature(signature)
        .doc(doc);
    let Some(owner) = add(walk, def, &name) else {
        return Step::Skip;
    };
    let slots = data.get(3).filter(|slots| datum::is_list(**slots));
    let slots = slots.map(|slots| datum::data(*slots)).unwrap_or_default();
    for slot in slots.iter().take(MAX_MEMBERS) {
        let parts = if datum::is_list(*slot) {
            datum::data(*slot)
        } else {
            vec![*slot]
        };
        let slot_name = datum::symbol(walk, parts.first()).into_owned();
        let def = Def::new(SnippetKind::Field, slot_name.clone(), *slot)
            .qualified(format!("{name}.{slot_name}"))
            .signature(datum::form(walk, &slot_name, &initarg(walk, &parts)))
            .doc(keyword(walk, &parts, ":documentation"));
        member(walk, owner, def, &slot_name);
    }
    Step::Skip
}

/// The `:initarg :name` of a slot.
fn initarg<'t>(walk: &Walk<'_>, parts: &[Node<'t>]) -> Vec<Node<'t>> {
    let at = parts
        .iter()
        .take(64)
        .position(|node| walk.bytes(*node) == b":initarg");
    let pair = at.and_then(|at| parts.get(at..at + 2));
    pair.unwrap_or_default().to_vec()
}

fn member(walk: &mut Walk<'_>, owner: u32, def: Def<'_>, name: &str) {
    let index = add(walk, def, name);
    walk.give_to(owner, index);
}
