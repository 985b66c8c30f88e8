//! Overloads, and the getter and setter of one property, are one item.

use std::collections::HashMap;

use registry_types::SnippetKind;

use crate::outline::join_signature;
use crate::outline::{Item, Marks, Outline};

/// Joins them into the first, whose documentation counts. An implementation after overloads cannot
/// be called by its own signature, so that is left out.
pub(super) fn merge(outline: &mut Outline) {
    let into = targets(&outline.items);
    for (index, target) in into.iter().enumerate() {
        let (before, rest) = outline.items.split_at_mut(index);
        let old = target.and_then(|target| before.get_mut(target as usize));
        let (Some(old), Some(item)) = (old, rest.first_mut()) else {
            continue;
        };
        if item.kind == SnippetKind::Field || item.marks.has(Marks::DECLARATION) {
            join_signature(&mut old.signature, &item.signature);
        }
        if old.doc.is_none() {
            old.doc = item.doc.take();
        }
        old.end = old.end.max(item.end);
        old.end_line = old.end_line.max(item.end_line);
    }
    outline.absorb(&into);
}

/// For each item the earlier one it is part of.
fn targets(items: &[Item]) -> Vec<Option<u32>> {
    let mut first: HashMap<(Option<u32>, &str), (u32, &Item)> = HashMap::new();
    let target = |(index, item): (u32, _)| {
        let item: &Item = item;
        if !may_merge(item) {
            return None;
        }
        let key = (item.parent, item.qualified_name.as_str());
        match first.get(&key) {
            Some((at, old)) if belongs_to(item, old) => Some(*at),
            _ => {
                first.insert(key, (index, item));
                None
            }
        }
    };
    (0u32..).zip(items).map(target).collect()
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
