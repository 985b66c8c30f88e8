//! Export lists of Scheme libraries and Racket modules, known when the whole file is.

use std::collections::{HashMap, HashSet};

use registry_types::Visibility;

use crate::outline::{Link, LinkKind, Outline};
use crate::walk::Walk;

/// What stands for everything a module defines.
pub(super) const ALL: &str = "*";

/// Remembers that the module of the current scope exports `name`, outside known as `alias`.
pub(super) fn export(walk: &mut Walk<'_>, name: &str, alias: Option<&str>) {
    if name.is_empty() {
        return;
    }
    let scope = walk.scope().path.clone();
    walk.link(Link {
        kind: LinkKind::Export,
        scope,
        from: None,
        name: name.to_owned(),
        alias: alias.map(str::to_owned),
        visibility: Visibility::Public,
    });
}

/// Makes what `listed` modules do not export internal. Members of exported items stay as they are.
pub(super) fn apply(outline: &mut Outline, separator: &str, listed: impl Fn(&str) -> bool) {
    let mut names: HashMap<(&str, &str), Option<&str>> = HashMap::new();
    let mut scopes: HashSet<&str> = HashSet::new();
    let exports = outline
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Export && link.from.is_none());
    for link in exports {
        scopes.insert(&link.scope);
        names.insert((&link.scope, &link.name), link.alias.as_deref());
    }
    let modules: Vec<Option<String>> = outline
        .items
        .iter()
        .map(|item| {
            (item.kind == registry_types::SnippetKind::Module).then(|| item.qualified_name.clone())
        })
        .collect();
    for item in &mut outline.items {
        if item.kind == registry_types::SnippetKind::Module {
            continue;
        }
        let module = match item.parent {
            Some(parent) => match modules.get(parent as usize) {
                Some(Some(module)) => module.as_str(),
                _ => continue,
            },
            None => "",
        };
        if !scopes.contains(module) && !listed(module) {
            continue;
        }
        match names.get(&(module, item.name.as_str())) {
            Some(Some(alias)) => item.qualified_name = format!("{module}{separator}{alias}"),
            Some(None) => {}
            None if names.contains_key(&(module, ALL)) => {}
            None => item.declared = Visibility::Internal,
        }
    }
    outline.settle();
}
