//! The same var under two reader conditionals is one item.

use std::collections::HashMap;

use crate::outline::{Marks, Outline, join_signature};

pub(super) fn merge(outline: &mut Outline) {
    let mut first: HashMap<(bool, String), usize> = HashMap::new();
    let mut into = vec![None; outline.items.len()];
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let Some(item) = rest.first_mut() else {
            continue;
        };
        // `(def x)` first and `(def x 1)` later is one var as well.
        let key = (
            item.kind == registry_types::SnippetKind::Module,
            item.qualified_name.clone(),
        );
        let Some(old) = first.get(&key).copied() else {
            first.insert(key, index);
            continue;
        };
        let Some(kept) = before.get_mut(old) else {
            continue;
        };
        if kept.signature != item.signature {
            join_signature(&mut kept.signature, &item.signature);
        }
        if kept.doc.is_none() {
            kept.doc = item.doc.take();
        }
        if kept.condition != item.condition {
            kept.condition = None;
            kept.marks = kept.marks.without(Marks::CONDITIONAL);
        }
        if let Some(slot) = into.get_mut(index) {
            *slot = u32::try_from(old).ok();
        }
    }
    outline.absorb(&into);
}
