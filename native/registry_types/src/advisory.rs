mod affected;
mod merge;

use serde::{Deserialize, Serialize};

use crate::Timestamp;

pub use affected::{Affected, is_affected};
pub use merge::merge_advisories;

/// How bad a vulnerability is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nobody said.
    Unknown,
    /// CVSS 0.0.
    None,
    /// CVSS 0.1 to 3.9.
    Low,
    /// CVSS 4.0 to 6.9.
    Medium,
    /// CVSS 7.0 to 8.9.
    High,
    /// CVSS 9.0 to 10.0.
    Critical,
}

impl Severity {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::None => "none",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// A scored CVSS vector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cvss {
    /// `"2.0"`, `"3.0"`, `"3.1"` or `"4.0"`.
    pub version: String,
    /// The vector string as given.
    pub vector: String,
    /// 0.0 to 10.0.
    pub score: f64,
}

/// A notice that is no vulnerability (RustSec `informational`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Informational {
    /// Nobody maintains the package.
    Unmaintained,
    /// Safe code can cause undefined behaviour.
    Unsound,
    /// Anything else worth knowing.
    Notice,
}

impl Informational {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unmaintained => "unmaintained",
            Self::Unsound => "unsound",
            Self::Notice => "notice",
        }
    }
}

/// One event of an affected range, in the OSV schema's terms.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RangeEvent {
    /// Affected from this version on (`"0"`: from the beginning).
    Introduced(String),
    /// Not affected from this version on.
    Fixed(String),
    /// Affected up to and including this version.
    LastAffected(String),
    /// Enumeration stops here.
    Limit(String),
}

/// Which versions are affected.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AffectedRange {
    /// `SEMVER`, `ECOSYSTEM` or `REQUIREMENT` (then `requirement` holds the ecosystem's own range).
    pub kind: String,
    /// The events as given, unsorted.
    pub events: Vec<RangeEvent>,
    /// The affected versions listed one by one.
    pub versions: Vec<String>,
    /// A requirement in the ecosystem's own syntax (npm bulk, Hex API).
    pub requirement: Option<String>,
}

impl AffectedRange {
    /// A range given by events, in the ecosystem's version order.
    #[must_use]
    pub fn events(events: Vec<RangeEvent>) -> Self {
        Self {
            kind: "ECOSYSTEM".to_owned(),
            events,
            ..Self::default()
        }
    }

    /// A range given as a requirement in the ecosystem's own syntax.
    #[must_use]
    pub fn requirement(text: impl Into<String>) -> Self {
        Self {
            kind: "REQUIREMENT".to_owned(),
            requirement: Some(text.into()),
            ..Self::default()
        }
    }

    /// Versions listed one by one.
    #[must_use]
    pub fn versions(versions: Vec<String>) -> Self {
        Self {
            versions,
            ..Self::events(Vec::new())
        }
    }
}

/// A security advisory about one package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Advisory {
    /// `GHSA-…`, `RUSTSEC-…`, `PYSEC-…`, `CVE-…`, `MAL-…`.
    pub id: String,
    /// Other names of the same vulnerability.
    pub aliases: Vec<String>,
    /// One line.
    pub summary: Option<String>,
    /// The whole text.
    pub details: Option<String>,
    /// From the CVSS vector, or the database's word.
    pub severity: Severity,
    /// The scored vector.
    pub cvss: Option<Cvss>,
    /// Affected ranges as given.
    pub affected: Vec<AffectedRange>,
    /// First versions without the fault, in the ecosystem's order.
    pub fixed_versions: Vec<String>,
    /// A notice that is no vulnerability.
    pub informational: Option<Informational>,
    /// Whether the package is malware (`MAL-…`).
    pub malicious: bool,
    /// Addresses to read on.
    pub references: Vec<String>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub modified_at: Option<Timestamp>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
    /// Which feeds named it: `"osv"`, `"pypi"`, `"hex"`, `"npm"`.
    pub sources: Vec<String>,
}

impl Advisory {
    /// An advisory of which nothing but the id is known.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        let id = id.into();
        Self {
            malicious: id.starts_with("MAL-"),
            id,
            aliases: Vec::new(),
            summary: None,
            details: None,
            severity: Severity::Unknown,
            cvss: None,
            affected: Vec::new(),
            fixed_versions: Vec::new(),
            informational: None,
            references: Vec::new(),
            published_at: None,
            modified_at: None,
            withdrawn_at: None,
            sources: Vec::new(),
        }
    }
}
