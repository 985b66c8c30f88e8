//! With the file known: methods become functions, export lists decide.

use std::collections::{HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use crate::languages::same;
use crate::outline::{LinkKind, Marks, Outline};

pub(super) fn finish(outline: &mut Outline) {
    same::merge(outline, true);
    let mut lists: HashMap<&str, HashSet<&str>> = HashMap::new();
    for link in outline
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Export)
    {
        lists.entry(&link.scope).or_default().insert(&link.name);
    }
    // Values of enums and fields of structs go with them.
    let modules: Vec<Option<String>> = outline
        .items
        .iter()
        .map(|item| {
            let module = item.kind == SnippetKind::Module;
            module.then(|| item.qualified_name.clone())
        })
        .collect();
    for item in &mut outline.items {
        let module = match item.parent {
            Some(parent) => match modules.get(parent as usize) {
                Some(Some(module)) => module.as_str(),
                _ => continue,
            },
            None => "",
        };
        let word = match item.kind {
            SnippetKind::Macro => format!("@{}", item.name),
            _ => item.name.clone(),
        };
        let public = match lists.get(module) {
            _ if item.marks.has(Marks::IMPLEMENTS) => true,
            Some(list) => list.contains(word.as_str()),
            None => !item.name.starts_with('_'),
        };
        if !public {
            item.declared = Visibility::Internal;
        }
    }
    outline.settle();
}
