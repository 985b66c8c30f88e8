use std::collections::BTreeMap;

use registry_store::{Store, StoredPackage, View};
use registry_types::advice::{AdviceOptions, AdviceTree, Facts, VersionAdvice, advise};
use registry_types::{Ecosystem, Result, Timestamp};

use super::graph::{ChainOptions, chain_in_view};
use super::replacements::{in_view, not_stored};

/// The tree of a recommended version is looked at no further.
const TREE_NODES: usize = 500;

/// Which version of a stored package to take, with the table of all candidates, the advisories about
/// its dependencies as far as they are stored, and what to take in its place when it is dead.
///
/// # Errors
/// `NotFound` when the package is not stored, `VersionNotFound` when no version of it is known.
pub fn recommend_version(
    store: &Store,
    ecosystem: Ecosystem,
    name: &str,
    options: &AdviceOptions,
) -> Result<VersionAdvice> {
    store.view(|view| {
        let stored = view.package(ecosystem, name)?;
        let stored = stored.ok_or_else(|| not_stored(ecosystem, name))?;
        let mut advice = choose(view, &stored, options)?;
        advice.replacements = in_view(view, ecosystem, name)?.unwrap_or_default();
        if let Some(version) = &advice.recommended {
            advice.dependencies = tree(view, ecosystem, name, version)?;
        }
        Ok(advice)
    })
}

/// The choice alone.
pub(super) fn choose(
    view: &View<'_>,
    stored: &StoredPackage,
    options: &AdviceOptions,
) -> Result<VersionAdvice> {
    let package = &stored.package;
    let mut runtimes = BTreeMap::new();
    if !options.runtime.is_empty() {
        for version in stored.versions() {
            if let Some(release) = view.release(stored, version)? {
                runtimes.insert(version.to_owned(), release.runtime);
            }
        }
    }
    let advisories = view.advisories(package.ecosystem, &package.name)?;
    let facts = Facts {
        package,
        runtimes: &runtimes,
        advisories_known: view.advisories_known(package.ecosystem, &package.name)?,
        advisories: &advisories,
        now: Timestamp::now(),
    };
    advise(&facts, options)
}

fn tree(
    view: &View<'_>,
    ecosystem: Ecosystem,
    name: &str,
    version: &str,
) -> Result<Option<AdviceTree>> {
    let options = ChainOptions {
        nodes: TREE_NODES,
        ..ChainOptions::default()
    };
    let tree = chain_in_view(view, ecosystem, name, version, &options)?;
    Ok(tree.map(|tree| {
        let mut missing: Vec<String> = tree.missing().map(|node| node.name.clone()).collect();
        missing.sort();
        missing.dedup();
        AdviceTree {
            version: version.to_owned(),
            checked: tree
                .nodes
                .iter()
                .filter(|node| node.missing.is_none())
                .count(),
            missing,
            advisories: tree.advisories,
            truncated: tree.truncated,
        }
    }))
}
