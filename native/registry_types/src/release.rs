use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Dependency, Ecosystem, Purl, Retirement, SkipReason, Timestamp};

/// Where a release came from, for conditional requests and for the curious.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The address of the metadata.
    pub endpoint: String,
    /// Its `ETag`, verbatim (Hex sends it without quotes).
    pub etag: Option<String>,
    /// Its `Last-Modified`, verbatim.
    pub last_modified: Option<String>,
    /// The strongest digest which the registry promises for the archive (`"sha512:…"`, lower hex):
    /// as long as it stays the same, the archive need not be fetched again.
    pub integrity: Option<String>,
}

/// What kind of thing could not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WarningKind {
    /// An optional source (downloads, advisories, web API) could not be asked.
    Unavailable,
    /// A source file was not parsed (its worker died, it was too large, it timed out).
    Parse,
    /// An archive entry was skipped.
    Archive,
    /// A metadata field was not of the expected form and left out.
    Metadata,
    /// A limit cut the result short.
    Truncated,
}

impl WarningKind {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Parse => "parse",
            Self::Archive => "archive",
            Self::Metadata => "metadata",
            Self::Truncated => "truncated",
        }
    }
}

/// Something a collect could not have, which did not fail it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What to match on.
    pub kind: WarningKind,
    /// One line for a person.
    pub message: String,
    /// The file concerned.
    pub path: Option<String>,
}

impl Warning {
    /// A warning about the release as a whole.
    pub fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            path: None,
        }
    }

    /// A warning about one file.
    pub fn file(kind: WarningKind, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            path: Some(path.into()),
        }
    }
}

/// One published version of a package, as collected.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// Where it lives.
    pub ecosystem: Ecosystem,
    /// The package's name as the registry spells it.
    pub name: String,
    /// The version as the registry spells it.
    pub version: String,
    /// One or two sentences.
    pub description: Option<String>,
    /// An SPDX expression, or the text as given.
    pub license: Option<String>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Withdrawn by its publisher.
    pub yanked: bool,
    /// The publisher's deprecation notice, or the reason of the yank.
    pub deprecated: Option<String>,
    /// The retirement, on Hex.
    pub retired: Option<Retirement>,
    /// `"sha256:…"` of the archive that was read (lower hex).
    pub checksum: Option<String>,
    /// Bytes of the archive as downloaded.
    pub size: Option<u64>,
    /// What it requires.
    pub dependencies: Vec<Dependency>,
    /// Cargo features, Python extras: name to what it turns on.
    pub features: BTreeMap<String, Vec<String>>,
    /// What it runs on: `"rust"`, `"node"`, `"python"`, `"elixir"` … to the requirement.
    pub runtime: BTreeMap<String, String>,
    /// The README as text.
    pub readme: Option<String>,
    /// How many snippets were stored.
    pub snippet_count: u64,
    /// Languages of the parsed sources, most files first.
    pub languages: Vec<String>,
    /// Files of its archive that gave no snippets, by the reason they were left out for. Those that
    /// are neither sources, documents nor manifests are not counted.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Ids of the advisories that affect it.
    pub advisories: Vec<String>,
    /// When it was collected into the store.
    pub collected_at: Option<Timestamp>,
    /// Where its metadata came from.
    pub source: Source,
    /// What could not be had.
    pub warnings: Vec<Warning>,
}

impl Release {
    /// A release of which nothing but its identity is known.
    #[must_use]
    pub fn new(ecosystem: Ecosystem, name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            ecosystem,
            name: name.into(),
            version: version.into(),
            description: None,
            license: None,
            published_at: None,
            yanked: false,
            deprecated: None,
            retired: None,
            checksum: None,
            size: None,
            dependencies: Vec::new(),
            features: BTreeMap::new(),
            runtime: BTreeMap::new(),
            readme: None,
            snippet_count: 0,
            languages: Vec::new(),
            skipped: BTreeMap::new(),
            advisories: Vec::new(),
            collected_at: None,
            source: Source::default(),
            warnings: Vec::new(),
        }
    }

    /// The package URL with the version.
    #[must_use]
    pub fn purl(&self) -> String {
        Purl::new(self.ecosystem, &self.name, Some(&self.version)).to_string()
    }
}
