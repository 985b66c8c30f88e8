//! With the file known: members of `impl` blocks are as visible as their type.

use std::collections::HashMap;

use registry_types::SnippetKind;

use crate::outline::Outline;

/// An `impl` block's items get their type as parent. A type of another file is left to the
/// resolution across files.
pub(super) fn finish(outline: &mut Outline) {
    use SnippetKind::{Enum, Struct, Trait};
    let types: HashMap<String, u32> = (0u32..)
        .zip(&outline.items)
        .filter(|(_, item)| matches!(item.kind, Struct | Enum | Trait))
        .map(|(index, item)| (item.qualified_name.clone(), index))
        .collect();
    for item in outline
        .items
        .iter_mut()
        .filter(|item| item.parent.is_none() && item.kind != SnippetKind::Macro)
    {
        if let Some((of, _)) = item.qualified_name.rsplit_once("::") {
            item.parent = types.get(of).copied();
        }
    }
    outline.settle();
}
