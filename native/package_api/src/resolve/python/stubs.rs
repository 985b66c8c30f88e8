//! `.pyi` beside `.py`: the stub tells the types, the source has the text.

use std::collections::{BTreeSet, HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use super::exports;
use super::listed::hide;
use super::modules::{Modules, is_python, known_as};
use super::names::Place;
use super::parameters::with_defaults;
use crate::resolve::FileOutline;
use registry_types::outline::{Item, Link, LinkKind, Outline};

/// What a stub says of an item of its source goes to the source's item; the stub keeps what its
/// source has not.
pub(super) fn merge(files: &mut [FileOutline]) {
    let mut sources: HashMap<String, usize> = HashMap::new();
    for (index, file) in files.iter().enumerate().filter(|(_, file)| is_python(file)) {
        if file.path.ends_with(".py") {
            sources.insert(file.outline.module.clone(), index);
        }
    }
    for index in 0..files.len() {
        let Some(stub) = files
            .get(index)
            .filter(|file| file.path.ends_with(".pyi") && is_python(file))
        else {
            continue;
        };
        let Some(source) = sources.get(&stub.outline.module).copied() else {
            continue;
        };
        let Some(stub) = files
            .get_mut(index)
            .map(|file| std::mem::take(&mut file.outline))
        else {
            continue;
        };
        let left = files
            .get_mut(source)
            .map(|source| join(stub, &mut source.outline));
        if let (Some(file), Some(left)) = (files.get_mut(index), left) {
            file.outline = left;
        }
    }
}

/// Gives what is left of the stub.
fn join(mut stub: Outline, source: &mut Outline) -> Outline {
    let by_name: HashMap<String, usize> = source
        .items
        .iter()
        .enumerate()
        .map(|(index, item)| (item.qualified_name.clone(), index))
        .collect();
    let mut into: Vec<Option<u32>> = Vec::with_capacity(stub.items.len());
    for item in &stub.items {
        let known = by_name
            .get(&item.qualified_name)
            .and_then(|index| source.items.get_mut(*index));
        // The module's other items need it as their container.
        let known = known.filter(|_| item.kind != SnippetKind::Module);
        into.push(known.is_some_and(|known| told(known, item)).then_some(0));
    }
    // What the source imports under a name is what it is; the stub may have it from elsewhere.
    let imported: HashSet<String> = imported(&source.links).map(str::to_owned).collect();
    let links = std::mem::take(&mut stub.links).into_iter();
    source.links.extend(links.filter(|link| {
        link.kind != LinkKind::Import || link.name == "*" || !imported.contains(known_as(link))
    }));
    stub.absorb(&into);
    // The source stands for the module.
    if stub.items.len() == 1 {
        stub.items.clear();
    } else if let Some(module) = stub.items.first_mut() {
        module.visibility = Visibility::Internal;
    }
    stub
}

fn imported(links: &[Link]) -> impl Iterator<Item = &str> {
    let imports = links.iter().filter(|link| link.kind == LinkKind::Import);
    imports.map(known_as)
}

/// Gives the source's item what the stub says of it. Not when the stub knows better what it is: then
/// the stub's item stands, and the source's is no one's business.
fn told(known: &mut Item, stub: &Item) -> bool {
    let variable = |item: &Item| {
        matches!(
            item.kind,
            SnippetKind::Constant | SnippetKind::Field | SnippetKind::Type
        )
    };
    if variable(known) && !variable(stub) {
        known.declared = Visibility::Internal;
        known.visibility = Visibility::Internal;
        return false;
    }
    if variable(known) == variable(stub) {
        let single = !stub.signature.contains("; ");
        known.signature = if single && stub.signature.contains("...") {
            with_defaults(&stub.signature, &known.signature)
        } else {
            stub.signature.clone()
        };
    }
    if known.doc.is_none() {
        known.doc.clone_from(&stub.doc);
    }
    true
}

/// What a stub defines and its source imports is the thing imported. The rest of the stub is public
/// where the source's `__all__` does not say otherwise.
pub(super) fn follow(files: &mut [FileOutline]) {
    let plan = Plan::of(files);
    let mut members: HashMap<(usize, u32, String), u32> = HashMap::new();
    let targets: HashSet<usize> = plan.moves.values().map(|(file, _)| *file).collect();
    for target in targets {
        let items = files.get(target).map(|file| file.outline.items.as_slice());
        for (index, item) in (0u32..).zip(items.unwrap_or_default()) {
            if let Some(parent) = item.parent {
                members.insert((target, parent, item.name.clone()), index);
            }
        }
    }
    hide(files, &plan.hidden);
    for stub in plan.stubs {
        let Some(mut outline) = files
            .get_mut(stub)
            .map(|file| std::mem::take(&mut file.outline))
        else {
            continue;
        };
        let mut into = vec![None; outline.items.len()];
        for ((index, item), gone) in (0u32..).zip(&mut outline.items).zip(&mut into) {
            let own = plan.moves.get(&(stub, index)).copied();
            let of_class = item
                .parent
                .and_then(|parent| plan.moves.get(&(stub, parent)))
                .and_then(|(file, class)| {
                    let key = (*file, *class, item.name.clone());
                    Some((*file, *members.get(&key)?))
                });
            let known = own.or(of_class).and_then(|(file, place)| {
                let outline = files.get_mut(file).map(|file| &mut file.outline)?;
                outline.items.get_mut(place as usize)
            });
            *gone = known.is_some_and(|known| told(known, item)).then_some(0);
        }
        outline.absorb(&into);
        if let Some(file) = files.get_mut(stub) {
            file.outline = outline;
        }
    }
}

/// What becomes of the items that only stubs define.
#[derive(Default)]
struct Plan {
    stubs: Vec<usize>,
    /// Items that stand for an item of another file.
    moves: HashMap<Place, Place>,
    /// Items that the `__all__` of their source leaves out.
    hidden: HashSet<Place>,
}

impl Plan {
    fn of(files: &[FileOutline]) -> Self {
        let mut plan = Self::default();
        let modules = Modules::new(files);
        for (index, file) in files.iter().enumerate() {
            let Some(source) = modules.source_of(index) else {
                continue;
            };
            plan.stubs.push(index);
            let listed = exports::are_listed(&modules, source);
            let names = if listed {
                exports::of(&modules, source)
            } else {
                BTreeSet::new()
            };
            for (here, item) in (0u32..).zip(&file.outline.items) {
                let tail = item.qualified_name.strip_prefix(&file.outline.module);
                if tail.and_then(|tail| tail.strip_prefix('.')) != Some(&item.name) {
                    continue;
                }
                match modules.find(source, &item.name) {
                    Some(place) if place.0 != index => {
                        plan.moves.insert((index, here), place);
                    }
                    _ if listed && !names.contains(&item.name) => {
                        plan.hidden.insert((index, here));
                    }
                    _ => {}
                }
            }
        }
        plan
    }
}
