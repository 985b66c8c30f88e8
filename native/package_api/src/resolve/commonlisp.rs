//! Packages of Common Lisp are mostly defined in another file than what they hold: what a package of
//! the release does not export is internal, `package::name`.

use std::collections::HashSet;

use registry_types::outline::LinkKind;
use registry_types::{SnippetKind, Visibility};

use super::FileOutline;

/// Settles the visibility of symbols by the exports of all files.
pub(super) fn resolve(files: &mut [FileOutline]) {
    let lisp = |file: &&FileOutline| file.outline.language == "commonlisp";
    let mut packages: HashSet<String> = HashSet::new();
    let mut exports: HashSet<(String, String)> = HashSet::new();
    for file in files.iter().filter(lisp) {
        let items = &file.outline.items;
        let modules = items.iter().filter(|item| item.kind == SnippetKind::Module);
        packages.extend(modules.map(|item| item.name.clone()));
        let links = &file.outline.links;
        let exported = links.iter().filter(|link| link.kind == LinkKind::Export);
        exports.extend(exported.map(|link| (link.scope.clone(), link.name.clone())));
    }
    if packages.is_empty() {
        return;
    }
    for file in files {
        if file.outline.language != "commonlisp" {
            continue;
        }
        for item in &mut file.outline.items {
            // A slot is its class's, unless it goes by its accessor.
            let slot = item.kind == SnippetKind::Field && item.qualified_name.contains('.');
            if item.kind == SnippetKind::Module || slot {
                continue;
            }
            let Some((package, _)) = item.qualified_name.split_once(':') else {
                continue;
            };
            if !packages.contains(package) {
                continue;
            }
            let symbol = item.name.strip_prefix("(setf ");
            let symbol = symbol.map_or(item.name.as_str(), |name| name.trim_end_matches(')'));
            let key = (package.to_owned(), symbol.to_owned());
            if exports.contains(&key) {
                if item.parent.is_some() {
                    item.parent = None;
                }
            } else {
                item.declared = Visibility::Internal;
            }
        }
        file.outline.settle();
        for item in &mut file.outline.items {
            let name = item.qualified_name.split_once(':');
            if let Some((package, symbol)) = name
                && item.visibility == Visibility::Internal
                && packages.contains(package)
                && !symbol.starts_with(':')
            {
                item.qualified_name = format!("{package}::{symbol}");
            }
        }
    }
}
