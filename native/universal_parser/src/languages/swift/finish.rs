//! Extensions of types of the same file.

use std::collections::HashMap;

use crate::outline::Outline;

/// Members that extensions add to a type of this file become its members, and as hidden as it is.
pub(super) fn adopt_extensions(outline: &mut Outline) {
    use registry_types::SnippetKind::{Class, Enum, Interface, Struct};
    let mut types = HashMap::new();
    for (index, item) in (0u32..).zip(&outline.items) {
        if matches!(item.kind, Class | Enum | Interface | Struct) {
            types.insert(item.qualified_name.clone(), index);
        }
    }
    let mut adopted = false;
    for (index, item) in (0u32..).zip(&mut outline.items) {
        if item.parent.is_some() {
            continue;
        }
        let path = item.qualified_name.split('(').next().unwrap_or_default();
        if let Some((owner, _)) = path.rsplit_once('.')
            && let Some(owner) = types.get(owner)
            && *owner != index
        {
            item.parent = Some(*owner);
            adopted = true;
        }
    }
    if adopted {
        outline.settle();
    }
}
