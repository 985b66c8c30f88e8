use registry_types::{
    Document, Error, FeedAnswer, Package, Release, Result, Snippet, check_name, check_source,
};

use crate::key::package_key;

/// Everything one collect found out: stored whole or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The package. Figures which it does not know (downloads, stars …) keep their earlier value.
    pub package: Package,
    /// The release. Its `snippet_count` is set from `snippets`.
    pub release: Release,
    /// Its snippets, in the order in which they are listed.
    pub snippets: Vec<Snippet>,
    /// Its documents; README first.
    pub documents: Vec<Document>,
    /// What each feed that was asked told about the package.
    pub advisories: Vec<FeedAnswer>,
}

impl Bundle {
    /// A bundle without snippets, documents and advisories.
    #[must_use]
    pub const fn new(package: Package, release: Release) -> Self {
        Self {
            package,
            release,
            snippets: Vec::new(),
            documents: Vec::new(),
            advisories: Vec::new(),
        }
    }

    /// Refuses a bundle that contradicts itself.
    pub(crate) fn check(&self) -> Result<()> {
        let (package, release) = (&self.package, &self.release);
        check_name(package.ecosystem, &package.name)?;
        let key = package_key(package.ecosystem, &package.name);
        if key != package_key(release.ecosystem, &release.name) {
            return Err(Error::invalid_argument(format!(
                "a bundle of {} package {} with a release of {} package {}",
                package.ecosystem, package.name, release.ecosystem, release.name
            )));
        }
        if release.version.is_empty() || release.version.len() > 1024 {
            return Err(Error::invalid_argument(format!(
                "a release of {} without a version",
                package.name
            )));
        }
        check_answers(&package.name, &self.advisories)
    }
}

/// Refuses what has no name.
pub(crate) fn check_answers(name: &str, answers: &[FeedAnswer]) -> Result<()> {
    for answer in answers {
        check_source(&answer.source)?;
        if let Some(advisory) = answer.advisories.iter().find(|a| a.id.is_empty()) {
            return Err(Error::invalid_argument(format!(
                "an advisory of {name} without an id: {:?}",
                advisory.summary
            )));
        }
    }
    Ok(())
}
