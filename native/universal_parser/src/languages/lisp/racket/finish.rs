//! Who is provided, and under which contract.

use std::collections::HashMap;

use registry_types::SnippetKind;

use super::provide::{CONTRACT, STRUCT, TYPE};
use crate::languages::lisp::exports;
use crate::outline::{LinkKind, Outline};

pub(super) fn finish(outline: &mut Outline) {
    contracts(outline);
    // `struct-out` provides the structure's own name; its fields follow it.
    for link in &mut outline.links {
        if let Some(name) = link.name.strip_prefix(STRUCT) {
            link.name = name.to_owned();
        }
    }
    // A module without `provide` provides nothing.
    exports::apply(outline, " ", |_| true);
}

/// A contract given to `contract-out` reads as it would in `define/contract`.
fn contracts(outline: &mut Outline) {
    let mut contracts: HashMap<(String, String), String> = HashMap::new();
    outline.links.retain_mut(|link| {
        let from = link.from.as_deref().unwrap_or_default();
        let given = from.starts_with(CONTRACT) || from.starts_with(TYPE);
        if !given || link.kind != LinkKind::Export {
            return true;
        }
        let key = (link.scope.clone(), link.name.clone());
        contracts.insert(key, from.to_owned());
        false
    });
    if contracts.is_empty() {
        return;
    }
    for item in &mut outline.items {
        if item.kind == SnippetKind::Module {
            continue;
        }
        let name = format!(" {}", item.name);
        let Some(module) = item.qualified_name.strip_suffix(&name) else {
            continue;
        };
        let Some(contract) = contracts.get(&(module.to_owned(), item.name.clone())) else {
            continue;
        };
        if let Some(annotation) = contract.strip_prefix(TYPE) {
            item.signature = format!("{annotation} {}", item.signature);
            continue;
        }
        let contract = contract.strip_prefix(CONTRACT).unwrap_or(contract);
        let head = item.signature.strip_prefix("(define ");
        if let Some(inside) = head.and_then(|rest| rest.strip_suffix(')')) {
            item.signature = format!("(define/contract {inside} {contract})");
        }
    }
}
