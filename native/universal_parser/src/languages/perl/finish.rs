//! With the file known: POD goes to what it tells of, exported names are public.

use std::collections::{HashMap, HashSet};

use registry_types::{SnippetKind, Visibility};

use super::pod::{MODULE, plain};
use crate::outline::{LinkKind, Marks, Outline};

pub(super) fn finish(outline: &mut Outline) {
    super::super::rescue::settle(outline);
    super::super::same::merge(outline, false);
    let mut pods: HashMap<String, String> = HashMap::new();
    let mut exported: HashSet<(String, String)> = HashSet::new();
    for link in std::mem::take(&mut outline.links) {
        match link.kind {
            LinkKind::Export => {
                let text = link.alias.unwrap_or_default();
                pods.entry(link.name).or_insert(text);
            }
            _ => {
                exported.insert((link.scope, link.name));
            }
        }
    }
    outline.module_doc = pods.remove(MODULE);
    let mut module_doc = outline.module_doc.clone();
    for item in &mut outline.items {
        if item.kind == SnippetKind::Module {
            if let Some(doc) = module_doc.take() {
                item.doc = Some(doc);
            }
            continue;
        }
        // The first of a name: that of the package which the file is about.
        if let Some(doc) = pods.remove(&item.name) {
            item.doc = Some(plain(&doc));
        }
        let sigil = item.qualified_name.starts_with(['$', '@', '%']);
        let bare = item.qualified_name.trim_start_matches(['$', '@', '%']);
        let scope = bare
            .rsplit_once("::")
            .map_or("", |(scope, _)| scope)
            .to_owned();
        let name = if sigil {
            let sigil = item.qualified_name.get(..1).unwrap_or_default();
            format!("{sigil}{}", item.name)
        } else {
            item.name.clone()
        };
        if exported.contains(&(scope, name)) {
            item.declared = Visibility::Public;
        }
        let deprecated = item.doc.as_deref().is_some_and(|doc| {
            let doc = doc.trim_start();
            doc.starts_with("DEPRECATED") || doc.starts_with("Deprecated")
        });
        item.marks = item.marks.with(Marks::when(deprecated, Marks::DEPRECATED));
    }
    outline.settle();
}
