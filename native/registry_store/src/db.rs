//! The open file: tables, indexes, and what readers see of them.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use redb::{
    Builder, Database, DatabaseError, Durability, ReadableDatabase, ReadableTableMetadata,
    StorageError, TableHandle, TransactionError, WriteTransaction,
};
use registry_types::{Error, ErrorKind, Result};

use crate::backend::{LimitedFile, Quota};
use crate::cache::Cache;
use crate::dictionary::{Dictionaries, ENOUGH};
use crate::fault::{closed, guarded, is_previous_failure, redb_error};
use crate::index::file::ChunkCache;
use crate::index::schema::{self, PackageFields, SnippetFields};
use crate::index::view::View;
use crate::index::writer::Merge;
use crate::index::{Indexes, Rebuild, Wish, directory};
use crate::options::{StoreOptions, SyncMode};
use crate::rows::Shown;
use crate::stale::StaleReleases;
use crate::tables::{ReadTables, SYS, WriteTables, sys};

/// The version of tables and records this program reads and writes.
const SCHEMA: u64 = 3;
/// From this size on, what a repair after a crash would have to find out is recorded once writes have
/// ceased: a second `fsync` then, instead of a second and more per gigabyte after the crash.
const QUICK_REPAIR_FROM: u64 = 200 * 1024 * 1024;

/// Memory for READMEs that search results were lately excerpted from.
const README_BYTES: usize = 8 * 1024 * 1024;
pub(crate) type ReadmeCache = Cache<Arc<str>>;
/// Memory for packages that search results lately showed.
const SHOWN_BYTES: usize = 16 * 1024 * 1024;
/// With the checksums of their records.
pub(crate) type ShownCache = Cache<(u64, Shown)>;

/// What readers see: the state after one commit, of tables and indexes alike.
pub(crate) struct Snapshot {
    pub(crate) tables: ReadTables,
    pub(crate) packages: View,
    pub(crate) snippets: View,
    pub(crate) package_fields: PackageFields,
    pub(crate) snippet_fields: SnippetFields,
    pub(crate) stale: Arc<StaleReleases>,
    /// READMEs that excerpts were taken from, by release: a release's documents never change.
    pub(crate) readmes: Arc<ReadmeCache>,
    /// Packages that search results showed, by id.
    pub(crate) shown: Arc<ShownCache>,
    /// The count of changes with which `stale` was read.
    stale_changes: u64,
}

/// The open store.
pub(crate) struct Db {
    pub(crate) database: Database,
    pub(crate) indexes: Mutex<Indexes>,
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    chunks: Arc<ChunkCache>,
    dictionaries: RwLock<Arc<Dictionaries>>,
    /// How many releases there were when dictionaries were last trained, or tried to be.
    trained_with: AtomicU64,
    sync: SyncMode,
    path: PathBuf,
    /// Set when a write failed midway: memory and file may differ until the file is opened again.
    broken: AtomicBool,
    /// Whether a commit waits for its `fsync`.
    unsynced: AtomicBool,
    /// Whether something was committed since a repair was last made easy.
    hard_to_repair: AtomicBool,
}

/// What was found when a file was opened.
pub(crate) enum Found {
    /// A store with its index.
    Whole(Db),
    /// A store whose index has to be built.
    WithoutIndex(Db),
}

impl Db {
    /// Opens or creates the file.
    pub(crate) fn open(path: &Path, options: &StoreOptions, quota: &Quota) -> Result<Found> {
        guarded(format_args!("store {}", path.display()), || {
            let database = open_file(path, options, quota)?;
            prepare(&database)?;
            let tables = ReadTables::open(&database)?;
            let dictionaries = RwLock::new(Arc::new(Dictionaries::open(&tables)?));
            let chunks = Arc::new(ChunkCache::new(options.cache_bytes / 2));
            let current = tables.number(sys::INDEX_VERSION)? == schema::VERSION;
            let open = |tables: &ReadTables| {
                let indexes = Indexes::open(&database, tables, &chunks)?;
                let snapshot = Snapshot::open(&database, &indexes, None)?;
                Ok((indexes.match_tables(tables)?, indexes, snapshot))
            };
            let (whole, indexes, snapshot) = match open(&tables) {
                Ok((true, indexes, snapshot)) if current => (true, indexes, snapshot),
                // Whatever is wrong with the index, it can be built again.
                _ => {
                    clear_indexes(&database)?;
                    let (_, indexes, snapshot) = open(&ReadTables::open(&database)?)?;
                    (false, indexes, snapshot)
                }
            };
            let db = Self {
                path: path.to_owned(),
                indexes: Mutex::new(indexes),
                snapshot: RwLock::new(Some(Arc::new(snapshot))),
                chunks,
                dictionaries,
                trained_with: AtomicU64::new(0),
                sync: options.sync,
                broken: AtomicBool::new(false),
                unsynced: AtomicBool::new(false),
                hard_to_repair: AtomicBool::new(false),
                database,
            };
            Ok(if whole {
                Found::Whole(db)
            } else {
                Found::WithoutIndex(db)
            })
        })
    }

