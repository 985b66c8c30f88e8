//! With the file known: what was made private by name, and classes opened twice.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use super::calls::{FUNCTION, HIDE};
use crate::languages::same;
use crate::outline::Outline;

pub(super) fn finish(outline: &mut Outline) {
    same::merge(outline, false);
    let links = std::mem::take(&mut outline.links);
    if links.is_empty() {
        return;
    }
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, item) in outline.items.iter().enumerate() {
        let path = item.qualified_name.clone();
        places.entry(path).or_default().push(index);
    }
    for link in links {
        // Writers go with their readers: one item stands for both.
        let path = &link.name;
        let Some(found) = places
            .get(path)
            .or_else(|| places.get(path.strip_suffix('=')?))
        else {
            continue;
        };
        for index in found {
            let Some(item) = outline.items.get_mut(*index) else {
                continue;
            };
            match link.from.as_deref() {
                Some(HIDE) if path == &item.qualified_name => {
                    item.declared = Visibility::Internal;
                }
                Some(FUNCTION) if item.kind == SnippetKind::Method => {
                    item.qualified_name = path.replacen('#', ".", 1);
                }
                Some(HIDE) | None => {}
                Some(_) => item.declared = Visibility::Public,
            }
        }
    }
    outline.settle();
}
