use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use registry_types::{Error, ErrorKind, Result};

use crate::backend::Quota;
use crate::db::{Db, Found, Snapshot, Work};
use crate::dictionary::Dictionaries;
use crate::fault::{closed, guarded, index_error};
use crate::index::{Wish, schema};
use crate::options::{Opened, StoreOptions};
use crate::recover;
use crate::search::pages::Pages;
use crate::tables::sys;
use crate::upkeep::Upkeep;
use crate::write::{rebuild, ties};

/// Packages that one write indexes anew: some ten milliseconds.
const SETTLED_AT_ONCE: usize = 100;

/// One open store file. Usable from any number of threads at once: readers see the state after the
/// last finished write and never wait for a writer.
///
/// ```
/// use registry_store::{Bundle, Store, StoreOptions};
/// use registry_types::{Ecosystem, Package, Release};
///
/// let directory = tempfile::tempdir().unwrap();
/// let opened = Store::open(directory.path().join("cache.redb"), &StoreOptions::default())?;
/// let store = opened.store;
/// let package = Package::new(Ecosystem::Cargo, "async_std");
/// store.put(&Bundle::new(package, Release::new(Ecosystem::Cargo, "async_std", "1.0.0")))?;
/// assert_eq!(store.get_package(Ecosystem::Cargo, "async-std")?.name, "async_std");
/// # Ok::<(), registry_types::Error>(())
/// ```
pub struct Store {
    pub(crate) shared: Arc<Shared>,
    upkeep: Upkeep,
}

/// What the store and its upkeep share.
pub(crate) struct Shared {
    pub(crate) path: PathBuf,
    pub(crate) options: StoreOptions,
    quota: Quota,
    state: RwLock<State>,
    pub(crate) pages: Pages,
    /// Held while segments are merged beside writes.
    merging: Mutex<()>,
}

enum State {
    Open(Box<Db>),
    /// A write failed midway and the file could not be opened again yet.
    Shut,
    Closed,
}

impl Store {
    /// Opens the store at `path`, or begins one there; missing directories are made.
    ///
    /// A file that cannot be read, or was written in an older form, is kept aside under a new name and the store starts empty: what it
    /// holds can be collected again.
    ///
    /// # Errors
    /// `StoreLocked` when it is open elsewhere, `StorageFull` when the file may not be written,
    /// `Unsupported` when it was written by a newer program or is no store.
    pub fn open(path: impl AsRef<Path>, options: &StoreOptions) -> Result<Opened> {
        let path = std::path::absolute(path.as_ref())
            .map_err(|e| crate::fault::io_error(&e, path.as_ref().display()))?;
        recover::make_directory(&path)?;
        let is_new = !path.exists();
        let quota = Quota::new(options.max_bytes);
        let (found, recovered) = recover::open_or_set_aside(&path, options, &quota)?;
        if is_new || recovered.is_some() {
            recover::sync_directory(&path);
        }
        let (db, reindexed) = match found {
            Found::Whole(db) => (db, false),
            Found::WithoutIndex(db) => (db, true),
        };
        if reindexed {
            build_index(&db)?;
        }
        let shared = Arc::new(Shared {
            path,
            options: options.clone(),
            quota,
            state: RwLock::new(State::Open(Box::new(db))),
            pages: Pages::default(),
            merging: Mutex::new(()),
        });
        let upkeep = Upkeep::start(&shared);
        Ok(Opened {
            store: Self { shared, upkeep },
            recovered,
            reindexed,
        })
    }

    /// Where the file is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Changes how large the file may grow (`StoreOptions::max_bytes`), from now on.
    pub fn set_max_bytes(&self, max_bytes: Option<u64>) {
        self.shared.quota.set(max_bytes);
    }

    /// Closes the file when the calls in progress have ended. Afterwards every call gives
    /// `StoreClosed`; closing again does nothing.
    ///
    /// # Errors
    /// When what was written could not be made durable.
    pub fn close(&self) -> Result<()> {
        self.upkeep.stop();
        let state = std::mem::replace(&mut *self.shared.exclusive(), State::Closed);
        match state {
            State::Open(db) => db.close(),
            State::Shut | State::Closed => Ok(()),
        }
    }

    /// Reads what was last committed; `what` names the thing read, for errors.
    pub(crate) fn read<T>(
        &self,
        what: impl fmt::Display,
        mut work: impl FnMut(&Snapshot) -> Result<T>,
    ) -> Result<T> {
        for _ in 0..ATTEMPTS {
            let read = self.shared.with_db(|db| {
                let snapshot = db.snapshot()?;
                let read = guarded(&what, || work(&snapshot));
                // Another thread's write is about to fail: the file will be opened again.
                Ok(db.survived(read))
            })?;
            if let Some(value) = read {
                return value;
            }
        }
        Err(busy())
    }

