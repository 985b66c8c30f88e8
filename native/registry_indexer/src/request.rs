use std::time::Duration;

use registry_types::version::VersionSpec;
use registry_types::{Ecosystem, Release};

/// What to collect, and which parts of it.
///
/// ```
/// use registry_indexer::CollectRequest;
/// use registry_types::{Ecosystem, version::VersionSpec};
/// let request = CollectRequest::new(Ecosystem::Cargo, "tokio", VersionSpec::Latest);
/// assert!(request.snippets && request.advisories && !request.force);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CollectRequest {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// Its name, in any spelling its registry takes.
    pub name: String,
    /// Which version.
    pub version: VersionSpec,
    /// Fetch and read it again, whatever the store holds.
    pub force: bool,
    /// Parse its sources.
    pub snippets: bool,
    /// Keep its documents.
    pub docs: bool,
    /// Ask for security advisories.
    pub advisories: bool,
    /// Ask for downloads, owners and stars.
    pub quality: bool,
    /// How long the whole may take. Default 60 s.
    pub timeout: Duration,
}

impl CollectRequest {
    /// A request for everything.
    #[must_use]
    pub fn new(ecosystem: Ecosystem, name: impl Into<String>, version: VersionSpec) -> Self {
        Self {
            ecosystem,
            name: name.into(),
            version,
            force: false,
            snippets: true,
            docs: true,
            advisories: true,
            quality: true,
            timeout: Duration::from_secs(60),
        }
    }
}

/// Where a collect is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Waiting for its turn.
    Queue,
    /// Asking the registry which version is meant.
    Resolve,
    /// Downloading the archive: counts bytes.
    Download,
    /// Reading the archive.
    Archive,
    /// Parsing sources: counts files.
    Parse,
    /// Writing it down.
    Store,
    /// Finished.
    Done,
}

impl Stage {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Resolve => "resolve",
            Self::Download => "download",
            Self::Archive => "archive",
            Self::Parse => "parse",
            Self::Store => "store",
            Self::Done => "done",
        }
    }
}

/// How far a collect is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// Its name.
    pub name: String,
    /// The version, once it is known.
    pub version: Option<String>,
    /// What is being done.
    pub stage: Stage,
    /// So many bytes or files of it are done.
    pub done: u64,
    /// Of so many, if known.
    pub total: Option<u64>,
    /// Since the collect was asked for.
    pub elapsed: Duration,
}

/// Where the time went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Requests and their answers, the download included.
    pub network: Duration,
    /// Verifying and reading the archive and its documents.
    pub archive: Duration,
    /// Parsing sources.
    pub parse: Duration,
    /// Reading and writing the store.
    pub store: Duration,
    /// All of it, waiting included.
    pub total: Duration,
}

/// What a collect came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The release as stored.
    pub release: Release,
    /// Where the time went.
    pub timings: Timings,
    /// Whether the store had it already and the registry says that nothing changed.
    pub not_modified: bool,
}
