//! `.pyi` beside `.py`: the stub tells the types, the source has the text.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use super::modules::is_python;
use crate::resolve::FileOutline;
use registry_types::outline::Outline;

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
        let Some(known) = known.filter(|known| known.kind == item.kind) else {
            into.push(None);
            continue;
        };
        if item.kind == SnippetKind::Module {
            // Its other items need it as their container.
            into.push(None);
            continue;
        }
        known.signature.clone_from(&item.signature);
        if known.doc.is_none() {
            known.doc.clone_from(&item.doc);
        }
        into.push(Some(0));
    }
    source.links.append(&mut stub.links.clone());
    stub.absorb(&into);
    // The source stands for the module.
    if stub.items.len() == 1 {
        stub.items.clear();
    } else if let Some(module) = stub.items.first_mut() {
        module.visibility = Visibility::Internal;
    }
    stub
}
