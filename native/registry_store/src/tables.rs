//! The tables of the file. Names and key types never change; values are records (`record.rs`).

use std::sync::Arc;

use redb::{
    Database, ReadOnlyTable, ReadTransaction, ReadableDatabase, ReadableTable, Table,
    TableDefinition, WriteTransaction,
};
use registry_types::{Error, Result};

use crate::dictionary::Dictionaries;
use crate::fault::redb_error;
use crate::record::Records;

type Bytes = &'static [u8];

/// Numbers: schema version, generations, next ids, counts.
pub(crate) const SYS: TableDefinition<'static, &'static str, u64> = TableDefinition::new("sys");
/// Package key to package id.
pub(crate) const PACKAGE_KEYS: TableDefinition<'static, &'static str, u32> =
    TableDefinition::new("pkg_key");
/// Package id to [`crate::rows::PackageRow`]: uncompressed where it is short, for it is read for every
/// search result.
pub(crate) const PACKAGES: Records<u32> = Records::new("package");
/// Release id to [`crate::rows::ReleaseRow`].
pub(crate) const RELEASES: Records<u32> = Records::new("release");
/// Release and first ordinal to a block of snippets.
pub(crate) const SNIPPETS: Records<u64> = Records::new("snippets");
/// Release and ordinal to a document.
pub(crate) const DOCUMENTS: Records<u64> = Records::new("document");
/// Release id to what the index needs of its snippets.
pub(crate) const DIGESTS: Records<u32> = Records::new("digest");
/// Kind and copy to a dictionary: see [`crate::dictionary`].
pub(crate) const DICTIONARIES: Records<u8> = Records::new("dictionary");
/// (package key, `source/id`) to the advisory as that feed told it; they are merged when read.
pub(crate) const ADVISORIES: Records<(&'static str, &'static str)> = Records::new("advisory");
/// (package key, `source` or `source/version`) to when that feed was asked about the package.
pub(crate) const ASKED: Records<(&'static str, &'static str)> = Records::new("asked");
/// (source, letter of the ecosystem) to the feed as it was last loaded.
pub(crate) const FEEDS: Records<(&'static str, &'static str)> = Records::new("feed");
/// (source, `letter:id`) to the packages that the record of a loaded feed speaks of.
pub(crate) const FEED_RECORDS: Records<(&'static str, &'static str)> = Records::new("feed_record");
/// (package key of the dependency, id of the dependent package): who depends on whom.
pub(crate) const DEPENDENTS: TableDefinition<'static, (&'static str, u32), ()> =
    TableDefinition::new("rdep");
/// (package key, id of another package): what that one says of it.
pub(crate) const ANCHORS: Records<(&'static str, u32)> = Records::new("anchor");
/// Packages of which others say something new: they wait to be indexed anew.
pub(crate) const PENDING: TableDefinition<'static, u32, ()> = TableDefinition::new("pending");
/// Releases whose snippets are found only when their version is asked for.
pub(crate) const STALE: TableDefinition<'static, u32, ()> = TableDefinition::new("stale");
/// Names of languages by their number in the snippet index.
pub(crate) const LANGUAGES: TableDefinition<'static, &'static str, u16> =
    TableDefinition::new("language");
/// Packages of an ecosystem by the size of a figure (`write/histogram.rs`).
pub(crate) const HISTOGRAM: TableDefinition<'static, &'static str, u64> =
    TableDefinition::new("histogram");
/// Index file name to (length, file id); a row means that the file is committed.
pub(crate) const INDEX_FILES: TableDefinition<'static, &'static str, (u64, u32)> =
    TableDefinition::new("ts_len");
/// Files that were removed while they were read: id to number of chunks still there.
pub(crate) const INDEX_DYING: TableDefinition<'static, u32, u32> = TableDefinition::new("ts_dying");
/// (file id, chunk) to its bytes.
pub(crate) const INDEX_CHUNKS: Records<(u32, u32)> = Records::new("ts_file");

macro_rules! tables {
    ($($field:ident: $definition:expr, $key:ty, $value:ty;)*) => {
        /// All tables of one write transaction: redb lets each be opened only once.
        pub(crate) struct WriteTables<'t> {
            /// What records are compressed with.
            pub(crate) dictionaries: Arc<Dictionaries>,
            $(pub(crate) $field: Table<'t, $key, $value>,)*
        }

        impl<'t> WriteTables<'t> {
            /// The names of all tables.
            pub(crate) fn names() -> Vec<&'static str> {
                vec![$(redb::TableHandle::name(&$definition)),*]
            }

            pub(crate) fn open(
                transaction: &'t WriteTransaction,
                dictionaries: Arc<Dictionaries>,
            ) -> Result<Self> {
                Ok(Self {
                    dictionaries,
                    $($field: transaction.open_table($definition).map_err(redb_error)?,)*
                })
            }
        }

        /// Writes tables anew: all, or those that are full of holes.
        pub(crate) fn repack(database: &Database, all: bool) -> Result<()> {
            $(repack_table(database, $definition, all)?;)*
            Ok(())
        }

        /// The bytes of the pages of all tables.
        pub(crate) fn bytes_of_pages(database: &Database) -> Result<u64> {
            let read = database.begin_read().map_err(redb_error)?;
            let mut bytes = 0;
            $(bytes += pages(&read.open_table($definition).map_err(redb_error)?)?.0;)*
            Ok(bytes)
        }

        /// All tables as they were after one commit.
        pub(crate) struct ReadTables {
            $(pub(crate) $field: ReadOnlyTable<$key, $value>,)*
        }

        impl ReadTables {
            fn from(transaction: &ReadTransaction) -> Result<Self> {
                Ok(Self {
                    $($field: transaction.open_table($definition).map_err(redb_error)?,)*
                })
            }
        }
    };
}