    /// The state after the last commit.
    pub(crate) fn snapshot(&self) -> Result<Arc<Snapshot>> {
        let snapshot = self.snapshot.read().unwrap_or_else(PoisonError::into_inner);
        snapshot.clone().ok_or_else(closed)
    }

    fn show(&self, snapshot: Snapshot) {
        *self
            .snapshot
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(snapshot));
    }

    /// Whether the file must be opened again before it is used.
    pub(crate) fn is_broken(&self) -> bool {
        self.broken.load(Ordering::Acquire)
    }

    /// `None` when redb refused to read, because a write had failed: the file must be opened again
    /// before.
    pub(crate) fn survived<T>(&self, read: Result<T>) -> Option<Result<T>> {
        if read.as_ref().is_err_and(is_previous_failure) {
            self.broken.store(true, Ordering::Release);
            return None;
        }
        Some(read)
    }

    /// Runs one write transaction: all that `work` does to tables and indexes, or nothing. `None`
    /// when the file must be opened again before.
    pub(crate) fn write<T>(&self, work: &mut Work<'_, T>) -> Result<Option<T>> {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_broken() {
            return Ok(None);
        }
        let mut committing = false;
        let result = guarded("the store", || {
            let Some(transaction) = self.begin()? else {
                return Ok(None);
            };
            let mut tables = WriteTables::open(&transaction, self.dictionaries())?;
            let value = work(&mut tables, &mut indexes)?;
            committing = true;
            let generation = tables.number(sys::GENERATION)? + 1;
            tables.set_number(sys::GENERATION, generation)?;
            indexes.commit(generation, &mut tables)?;
            drop(tables);
            transaction.commit().map_err(redb_error)?;
            self.unsynced
                .fetch_or(self.sync == SyncMode::Deferred, Ordering::AcqRel);
            self.hard_to_repair.store(true, Ordering::Release);
            indexes.committed(&self.database)?;
            let before = self.snapshot()?;
            self.show(Snapshot::open(&self.database, &indexes, Some(&before))?);
            Ok(Some(value))
        });
        // An error before anything was changed leaves all as it was; after, only the file knows.
        let storage =
            |e: &Error| matches!(e.kind, ErrorKind::StorageFull | ErrorKind::StoreCorrupt);
        if result.as_ref().is_err_and(storage)
            || (result.is_err() && (committing || indexes.is_changed()))
        {
            self.broken.store(true, Ordering::Release);
        }
        if result.as_ref().is_err_and(is_previous_failure) {
            self.broken.store(true, Ordering::Release);
            return Ok(None);
        }
        result
    }

    /// `None` after an I/O error: redb then wants the file to be opened again.
    fn begin(&self) -> Result<Option<WriteTransaction>> {
        let begun = self.database.begin_write();
        if let Err(TransactionError::Storage(StorageError::PreviousIo)) = begun {
            self.broken.store(true, Ordering::Release);
            return Ok(None);
        }
        let mut transaction = begun.map_err(redb_error)?;
        let durability = match self.sync {
            SyncMode::Always => Durability::Immediate,
            SyncMode::Deferred => Durability::None,
        };
        transaction
            .set_durability(durability)
            .map_err(|e| Error::internal(e.to_string()))?;
        Ok(Some(transaction))
    }

    /// What records are compressed with.
    pub(crate) fn dictionaries(&self) -> Arc<Dictionaries> {
        let dictionaries = self.dictionaries.read();
        Arc::clone(&dictionaries.unwrap_or_else(PoisonError::into_inner))
    }

    /// Trains the dictionaries that are missing, once there are enough records of their kind.
    pub(crate) fn train(&self) -> Result<()> {
        let mut dictionaries = Dictionaries::clone(&self.dictionaries());
        let releases = self.snapshot()?.tables.releases.len().map_err(redb_error)?;
        // Where there was not enough of a kind, it is tried again with twice as much.
        let due = self.trained_with.load(Ordering::Acquire) * 2;
        if dictionaries.is_complete() || releases < due.max(ENOUGH) {
            return Ok(());
        }
        self.trained_with.store(releases, Ordering::Release);
        let trained = self.write(&mut |tables, _| dictionaries.train(tables))?;
        if trained == Some(true) {
            let mut known = self
                .dictionaries
                .write()
                .unwrap_or_else(PoisonError::into_inner);
            *known = Arc::new(dictionaries);
        }
        Ok(())
    }

    /// Makes what was written durable, where a write does not do that by itself.
    pub(crate) fn sync(&self) -> Result<()> {
        if self.is_broken() || !self.unsynced.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        self.commit_nothing(false)
    }

    /// Records what a repair would have to find out, now that nobody writes. Until the next write a
    /// crash costs nothing.
    pub(crate) fn ease_repair(&self) -> Result<()> {
        if self.is_broken() || !self.hard_to_repair.swap(false, Ordering::AcqRel) {
            return Ok(());
        }
        if file_bytes(&self.path) < QUICK_REPAIR_FROM {
            return Ok(());
        }
        self.unsynced.store(false, Ordering::Release);
        self.commit_nothing(true)
    }

    /// A commit of its own accord is always durable.
    fn commit_nothing(&self, quick_repair: bool) -> Result<()> {
        guarded("the store", || {
            let mut transaction = self.database.begin_write().map_err(redb_error)?;
            transaction.set_quick_repair(quick_repair);
            transaction.commit().map_err(redb_error)
        })
        .inspect_err(|_| self.broken.store(true, Ordering::Release))
    }

    /// Whether packages wait to be indexed anew.
    pub(crate) fn has_pending(&self) -> Result<bool> {
        let snapshot = self.snapshot()?;
        snapshot
            .tables
            .pending
            .is_empty()
            .map(|none| !none)
            .map_err(redb_error)
    }

    /// Begins a merge of segments, if one is due.
    pub(crate) fn begin_merge(&self, wish: Wish) -> Result<Option<Merge>> {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_broken() {
            return Ok(None);
        }
        guarded("the search index", || indexes.begin_merge(wish))
    }

    /// The merge that was begun is over.
    pub(crate) fn end_merge(&self) {
        let mut indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        indexes.end_merge();
    }

    /// Whether the index is as it was written and belongs to the tables.
    pub(crate) fn index_is_intact(&self) -> bool {
        let indexes = self.indexes.lock().unwrap_or_else(PoisonError::into_inner);
        let intact = guarded("the search index", || {
            let tables = ReadTables::open(&self.database)?;
            Ok(indexes.match_tables(&tables)? && indexes.damaged()?.is_empty())
        });
        intact.unwrap_or(false)
    }

    /// Empties both indexes and marks them as unfinished.
    pub(crate) fn clear_indexes(&mut self) -> Result<()> {
        let next = self.alone(|database| {
            clear_indexes(database)?;
            ReadTables::open(database)?.number(sys::NEXT_RELEASE)
        })?;
        let indexes = self.indexes.get_mut();
        indexes.unwrap_or_else(PoisonError::into_inner).rebuild = Some(Rebuild {
            first_release: next,
            ..Rebuild::default()
        });
        Ok(())
    }

    /// Lets go of all pages that readers and indexes hold, runs `work` with the database alone, and
    /// takes them up again.
    pub(crate) fn alone<T>(&mut self, work: impl FnOnce(&mut Database) -> Result<T>) -> Result<T> {
        let indexes = self
            .indexes
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        indexes.detach();
        let snapshot = self
            .snapshot
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        *snapshot = None;
        let result = guarded("the store", || {
            let value = work(&mut self.database)?;
            let tables = ReadTables::open(&self.database)?;
            *indexes = Indexes::open(&self.database, &tables, &self.chunks)?;
            *snapshot = Some(Arc::new(Snapshot::open(&self.database, indexes, None)?));
            Ok(value)
        });
        result.inspect_err(|_| self.broken.store(true, Ordering::Release))
    }

    /// Lets go of the file.
    pub(crate) fn close(self) -> Result<()> {
        let synced = self.sync();
        let indexes = self
            .indexes
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        indexes.detach();
        drop(indexes);
        drop(self.snapshot);
        guarded("the store", || {
            drop(self.database);
            Ok(())
        })?;
        synced
    }
}

