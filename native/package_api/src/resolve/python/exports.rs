//! The names a module hands on to its users.

use std::collections::{BTreeSet, HashSet};

use registry_types::Visibility;

use super::modules::{Modules, known_as};
use registry_types::outline::LinkKind;

const ALL: &str = "__all__";
/// Modules whose `__all__` or star one module takes over.
const MAX_MODULES: usize = 1000;

/// The names of `module`: those of `__all__` where there is one; else, of what is imported, what
/// says so (`import a as a`, a star) and, in a package's `__init__`, all from the package itself.
pub(super) fn of(modules: &Modules<'_>, module: usize) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut open = vec![module];
    while let Some(module) = open.pop() {
        if !seen.insert(module) || seen.len() > MAX_MODULES {
            continue;
        }
        let mut taken: HashSet<&str> = HashSet::new();
        let links = modules.links(module);
        let listed = are_listed(modules, module);
        for link in links {
            match (link.kind, listed) {
                (LinkKind::Export, _) if link.visibility == Visibility::Internal => {
                    taken.insert(&link.name);
                }
                (LinkKind::Export, _) => match &link.from {
                    // `__all__ += other.__all__`
                    Some(other) => open.extend(imported_module(modules, module, other)),
                    None => {
                        names.insert(link.name.clone());
                    }
                },
                // `from .other import __all__`
                (LinkKind::Import, _) if link.name == ALL => {
                    let from = link.from.as_deref().unwrap_or_default();
                    open.extend(modules.target(module, from));
                }
                (LinkKind::Import, false) if link.name != "*" => {
                    let handed_on = link.visibility == Visibility::Public;
                    let name = known_as(link);
                    let from = link.from.as_deref().unwrap_or_default();
                    let own =
                        || modules.is_package(module) && modules.target(module, from).is_some();
                    if !name.starts_with('_') && (handed_on || own()) {
                        names.insert(name.to_owned());
                    }
                }
                _ => {}
            }
        }
        if !listed {
            let public = modules
                .locals(module)
                .filter(|(_, item)| modules.is_public((module, *item)));
            names.extend(public.map(|(name, _)| name.to_owned()));
            open.extend(modules.stars(module));
        }
        names.retain(|name| !taken.contains(name.as_str()));
    }
    names.remove(ALL);
    names
}

/// Whether the module has an `__all__`, its own or one taken over.
pub(super) fn are_listed(modules: &Modules<'_>, module: usize) -> bool {
    modules.links(module).iter().any(|link| match link.kind {
        LinkKind::Export => link.visibility == Visibility::Public,
        LinkKind::Import if link.name == ALL && link.alias.is_none() => {
            let from = link.from.as_deref().unwrap_or_default();
            modules.target(module, from).is_some()
        }
        _ => false,
    })
}

/// The module known as `name` in `module`.
fn imported_module(modules: &Modules<'_>, module: usize, name: &str) -> Option<usize> {
    let link = modules
        .links(module)
        .iter()
        .find(|link| link.kind == LinkKind::Import && known_as(link) == name);
    match link {
        Some(link) => {
            let from = link.from.as_deref()?;
            let path = match (link.name.as_str(), from.ends_with('.')) {
                ("", _) => from.to_owned(),
                (name, true) => format!("{from}{name}"),
                (name, false) => format!("{from}.{name}"),
            };
            modules.target(module, &path)
        }
        None => modules.target(module, &format!(".{name}")),
    }
}
