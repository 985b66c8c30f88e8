use std::collections::{BTreeMap, HashMap};
use std::fmt;

use registry_types::version::{self, VersionSpec};
use registry_types::{Advisory, Error, ErrorKind, Package, Release, Result, VersionEntry};

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
    /// Versions with a name (npm's dist-tags): `"latest"`, `"next"` … to the version.
    pub tags: BTreeMap<String, String>,
    detail: Box<dyn Detail>,
    extras: HashMap<String, Extra>,
}

/// What a second answer (the web API of cargo) knows about one release; it fills gaps only.
#[derive(Debug, Default)]
pub(crate) struct Extra {
    pub(crate) description: Option<String>,
    pub(crate) license: Option<String>,
    pub(crate) size: Option<u64>,
    pub(crate) runtime: BTreeMap<String, String>,
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
            tags: BTreeMap::new(),
            detail: Box::new(detail),
            extras: HashMap::new(),
        }
    }

    /// The version that `spec` means: a tag's, or what [`version::resolve`] finds.
    ///
    /// # Errors
    /// Those of [`version::resolve`].
    pub fn resolve(&self, spec: &VersionSpec) -> Result<&VersionEntry> {
        let package = &self.package;
        if let VersionSpec::Exact(text) = spec
            && let Some(tagged) = self.tags.get(text)
            && let Some(entry) = package.versions.iter().find(|e| e.version == *tagged)
        {
            return Ok(entry);
        }
        version::resolve(package.ecosystem, spec, &package.versions)
            .map_err(|error| error.context(&package.name))
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
        if let Some(extra) = self.extras.get(version) {
            extra.fill(&mut answer);
        }
        Ok(answer)
    }

    /// The place for what else becomes known of a release.
    pub(crate) fn extra(&mut self, version: &str) -> &mut Extra {
        self.extras.entry(version.to_owned()).or_default()
    }

    /// The advisories the registry's answer itself names for `version` (PyPI, Hex); empty where the
    /// protocol has none.
    #[must_use]
    pub fn advisories(&self, version: &str) -> Vec<Advisory> {
        self.detail.advisories(&self.package, version)
    }
}

impl Extra {
    fn fill(&self, answer: &mut ReleaseMetadata) {
        let release = &mut answer.release;
        if release.description.is_none() {
            release.description.clone_from(&self.description);
        }
        if release.license.is_none() {
            release.license.clone_from(&self.license);
        }
        release.size = release.size.or(self.size);
        for (name, requirement) in &self.runtime {
            let slot = release.runtime.entry(name.clone());
            slot.or_insert_with(|| requirement.clone());
        }
        if let [only] = answer.artifacts.as_mut_slice() {
            only.size = only.size.or(self.size);
        }
    }
}
