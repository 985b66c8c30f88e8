//! With the file known: clauses and specs become one item, hidden modules hide their members.

use std::collections::HashSet;

use registry_types::{SnippetKind, Visibility};

use crate::languages::clauses::{self, DOCUMENTED, is_function};
use crate::outline::{Marks, Outline};

pub(super) fn finish(outline: &mut Outline) {
    // Aliases are of no use outside of the file.
    outline.links.clear();
    clauses::merge(outline);
    let exceptions: HashSet<Option<u32>> = outline
        .items
        .iter()
        .filter(|item| {
            item.kind == SnippetKind::Struct && item.signature.starts_with("defexception")
        })
        .map(|item| item.parent)
        .collect();
    for item in &mut outline.items {
        // `defexception` defines both, undocumented, for modules to override.
        let of_exception = matches!(
            item.qualified_name.rsplit('.').next(),
            Some("exception/1" | "message/1")
        ) && exceptions.contains(&item.parent);
        let implements = item.marks.has(Marks::IMPLEMENTS) || of_exception;
        let undocumented = implements && !item.marks.has(DOCUMENTED) && is_function(item.kind);
        if item.marks.has(Marks::HIDDEN) || undocumented {
            item.marks = item.marks.with(Marks::HIDDEN);
            item.visibility = Visibility::Internal;
        }
        clauses::name_smaller_arities(item);
        item.marks = item.marks.without(clauses::ALL_MARKS);
    }
    outline.hand_down(|_, member| {
        !matches!(member.kind, SnippetKind::Module | SnippetKind::Interface)
    });
}
