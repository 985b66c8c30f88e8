//! The export list and deprecations, with the whole file known.

use std::collections::{HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use super::exports::{ALL, MEMBERS};
use super::functions::DEPRECATED;
use crate::outline::{Item, LinkKind, Marks, Outline};

pub(super) fn finish(outline: &mut Outline) {
    deprecate(outline);
    // `#if` gives a function more than one definition.
    let mut conditions: HashMap<String, Option<String>> = HashMap::new();
    for item in &outline.items {
        let known = conditions
            .entry(item.qualified_name.clone())
            .or_insert_with(|| item.condition.clone());
        if *known != item.condition {
            *known = None;
        }
    }
    for item in &mut outline.items {
        if item.condition.is_some() && conditions.get(&item.qualified_name) == Some(&None) {
            item.condition = None;
            item.marks = item.marks.without(Marks::CONDITIONAL);
        }
    }
    crate::languages::same::merge(outline, true);
    let exports: HashMap<&str, Option<&str>> = outline
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Export && link.from.is_none())
        .map(|link| (link.name.as_str(), link.alias.as_deref()))
        .collect();
    if exports.contains_key(ALL) {
        return;
    }
    let owners: Vec<Option<String>> = outline
        .items
        .iter()
        .map(|item| (!matches!(item.kind, SnippetKind::Module)).then(|| item.name.clone()))
        .collect();
    for item in &mut outline.items {
        if item.kind == SnippetKind::Module {
            continue;
        }
        let owner = item.parent.and_then(|parent| owners.get(parent as usize));
        let public = match owner.and_then(Option::as_deref) {
            Some(owner) => member(item, owner, &exports),
            None => exports.contains_key(item.name.as_str()),
        };
        if !public {
            item.declared = Visibility::Internal;
        }
    }
    outline.settle();
}

/// Whether a constructor, field or method is exported: with its type, or for itself.
fn member(item: &Item, owner: &str, exports: &HashMap<&str, Option<&str>>) -> bool {
    let listed = match exports.get(owner) {
        Some(Some(MEMBERS)) => true,
        Some(Some(names)) => names.split(' ').any(|name| name == item.name),
        _ => false,
    };
    // A constructor is not exported by a type of its name.
    listed || (item.name != owner && exports.contains_key(item.name.as_str()))
}

fn deprecate(outline: &mut Outline) {
    let mut names: HashSet<String> = HashSet::new();
    outline.links.retain(|link| {
        let here = link.kind == LinkKind::Member && link.from.as_deref() == Some(DEPRECATED);
        if here {
            names.insert(link.name.clone());
        }
        !here
    });
    if names.is_empty() {
        return;
    }
    for item in &mut outline.items {
        if names.contains(&item.name) {
            item.marks = item.marks.with(Marks::DEPRECATED);
        }
    }
}
