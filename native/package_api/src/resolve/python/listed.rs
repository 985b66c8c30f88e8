//! Modules whose `__all__` comes from elsewhere: from a stub, or imported.

use std::collections::{BTreeSet, HashSet};

use registry_types::outline::Item;
use registry_types::{SnippetKind, Visibility};

use super::exports;
use super::modules::{Modules, is_python};
use super::names::Place;
use crate::resolve::FileOutline;

/// What such a list leaves out is internal, as it is with a list of the module's own.
pub(super) fn apply(files: &mut [FileOutline]) {
    let mut unlisted = HashSet::new();
    {
        let modules = Modules::new(files);
        for (index, file) in files.iter().enumerate().filter(|(_, file)| is_python(file)) {
            if !exports::are_listed(&modules, index) {
                continue;
            }
            let names = exports::of(&modules, index);
            for (here, item) in (0u32..).zip(&file.outline.items) {
                let at_top = item.parent == Some(0) && item.kind != SnippetKind::Module;
                let public = item.visibility == Visibility::Public;
                if at_top && public && !names.contains(&item.name) {
                    unlisted.insert((index, here));
                }
            }
        }
    }
    hide(files, &unlisted);
}

/// Makes items internal, with their members.
pub(super) fn hide(files: &mut [FileOutline], places: &HashSet<Place>) {
    for (file, index) in places {
        let outline = files.get_mut(*file).map(|file| &mut file.outline);
        let item = outline.and_then(|outline| outline.items.get_mut(*index as usize));
        if let Some(item) = item {
            item.declared = Visibility::Internal;
            item.visibility = Visibility::Internal;
        }
    }
    let changed: BTreeSet<usize> = places.iter().map(|(file, _)| *file).collect();
    for file in changed {
        if let Some(file) = files.get_mut(file) {
            let of_class = |container: &Item, _: &Item| container.kind == SnippetKind::Class;
            file.outline.hand_down(of_class);
        }
    }
}
