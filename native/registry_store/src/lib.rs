//! Packages, releases, documents, snippets and advisories in one redb file, and the search index in
//! the same file.
//!
//! * One write is one transaction with one `fsync`: records and index change together or not at all.
//!   A crash at any moment leaves the store as it was after some earlier write, and nothing that was
//!   acknowledged is lost (but see [`SyncMode::Deferred`]).
//! * Every record carries its own checksum, which covers its key. A damaged record or page gives
//!   `StoreCorrupt` and never a wrong answer; other records stay readable.
//! * The index is derived data: [`Store::reindex`] builds it again from the records, and so does
//!   opening a store whose index was made by another version of this program.
//! * Readers see the state after the last finished write; they never wait for writers.

mod api;
mod backend;
mod blocks;
mod bundle;
mod cache;
mod check;
mod codec;
mod db;
mod dictionary;
mod digest;
mod fault;
mod index;
mod key;
mod maintain;
mod options;
mod read;
mod record;
mod recover;
mod rows;
mod search;
mod stale;
mod store;
mod tables;
mod text;
mod upkeep;
mod write;

pub use bundle::Bundle;
pub use check::CheckReport;
pub use maintain::Compacted;
pub use options::{Opened, Recovered, StoreOptions, SyncMode};
pub use read::{EcosystemStats, ListQuery, PackagePage, SnippetFilter, Stats, StoredPackage, View};
pub use store::Store;
pub use write::histogram::Metric;
pub use write::import::FeedRecord;
