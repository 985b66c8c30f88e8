use crate::replacement::{Notice, NoticeSource, Replacement, replacements};
use crate::{Advisory, Ecosystem, Informational, Package, normalize_name};

/// The classifier of a Python package that is given up.
const INACTIVE: &str = "Development Status :: 7 - Inactive";

/// The replacements which anything known of a package names, the registry's own words first: the
/// notices on the package and on its newest version, advisories that call it unmaintained, its
/// description and its README. A notice on an older version says nothing about the package.
///
/// ```
/// use registry_types::replacement::of_package;
/// use registry_types::{Ecosystem, Package};
/// let mut package = Package::new(Ecosystem::Hex, "poison_ex");
/// package.description = Some("DEPRECATED: use jason instead".to_owned());
/// assert_eq!(of_package(&package, None, &[])[0].name, "jason");
/// ```
#[must_use]
pub fn of_package(
    package: &Package,
    readme: Option<&str>,
    advisories: &[Advisory],
) -> Vec<Replacement> {
    let mut texts: Vec<(NoticeSource, &str)> = Vec::new();
    let registry = match package.ecosystem {
        Ecosystem::Pypi => NoticeSource::Status,
        _ => NoticeSource::Deprecation,
    };
    texts.extend(package.deprecated.as_deref().map(|text| (registry, text)));
    let latest = package
        .latest_stable_version
        .as_ref()
        .or(package.latest_version.as_ref());
    let newest = match latest {
        Some(latest) => package
            .versions
            .iter()
            .find(|entry| entry.version == *latest),
        None => package.versions.first(),
    };
    if let Some(newest) = newest {
        texts.extend(newest.deprecated.as_deref().map(|text| (registry, text)));
        let retired = newest.retired.as_ref().and_then(|r| r.message.as_deref());
        texts.extend(retired.map(|text| (NoticeSource::Retirement, text)));
    }
    for advisory in advisories {
        let unmaintained = advisory.informational == Some(Informational::Unmaintained);
        if unmaintained && advisory.withdrawn_at.is_none() {
            let said = [&advisory.summary, &advisory.details].into_iter().flatten();
            texts.extend(said.map(|text| (NoticeSource::Advisory, text.as_str())));
        }
    }
    if let Some(description) = &package.description {
        let inactive = package
            .categories
            .iter()
            .any(|category| category == INACTIVE);
        let source = if inactive {
            NoticeSource::Status
        } else {
            NoticeSource::Description
        };
        texts.push((source, description));
    }
    texts.extend(readme.map(|text| (NoticeSource::Readme, text)));
    let mut found: Vec<Replacement> = Vec::new();
    for (source, text) in texts {
        let notice = Notice {
            ecosystem: package.ecosystem,
            name: &package.name,
            source,
            text,
        };
        for replacement in replacements(&notice) {
            let is_known = found.iter().any(|known| {
                let normal = |name| normalize_name(known.ecosystem, name);
                known.ecosystem == replacement.ecosystem
                    && normal(&known.name) == normal(&replacement.name)
            });
            if !is_known {
                found.push(replacement);
            }
        }
    }
    found
}
