//! Which version of a package to take, and why not the others.

mod choose;
mod cooldown;
mod runtime;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::replacement::Replacement;
use crate::{Ecosystem, Purl, Severity, Timestamp, TreeAdvisories};

pub use choose::{Facts, advise};
pub use cooldown::parse_cooldown;

/// What the caller needs of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdviceOptions {
    /// The version in use.
    pub current: Option<String>,
    /// What it must run on: `"rust"`, `"node"`, `"python"`, `"elixir"` … to a version, whose missing
    /// numbers count as 0 (`"18"` is 18.0.0).
    pub runtime: BTreeMap<String, String>,
    /// How old a version must be, in seconds; 0 for no matter.
    pub cooldown: u64,
    /// Take prereleases like any other version.
    pub allow_prerelease: bool,
    /// At most so many candidates in the table, the newest first; the versions chosen and the current
    /// one stand in it besides. Default 100.
    pub limit: usize,
}

impl Default for AdviceOptions {
    fn default() -> Self {
        Self {
            current: None,
            runtime: BTreeMap::new(),
            cooldown: 0,
            allow_prerelease: false,
            limit: 100,
        }
    }
}

/// What speaks for or against a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonKind {
    /// It is malware.
    Malicious,
    /// Withdrawn by its publisher.
    Yanked,
    /// An advisory affects it.
    Vulnerable,
    /// Retired by its maintainer.
    Retired,
    /// Deprecated by its maintainer.
    Deprecated,
    /// It does not run on what the caller has.
    Runtime,
    /// It is younger than the cooldown.
    TooNew,
    /// A cooldown is asked for and nobody knows how old it is.
    DateUnknown,
    /// It is a prerelease, and none is wanted.
    Prerelease,
    /// It is older than the current version.
    Older,
    /// What it runs on is not known: its release is not in the store.
    RuntimeUnknown,
    /// It is no prerelease.
    Stable,
    /// It is the newest of those to which nothing is to be said against.
    Newest,
    /// It runs on what the caller has.
    Runs,
    /// It is older than the cooldown.
    Settled,
    /// It repairs what affects the current version.
    Fixes,
    /// It is the current version.
    Current,
}

impl ReasonKind {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Malicious => "malicious",
            Self::Yanked => "yanked",
            Self::Vulnerable => "vulnerable",
            Self::Retired => "retired",
            Self::Deprecated => "deprecated",
            Self::Runtime => "runtime",
            Self::TooNew => "too_new",
            Self::DateUnknown => "date_unknown",
            Self::Prerelease => "prerelease",
            Self::Older => "older",
            Self::RuntimeUnknown => "runtime_unknown",
            Self::Stable => "stable",
            Self::Newest => "newest",
            Self::Runs => "runs",
            Self::Settled => "settled",
            Self::Fixes => "fixes",
            Self::Current => "current",
        }
    }

    /// Whether a version with it is not taken while there is one without; the graver, the higher.
    const fn weight(self) -> u8 {
        match self {
            Self::Malicious => 9,
            Self::Yanked => 8,
            Self::Vulnerable => 7,
            Self::Retired => 6,
            Self::Deprecated => 5,
            Self::Runtime => 4,
            Self::TooNew | Self::DateUnknown => 3,
            Self::Prerelease => 2,
            _ => 0,
        }
    }
}

/// One thing that speaks for or against a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What to match on.
    pub kind: ReasonKind,
    /// One line for a person.
    pub text: String,
}

impl Reason {
    fn new(kind: ReasonKind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
        }
    }
}

/// A version that could be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// As the registry spells it.
    pub version: String,
    /// When it was published, if known.
    pub published_at: Option<Timestamp>,
    /// Whether it is a prerelease.
    pub prerelease: bool,
    /// Whether nothing is to be said against taking it.
    pub clean: bool,
    /// What speaks for it.
    pub reasons_for: Vec<Reason>,
    /// What speaks against it.
    pub reasons_against: Vec<Reason>,
    /// Ids of the vulnerabilities that affect it.
    pub advisories: Vec<String>,
    /// The gravest of them.
    pub severity: Option<Severity>,
}

/// What is known of the dependencies of the version that is recommended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdviceTree {
    /// The version whose tree it is.
    pub version: String,
    /// How many releases of it were looked into, the version itself among them.
    pub checked: usize,
    /// Packages of it that are not in the store, and so were not looked into.
    pub missing: Vec<String>,
    /// The advisories about it.
    pub advisories: TreeAdvisories,
    /// Whether a bound cut the tree short.
    pub truncated: bool,
}

/// The advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionAdvice {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// Its name.
    pub package: String,
    /// The version in use, as asked.
    pub current: Option<String>,
    /// The version to take; nothing when all that there are, are malware or yanked.
    pub recommended: Option<String>,
    /// Whether nothing is to be said against it.
    pub clean: bool,
    /// One line that says why it is this one.
    pub reason: String,
    /// The first version above the current one with nothing to be said against it.
    pub smallest_upgrade: Option<String>,
    /// Whether the cooldown was lifted, for the current version must be left at once.
    pub cooldown_lifted: bool,
    /// The table, newest first.
    pub candidates: Vec<Candidate>,
    /// How many versions there are in all.
    pub versions: usize,
    /// The dependencies of the recommended version; nothing when its release is not stored.
    pub dependencies: Option<AdviceTree>,
    /// What to take in place of the package, where it is dead.
    pub replacements: Vec<Replacement>,
    /// Whether anything is known of its advisories; without, no candidate is known to be free of them.
    pub advisories_known: bool,
}

impl VersionAdvice {
    /// The package URL with the recommended version.
    #[must_use]
    pub fn purl(&self) -> String {
        Purl::new(self.ecosystem, &self.package, self.recommended.as_deref()).to_string()
    }
}
