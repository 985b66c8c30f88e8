//! Overloads, and the getter and setter of one property, are one item.

use std::collections::HashMap;

use registry_types::SnippetKind;

use crate::merge::join_signature;
use crate::outline::{Item, Marks, Outline};

/// Joins them into the first, whose documentation counts. An implementation after overloads cannot
/// be called by its own signature, so that is left out.
pub(super) fn merge(outline: &mut Outline) {
    let mut first: HashMap<(Option<u32>, String), usize> = HashMap::new();
    let mut into = vec![None; outline.items.len()];
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let Some(item) = rest.first_mut().filter(|item| may_merge(item)) else {
            continue;
        };
        let key = (item.parent, item.qualified_name.clone());
        let old = first
            .get(&key)
            .and_then(|at| Some((*at, before.get_mut(*at)?)));
        match old {
            Some((at, old)) if belongs_to(item, old) => {
                if item.kind == SnippetKind::Field || item.marks.has(Marks::DECLARATION) {
                    join_signature(&mut old.signature, &item.signature);
                }
                if old.doc.is_none() {
                    old.doc = item.doc.take();
                }
                old.end = old.end.max(item.end);
                old.end_line = old.end_line.max(item.end_line);
                if let Some(entry) = into.get_mut(index) {
                    *entry = u32::try_from(at).ok();
                }
            }
            _ => {
                first.insert(key, index);
            }
        }
    }
    outline.absorb(&into);
}

fn may_merge(item: &Item) -> bool {
    use SnippetKind::{Field, Function, Method};
    matches!(item.kind, Function | Method | Field)
}

fn belongs_to(item: &Item, old: &Item) -> bool {
    if item.kind == SnippetKind::Field {
        let accessors = is_accessor(item) && is_accessor(old);
        return accessors && old.kind == SnippetKind::Field;
    }
    item.kind == old.kind && old.marks.has(Marks::DECLARATION)
}

fn is_accessor(item: &Item) -> bool {
    let mut words = item.signature.split([' ', '(']).take(6);
    words.any(|word| matches!(word, "get" | "set")) && item.signature.contains('(')
}
