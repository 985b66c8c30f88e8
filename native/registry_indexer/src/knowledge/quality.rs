use registry_store::{Metric, Store, StoredPackage, View};
use registry_types::quality::{Quality, QualityFacts, assess};
use registry_types::{Ecosystem, Result, Timestamp};

use super::replacements::not_stored;

/// How good a stored package is: the score, its parts with what they rest on, and where it stands
/// among the stored packages of its ecosystem.
///
/// # Errors
/// `NotFound` when the package is not stored.
pub fn quality(store: &Store, ecosystem: Ecosystem, name: &str) -> Result<Quality> {
    store.view(|view| {
        let stored = view.package(ecosystem, name)?;
        let stored = stored.ok_or_else(|| not_stored(ecosystem, name))?;
        let mut quality = judge(view, &stored)?;
        let package = &stored.package;
        for (metric, value) in [
            (Metric::Downloads, package.downloads.recent),
            (Metric::Dependents, package.dependents_count),
            (Metric::Stars, package.stars),
        ] {
            if let Some(share) = value
                .map(|v| view.percentile(ecosystem, metric, v))
                .transpose()?
            {
                let name = metric.as_str().to_owned();
                quality.percentiles.extend(share.map(|share| (name, share)));
            }
        }
        Ok(quality)
    })
}

/// The score and its parts.
pub(super) fn judge(view: &View<'_>, stored: &StoredPackage) -> Result<Quality> {
    let package = &stored.package;
    let advisories = view.advisories(package.ecosystem, &package.name)?;
    let release = view.face(stored)?;
    let readme = view.readme(stored)?.map_or(0, |text| text.len());
    Ok(assess(&QualityFacts {
        package,
        release: release.as_ref(),
        readme,
        advisories: &advisories,
        advisories_known: view.advisories_known(package.ecosystem, &package.name)?,
        now: Timestamp::now(),
    }))
}
