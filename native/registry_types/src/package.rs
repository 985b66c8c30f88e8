use serde::{Deserialize, Serialize};

use crate::{Ecosystem, Purl, Timestamp};

/// How often a package is downloaded. `None` is "unknown", `0` is "never".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Downloads {
    /// Since the package exists.
    pub total: Option<u64>,
    /// In the registry's recent window (90 days for cargo and Hex, a month for npm and PyPI).
    pub recent: Option<u64>,
}

/// Somebody who may publish the package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The account or person's name.
    pub name: String,
    /// Their address, where the registry shows it.
    pub email: Option<String>,
}

/// Why a Hex release was retired.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retirement {
    /// `other`, `invalid`, `security`, `deprecated`, `renamed`, or the number the registry sent.
    pub reason: String,
    /// The maintainer's words.
    pub message: Option<String>,
}

/// One line of a package's list of versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionEntry {
    /// The version as the registry spells it.
    pub version: String,
    /// When it was published, if known.
    pub published_at: Option<Timestamp>,
    /// Withdrawn: resolvers do not pick it for new users.
    pub yanked: bool,
    /// The maintainer's deprecation notice.
    pub deprecated: Option<String>,
    /// The retirement, on Hex.
    pub retired: Option<Retirement>,
    /// Whether it is a prerelease by the ecosystem's version rules.
    pub prerelease: bool,
}

impl VersionEntry {
    /// A version of which nothing is known but its spelling.
    #[must_use]
    pub fn unlisted(ecosystem: Ecosystem, version: &str) -> Self {
        let parsed = crate::version::Version::parse(ecosystem, version);
        Self {
            version: version.to_owned(),
            published_at: None,
            yanked: false,
            deprecated: None,
            retired: None,
            prerelease: parsed.is_ok_and(|v| v.is_prerelease()),
        }
    }

    /// Whether a resolver should pick it: not yanked, not deprecated, not retired.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        !self.yanked && self.deprecated.is_none() && self.retired.is_none()
    }
}

/// What is known of a package across its releases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Package {
    /// Where it lives.
    pub ecosystem: Ecosystem,
    /// Its name as the registry spells it.
    pub name: String,
    /// One or two sentences.
    pub description: Option<String>,
    /// The project's page.
    pub homepage: Option<String>,
    /// The source repository as an `https` address where it could be normalised.
    pub repository: Option<String>,
    /// Where its documentation is read.
    pub documentation: Option<String>,
    /// An SPDX expression, or the text as given.
    pub license: Option<String>,
    /// As the author gave them.
    pub keywords: Vec<String>,
    /// Registry categories or classifiers.
    pub categories: Vec<String>,
    /// Who may publish.
    pub owners: Vec<Owner>,
    /// The newest version of all.
    pub latest_version: Option<String>,
    /// The newest live version that is no prerelease.
    pub latest_stable_version: Option<String>,
    /// Every version, newest first.
    pub versions: Vec<VersionEntry>,
    /// How often it is downloaded.
    pub downloads: Downloads,
    /// Stars of its repository.
    pub stars: Option<u64>,
    /// How many packages of the registry depend on it, if the registry says so.
    pub dependents_count: Option<u64>,
    /// When the package was first published.
    pub created_at: Option<Timestamp>,
    /// When the registry last changed it.
    pub updated_at: Option<Timestamp>,
    /// When it was collected into the store.
    pub collected_at: Option<Timestamp>,
    /// Why the whole package should no longer be used.
    pub deprecated: Option<String>,
    /// Quality score, 0 to 1.
    pub quality: Option<f64>,
    /// Frameworks it belongs to.
    pub frameworks: Vec<String>,
}

impl Package {
    /// A package of which nothing but the name is known.
    #[must_use]
    pub fn new(ecosystem: Ecosystem, name: impl Into<String>) -> Self {
        Self {
            ecosystem,
            name: name.into(),
            description: None,
            homepage: None,
            repository: None,
            documentation: None,
            license: None,
            keywords: Vec::new(),
            categories: Vec::new(),
            owners: Vec::new(),
            latest_version: None,
            latest_stable_version: None,
            versions: Vec::new(),
            downloads: Downloads::default(),
            stars: None,
            dependents_count: None,
            created_at: None,
            updated_at: None,
            collected_at: None,
            deprecated: None,
            quality: None,
            frameworks: Vec::new(),
        }
    }

    /// The package URL without a version.
    #[must_use]
    pub fn purl(&self) -> String {
        Purl::new(self.ecosystem, &self.name, None).to_string()
    }
}
