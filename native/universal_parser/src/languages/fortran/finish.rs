//! With the file known: the access statements decide over what says nothing itself.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use super::EXPLICIT;
use crate::outline::Outline;

pub(super) fn finish(outline: &mut Outline) {
    let mut said: HashMap<(String, String), Visibility> = HashMap::new();
    for link in &outline.links {
        let key = (link.scope.clone(), link.name.to_ascii_lowercase());
        said.insert(key, link.visibility);
    }
    outline
        .links
        .retain(|link| link.visibility == Visibility::Public && link.name != "*");
    let modules: HashMap<u32, String> = (0..)
        .zip(&outline.items)
        .filter(|(_, item)| item.kind == SnippetKind::Module)
        .map(|(index, item)| (index, item.qualified_name.clone()))
        .collect();
    for item in &mut outline.items {
        let module = item.parent.and_then(|parent| modules.get(&parent));
        if let Some(module) = module
            && !item.marks.has(EXPLICIT)
        {
            let of = |name: &str| said.get(&(module.clone(), name.to_owned())).copied();
            let visibility = of(&item.name.to_ascii_lowercase()).or_else(|| of("*"));
            item.declared = visibility.unwrap_or(item.declared);
        }
        item.marks = item.marks.without(EXPLICIT);
    }
    outline.settle();
}