/// What is done within a write transaction.
pub(crate) type Work<'a, T> = dyn FnMut(&mut WriteTables<'_>, &mut Indexes) -> Result<T> + 'a;

impl Snapshot {
    fn open(database: &Database, indexes: &Indexes, before: Option<&Self>) -> Result<Self> {
        let tables = ReadTables::open(database)?;
        let stale_changes = tables.number(sys::STALE)?;
        let stale = match before {
            Some(before) if before.stale_changes == stale_changes => Arc::clone(&before.stale),
            _ => Arc::new(StaleReleases::load(&tables.stale)?),
        };
        Ok(Self {
            tables,
            packages: indexes.packages.view(before.map(|s| &s.packages))?,
            snippets: indexes.snippets.view(before.map(|s| &s.snippets))?,
            package_fields: indexes.package_fields,
            snippet_fields: indexes.snippet_fields,
            stale,
            readmes: match before {
                Some(before) => Arc::clone(&before.readmes),
                None => Arc::new(Cache::new(README_BYTES)),
            },
            shown: match before {
                Some(before) => Arc::clone(&before.shown),
                None => Arc::new(Cache::new(SHOWN_BYTES)),
            },
            stale_changes,
        })
    }
}

fn open_file(path: &Path, options: &StoreOptions, quota: &Quota) -> Result<Database> {
    let opened = LimitedFile::open(path, quota.clone()).and_then(|file| {
        Builder::new()
            .set_cache_size(options.cache_bytes / 2)
            .create_with_backend(file)
    });
    opened.map_err(|error| match error {
        DatabaseError::DatabaseAlreadyOpen => Error::new(
            ErrorKind::StoreLocked,
            format!(
                "{} is open in another process or under another name: close it there, or choose \
                 another path",
                path.display()
            ),
        )
        .with("path", path.display()),
        error => redb_error(error).with("path", path.display()),
    })
}

