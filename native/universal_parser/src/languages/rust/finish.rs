//! With the file known: members of `impl` blocks are as visible as their type.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use crate::outline::Outline;

/// An `impl` block's items get their type as parent, and its visibility when it is internal. A type
/// of another file is left to the resolution across files.
pub(super) fn finish(outline: &mut Outline) {
    use SnippetKind::{Enum, Struct, Trait, Type};
    let types: HashMap<String, (u32, Visibility)> = (0u32..)
        .zip(&outline.items)
        .filter(|(_, item)| matches!(item.kind, Struct | Enum | Trait | Type))
        .map(|(index, item)| (item.qualified_name.clone(), (index, item.visibility)))
        .collect();
    for item in &mut outline.items {
        if item.parent.is_some() {
            continue;
        }
        let Some((of, _)) = item.qualified_name.rsplit_once("::") else {
            continue;
        };
        if let Some((index, visibility)) = types.get(of) {
            item.parent = Some(*index);
            if *visibility == Visibility::Internal {
                item.visibility = Visibility::Internal;
            }
        }
    }
}
