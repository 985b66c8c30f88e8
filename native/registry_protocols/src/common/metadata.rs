use std::fmt;

use registry_types::{Advisory, Error, ErrorKind, Package, Release, Result, version};

use super::artifact::Artifact;

/// What a registry's own answer knows beyond [`Package`]: one release's details, read when asked
/// for, so that a metadata answer with thousands of releases costs one.
pub(crate) trait Detail: fmt::Debug + Send + Sync {
    /// The release and its artifacts, best first. `version` is one of the package's.
    fn release(&self, package: &Package, version: &str) -> Result<ReleaseMetadata>;

    /// The advisories the answer itself names for `version`.
    fn advisories(&self, _package: &Package, _version: &str) -> Vec<Advisory> {
        Vec::new()
    }
}

/// A registry's answer about one package.
#[derive(Debug)]
pub struct Metadata {
    /// The package: `versions` newest first, `latest_*` filled.
    pub package: Package,
    detail: Box<dyn Detail>,
}

/// A registry's answer about one release.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseMetadata {
    /// The release as far as the registry's metadata tells.
    pub release: Release,
    /// The files it can be read from, best first.
    pub artifacts: Vec<Artifact>,
}

impl Metadata {
    /// Orders the versions and fills `latest_version` and `latest_stable_version`.
    pub(crate) fn new(mut package: Package, detail: impl Detail + 'static) -> Self {
        let ecosystem = package.ecosystem;
        version::sort_newest_first(ecosystem, &mut package.versions);
        package.latest_version = package
            .versions
            .iter()
            .find(|entry| !entry.yanked)
            .or(package.versions.first())
            .map(|entry| entry.version.clone());
        package.latest_stable_version =
            version::latest_stable(ecosystem, &package.versions).map(|e| e.version.clone());
        Self {
            package,
            detail: Box::new(detail),
        }
    }

    /// One release, by the registry's own spelling of its version.
    ///
    /// # Errors
    /// [`ErrorKind::VersionNotFound`] when the package has no such version,
    /// [`ErrorKind::Protocol`] when its part of the answer cannot be read.
    pub fn release(&self, version: &str) -> Result<ReleaseMetadata> {
        let package = &self.package;
        let entry = package
            .versions
            .iter()
            .find(|entry| entry.version == version)
            .ok_or_else(|| {
                Error::new(
                    ErrorKind::VersionNotFound,
                    format!("{} has no version {version}", package.name),
                )
            })?;
        let mut answer = self
            .detail
            .release(package, version)
            .map_err(|error| error.context(format_args!("{} {version}", package.name)))?;
        let release = &mut answer.release;
        release.published_at = release.published_at.or(entry.published_at);
        release.yanked |= entry.yanked;
        if release.deprecated.is_none() {
            release.deprecated.clone_from(&entry.deprecated);
        }
        if release.retired.is_none() {
            release.retired.clone_from(&entry.retired);
        }
        Ok(answer)
    }

    /// The advisories the registry's answer itself names for `version` (PyPI, Hex); empty where the
    /// protocol has none.
    #[must_use]
    pub fn advisories(&self, version: &str) -> Vec<Advisory> {
        self.detail.advisories(&self.package, version)
    }
}