/// Makes sure that the file is a store of a version this program knows, and has all tables.
fn prepare(database: &Database) -> Result<()> {
    let transaction = database.begin_read().map_err(redb_error)?;
    let tables = transaction.list_tables().map_err(redb_error)?;
    let names: Vec<String> = tables.map(|t| t.name().to_owned()).collect();
    if names.is_empty() {
        return create(database);
    }
    let schema = match transaction.open_table(SYS) {
        Ok(table) => table.get(sys::SCHEMA).map_err(redb_error)?,
        Err(redb::TableError::TableDoesNotExist(_)) => None,
        Err(error) => return Err(redb_error(error)),
    };
    match schema.map(|s| s.value()) {
        Some(SCHEMA) => {
            let missing = WriteTables::names()
                .iter()
                .any(|t| !names.iter().any(|n| n == t));
            // A table that came with a later version of the program begins empty.
            if missing {
                return create(database);
            }
        }
        // What it holds can be collected again; it is kept aside as a damaged one is.
        Some(older) if older < SCHEMA => {
            return Err(Error::new(
                ErrorKind::StoreCorrupt,
                format!(
                    "the store was written by an older program: its schema version is {older}, this \
                     one's {SCHEMA}"
                ),
            )
            .with("schema", older));
        }
        Some(other) => {
            return Err(Error::new(
                ErrorKind::Unsupported,
                format!(
                    "the store has schema version {other}, this program knows {SCHEMA}: use the \
                     program that wrote it, or another path"
                ),
            ));
        }
        None => {
            return Err(Error::new(
                ErrorKind::Unsupported,
                "the file is a database of another program: choose another path",
            ));
        }
    }
    Ok(())
}

/// Makes the tables that are not there yet.
fn create(database: &Database) -> Result<()> {
    let transaction = database.begin_write().map_err(redb_error)?;
    let mut tables = WriteTables::open(&transaction, Arc::default())?;
    if tables.number(sys::SCHEMA)? == 0 {
        tables.set_number(sys::SCHEMA, SCHEMA)?;
        tables.set_number(sys::INDEX_VERSION, schema::VERSION)?;
    }
    drop(tables);
    transaction.commit().map_err(redb_error)
}

/// Removes both indexes; the next open builds them, should this process not come to it.
fn clear_indexes(database: &Database) -> Result<()> {
    let transaction = database.begin_write().map_err(redb_error)?;
    let mut tables = WriteTables::open(&transaction, Arc::default())?;
    directory::remove_all(&mut tables)?;
    tables.histogram.retain(|_, _| false).map_err(redb_error)?;
    tables.set_number(sys::INDEX_VERSION, 0)?;
    tables.set_number(sys::PACKAGE_INDEX, 0)?;
    tables.set_number(sys::SNIPPET_INDEX, 0)?;
    drop(tables);
    transaction.commit().map_err(redb_error)
}

/// Bytes of the file, 0 where there is none.
pub(crate) fn file_bytes(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}
