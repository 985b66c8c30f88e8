//! Julia: files that a module includes are parts of it, and its export lists decide for them too.

use std::collections::{HashMap, HashSet};

use registry_types::outline::{LinkKind, Marks};
use registry_types::{SnippetKind, Visibility};

use super::FileOutline;

/// Files that include each other in a row.
const MAX_DEPTH: usize = 32;

pub(super) fn resolve(files: &mut [FileOutline]) {
    let order = place(files);
    if order.is_empty() {
        return;
    }
    let lists = lists(files, &order);
    // Modules by name, whether they can be seen: those of files that include come first.
    let mut modules: HashMap<String, Visibility> = HashMap::new();
    for index in order {
        if let Some(file) = files.get_mut(index) {
            publish(file, &lists, &mut modules);
        }
    }
}

/// Puts the module that includes a file before the names in it. The files in the order in which they
/// include each other.
fn place(files: &mut [FileOutline]) -> Vec<usize> {
    let places: HashMap<String, usize> = files
        .iter()
        .enumerate()
        .filter(|(_, file)| file.outline.language == "julia" && !is_aside(&file.path))
        .map(|(index, file)| (file.path.clone(), index))
        .collect();
    let mut included = HashSet::new();
    let mut includes: HashMap<usize, Vec<(usize, String)>> = HashMap::new();
    for index in places.values() {
        let Some(file) = files.get(*index) else {
            continue;
        };
        for link in &file.outline.links {
            let target = link
                .from
                .as_deref()
                .filter(|_| link.kind == LinkKind::Import);
            let target = target.and_then(|target| places.get(&beside(&file.path, target)));
            if let Some(target) = target.filter(|target| *target != index) {
                included.insert(*target);
                let list = includes.entry(*index).or_default();
                list.push((*target, link.scope.clone()));
            }
        }
    }
    let mut order = Vec::new();
    let mut seen = HashSet::new();
    let mut level: Vec<(usize, String)> = places
        .into_values()
        .filter(|index| !included.contains(index))
        .map(|index| (index, String::new()))
        .collect();
    level.sort();
    for _ in 0..MAX_DEPTH {
        let mut next = Vec::new();
        for (index, prefix) in level {
            if !seen.insert(index) {
                continue;
            }
            order.push(index);
            if let Some(file) = files.get_mut(index).filter(|_| !prefix.is_empty()) {
                rename(file, &prefix);
            }
            for (target, scope) in includes.remove(&index).unwrap_or_default() {
                next.push((target, join(&prefix, &scope)));
            }
        }
        level = next;
    }
    order
}

/// Whether the file is for the package's developers: nothing of it is public.
fn is_aside(path: &str) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    let aside = [
        "test",
        "tests",
        "docs",
        "example",
        "examples",
        "bench",
        "benchmark",
        "perf",
    ];
    aside.contains(&first)
}

fn join(prefix: &str, name: &str) -> String {
    match (prefix, name) {
        ("", name) | (name, "") => name.to_owned(),
        _ => format!("{prefix}.{name}"),
    }
}

/// `src/a/b.jl` of `a/b.jl` in `src/Shelf.jl`.
fn beside(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn rename(file: &mut FileOutline, prefix: &str) {
    prefix.clone_into(&mut file.outline.module);
    for item in &mut file.outline.items {
        // Methods of another module's function keep its name.
        if !item.marks.has(Marks::IMPLEMENTS) {
            item.qualified_name = join(prefix, &item.qualified_name);
        }
    }
    for link in &mut file.outline.links {
        link.scope = join(prefix, &link.scope);
    }
}

/// The names that each module exports, in whatever file.
fn lists(files: &[FileOutline], order: &[usize]) -> HashMap<String, HashSet<String>> {
    let mut lists: HashMap<String, HashSet<String>> = HashMap::new();
    let files = order.iter().filter_map(|index| files.get(*index));
    let links = files.flat_map(|file| &file.outline.links);
    for link in links.filter(|link| link.kind == LinkKind::Export) {
        let list = lists.entry(link.scope.clone()).or_default();
        list.insert(link.name.clone());
    }
    lists
}

fn publish(
    file: &mut FileOutline,
    lists: &HashMap<String, HashSet<String>>,
    modules: &mut HashMap<String, Visibility>,
) {
    let outline = &mut file.outline;
    let names: Vec<Option<String>> = outline
        .items
        .iter()
        .map(|item| {
            let module = item.kind == SnippetKind::Module;
            module.then(|| item.qualified_name.clone())
        })
        .collect();
    let hidden = modules.get(&outline.module) == Some(&Visibility::Internal);
    for item in &mut outline.items {
        let module = match item.parent.map(|parent| names.get(parent as usize)) {
            None => &outline.module,
            Some(Some(Some(module))) => module,
            // A field, a value of an enum.
            Some(_) => continue,
        };
        let word = match item.kind {
            SnippetKind::Macro => format!("@{}", item.name),
            _ => item.name.clone(),
        };
        let listed = match lists.get(module) {
            _ if item.marks.has(Marks::IMPLEMENTS) => true,
            Some(list) => list.contains(&word),
            None => !item.name.starts_with('_'),
        };
        let outer = item.parent.is_none() && hidden;
        item.declared = if listed && !outer {
            Visibility::Public
        } else {
            Visibility::Internal
        };
    }
    outline.settle();
    for item in &outline.items {
        if item.kind == SnippetKind::Module {
            modules.insert(item.qualified_name.clone(), item.visibility);
        }
    }
}
