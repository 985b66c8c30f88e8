//! `PKG-INFO` and `METADATA`.

use registry_types::{Ecosystem, Package, Release, normalize_name};

use super::{fill, headers::headers, requires};
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

/// Fills the dependencies from a `requires.txt`; the extras already known stay.
pub(super) fn apply_requires(release: &mut Release, bytes: &[u8]) {
    let extras: Vec<String> = release.features.keys().cloned().collect();
    let lines = requires::requirements(&String::from_utf8_lossy(bytes));
    core::fill_dependencies(release, &lines, &extras);
}

/// The ways in which the tools of the years have spelled a project's name in a directory's.
fn spellings(name: &str) -> [String; 3] {
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
    [normal, escaped.to_ascii_lowercase(), escaped]
}

/// Where the metadata of a release may lie: a wheel's directory spells name and version as the tool
/// that built it did.
pub(super) fn paths(name: &str, version: &str) -> Vec<String> {
    let mut versions = vec![version.replace('-', "_")];
    if let Ok(parsed) = version.parse::<pep440_rs::Version>() {
        versions.push(parsed.to_string());
    }
    let wheels = spellings(name).into_iter().flat_map(|name| {
        let directory = move |version: &String| format!("{name}-{version}.dist-info/METADATA");
        versions.iter().map(directory).collect::<Vec<_>>()
    });
    std::iter::once("PKG-INFO".to_owned())
        .chain(wheels)
        .collect()
}

/// Where the requirements of an sdist may lie.
pub(super) fn requires_paths(name: &str) -> Vec<String> {
    let files = spellings(name).map(|name| format!("{name}.egg-info/requires.txt"));
    let under = |root: &'static str| files.iter().map(move |file| format!("{root}{file}"));
    ["", "src/", "lib/"].into_iter().flat_map(under).collect()
}

/// Whether it is a wheel's metadata or an sdist's requirements, however the directory is spelled.
pub(super) fn is_metadata(path: &str) -> bool {
    let wheel = path
        .strip_suffix("/METADATA")
        .and_then(|d| d.strip_suffix(".dist-info"));
    let sdist = path
        .strip_suffix("/requires.txt")
        .and_then(|d| d.strip_suffix(".egg-info"));
    let root = |d: &str| {
        d.strip_prefix("src/")
            .or_else(|| d.strip_prefix("lib/"))
            .unwrap_or(d)
            .to_owned()
    };
    match (wheel, sdist) {
        (Some(name), _) => !name.contains('/'),
        (None, Some(name)) => !root(name).contains('/'),
        (None, None) => false,
    }
}
