//! With the file known: declarations and definitions are one item, reserved names internal.

use std::collections::{HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use super::parameters;
use crate::languages::same;
use crate::outline::{Item, Marks, Outline};

pub(super) fn finish(outline: &mut Outline, cpp: bool) {
    merge(outline, cpp);
    if cpp {
        same::join_overloads(outline);
    }
    reserved(outline);
    for item in &mut outline.items {
        item.marks = item.marks.without(Marks::DECLARATION);
    }
    outline.hand_down(|_, _| true);
}

/// What two items must share to be one thing.
type Key = (&'static str, String, Option<String>);

fn key(item: &Item, cpp: bool) -> Key {
    use SnippetKind::{Class, Enum, Function, Method, Struct, Type};
    let (sort, parameters) = match item.kind {
        Function | Method if cpp => ("function", parameters::types(&item.signature, &item.name)),
        Function | Method => ("function", None),
        // `typedef struct s s;` beside `struct s { … };`.
        Struct | Class | Enum | Type => ("type", None),
        SnippetKind::Macro => ("macro", None),
        _ => ("value", None),
    };
    (sort, item.qualified_name.clone(), parameters)
}

fn merge(outline: &mut Outline, cpp: bool) {
    let mut first: HashMap<Key, u32> = HashMap::new();
    let mut into: Vec<Option<u32>> = vec![None; outline.items.len()];
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let Some(item) = rest.first_mut() else {
            continue;
        };
        let here = u32::try_from(index).unwrap_or(u32::MAX);
        let key = key(item, cpp);
        let Some((known, old)) = first
            .get(&key)
            .and_then(|known| Some((*known, before.get_mut(*known as usize)?)))
        else {
            first.insert(key, here);
            continue;
        };
        let (slot, target) = if old.kind == SnippetKind::Type && item.kind != SnippetKind::Type {
            // The type itself, after its name was given.
            item.doc = item.doc.take().or_else(|| old.doc.take());
            first.insert(key, here);
            (known as usize, here)
        } else {
            absorb(old, item);
            (index, known)
        };
        if let Some(slot) = into.get_mut(slot) {
            *slot = Some(target);
        }
    }
    outline.absorb(&into);
}

/// What is declared in two branches exists whichever is taken.
fn either(old: &mut Item, item: &Item) {
    if old.condition != item.condition {
        old.condition = None;
        old.marks = old.marks.without(Marks::CONDITIONAL);
    }
}

/// `old` also stands for `item`: a definition's place counts, any documentation, the visibility of
/// what a class declares.
fn absorb(old: &mut Item, item: &mut Item) {
    either(old, item);
    if old.doc.is_none() {
        old.doc = item.doc.take();
    }
    let defines = old.marks.has(Marks::DECLARATION) && !item.marks.has(Marks::DECLARATION);
    if defines && old.parent.is_none() {
        (old.start, old.end) = (item.start, item.end);
        (old.start_line, old.end_line) = (item.start_line, item.end_line);
    }
    if defines {
        old.marks = old.marks.without(Marks::DECLARATION);
    }
    let marks = item.marks.without(Marks::DECLARATION);
    old.marks = old.marks.with(marks.without(Marks::CONDITIONAL));
}

/// A leading underscore reserves a name, unless a `typedef` tells of another for the same type.
fn reserved(outline: &mut Outline) {
    let named: HashSet<String> = outline
        .items
        .iter()
        .filter(|item| item.kind == SnippetKind::Type && !item.name.starts_with('_'))
        .filter_map(|item| tag_of(&item.signature))
        .collect();
    for item in &mut outline.items {
        if item.name.starts_with('_') && !named.contains(&item.name) {
            item.visibility = Visibility::Internal;
        }
    }
}

/// `tag` of `typedef struct tag name`.
fn tag_of(signature: &str) -> Option<String> {
    let rest = signature.strip_prefix("typedef ")?;
    let rest = rest.strip_prefix("const ").unwrap_or(rest);
    let rest = ["struct ", "union ", "enum ", "class "]
        .iter()
        .find_map(|tag| rest.strip_prefix(tag))?;
    let end = rest
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(rest.len());
    rest.get(..end)
        .filter(|tag| !tag.is_empty())
        .map(str::to_owned)
}
