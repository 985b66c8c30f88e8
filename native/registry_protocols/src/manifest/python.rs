//! `PKG-INFO` and `METADATA`.

use registry_types::{Ecosystem, Package, Release, normalize_name};

use super::{fill, headers::headers};
use crate::pypi::{core, split_keywords};

pub(super) fn apply(package: &mut Package, release: &mut Release, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let headers = headers(&text);
    let all = |name: &str| {
        let name = name.to_owned();
        headers
            .iter()
            .filter(move |(n, value)| *n == name && !value.is_empty() && value != "UNKNOWN")
            .map(|(_, value)| value.as_str())
    };
    let one = |name: &str| all(name).next();
    let lists = |name: &str| all(name).map(str::to_owned).collect::<Vec<_>>();
    let summary = one("summary").and_then(|s| s.lines().next());
    let classifiers = lists("classifier");
    let license = core::license_name(one("license-expression"), one("license"), &classifiers);
    let links: Vec<(&str, &str)> = all("project-url")
        .filter_map(|link| link.split_once(','))
        .map(|(name, url)| (name.trim(), url.trim()))
        .filter(|(_, url)| url.starts_with("https://") || url.starts_with("http://"))
        .collect();
    core::fill_links(package, &links, one("home-page"), None);
    fill::text(&mut package.description, summary);
    fill::text(&mut package.license, license.as_deref());
    fill::list(&mut package.categories, classifiers);
    fill::list(
        &mut package.keywords,
        keywords(one("keywords").unwrap_or_default()),
    );
    fill::list(
        &mut package.owners,
        core::owners(one("maintainer"), one("maintainer-email")),
    );
    fill::list(
        &mut package.owners,
        core::owners(one("author"), one("author-email")),
    );
    fill::text(&mut release.description, summary);
    fill::text(&mut release.license, license.as_deref());
    if let Some(python) = one("requires-python") {
        let slot = release.runtime.entry("python".to_owned());
        slot.or_insert_with(|| python.to_owned());
    }
    if release.dependencies.is_empty() && release.features.is_empty() {
        core::fill_dependencies(release, &lists("requires-dist"), &lists("provides-extra"));
    }
}

fn keywords(text: &str) -> Vec<String> {
    let words = text
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty());
    split_keywords(words.map(str::to_owned).collect())
}

/// Where the metadata of a release may lie: a wheel's directory spells name and version as the tool
/// that built it did.
pub(super) fn paths(name: &str, version: &str) -> Vec<String> {
    let escaped: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '.' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let normal = normalize_name(Ecosystem::Pypi, name).replace('-', "_");
    let mut versions = vec![version.replace('-', "_")];
    if let Ok(parsed) = version.parse::<pep440_rs::Version>() {
        versions.push(parsed.to_string());
    }
    let mut paths = vec!["PKG-INFO".to_owned()];
    for name in [normal, escaped.to_ascii_lowercase(), escaped] {
        for version in &versions {
            let path = format!("{name}-{version}.dist-info/METADATA");
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    paths
}

/// Whether it is the metadata of a wheel, however its directory is spelled.
pub(super) fn is_wheel_metadata(path: &str) -> bool {
    path.strip_suffix("/METADATA")
        .is_some_and(|directory| directory.ends_with(".dist-info") && !directory.contains('/'))
}
