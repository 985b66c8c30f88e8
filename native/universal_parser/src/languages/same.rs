//! Names that one file defines more than once: reopened classes, functions of several methods.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use crate::outline::{Item, Outline, join_doc, join_signature};

/// Makes one item of all with the same qualified name and sort: the first, with the first
/// documentation there is; when they are to be joined, with all signatures and documentation. Members of the
/// others become its own.
pub(super) fn merge(outline: &mut Outline, join: bool) {
    let mut firsts: HashMap<(u8, String), usize> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; outline.items.len()];
    for (index, slot) in into.iter_mut().enumerate() {
        let (before, rest) = outline.items.split_at_mut(index);
        let Some(item) = rest.first_mut() else {
            continue;
        };
        let key = (sort(item.kind), item.qualified_name.clone());
        match firsts.get(&key) {
            Some(&first) => {
                if let Some(old) = before.get_mut(first) {
                    add(old, item, join);
                    *slot = u32::try_from(first).ok();
                }
            }
            None => {
                firsts.insert(key, index);
            }
        }
    }
    outline.absorb(&into);
}

fn add(old: &mut Item, item: &mut Item, join: bool) {
    if !join {
        old.doc = old.doc.take().or_else(|| item.doc.take());
    } else if old.visibility == Visibility::Internal && item.visibility == Visibility::Public {
        // What users cannot call is no part of the signature.
        (old.visibility, old.declared) = (item.visibility, item.declared);
        old.signature = std::mem::take(&mut item.signature);
        old.doc = item.doc.take();
    } else if old.visibility == item.visibility && old.signature != item.signature {
        join_signature(&mut old.signature, &item.signature);
        join_doc(&mut old.doc, item.doc.take());
    }
}

fn sort(kind: SnippetKind) -> u8 {
    use SnippetKind::{Constant, Field, Function, Macro, Method};
    match kind {
        Function | Method => 0,
        Constant => 1,
        Field => 2,
        Macro => 3,
        _ => 4,
    }
}
