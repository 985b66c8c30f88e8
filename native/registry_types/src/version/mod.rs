//! Versions and requirements as each ecosystem's own client understands them.
//!
//! Provisional: order by semver or PEP 440 only.

use std::cmp::Ordering;

use crate::{Ecosystem, Error, Result};

/// A parsed version; comparable within one ecosystem.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Semantic version.
    Semver(semver::Version),
    /// PEP 440.
    Pep440(pep440_rs::Version),
}

impl Version {
    /// Reads `text` by the rules of `ecosystem`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidArgument`] naming the text.
    pub fn parse(ecosystem: Ecosystem, text: &str) -> Result<Self> {
        let bad = || Error::invalid_argument(format!("{text:?} is no {ecosystem} version"));
        match ecosystem {
            Ecosystem::Pypi => text.parse().map(Self::Pep440).map_err(|_| bad()),
            _ => semver::Version::parse(text.trim_start_matches('v'))
                .map(Self::Semver)
                .map_err(|_| bad()),
        }
    }

    /// Whether it is a prerelease (or a development release).
    #[must_use]
    pub fn is_prerelease(&self) -> bool {
        match self {
            Self::Semver(v) => !v.pre.is_empty(),
            Self::Pep440(v) => v.any_prerelease(),
        }
    }
}

/// Orders two version texts: unreadable ones come before all others, by their text.
#[must_use]
pub fn compare(ecosystem: Ecosystem, a: &str, b: &str) -> Ordering {
    match (Version::parse(ecosystem, a), Version::parse(ecosystem, b)) {
        (Ok(x), Ok(y)) => x.cmp(&y).then_with(|| a.cmp(b)),
        (Ok(_), Err(_)) => Ordering::Greater,
        (Err(_), Ok(_)) => Ordering::Less,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

/// A parsed requirement.
#[derive(Clone, Debug)]
pub struct Requirement(semver::VersionReq);

impl Requirement {
    /// Reads `text` by the rules of `ecosystem`.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidArgument`] naming the text.
    pub fn parse(ecosystem: Ecosystem, text: &str) -> Result<Self> {
        semver::VersionReq::parse(text).map(Self).map_err(|e| {
            Error::invalid_argument(format!("{text:?} is no {ecosystem} requirement: {e}"))
        })
    }

    /// Whether `version` satisfies it.
    #[must_use]
    pub fn matches(&self, version: &Version) -> bool {
        matches!(version, Version::Semver(v) if self.0.matches(v))
    }
}

/// Orders a list of versions, newest first.
pub fn sort_newest_first(ecosystem: Ecosystem, versions: &mut [crate::VersionEntry]) {
    versions.sort_by(|a, b| compare(ecosystem, &b.version, &a.version));
}

/// The newest live version that is no prerelease, of a list in any order.
#[must_use]
pub fn latest_stable(
    ecosystem: Ecosystem,
    versions: &[crate::VersionEntry],
) -> Option<&crate::VersionEntry> {
    versions
        .iter()
        .filter(|entry| entry.is_live() && !entry.prerelease)
        .max_by(|a, b| compare(ecosystem, &a.version, &b.version))
}
