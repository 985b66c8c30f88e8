//! Names that one file defines more than once: reopened classes, functions of several methods.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use crate::outline::{Item, Marks, Outline, join_doc, join_signature};

/// Makes one item of all with the same qualified name and sort: the first, with the first
/// documentation there is; when they are to be joined, with all signatures and documentation.
/// Members of the others become its own.
pub(super) fn merge(outline: &mut Outline, join: bool) {
    let key = |item: &Item| Some((sort(item.kind), None, item.qualified_name.clone()));
    unite(outline, key, |old, item| add(old, item, join));
}

/// Makes one item of all functions of the same name in the same container, with all their
/// signatures and documentation.
pub(super) fn join_overloads(outline: &mut Outline) {
    let key = |item: &Item| {
        let function = matches!(item.kind, SnippetKind::Function | SnippetKind::Method);
        function.then(|| (0, item.parent, item.qualified_name.clone()))
    };
    unite(outline, key, |old, item| add(old, item, true));
}

/// The sort of an item, its container where that matters, its qualified name.
type Key = (u8, Option<u32>, String);

fn unite(
    outline: &mut Outline,
    key: impl Fn(&Item) -> Option<Key>,
    mut add: impl FnMut(&mut Item, &mut Item),
) {
    let mut firsts: HashMap<Key, usize> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; outline.items.len()];
    for (index, slot) in into.iter_mut().enumerate() {
        let (before, rest) = outline.items.split_at_mut(index);
        let Some(item) = rest.first_mut() else {
            continue;
        };
        let Some(key) = key(item) else { continue };
        let first = *firsts.entry(key).or_insert(index);
        if let Some(old) = before.get_mut(first) {
            add(old, item);
            *slot = u32::try_from(first).ok();
        }
    }
    outline.absorb(&into);
}

fn add(old: &mut Item, item: &mut Item, join: bool) {
    if !join {
        old.doc = old.doc.take().or_else(|| item.doc.take());
    } else if old.visibility == Visibility::Internal && item.visibility == Visibility::Public {
        // What users cannot call is no part of the signature.
        let parent = old.parent;
        std::mem::swap(old, item);
        old.parent = parent;
    } else if old.visibility == item.visibility && old.signature != item.signature {
        join_signature(&mut old.signature, &item.signature);
        join_doc(&mut old.doc, item.doc.take());
        if old.condition != item.condition {
            old.condition = None;
            old.marks = old.marks.without(Marks::CONDITIONAL);
        }
        if !item.marks.has(Marks::DEPRECATED) {
            old.marks = old.marks.without(Marks::DEPRECATED);
        }
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
