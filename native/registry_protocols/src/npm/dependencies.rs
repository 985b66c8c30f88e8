use std::collections::{BTreeSet, HashSet};

use registry_types::{Dependency, DependencyKind};

use super::object::Object;

/// What the lists of a `package.json` require.
pub(super) fn dependencies(object: &Object<'_>) -> Vec<Dependency> {
    let optional = object.pairs("optionalDependencies");
    let mut runtime = object.pairs("dependencies");
    {
        let names = |list: &[(String, String)]| -> HashSet<String> {
            list.iter().map(|(name, _)| name.clone()).collect()
        };
        // The registry copies optional dependencies into `dependencies`; they are optional still.
        let set = names(&optional);
        runtime.retain(|(name, _)| !set.contains(name));
        // What is shipped inside the archive is required, even if no list but this names it.
        let named = names(&runtime);
        let bundled: BTreeSet<String> = ["bundleDependencies", "bundledDependencies"]
            .into_iter()
            .flat_map(|key| object.texts(key))
            .filter(|name| !set.contains(name) && !named.contains(name))
            .collect();
        runtime.extend(bundled.into_iter().map(|name| (name, "*".to_owned())));
    }
    let free: HashSet<String> = object
        .entries("peerDependenciesMeta")
        .into_iter()
        .filter(|(_, meta)| {
            Object::of(meta)
                .get("optional")
                .is_some_and(|o| o.get() == "true")
        })
        .map(|(name, _)| name)
        .collect();
    let mut all = Vec::new();
    for (kind, list) in [
        (DependencyKind::Runtime, runtime),
        (DependencyKind::Optional, optional),
        (DependencyKind::Peer, object.pairs("peerDependencies")),
        (DependencyKind::Dev, object.pairs("devDependencies")),
    ] {
        for (name, requirement) in list {
            let optional = match kind {
                DependencyKind::Optional => true,
                DependencyKind::Peer => free.contains(&name),
                _ => false,
            };
            all.push(dependency(name, &requirement, kind, optional));
        }
    }
    all
}

/// `"alias": "npm:real@^1"` requires `real`; everything else requires what it is called.
fn dependency(name: String, requirement: &str, kind: DependencyKind, optional: bool) -> Dependency {
    let requirement = requirement.trim();
    let (name, requirement, rename) = match requirement.strip_prefix("npm:") {
        Some(real) => {
            // The first character may be a scope's own `@`.
            let at = real.char_indices().skip(1).find(|(_, c)| *c == '@');
            let (real, range) = at
                .and_then(|(at, _)| real.split_at_checked(at))
                .map_or((real, "*"), |(real, range)| {
                    (real, range.trim_start_matches('@'))
                });
            let rename = (real != name).then_some(name);
            (real.to_owned(), range.to_owned(), rename)
        }
        None => (name, requirement.to_owned(), None),
    };
    Dependency {
        name,
        requirement,
        kind,
        optional,
        target: None,
        rename,
    }
}
