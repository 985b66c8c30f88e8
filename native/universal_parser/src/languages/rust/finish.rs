//! With the file known: members of `impl` blocks are as visible as their type.

use std::collections::{HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use crate::outline::{Item, Link, LinkKind, Marks, Outline};

/// Types of the standard library that need no import.
const PRELUDE: [&str; 5] = ["Box", "Option", "Result", "String", "Vec"];

/// An `impl` block's items get their type as parent. A type of another file is left to the
/// resolution across files; what a trait of ours does for a type of the standard library is the
/// trait's, not a member of our own.
pub(super) fn finish(outline: &mut Outline) {
    use SnippetKind::{Enum, Struct, Trait, Type};
    let types: HashMap<String, u32> = (0u32..)
        .zip(&outline.items)
        .filter(|(_, item)| matches!(item.kind, Struct | Enum | Trait | Type))
        .map(|(index, item)| (item.qualified_name.clone(), index))
        .collect();
    let foreign: HashSet<&str> = outline.links.iter().filter_map(from_std).collect();
    for item in outline
        .items
        .iter_mut()
        .filter(|item| item.parent.is_none())
    {
        let Some((of, _)) = item.qualified_name.rsplit_once("::") else {
            continue;
        };
        item.parent = types.get(of).copied();
        if item.parent.is_none() && item.marks.has(Marks::IMPLEMENTS) && is_foreign(item, &foreign)
        {
            item.declared = Visibility::Internal;
        }
    }
    outline.settle();
}

/// The name by which a type of the standard library is known here.
fn from_std(link: &Link) -> Option<&str> {
    let root = link.from.as_deref()?.split("::").next()?;
    let std = link.kind == LinkKind::Import && matches!(root, "std" | "core" | "alloc");
    std.then(|| link.alias.as_deref().unwrap_or(&link.name))
}

fn is_foreign(item: &Item, foreign: &HashSet<&str>) -> bool {
    let of = item.qualified_name.rsplit("::").nth(1).unwrap_or_default();
    PRELUDE.contains(&of) || foreign.contains(of)
}
