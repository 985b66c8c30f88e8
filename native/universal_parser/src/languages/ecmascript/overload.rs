//! Several declarations of one thing are one item: overloads, the getter and setter of a property,
//! and what TypeScript merges (interfaces of one name; a namespace with the class, function, enum or
//! constant of its name; a class with an interface).

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
        if let (Some(old), Some(item)) = (old, rest.first_mut()) {
            join(old, item);
        }
    }
    outline.absorb(&into);
}

fn join(old: &mut Item, item: &mut Item) {
    use SnippetKind::{Class, Field, Function, Interface, Method, Module};
    match (old.kind, item.kind) {
        // The namespace is the lesser part, whichever comes first.
        (Module, kind) if kind != Module => {
            old.kind = kind;
            old.signature = std::mem::take(&mut item.signature);
            old.marks = item.marks;
            (old.start, old.start_line) = (item.start, item.start_line);
            (old.end, old.end_line) = (item.end, item.end_line);
            old.doc = item.doc.take().or(old.doc.take());
            return;
        }
        (Interface, Class) => {
            old.kind = Class;
            old.signature = std::mem::take(&mut item.signature);
        }
        (Function | Method, Function | Method) if item.marks.has(Marks::DECLARATION) => {
            join_signature(&mut old.signature, &item.signature);
        }
        (Field, Field) => join_signature(&mut old.signature, &item.signature),
        _ => {}
    }
    if old.doc.is_none() {
        old.doc = item.doc.take();
    }
    // What lies between is not theirs when they do not follow each other.
    let adjacent = item.start.saturating_sub(old.end) < 2 || item.kind != Module;
    if adjacent && matches!(item.kind, Function | Method | Field) {
        old.end = old.end.max(item.end);
        old.end_line = old.end_line.max(item.end_line);
    }
}

/// What two items must have in common to be one thing.
type Key<'a> = (Option<u32>, &'a str);

/// For each item the earlier one it is part of.
fn targets(items: &[Item]) -> Vec<Option<u32>> {
    // Several of a name may be apart: a type and a constant.
    let mut first: HashMap<Key<'_>, [Option<u32>; 2]> = HashMap::new();
    let mut into: Vec<Option<u32>> = Vec::with_capacity(items.len());
    for (index, item) in (0u32..).zip(items) {
        // Most items of declarations are fields, each for itself.
        if item.kind == SnippetKind::Field && !is_accessor(item) {
            into.push(None);
            continue;
        }
        // Members of the second part of a thing belong to the first.
        let parent = item.parent.map(|parent| {
            let target = into.get(parent as usize).copied().flatten();
            target.unwrap_or(parent)
        });
        let slots = first.entry((parent, &item.qualified_name)).or_default();
        let known = slots.iter().flatten().copied().find(|at| {
            let old = items.get(*at as usize);
            old.is_some_and(|old| belongs_to(item, old))
        });
        if known.is_none() {
            match slots {
                [slot @ None, _] | [_, slot @ None] => *slot = Some(index),
                [first, _] => *first = Some(index),
            }
        }
        into.push(known);
    }
    into
}

fn belongs_to(item: &Item, old: &Item) -> bool {
    use SnippetKind::{Class, Constant, Enum, Field, Function, Interface, Method, Module};
    if old.marks.has(Marks::STATIC) != item.marks.has(Marks::STATIC) {
        return false;
    }
    match (old.kind, item.kind) {
        (Field, Field) => true,
        (Function, Function) | (Method, Method) => old.marks.has(Marks::DECLARATION),
        (Interface, Interface | Class | Module)
        | (Class, Interface | Module)
        | (Enum, Enum | Module)
        | (Function | Constant, Module)
        | (Module, Module | Class | Function | Enum | Constant | Interface) => {
            !item.marks.has(Marks::ASSIGNED) && !old.marks.has(Marks::ASSIGNED)
        }
        _ => false,
    }
}

fn is_accessor(item: &Item) -> bool {
    let signature = item.signature.as_str();
    let mut words = signature.split([' ', '(']).take(6);
    signature.contains('(') && words.any(|word| matches!(word, "get" | "set"))
}
