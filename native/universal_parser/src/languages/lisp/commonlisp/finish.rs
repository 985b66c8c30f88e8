//! Exports of packages that the file itself defines.

use std::collections::HashSet;

use registry_types::{SnippetKind, Visibility};

use crate::outline::{LinkKind, Outline};

/// Makes symbols of packages known here internal when the package does not export them.
pub(super) fn finish(outline: &mut Outline) {
    let packages: HashSet<&str> = outline
        .items
        .iter()
        .filter(|item| item.kind == SnippetKind::Module)
        .map(|item| item.name.as_str())
        .collect();
    let exports: HashSet<(&str, &str)> = outline
        .links
        .iter()
        .filter(|link| link.kind == LinkKind::Export)
        .map(|link| (link.scope.as_str(), link.name.as_str()))
        .collect();
    let decide = |qualified: &str, name: &str| {
        let package = qualified.split(':').next().unwrap_or_default();
        let symbol = name
            .strip_prefix("(setf ")
            .map_or(name, |n| n.trim_end_matches(')'));
        (qualified.contains(':') && packages.contains(package))
            .then(|| exports.contains(&(package, symbol)))
    };
    let decided: Vec<Option<bool>> = outline
        .items
        .iter()
        .map(|item| match item.kind {
            SnippetKind::Module => None,
            // A slot is its class's, unless it goes by its accessor.
            SnippetKind::Field if item.qualified_name.contains('.') => None,
            _ => decide(&item.qualified_name, &item.name),
        })
        .collect();
    let known = |qualified: &str| {
        let package = qualified.split_once(':').map(|(package, _)| package);
        package.is_some_and(|package| packages.contains(package))
    };
    let known: Vec<bool> = outline
        .items
        .iter()
        .map(|item| known(&item.qualified_name))
        .collect();
    for (item, public) in outline.items.iter_mut().zip(&decided) {
        match public {
            Some(true) if item.parent.is_some() => item.parent = None,
            Some(false) => item.declared = Visibility::Internal,
            _ => {}
        }
    }
    outline.settle();
    for (item, known) in outline.items.iter_mut().zip(known) {
        if known
            && item.visibility == Visibility::Internal
            && let Some((package, name)) = item.qualified_name.split_once(':')
        {
            item.qualified_name = format!("{package}::{name}");
        }
    }
}
