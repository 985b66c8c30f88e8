//! What becomes of a release's parts in the store.

use std::time::Duration;

use registry_store::{Bundle, SnippetFilter, Store};
use registry_types::{
    Advisory, AffectedRange, Ecosystem, FeedAnswer, FeedMark, FeedScope, Package, Release, Result,
    Timestamp, WarningKind, is_affected, version,
};

use super::extract::Contents;
use super::stored::absent;

/// Stores a release: one transaction.
///
/// # Errors
/// Those of the store; then nothing was stored.
pub fn put(store: &Store, bundle: &mut Bundle) -> Result<()> {
    let now = Timestamp::now();
    bundle.package.collected_at = Some(now);
    bundle.release.collected_at = Some(now);
    store.put(bundle)
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
    let told = store.told_advisories(package.ecosystem, &package.name, &[]);
    let known = absent(told)?.unwrap_or_default();
    Ok(bundle
        .advisories
        .iter()
        .all(|answer| answers_alike(answer, &known)))
}

/// Whether a feed tells what it told before. Asked about one version, it says nothing of the others.
fn answers_alike(answer: &FeedAnswer, known: &[Advisory]) -> bool {
    let mine = || {
        known
            .iter()
            .filter(|k| k.sources == [answer.source.as_str()])
    };
    let is_told = |known: &&Advisory| answer.advisories.iter().any(|told| tells(told, known));
    let alike = mine().filter(is_told).count();
    alike == answer.advisories.len() && (answer.version.is_some() || mine().count() == alike)
}

/// Whether `told` is what is known, but for the versions that are listed one by one: other versions
/// were asked about before.
fn tells(told: &Advisory, known: &Advisory) -> bool {
    let listed = |r: &AffectedRange| r.events.is_empty() && r.requirement.is_none();
    let affected = match told.affected.iter().all(listed) {
        true => known.affected.clone(),
        false => told.affected.clone(),
    };
    Advisory {
        affected,
        ..told.clone()
    } == *known
}

/// Notes that the feeds were asked again, unless that was noted a moment ago.
///
/// # Errors
/// Those of the store.
pub fn mark(store: &Store, bundle: &Bundle) -> Result<()> {
    /// Microseconds. What is younger is not worth a write.
    const MOMENT: i64 = 60 * 1_000_000;
    let (ecosystem, name) = (bundle.package.ecosystem, bundle.package.name.as_str());
    let report = store.advisory_report(ecosystem, name, Some(&bundle.release.version))?;
    let young = |mark: &FeedMark| {
        let asked = mark.asked_at.filter(|_| mark.scope != FeedScope::Ecosystem);
        asked.is_some_and(|at| Timestamp::now().micros() - at.micros() < MOMENT)
    };
    let noted = |answer: &FeedAnswer| {
        let mut marks = report.feeds.iter().filter(|m| m.source == answer.source);
        marks.any(|mark| young(mark) && mark.covers(ecosystem, answer.version.as_deref()))
    };
    if bundle.advisories.iter().all(noted) {
        return Ok(());
    }
    store.put_advisories(ecosystem, name, &bundle.advisories)
}