    /// What records are compressed with.
    pub(crate) fn dictionaries(&self) -> Result<Arc<Dictionaries>> {
        self.shared.with_db(|db| Ok(db.dictionaries()))
    }

    /// Runs one write transaction.
    pub(crate) fn write<T>(&self, work: &mut Work<'_, T>) -> Result<T> {
        let value = self.shared.write(work)?;
        self.upkeep.wake();
        Ok(value)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // Nobody is left to hear of a failure; what was acknowledged is on the disk already.
        let _ = self.close();
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Store({})", self.shared.path.display())
    }
}

impl Shared {
    fn exclusive(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The open store, opened again if a write failed before.
    fn ready(&self) -> Result<RwLockReadGuard<'_, State>> {
        loop {
            let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
            match &*state {
                State::Open(db) if !db.is_broken() => return Ok(state),
                State::Closed => return Err(closed()),
                State::Open(_) | State::Shut => {}
            }
            drop(state);
            self.reopen()?;
        }
    }

    pub(crate) fn with_db<T>(&self, work: impl FnOnce(&Db) -> Result<T>) -> Result<T> {
        match &*self.ready()? {
            State::Open(db) => work(db),
            State::Shut | State::Closed => Err(closed()),
        }
    }

    pub(crate) fn write<T>(&self, work: &mut Work<'_, T>) -> Result<T> {
        for _ in 0..ATTEMPTS {
            if let Some(value) = self.with_db(|db| db.write(work))? {
                return Ok(value);
            }
        }
        Err(busy())
    }

    /// Merges segments of the index. While a merge runs nobody waits for it: it writes into memory,
    /// and the next commit puts it into the file.
    pub(crate) fn merge(&self, wish: Wish) -> Result<()> {
        let _one_at_a_time = self.merging.lock().unwrap_or_else(PoisonError::into_inner);
        let mut any = false;
        while let Some(merge) = self.with_db(|db| db.begin_merge(wish))? {
            any = true;
            let merged = merge.wait().map_err(index_error);
            self.with_db(|db| {
                db.end_merge();
                Ok(())
            })?;
            merged?;
            self.write(&mut |_, _| Ok(()))?;
        }
        // Nobody but old readers holds what was merged away: its space becomes free.
        if any {
            self.write(&mut |_, _| Ok(()))?;
        }
        Ok(())
    }

    /// Indexes anew the packages of which others say something new, some at a time, so that writes
    /// need not wait long.
    pub(crate) fn settle(&self) -> Result<()> {
        while self.with_db(Db::has_pending)? {
            self.write(&mut |tables, indexes| ties::settle(tables, indexes, SETTLED_AT_ONCE))?;
        }
        Ok(())
    }

    /// Runs `work` while nobody else uses the store.
    pub(crate) fn alone<T>(&self, work: impl FnOnce(&mut Db) -> Result<T>) -> Result<T> {
        drop(self.ready()?);
        match &mut *self.exclusive() {
            State::Open(db) => work(db),
            State::Shut | State::Closed => Err(closed()),
        }
    }

    /// Opens the file again: after a failed write only the file knows what is true.
    fn reopen(&self) -> Result<()> {
        let mut state = self.exclusive();
        match &*state {
            State::Open(db) if !db.is_broken() => return Ok(()),
            State::Closed => return Err(closed()),
            State::Open(_) | State::Shut => {}
        }
        if let State::Open(db) = std::mem::replace(&mut *state, State::Shut) {
            // It is broken: that closing it fails too is no news.
            let _ = db.close();
        }
        let db = match Db::open(&self.path, &self.options, &self.quota)? {
            Found::Whole(db) => db,
            Found::WithoutIndex(db) => {
                build_index(&db)?;
                db
            }
        };
        *state = State::Open(Box::new(db));
        Ok(())
    }
}

/// How often a write tries to have the file opened again.
const ATTEMPTS: u32 = 5;

fn busy() -> Error {
    Error::new(
        ErrorKind::Busy,
        "the store is being opened again after a failed write: try again",
    )
}

/// Builds the index of a store whose index is empty.
pub(crate) fn build_index(db: &Db) -> Result<()> {
    let mut after = None;
    loop {
        let next = db.write(&mut |tables, indexes| rebuild::index_some(tables, indexes, after))?;
        match next.ok_or_else(busy)? {
            None => break,
            next => after = next,
        }
    }
    let done = db.write(&mut |tables, indexes| {
        indexes.rebuild = None;
        tables.set_number(sys::INDEX_VERSION, schema::VERSION)
    });
    done?.ok_or_else(busy)
}
