//! Who was asked about a package's faults, and what is known for it.

use serde::{Deserialize, Serialize};

use super::Advisory;
use crate::version::Version;
use crate::{Ecosystem, Error, Result, Timestamp};

/// The name of a feed: at most so many bytes.
const SOURCE_BYTES: usize = 32;

/// What one feed told about one package, all of it: what it told before and does not tell now was
/// taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FeedAnswer {
    /// Which feed: `"osv"`, `"npm"`, …
    pub source: String,
    /// The one version that was asked about, or all of them.
    pub version: Option<String>,
    /// What it told.
    pub advisories: Vec<Advisory>,
}

impl FeedAnswer {
    /// An answer about all versions of a package.
    #[must_use]
    pub fn new(source: impl Into<String>, advisories: Vec<Advisory>) -> Self {
        Self {
            source: source.into(),
            version: None,
            advisories,
        }
    }
}

/// Refuses what cannot name a feed: it is lower-case letters, digits, `-` and `_`.
///
/// # Errors
/// [`crate::ErrorKind::InvalidArgument`].
pub fn check_source(source: &str) -> Result<()> {
    let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    if !source.is_empty() && source.len() <= SOURCE_BYTES && source.bytes().all(fine) {
        return Ok(());
    }
    let shown: String = source.chars().take(64).collect();
    Err(Error::invalid_argument(format!(
        "{shown:?} names no feed: use lower-case letters, digits, - and _, {SOURCE_BYTES} at most"
    )))
}

/// A feed of a whole ecosystem, as it was last loaded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// `"osv"`, `"rustsec"`, …
    pub source: String,
    /// Of which packages it speaks.
    pub ecosystem: Ecosystem,
    /// When it was last loaded, or found to be unchanged.
    pub asked_at: Timestamp,
    /// Where it came from: an address without credentials, or a path.
    pub origin: String,
    /// When its newest record was changed: what the store knows of it is as of then.
    pub modified_at: Option<Timestamp>,
    /// The validator of the export, as the server sent it.
    pub etag: Option<String>,
    /// The validator of the list of changes, as the server sent it.
    pub changes_etag: Option<String>,
    /// Records in the store.
    pub records: u64,
    /// Whether it was loaded whole: a package it does not speak of has no advisories there.
    pub complete: bool,
}

/// What an answer about a package rests on: one feed, and when it was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedMark {
    /// `"osv"`, `"npm"`, …
    pub source: String,
    /// When; `None`: never, and nothing is known from it.
    pub asked_at: Option<Timestamp>,
    /// How much it was asked for.
    pub scope: FeedScope,
    /// What names the state of the feed that was asked: its validator, else when its newest record
    /// was changed.
    pub snapshot: Option<String>,
    /// Whether it told all it knows within that scope.
    pub complete: bool,
}

/// What a feed was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedScope {
    /// All packages of the ecosystem.
    Ecosystem,
    /// The package, all versions.
    Package,
    /// One version of the package.
    Version(String),
}

impl FeedMark {
    /// Whether the feed has told all it knows about `version` (about every version: `None`).
    #[must_use]
    pub fn covers(&self, ecosystem: Ecosystem, version: Option<&str>) -> bool {
        self.complete
            && self.asked_at.is_some()
            && match (&self.scope, version) {
                (FeedScope::Ecosystem | FeedScope::Package, _) => true,
                (FeedScope::Version(_), None) => false,
                (FeedScope::Version(asked), Some(version)) => same(ecosystem, asked, version),
            }
    }
}

fn same(ecosystem: Ecosystem, a: &str, b: &str) -> bool {
    let read = |text| Version::parse(ecosystem, text).ok();
    a == b || read(a).is_some_and(|a| read(b) == Some(a))
}

/// What is known for a package's, or one version's, safety.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdvisoryStatus {
    /// A vulnerability or malware is known.
    Affected,
    /// None is known, and a feed was asked that would know.
    Clean,
    /// None is known, but no feed was asked that would know.
    Unknown,
}

impl AdvisoryStatus {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Affected => "affected",
            Self::Clean => "clean",
            Self::Unknown => "unknown",
        }
    }
}

/// All that is known of a package's faults, or of those of one version, and from whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdvisoryReport {
    /// What follows from the rest.
    pub status: AdvisoryStatus,
    /// Vulnerabilities.
    pub advisories: Vec<Advisory>,
    /// Notices: unmaintained, unsound, and the like.
    pub informational: Vec<Advisory>,
    /// Reports that the package is malware.
    pub malicious: Vec<Advisory>,
    /// Which feeds the answer rests on; those that would know but were never asked are among them.
    pub feeds: Vec<FeedMark>,
}

