//! Python: re-exports and stubs.

mod exports;
mod modules;
mod stubs;

use std::collections::{BTreeMap, HashMap};

use registry_types::{SnippetKind, Visibility};

use super::FileOutline;
use modules::Modules;
use registry_types::outline::Outline;

/// Names handed on by all public modules together.
const MAX_NAMES: usize = 200_000;

pub(super) fn resolve(files: &mut [FileOutline]) {
    stubs::merge(files);
    let wanted = wanted(files);
    for (file, items) in wanted {
        if let Some(file) = files.get_mut(file) {
            publish(&mut file.outline, &items);
        }
    }
}

/// Per file, the items that public modules hand on, each with the name it has there.
fn wanted(files: &[FileOutline]) -> BTreeMap<usize, Vec<(u32, String)>> {
    let modules = Modules::new(files);
    let mut best: HashMap<(usize, u32), String> = HashMap::new();
    let mut left = MAX_NAMES;
    for module in modules.public() {
        let Some(path) = modules.name(module) else {
            continue;
        };
        for name in exports::of(&modules, module).iter() {
            left = left.saturating_sub(1);
            if left == 0 {
                break;
            }
            let Some((file, item)) = modules.find(module, name) else {
                continue;
            };
            let target = format!("{path}.{name}");
            let known = best.entry((file, item)).or_insert_with(|| target.clone());
            if shorter(&target, known) {
                *known = target;
            }
        }
    }
    let mut wanted: BTreeMap<usize, Vec<(u32, String)>> = BTreeMap::new();
    for ((file, item), name) in best {
        wanted.entry(file).or_default().push((item, name));
    }
    wanted
}

/// Fewer parts, then the order of the alphabet: the same answer whatever the order of files.
fn shorter(a: &str, b: &str) -> bool {
    let parts = |name: &str| name.bytes().filter(|b| *b == b'.').count();
    (parts(a), a) < (parts(b), b)
}

/// Makes internal items public under their new names, with the members that are public in them.
fn publish(outline: &mut Outline, items: &[(u32, String)]) {
    let mut renamed: HashMap<u32, (String, String)> = HashMap::new();
    for (index, name) in items {
        if let Some(item) = outline.items.get_mut(*index as usize)
            && item.visibility == Visibility::Internal
        {
            let old = std::mem::replace(&mut item.qualified_name, name.clone());
            item.visibility = Visibility::Public;
            renamed.insert(*index, (old, name.clone()));
        }
    }
    if renamed.is_empty() {
        return;
    }
    // Containers stand before their members.
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let (Some(item), Ok(here)) = (rest.first_mut(), u32::try_from(index)) else {
            continue;
        };
        let Some((parent, (old, new))) = item
            .parent
            .and_then(|parent| Some((parent, renamed.get(&parent)?.clone())))
        else {
            continue;
        };
        if let Some(tail) = item.qualified_name.strip_prefix(old.as_str()) {
            item.qualified_name = format!("{new}{tail}");
        }
        let public = before
            .get(parent as usize)
            .is_some_and(|parent| parent.visibility == Visibility::Public);
        if public && item.declared == Visibility::Public {
            item.visibility = Visibility::Public;
        }
        if item.kind == SnippetKind::Class {
            renamed.insert(here, (old, new));
        }
    }
}
