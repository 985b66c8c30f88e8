//! How good a package is, as far as figures can say, and what each figure rests on.
//!
//! The score is the weighted mean of four parts, each the weighted mean of its evidence, all from 0
//! to 1. What is unknown is left out of its mean and named; a part without known evidence is left
//! out of the score.
//!
//! | part | weight | evidence (weight): score |
//! |---|---|---|
//! | popularity | 0.25 | recent downloads (0.6): `log10(1 + n) / log10(1 + N)` with N the order of the ecosystem's most downloaded packages; dependents (0.25): the same with 10⁵; stars (0.15): the same with 10⁵ |
//! | maintenance | 0.3 | last release (0.5): 1 up to one year, then falling to 0.25 at five (but 0.6 at least for a package from 1.0.0 on with ten releases: mature is not abandoned); releases in two years (0.25): `n / 4`, 1 at most; age (0.25): years since the first release, 1 at most. All times 0 when the package is deprecated, retired or called unmaintained |
//! | quality | 0.2 | README (0.3): bytes / 2000; licence (0.2), repository (0.2), description (0.1): there or not; documentation (0.1): there or not; stable (0.1): from 1.0.0 on |
//! | security | 0.25 | the gravest advisory that affects the newest version: none 1, low 0.8, unknown 0.5, medium 0.5, high 0.2, critical and malware 0 |

mod assess;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Advisory, Ecosystem, Package, Purl, Release, Timestamp};

pub use assess::assess;

/// A part of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QualityPart {
    /// How many use it.
    Popularity,
    /// Whether somebody looks after it.
    Maintenance,
    /// Whether it is documented, licensed and stable.
    Quality,
    /// Whether its newest version is known to be vulnerable.
    Security,
}

impl QualityPart {
    /// All parts.
    pub const ALL: [Self; 4] = [
        Self::Popularity,
        Self::Maintenance,
        Self::Quality,
        Self::Security,
    ];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Popularity => "popularity",
            Self::Maintenance => "maintenance",
            Self::Quality => "quality",
            Self::Security => "security",
        }
    }

    /// Its weight in the score.
    #[must_use]
    pub const fn weight(self) -> f64 {
        match self {
            Self::Popularity | Self::Security => 0.25,
            Self::Maintenance => 0.3,
            Self::Quality => 0.2,
        }
    }
}

/// One figure or fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QualityEvidence {
    /// `"recent_downloads"`, `"last_release"`, `"readme"` …
    pub name: String,
    /// For a person: `"4567 in 90 days"`; what is unknown says so.
    pub value: String,
    /// 0 to 1; nothing when it is unknown.
    pub score: Option<f64>,
    /// Its weight in its part.
    pub weight: f64,
    /// When this was so.
    pub date: Option<Timestamp>,
}

/// A part with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QualityScore {
    /// Which.
    pub part: QualityPart,
    /// 0 to 1; nothing when none of its evidence is known.
    pub score: Option<f64>,
    /// Its weight in the whole.
    pub weight: f64,
    /// What it rests on.
    pub evidence: Vec<QualityEvidence>,
}

/// How good a package is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// Its name.
    pub package: String,
    /// 0 to 1; nothing when nothing is known.
    pub score: Option<f64>,
    /// The parts.
    pub parts: Vec<QualityScore>,
    /// What is not known, and so not in the score: `"security"`, `"popularity.stars"` …
    pub unknown: Vec<String>,
    /// The share of the ecosystem's stored packages with less of it, 0 to 1: `"recent_downloads"`,
    /// `"dependents"`, `"stars"`, `"score"`, as far as known.
    pub percentiles: BTreeMap<String, f64>,
    /// When this was computed.
    pub assessed_at: Timestamp,
}

impl Quality {
    /// The package URL.
    #[must_use]
    pub fn purl(&self) -> String {
        Purl::new(self.ecosystem, &self.package, None).to_string()
    }
}

/// What a package is judged by.
#[derive(Clone, Copy, Debug)]
pub struct QualityFacts<'a> {
    /// The package.
    pub package: &'a Package,
    /// Its newest collected release, without which README and documentation are unknown.
    pub release: Option<&'a Release>,
    /// Bytes of that release's README.
    pub readme: usize,
    /// The advisories about it.
    pub advisories: &'a [Advisory],
    /// Whether advisories were asked for: that there are none is good news only then.
    pub advisories_known: bool,
    /// The present moment.
    pub now: Timestamp,
}
