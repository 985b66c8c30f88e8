//! What becomes of a release's parts in the store.

use std::collections::HashSet;
use std::time::Duration;

use registry_store::{Bundle, SnippetFilter, Store};
use registry_types::{
    Advisory, Ecosystem, Package, Release, Result, Timestamp, WarningKind, is_affected, version,
};

use super::extract::Contents;
use super::stored::absent;

/// Stores a release: one transaction. Advisories which the store has beyond a complete list are
/// outdated (taken back, or merged under another name) and go.
///
/// # Errors
/// Those of the store; then nothing was stored.
pub fn put(store: &Store, bundle: &mut Bundle, complete: bool) -> Result<()> {
    let now = Timestamp::now();
    bundle.package.collected_at = Some(now);
    bundle.release.collected_at = Some(now);
    store.put(bundle)?;
    if complete {
        let (ecosystem, name) = (bundle.package.ecosystem, bundle.package.name.as_str());
        let known = absent(store.advisories(ecosystem, name, None))?.unwrap_or_default();
        let told: HashSet<&str> = bundle.advisories.iter().map(|a| a.id.as_str()).collect();
        if known.iter().any(|a| !told.contains(a.id.as_str())) {
            store.put_advisories(ecosystem, name, &bundle.advisories)?;
        }
    }
    Ok(())
}

/// The contents of a stored release under new metadata.
///
/// # Errors
/// Those of the store.
pub fn contents(
    store: &Store,
    mut package: Package,
    mut release: Release,
    before: &Package,
    known: Release,
    docs: bool,
) -> Result<Contents> {
    let (ecosystem, name, version) = (known.ecosystem, known.name.clone(), known.version.clone());
    let snippets = store.snippets(ecosystem, &name, &version, &SnippetFilter::default())?;
    let documents = store.documents(ecosystem, &name, &version)?;
    fill_package(&mut package, before);
    release.checksum = known.checksum;
    release.size = known.size.or(release.size);
    release.readme = known.readme.or(release.readme);
    release.snippet_count = known.snippet_count;
    release.languages = known.languages;
    release.skipped = known.skipped;
    release.description = release.description.or(known.description);
    release.license = release.license.or(known.license);
    if release.dependencies.is_empty() {
        release.dependencies = known.dependencies;
    }
    if release.features.is_empty() {
        release.features = known.features;
    }
    for (what, requirement) in known.runtime {
        release.runtime.entry(what).or_insert(requirement);
    }
    let of_contents = |kind| !matches!(kind, WarningKind::Unavailable);
    let kept = known.warnings.into_iter().filter(|w| of_contents(w.kind));
    for warning in kept {
        if !release.warnings.contains(&warning) {
            release.warnings.push(warning);
        }
    }
    if docs {
        release
            .warnings
            .retain(|w| !w.message.starts_with("docs: "));
    }
    Ok(Contents {
        package,
        release,
        snippets,
        documents,
        archive_time: Duration::ZERO,
        parse_time: Duration::ZERO,
    })
}

/// What a package's own words lack is taken from the store when the release that is being
/// collected is not its newest: an old manifest must not describe the package of today.
pub fn keep_newer(package: &mut Package, before: &Package, release: &Release) {
    let newest = package
        .versions
        .iter()
        .filter(|v| !v.yanked && !v.prerelease)
        .all(|v| version::compare(release.ecosystem, &v.version, &release.version).is_le());
    if !newest {
        fill_package(package, before);
    }
}

fn fill_package(package: &mut Package, before: &Package) {
    let fill = |to: &mut Option<String>, from: &Option<String>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    fill(&mut package.description, &before.description);
    fill(&mut package.homepage, &before.homepage);
    fill(&mut package.repository, &before.repository);
    fill(&mut package.documentation, &before.documentation);
    fill(&mut package.license, &before.license);
    if package.keywords.is_empty() {
        package.keywords.clone_from(&before.keywords);
    }
    if package.categories.is_empty() {
        package.categories.clone_from(&before.categories);
    }
}

/// Where quality was not asked for, the store's knowledge of it stays.
pub fn keep_quality(package: &mut Package, before: &Package) {
    package.downloads.total = package.downloads.total.or(before.downloads.total);
    package.downloads.recent = package.downloads.recent.or(before.downloads.recent);
    package.stars = package.stars.or(before.stars);
    package.dependents_count = package.dependents_count.or(before.dependents_count);
    if package.owners.is_empty() {
        package.owners.clone_from(&before.owners);
    }
}

/// The ids of the advisories that affect `version`.
pub fn affecting(ecosystem: Ecosystem, advisories: &[Advisory], version: &str) -> Vec<String> {
    let hit = advisories
        .iter()
        .filter(|a| is_affected(ecosystem, a, version));
    hit.map(|a| a.id.clone()).collect()
}

/// Whether `bundle`, whose contents were taken from the store, says nothing that is not stored.
///
/// # Errors
/// Those of the store.
pub fn is_stored(
    store: &Store,
    bundle: &Bundle,
    package: &Package,
    release: &Release,
) -> Result<bool> {
    let same_release = Release {
        collected_at: release.collected_at,
        ..bundle.release.clone()
    } == *release;
    let same_package = Package {
        collected_at: package.collected_at,
        ..bundle.package.clone()
    } == *package;
    if !same_release || !same_package {
        return Ok(false);
    }
    let by_id = |a: &Advisory, b: &Advisory| a.id.cmp(&b.id);
    let mut told = bundle.advisories.clone();
    told.sort_by(by_id);
    let known = absent(store.advisories(package.ecosystem, &package.name, None))?;
    let mut known = known.unwrap_or_default();
    known.sort_by(by_id);
    Ok(told == known)
}