impl AdvisoryReport {
    /// Sorts `advisories`, which affect `version` (or any: `None`), by what they are.
    ///
    /// ```
    /// use registry_types::{Advisory, AdvisoryReport, AdvisoryStatus, Ecosystem};
    /// let report = AdvisoryReport::new(Ecosystem::Npm, None, vec![], vec![]);
    /// assert_eq!(report.status, AdvisoryStatus::Unknown);
    /// let known = vec![Advisory::new("GHSA-1"), Advisory::new("MAL-1")];
    /// let report = AdvisoryReport::new(Ecosystem::Npm, None, known, vec![]);
    /// assert_eq!(report.status, AdvisoryStatus::Affected);
    /// assert_eq!((report.advisories.len(), report.malicious.len()), (1, 1));
    /// ```
    #[must_use]
    pub fn new(
        ecosystem: Ecosystem,
        version: Option<&str>,
        advisories: Vec<Advisory>,
        mut feeds: Vec<FeedMark>,
    ) -> Self {
        let (malicious, rest): (Vec<_>, Vec<_>) = advisories
            .into_iter()
            .filter(Advisory::is_standing)
            .partition(|advisory| advisory.malicious);
        let (informational, advisories): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(Advisory::is_informational);
        let status = if !advisories.is_empty() || !malicious.is_empty() {
            AdvisoryStatus::Affected
        } else if feeds.iter().any(|feed| feed.covers(ecosystem, version)) {
            AdvisoryStatus::Clean
        } else {
            AdvisoryStatus::Unknown
        };
        for source in known_sources(ecosystem) {
            if !feeds.iter().any(|feed| feed.source == *source) {
                feeds.push(FeedMark {
                    source: (*source).to_owned(),
                    asked_at: None,
                    scope: FeedScope::Package,
                    snapshot: None,
                    complete: false,
                });
            }
        }
        Self {
            status,
            advisories,
            informational,
            malicious,
            feeds,
        }
    }
}

/// The feeds that know all packages of an ecosystem.
const fn known_sources(ecosystem: Ecosystem) -> &'static [&'static str] {
    match ecosystem {
        Ecosystem::Cargo => &["osv"],
        Ecosystem::Npm => &["osv", "npm"],
        Ecosystem::Hex => &["osv", "hex"],
        Ecosystem::Pypi => &["osv", "pypi"],
        Ecosystem::Github => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Informational;

    fn mark(source: &str, scope: FeedScope, complete: bool) -> FeedMark {
        FeedMark {
            source: source.to_owned(),
            asked_at: Some(Timestamp::from_seconds(1)),
            scope,
            snapshot: None,
            complete,
        }
    }

    #[test]
    fn clean_is_only_what_somebody_was_asked_about() {
        let status =
            |version, feeds| AdvisoryReport::new(Ecosystem::Pypi, version, vec![], feeds).status;
        use AdvisoryStatus::{Clean, Unknown};
        let of_version = || vec![mark("pypi", FeedScope::Version("1.0".into()), true)];
        assert_eq!(status(Some("1.0.0"), of_version()), Clean, "one version");
        assert_eq!(status(Some("1.1"), of_version()), Unknown);
        assert_eq!(status(None, of_version()), Unknown);
        let package = |complete| vec![mark("osv", FeedScope::Package, complete)];
        assert_eq!(status(None, package(true)), Clean);
        assert_eq!(status(Some("9"), package(false)), Unknown);
        assert_eq!(
            status(None, vec![mark("osv", FeedScope::Ecosystem, true)]),
            Clean
        );
        let report = AdvisoryReport::new(Ecosystem::Pypi, None, vec![], package(true));
        let never: Vec<_> = report
            .feeds
            .iter()
            .filter(|f| f.asked_at.is_none())
            .collect();
        assert_eq!(never.len(), 1);
        assert_eq!(never[0].source, "pypi", "would know, was not asked");
    }

    #[test]
    fn a_notice_alone_affects_nothing() {
        let mut notice = Advisory::new("RUSTSEC-1");
        notice.informational = Some(Informational::Unmaintained);
        let feeds = vec![mark("osv", FeedScope::Package, true)];
        let report = AdvisoryReport::new(Ecosystem::Cargo, None, vec![notice], feeds);
        assert_eq!(report.status, AdvisoryStatus::Clean);
        assert_eq!(report.informational.len(), 1);
    }

    #[test]
    fn sources_are_plain_words() {
        for good in ["osv", "my-feed_2"] {
            check_source(good).unwrap();
        }
        for bad in ["", "OSV", "a/b", "é", &"x".repeat(33)] {
            assert!(check_source(bad).is_err(), "{bad}");
        }
    }
}