tables! {
    sys: SYS, &'static str, u64;
    package_keys: PACKAGE_KEYS, &'static str, u32;
    packages: PACKAGES.table, u32, Bytes;
    releases: RELEASES.table, u32, Bytes;
    snippets: SNIPPETS.table, u64, Bytes;
    documents: DOCUMENTS.table, u64, Bytes;
    digests: DIGESTS.table, u32, Bytes;
    dictionary_rows: DICTIONARIES.table, u8, Bytes;
    advisories: ADVISORIES.table, (&'static str, &'static str), Bytes;
    asked: ASKED.table, (&'static str, &'static str), Bytes;
    feeds: FEEDS.table, (&'static str, &'static str), Bytes;
    feed_records: FEED_RECORDS.table, (&'static str, &'static str), Bytes;
    dependents: DEPENDENTS, (&'static str, u32), ();
    anchors: ANCHORS.table, (&'static str, u32), Bytes;
    pending: PENDING, u32, ();
    stale: STALE, u32, ();
    languages: LANGUAGES, &'static str, u16;
    histogram: HISTOGRAM, &'static str, u64;
    index_files: INDEX_FILES, &'static str, (u64, u32);
    index_dying: INDEX_DYING, u32, u32;
    index_chunks: INDEX_CHUNKS.table, (u32, u32), Bytes;
}

/// A table is written anew when more than a fifth of its pages is empty.
const HOLES: u64 = 5;

/// The bytes of a table's pages, and how many of them are empty.
fn pages(table: &impl redb::ReadableTableMetadata) -> Result<(u64, u64)> {
    let size = table.stats().map_err(redb_error)?;
    let empty = size.fragmented_bytes();
    Ok((size.stored_bytes() + size.metadata_bytes() + empty, empty))
}

/// redb fills the holes that deletes leave in pages, but gives only whole pages back: rows are copied
/// one behind the other, in one transaction for each table.
fn repack_table<K: redb::Key + 'static, V: redb::Value + 'static>(
    database: &Database,
    table: TableDefinition<'static, K, V>,
    anyhow: bool,
) -> Result<()> {
    let write = database.begin_write().map_err(redb_error)?;
    let old = write.open_table(table).map_err(redb_error)?;
    let (bytes, empty) = pages(&old)?;
    if !anyhow && empty <= bytes / HOLES {
        drop(old);
        return write.abort().map_err(redb_error);
    }
    let packed: TableDefinition<'static, K, V> = TableDefinition::new("repacked");
    let mut new = write.open_table(packed).map_err(redb_error)?;
    for row in old.iter().map_err(redb_error)? {
        let (key, value) = row.map_err(redb_error)?;
        new.insert(key.value(), value.value()).map_err(redb_error)?;
    }
    drop((old, new));
    write.delete_table(table).map_err(redb_error)?;
    write.rename_table(packed, table).map_err(redb_error)?;
    write.commit().map_err(redb_error)
}

/// Entries of [`SYS`].
pub(crate) mod sys {
    /// The version of tables and records.
    pub(crate) const SCHEMA: &str = "schema";
    /// Counts the writes.
    pub(crate) const GENERATION: &str = "generation";
    /// The version of what is derived into the index; 0 while it is being rebuilt.
    pub(crate) const INDEX_VERSION: &str = "index_version";
    /// The generation of the last change of the package index.
    pub(crate) const PACKAGE_INDEX: &str = "index_generation:p";
    /// The generation of the last change of the snippet index.
    pub(crate) const SNIPPET_INDEX: &str = "index_generation:s";
    /// Counts the changes of the table of stale releases.
    pub(crate) const STALE: &str = "stale";
    /// The next package id.
    pub(crate) const NEXT_PACKAGE: &str = "next_package";
    /// The next release id.
    pub(crate) const NEXT_RELEASE: &str = "next_release";
    /// The next index file id.
    pub(crate) const NEXT_FILE: &str = "next_file";
}

impl WriteTables<'_> {
    /// A number of [`SYS`], 0 where it was never written.
    pub(crate) fn number(&self, name: &str) -> Result<u64> {
        let value = self.sys.get(name).map_err(redb_error)?;
        Ok(value.map_or(0, |n| n.value()))
    }

    /// Sets a number of [`SYS`].
    pub(crate) fn set_number(&mut self, name: &str, value: u64) -> Result<()> {
        self.sys.insert(name, value).map_err(redb_error)?;
        Ok(())
    }

    /// Takes the next id of a sequence that begins with 1.
    pub(crate) fn next_id(&mut self, sequence: &str) -> Result<u32> {
        let id = self.number(sequence)?.max(1);
        self.set_number(sequence, id + 1)?;
        u32::try_from(id)
            .map_err(|_| Error::internal(format!("the store has used up its ids ({sequence})")))
    }
}

impl ReadTables {
    /// A number of [`SYS`], 0 where it was never written.
    pub(crate) fn number(&self, name: &str) -> Result<u64> {
        let value = self.sys.get(name).map_err(redb_error)?;
        Ok(value.map_or(0, |n| n.value()))
    }

    /// The tables as of the last commit. They hold its pages: drop them soon after the next one.
    pub(crate) fn open(database: &Database) -> Result<Self> {
        Self::from(&database.begin_read().map_err(redb_error)?)
    }
}
