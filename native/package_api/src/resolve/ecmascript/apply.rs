//! Writes down what was found: visibilities, names, aliases.

use std::collections::HashMap;

use registry_types::outline::{Item, Marks, Outline};
use registry_types::{SnippetKind, Visibility};

use super::is_ours;
use super::publish::Published;
use crate::resolve::FileOutline;

/// What was published is public, with the members that are public in it; all else is internal.
pub(super) fn apply(files: &mut [FileOutline], published: Published) {
    let mut by_file: HashMap<usize, HashMap<u32, Vec<String>>> = HashMap::new();
    for ((file, item), paths) in published {
        by_file.entry(file).or_default().insert(item, paths);
    }
    for (index, file) in files.iter_mut().enumerate() {
        if is_ours(file) {
            let named = by_file.remove(&index).unwrap_or_default();
            name(&mut file.outline, named);
        }
    }
}

fn name(outline: &mut Outline, mut named: HashMap<u32, Vec<String>>) {
    // The new path of each item that is public.
    let mut paths: Vec<Option<String>> = vec![None; outline.items.len()];
    // Members assigned to a thing may stand before it.
    let (before, after): (Vec<u32>, Vec<u32>) = (0u32..)
        .zip(&outline.items)
        .map(|(index, item)| (index, item.parent.is_some_and(|parent| parent > index)))
        .fold(
            (Vec::new(), Vec::new()),
            |(mut first, mut later), (i, late)| {
                if late {
                    later.push(i)
                } else {
                    first.push(i)
                }
                (first, later)
            },
        );
    for index in before.into_iter().chain(after) {
        let Some(item) = outline.items.get_mut(index as usize) else {
            continue;
        };
        let parent = item
            .parent
            .and_then(|parent| paths.get(parent as usize)?.clone());
        let path = match named.remove(&index) {
            Some(mut all) if !all.is_empty() => {
                let path = all.remove(0);
                item.aliases = all;
                if item.kind != SnippetKind::Module || item.parent.is_some() {
                    rename(item, &path);
                }
                Some(path)
            }
            _ => parent
                .filter(|_| is_member(item))
                .map(|parent| format!("{parent}.{}", item.name)),
        };
        item.visibility = if path.is_some() {
            Visibility::Public
        } else {
            Visibility::Internal
        };
        match &path {
            Some(path) => item.qualified_name.clone_from(path),
            None => item.aliases.clear(),
        }
        if let Some(slot) = paths.get_mut(index as usize) {
            *slot = path;
        }
    }
}

/// A public method or field; what namespaces export has paths of its own.
fn is_member(item: &Item) -> bool {
    item.declared == Visibility::Public
        && !item.marks.has(Marks::HIDDEN)
        && matches!(item.kind, SnippetKind::Method | SnippetKind::Field)
}

/// The name that a user sees, unless it is the default export, whose own name says more.
fn rename(item: &mut Item, path: &str) {
    if item.qualified_name == path || path.ends_with(&format!(".{}", item.name)) {
        return;
    }
    if let Some((_, name)) = path.rsplit_once('.') {
        name.clone_into(&mut item.name);
    }
}

/// Names as each file alone gives them.
pub(super) fn by_file(files: &mut [FileOutline]) {
    for file in files.iter_mut().filter(|file| is_ours(file)) {
        let module = file.outline.module.clone();
        for item in &mut file.outline.items {
            // Of `declare module "../x"`.
            if item.qualified_name.starts_with('.')
                && let Some((_, name)) = item.qualified_name.rsplit_once('/')
            {
                let name = name.split_once('.').map_or(name, |(_, name)| name);
                item.qualified_name = format!("{module}.{name}");
            }
            let path = item.qualified_name.clone();
            if item.parent.is_none() && item.kind != SnippetKind::Module {
                rename(item, &path);
            }
        }
    }
}
