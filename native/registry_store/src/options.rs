use std::path::PathBuf;

use registry_types::Limits;

use crate::Store;

/// When a write is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SyncMode {
    /// Before the call that wrote it returns: one `fsync` per write.
    #[default]
    Always,
    /// At most about a second later, and when the store is closed. A crash of the machine or of the
    /// process may lose the writes of that second, never their order: the store is then as it was
    /// after some earlier write.
    Deferred,
}

/// How a store is opened.
///
/// ```
/// use registry_store::{StoreOptions, SyncMode};
/// let options = StoreOptions { sync: SyncMode::Deferred, ..StoreOptions::default() };
/// assert_eq!(options.cache_bytes, 128 * 1024 * 1024);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreOptions {
    /// When a write is on the disk. Default: [`SyncMode::Always`].
    pub sync: SyncMode,
    /// Memory for pages of the file and parts of the index, in bytes. Default 128 MiB.
    pub cache_bytes: usize,
    /// The file may not grow beyond so many bytes: a write that would need more gives
    /// [`registry_types::ErrorKind::StorageFull`]. Default: no limit but the disk's.
    pub max_bytes: Option<u64>,
    /// `query_bytes`, `rows` and `snippets` of these limits are enforced here.
    pub limits: Limits,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            sync: SyncMode::Always,
            cache_bytes: 128 * 1024 * 1024,
            max_bytes: None,
            limits: Limits::default(),
        }
    }
}

/// A store, and what had to be done to open it.
#[derive(Debug)]
pub struct Opened {
    /// The store.
    pub store: Store,
    /// Set when the file could not be read: it was kept aside and the store starts empty.
    pub recovered: Option<Recovered>,
    /// Whether the search index had to be rebuilt (it is derived data).
    pub reindexed: bool,
}

/// A file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// Where it was kept.
    pub kept_as: PathBuf,
    /// What was wrong with it.
    pub reason: String,
}
