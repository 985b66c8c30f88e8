//! An OSV record as it is written.

use registry_types::{Ecosystem, Result, normalize_name};
use serde::Deserialize;

use super::symbols::EcosystemSpecific;
use crate::common::{json, lenient};

/// A record. Every field but the id may be missing or odd.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Record {
    /// `GHSA-…`, `PYSEC-…`, …
    pub id: String,
    /// When it was last changed, as written.
    #[serde(default, deserialize_with = "lenient::text")]
    pub modified: Option<String>,
    /// When it was published, as written.
    #[serde(default, deserialize_with = "lenient::text")]
    pub published: Option<String>,
    /// When it was taken back, as written.
    #[serde(default, deserialize_with = "lenient::text")]
    pub withdrawn: Option<String>,
    /// Other ids of the same vulnerability.
    #[serde(default, deserialize_with = "lenient::texts")]
    pub aliases: Vec<String>,
    /// One line.
    #[serde(default, deserialize_with = "lenient::text")]
    pub summary: Option<String>,
    /// The whole text.
    #[serde(default, deserialize_with = "lenient::text")]
    pub details: Option<String>,
    /// Ratings for all packages.
    #[serde(default, deserialize_with = "lenient::list")]
    pub severity: Vec<Rating>,
    /// What is affected.
    #[serde(default, deserialize_with = "lenient::list")]
    pub affected: Vec<AffectedPackage>,
    /// Where to read on.
    #[serde(default, deserialize_with = "lenient::list")]
    pub references: Vec<Reference>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) database_specific: DatabaseSpecific,
}

/// A rating.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Rating {
    /// `CVSS_V2`, `CVSS_V3`, `CVSS_V4`, or a distribution's own.
    #[serde(rename = "type", deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// The vector.
    #[serde(deserialize_with = "lenient::text")]
    pub score: Option<String>,
}

/// One affected package; a record may have several entries for the same one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AffectedPackage {
    #[serde(deserialize_with = "lenient::or_default")]
    pub(super) package: PackageName,
    /// Ratings for this package.
    #[serde(deserialize_with = "lenient::list")]
    pub severity: Vec<Rating>,
    /// Which versions, by events.
    #[serde(deserialize_with = "lenient::list")]
    pub ranges: Vec<Range>,
    /// Which versions, one by one.
    #[serde(deserialize_with = "lenient::texts")]
    pub versions: Vec<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    pub(super) ecosystem_specific: EcosystemSpecific,
    #[serde(deserialize_with = "lenient::or_default")]
    pub(super) database_specific: DatabaseSpecific,
}

/// A range.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Range {
    /// `SEMVER`, `ECOSYSTEM` or `GIT`.
    #[serde(rename = "type", deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// Its events in any order.
    #[serde(deserialize_with = "lenient::list")]
    pub events: Vec<Event>,
}

/// An event; by the schema only one field is given, old records give two.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Affected from here on.
    #[serde(deserialize_with = "lenient::text")]
    pub introduced: Option<String>,
    /// Not affected from here on.
    #[serde(deserialize_with = "lenient::text")]
    pub fixed: Option<String>,
    /// Affected up to here.
    #[serde(deserialize_with = "lenient::text")]
    pub last_affected: Option<String>,
    /// Where enumeration stops.
    #[serde(deserialize_with = "lenient::text")]
    pub limit: Option<String>,
}

/// A reference.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Reference {
    /// `ADVISORY`, `FIX`, `WEB`, …
    #[serde(rename = "type", deserialize_with = "lenient::text")]
    pub kind: Option<String>,
    /// The address.
    #[serde(deserialize_with = "lenient::text")]
    pub url: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PackageName {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) name: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) ecosystem: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DatabaseSpecific {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) severity: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) informational: Option<String>,
}

impl Record {
    /// Reads one record.
    ///
    /// # Errors
    /// `protocol` when it is no JSON object with an id.
    pub fn parse(bytes: &[u8]) -> Result<Self> {
        json::parse(&json::text(bytes), "an OSV record")
    }

    /// The packages of our ecosystems it speaks of, under their normalised names, each once.
    #[must_use]
    pub fn packages(&self) -> Vec<(Ecosystem, String)> {
        let mut packages: Vec<_> = self
            .affected
            .iter()
            .filter_map(AffectedPackage::package)
            .collect();
        packages.sort();
        packages.dedup();
        packages
    }
}

impl AffectedPackage {
    /// The package, if it is of one of our ecosystems. `PyPI:…` and the like name a part of one.
    #[must_use]
    pub fn package(&self) -> Option<(Ecosystem, String)> {
        let text = self.package.ecosystem.as_deref()?;
        let text = text.split(':').next().unwrap_or(text);
        let ecosystem = Ecosystem::ALL
            .into_iter()
            .find(|e| e.osv_name() == Some(text))?;
        let name = self.package.name.as_deref()?;
        Some((ecosystem, normalize_name(ecosystem, name)))
    }
}
