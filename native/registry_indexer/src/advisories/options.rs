use registry_types::{Ecosystem, Feed};

/// How advisories are imported. The default takes everything and finds out the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Only what is about these; none: all of ours. A whole export is then one of these.
    pub ecosystems: Vec<Ecosystem>,
    /// The feed under which the records are kept. By default `osv` for records in OSV's schema
    /// (JSON, PyPA's YAML), `rustsec` for RustSec's Markdown.
    pub source: Option<String>,
    /// Whether this is all the feed has, so that a package it does not speak of is clean there. By
    /// default a zip or a directory is, for the ecosystems named, else for the one that all of its
    /// records speak of; a single file is not.
    pub complete: Option<bool>,
    /// What strangers' files may cost.
    pub limits: ImportLimits,
}

/// What an import may cost. What is over one of the first four ends it; what was stored before
/// stays, and the feed does not count as loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportLimits {
    /// Files. Default 1 000 000.
    pub entries: u64,
    /// Bytes of a zip. Default 1 GiB.
    pub bytes: u64,
    /// Bytes of all records. Default 8 GiB.
    pub unpacked_bytes: u64,
    /// Unpacked bytes per byte of a zip, checked once 1 MiB has been unpacked. Default 200.
    pub compression_ratio: u64,
    /// Bytes of one record; larger ones are skipped. Default 4 MiB.
    pub record_bytes: u64,
}

impl Default for ImportLimits {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            entries: 1_000_000,
            bytes: 1024 * MIB,
            unpacked_bytes: 8192 * MIB,
            compression_ratio: 200,
            record_bytes: 4 * MIB,
        }
    }
}

/// What an import came to: `read` is `stored`, `withdrawn` and what was skipped together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Files that were looked at.
    pub read: u64,
    /// Records that the store has now.
    pub stored: u64,
    /// Of those, and of those taken back, how many were new to it.
    pub changed: u64,
    /// Records that were taken back, and are not in the store any more.
    pub withdrawn: u64,
    /// What was left out; of the same import at most a thousand, and a last one that counts the rest.
    pub skipped: Vec<Skipped>,
    /// The feeds as they are loaded now.
    pub feeds: Vec<Feed>,
}

/// A file that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its path, in the zip or the directory.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// How a feed is refreshed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshOptions {
    /// Load the whole export again, whatever the list of changes says.
    pub full: bool,
    /// From so many changes on the whole export is cheaper than each record by itself. Default 500.
    pub most_changes: usize,
    /// What strangers' files may cost.
    pub limits: ImportLimits,
}

impl Default for RefreshOptions {
    fn default() -> Self {
        Self {
            full: false,
            most_changes: 500,
            limits: ImportLimits::default(),
        }
    }
}

/// What a refresh came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshReport {
    /// The records that were read, and what became of them.
    pub import: ImportReport,
    /// Whether the whole export was loaded.
    pub full: bool,
    /// Records that the feed has no more.
    pub removed: u64,
    /// The feed as it is loaded now.
    pub feed: Feed,
}
