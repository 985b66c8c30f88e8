//! With the file known: clauses are one item, export lists decide.

use std::collections::HashSet;

use registry_types::{SnippetKind, Visibility};

use super::exports::{ALL, TYPE};
use crate::languages::clauses;
use crate::outline::{Link, Outline};

pub(super) fn finish(outline: &mut Outline) {
    clauses::merge(outline);
    let links: Vec<Link> = std::mem::take(&mut outline.links);
    let exported: HashSet<&str> = links.iter().map(|link| link.name.as_str()).collect();
    let module = outline
        .items
        .first()
        .is_some_and(|item| item.kind == SnippetKind::Module);
    for item in &mut outline.items {
        item.marks = item.marks.without(clauses::ALL_MARKS);
        let local = item.qualified_name.split_once(':').map(|(_, local)| local);
        let (Some(local), true) = (local, module) else {
            continue;
        };
        let listed = match item.kind {
            SnippetKind::Function => exported.contains(ALL) || exported.contains(local),
            SnippetKind::Type => exported.contains(format!("{TYPE}{local}").as_str()),
            _ => true,
        };
        if !listed {
            item.visibility = Visibility::Internal;
        }
    }
    outline.hand_down(|_, _| true);
}
