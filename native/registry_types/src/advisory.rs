mod affected;
mod feed;
mod merge;

use serde::{Deserialize, Serialize};

use crate::{Ecosystem, Timestamp};

pub use affected::{Affected, is_affected};
pub use feed::{
    AdvisoryReport, AdvisoryStatus, Feed, FeedAnswer, FeedMark, FeedScope, check_source,
};
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
    /// The parts of the package's API that carry the fault, where the database names them: paths of
    /// functions (RustSec `affected.functions`), or `import.symbol`.
    pub symbols: Vec<String>,
    /// Operating systems on which it can be met; empty: all.
    pub operating_systems: Vec<String>,
    /// Processor architectures on which it can be met; empty: all.
    pub architectures: Vec<String>,
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
    /// Which feeds named it: `"osv"`, `"rustsec"`, `"pypi"`, `"hex"`, `"npm"`.
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
            symbols: Vec::new(),
            operating_systems: Vec::new(),
            architectures: Vec::new(),
            informational: None,
            references: Vec::new(),
            published_at: None,
            modified_at: None,
            withdrawn_at: None,
            sources: Vec::new(),
        }
    }

    /// Whether it is in force: not taken back.
    #[must_use]
    pub const fn is_standing(&self) -> bool {
        self.withdrawn_at.is_none()
    }

    /// Whether it is about a fault of the package: neither a notice nor malware, and in force.
    ///
    /// ```
    /// use registry_types::{Advisory, Informational};
    /// let mut advisory = Advisory::new("RUSTSEC-2024-0001");
    /// assert!(advisory.is_vulnerability());
    /// advisory.informational = Some(Informational::Unmaintained);
    /// assert!(!advisory.is_vulnerability() && advisory.is_unmaintained());
    /// ```
    #[must_use]
    pub const fn is_vulnerability(&self) -> bool {
        self.is_standing() && self.informational.is_none() && !self.malicious
    }

    /// Whether it says, in force, that the package itself is malware.
    #[must_use]
    pub const fn is_malicious(&self) -> bool {
        self.is_standing() && self.malicious
    }

    /// Whether it is a notice, in force, and no vulnerability.
    #[must_use]
    pub const fn is_informational(&self) -> bool {
        self.is_standing() && self.informational.is_some() && !self.malicious
    }

    /// Whether it says, in force, that nobody maintains the package, and names no version from which
    /// on somebody does again.
    #[must_use]
    pub fn is_unmaintained(&self) -> bool {
        self.is_informational()
            && self.informational == Some(Informational::Unmaintained)
            && self.fixed_versions.is_empty()
    }

    /// Whether `version` is affected: [`is_affected`]. To ask about many versions of one package,
    /// read the advisory once with [`Affected::new`].
    #[must_use]
    pub fn affects(&self, ecosystem: Ecosystem, version: &str) -> bool {
        is_affected(ecosystem, self, version)
    }
}

/// The advisory, of all those about one package, by which it is unmaintained as a whole.
///
/// ```
/// use registry_types::{Advisory, Informational, unmaintained};
/// let mut notice = Advisory::new("RUSTSEC-2024-0375");
/// notice.informational = Some(Informational::Unmaintained);
/// let all = [Advisory::new("RUSTSEC-2021-0145"), notice];
/// assert_eq!(unmaintained(&all).map(|a| a.id.as_str()), Some("RUSTSEC-2024-0375"));
/// ```
#[must_use]
pub fn unmaintained(advisories: &[Advisory]) -> Option<&Advisory> {
    advisories
        .iter()
        .find(|advisory| advisory.is_unmaintained())
}
