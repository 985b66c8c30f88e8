//! With the file known: one item per name, and `__all__` decides where there is one.

use std::collections::{HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use super::exports::ALL;
use super::{FOR_OLD_PYTHON, IN_FALLBACK};
use crate::outline::join_signature;
use crate::outline::{Item, Link, LinkKind, Marks, Outline};

/// Classes merged bring members to merge; deeper nesting than this repeats no name in practice.
const MAX_ROUNDS: usize = 4;

pub(super) fn finish(outline: &mut Outline) {
    for _ in 0..MAX_ROUNDS {
        let before = outline.items.len();
        merge(outline);
        if outline.items.len() == before {
            break;
        }
    }
    for item in &mut outline.items {
        item.marks = item
            .marks
            .without(Marks::DECLARATION.with(FOR_OLD_PYTHON).with(IN_FALLBACK));
    }
    visibility(outline);
    outline.hand_down(|_, _| true);
}

/// Several definitions of one name in one scope are one item.
fn merge(outline: &mut Outline) {
    let mut first: HashMap<(Option<u32>, String), u32> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; outline.items.len()];
    let imported: HashSet<String> = outline.links.iter().filter_map(imported).collect();
    let module = outline.items.first().map(|_| 0);
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let Some(item) = rest.first_mut() else {
            continue;
        };
        let key = (item.parent, item.name.clone());
        let here = u32::try_from(index).unwrap_or(u32::MAX);
        // `name = None` where its import failed: the name is that of the import.
        if item.marks.has(Marks::CONDITIONAL)
            && item.kind == SnippetKind::Constant
            && imported.contains(&item.name)
        {
            into[index] = Some(0);
            continue;
        }
        // The same for a function that stands in for an import: it is there, but it is no one's API.
        if item.marks.has(IN_FALLBACK) && item.parent == module && imported.contains(&item.name) {
            item.declared = Visibility::Internal;
            item.visibility = Visibility::Internal;
        }
        let Some(known) = first.get(&key).copied() else {
            first.insert(key, here);
            continue;
        };
        let Some(old) = before.get_mut(known as usize) else {
            continue;
        };
        let replaced = replaces(old, item);
        // Under one condition here and another there: it exists under either.
        if old.condition != item.condition {
            for one in [&mut *old, &mut *item] {
                one.condition = None;
                one.marks = one.marks.without(Marks::CONDITIONAL);
            }
        }
        if replaced {
            item.doc = item.doc.take().or_else(|| old.doc.take());
            into[known as usize] = Some(here);
            first.insert(key, here);
        } else {
            add(old, item);
            into[index] = Some(known);
        }
    }
    outline.absorb(&into);
}

/// The name an import makes known.
fn imported(link: &Link) -> Option<String> {
    if link.kind != LinkKind::Import {
        return None;
    }
    let from = link.from.as_deref().filter(|_| link.name.is_empty());
    let name = from
        .and_then(|from| from.split('.').next())
        .unwrap_or(&link.name);
    Some(link.alias.clone().unwrap_or_else(|| name.to_owned()))
}

/// A function or class wins over a variable of its name (`f = None` where an import failed), a
/// definition that always holds over an earlier one, as it does when the module runs.
fn replaces(old: &Item, new: &Item) -> bool {
    let variable = |item: &Item| {
        matches!(
            item.kind,
            SnippetKind::Constant | SnippetKind::Field | SnippetKind::Type
        )
    };
    if old.marks.has(FOR_OLD_PYTHON) && !new.marks.has(FOR_OLD_PYTHON) {
        return true;
    }
    match (variable(old), variable(new)) {
        (true, false) => true,
        (false, false) => {
            !old.marks.has(Marks::DECLARATION)
                && !new.marks.has(Marks::CONDITIONAL)
                && (old.kind != SnippetKind::Class || new.kind == SnippetKind::Class)
        }
        _ => false,
    }
}

/// Overloads join their signatures; what else repeats a name adds at most its documentation.
fn add(old: &mut Item, new: &mut Item) {
    if old.marks.has(Marks::DECLARATION) {
        if new.marks.has(Marks::DECLARATION) {
            join_signature(&mut old.signature, &new.signature);
        } else {
            old.marks = old.marks.without(Marks::DECLARATION);
        }
        old.end = new.end;
        old.end_line = new.end_line;
        // The implementation's words are those that `help()` shows.
        old.doc = new.doc.take().or_else(|| old.doc.take());
    } else if old.doc.is_none() {
        old.doc = new.doc.take();
    }
}

fn visibility(outline: &mut Outline) {
    let mut listed: HashSet<&str> = HashSet::new();
    let mut taken: HashSet<&str> = HashSet::new();
    for link in &outline.links {
        if link.kind == LinkKind::Export && link.from.is_none() {
            match link.visibility {
                Visibility::Public => listed.insert(&link.name),
                Visibility::Internal => taken.insert(&link.name),
            };
        }
    }
    let module = outline
        .items
        .first()
        .is_some_and(|item| item.kind == SnippetKind::Module)
        .then_some(0);
    let open = outline
        .items
        .first()
        .is_none_or(|item| item.visibility == Visibility::Public);
    for item in &mut outline.items {
        if item.parent != module || item.kind == SnippetKind::Module {
            continue;
        }
        let name = item.name.as_str();
        let has_list = listed.contains(ALL);
        if taken.contains(name) || has_list && (name == ALL || !listed.contains(name)) {
            item.visibility = Visibility::Internal;
        } else if listed.contains(name) && open {
            item.visibility = Visibility::Public;
        }
    }
}
