//! Names that one file defines more than once: reopened classes, functions of several methods.

use std::collections::HashMap;

use registry_types::SnippetKind;

use crate::outline::{Item, Outline};

/// Makes one item of all with the same qualified name and sort: the first, with the first
/// documentation there is, and all their signatures when they are to be joined. Members of the
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
    if old.doc.is_none() {
        old.doc = item.doc.take();
    }
    if join && old.signature != item.signature {
        crate::outline::join_signature(&mut old.signature, &item.signature);
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
