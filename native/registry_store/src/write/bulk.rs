//! Many bundles: while some are written, the next are prepared on all cores.

use std::borrow::Cow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use registry_types::{Error, Result};

use crate::Store;
use crate::bundle::Bundle;
use crate::db::Db;
use crate::fault::{guarded, panic_text};
use crate::write::prepare::{Prepared, threads};
use crate::write::put;

/// What one transaction takes in: bounds the memory of an import, and how long other writes wait.
const PACKAGES_AT_ONCE: usize = 10_000;
/// The first is small: dictionaries are trained from what it wrote.
const PACKAGES_AT_FIRST: usize = 1_000;
const SNIPPETS_AT_ONCE: usize = 100_000;
/// Bundles that a thread is given at a time.
const PART: usize = 32;
/// Parts that wait for each thread, and behind it.
const WAITING: usize = 4;
/// A transaction does not stay open longer for bundles that are still being made.
const PAUSE: Duration = Duration::from_millis(50);

type Part = Result<Vec<Prepared<'static>>>;

/// A thread that prepares, seen from both sides.
struct Lane {
    given: SyncSender<Vec<Bundle>>,
    prepared: Receiver<Part>,
}

impl Store {
    /// Stores bundles as they come, thousands in a transaction, in their order; says how many. Other
    /// calls go on meanwhile. Faster than [`Store::put_many`] where there are many, and needs no room
    /// for all of them at once.
    ///
    /// ```
    /// use registry_store::{Bundle, Store, StoreOptions};
    /// use registry_types::{Ecosystem, Package, Release};
    ///
    /// let directory = tempfile::tempdir().unwrap();
    /// let store = Store::open(directory.path().join("cache.redb"), &StoreOptions::default())?.store;
    /// let bundles = ["plug", "phoenix", "ecto"].map(|name| {
    ///     let release = Release::new(Ecosystem::Hex, name, "1.0.0");
    ///     Bundle::new(Package::new(Ecosystem::Hex, name), release)
    /// });
    /// assert_eq!(store.import(bundles)?, 3);
    /// # Ok::<(), registry_types::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`Store::put`]. What was stored before the fault stays; the detail `stored` says how
    /// many bundles.
    pub fn import(&self, bundles: impl IntoIterator<Item = Bundle>) -> Result<u64> {
        thread::scope(|scope| {
            let (mut givers, mut prepared) = (Vec::new(), Vec::new());
            for _ in 0..threads() {
                let (lane, parts, done) = Lane::new();
                scope.spawn(move || self.prepare_parts(&parts, &done));
                givers.push(lane.given);
                prepared.push(lane.prepared);
            }
            let writer = scope.spawn(move || self.write_parts(Parts::new(prepared)));
            let mut bundles = bundles.into_iter();
            for giver in givers.iter().cycle() {
                let part: Vec<Bundle> = bundles.by_ref().take(PART).collect();
                // Nobody takes it once the writer has failed: it will say why.
                if part.is_empty() || giver.send(part).is_err() {
                    break;
                }
            }
            drop(givers);
            let written = writer.join();
            written.unwrap_or_else(|panic| Err(Error::internal(panic_text(&*panic))))
        })
    }

    /// Prepares parts as they come.
    fn prepare_parts(&self, parts: &Receiver<Vec<Bundle>>, done: &SyncSender<Part>) {
        let limits = &self.shared.options.limits;
        for part in parts {
            let prepared = guarded("a bundle", || {
                let dictionaries = self.dictionaries()?;
                part.into_iter()
                    .map(|bundle| Prepared::new(Cow::Owned(bundle), limits, &dictionaries))
                    .collect()
            });
            if done.send(prepared).is_err() {
                return;
            }
        }
    }

    /// Writes what the lanes prepare, some of it in each transaction.
    fn write_parts(&self, mut parts: Parts) -> Result<u64> {
        let mut stored = 0;
        let at = |error: Error, stored: u64| error.with("stored", stored);
        while let Some(first) = parts.next() {
            let mut batch = first.map_err(|e| at(e, stored))?;
            let mut fault = None;
            let most = match stored {
                0 => PACKAGES_AT_FIRST,
                _ => PACKAGES_AT_ONCE,
            };
            self.write(&mut |tables, indexes| {
                // From the beginning, should the file have been opened anew.
                let (mut written, mut snippets) = (0, 0);
                loop {
                    for bundle in batch.iter().skip(written) {
                        put::put(tables, indexes, bundle)?;
                        snippets += bundle.snippets.len();
                    }
                    written = batch.len();
                    if written >= most || snippets >= SNIPPETS_AT_ONCE {
                        return Ok(());
                    }
                    match parts.soon() {
                        Some(Ok(part)) => batch.extend(part),
                        Some(Err(error)) => fault = Some(error),
                        None => return Ok(()),
                    }
                    if fault.is_some() {
                        return Ok(());
                    }
                }
            })
            .map_err(|e| at(e, stored))?;
            stored += batch.len() as u64;
            self.shared.with_db(Db::train).map_err(|e| at(e, stored))?;
            if let Some(error) = fault {
                return Err(at(error, stored));
            }
        }
        Ok(stored)
    }
}

impl Lane {
    fn new() -> (Self, Receiver<Vec<Bundle>>, SyncSender<Part>) {
        let (given, parts) = sync_channel(WAITING);
        let (done, prepared) = sync_channel(WAITING);
        (Self { given, prepared }, parts, done)
    }
}

/// The parts of all lanes in the order in which they were given.
struct Parts {
    lanes: Vec<Receiver<Part>>,
    next: usize,
}

impl Parts {
    const fn new(lanes: Vec<Receiver<Part>>) -> Self {
        Self { lanes, next: 0 }
    }

    /// The next part; `None` at the end.
    fn next(&mut self) -> Option<Part> {
        let part = self.lanes.get(self.next)?.recv().ok()?;
        self.next = (self.next + 1) % self.lanes.len();
        Some(part)
    }

    /// The next part, if it is there soon.
    fn soon(&mut self) -> Option<Part> {
        match self.lanes.get(self.next)?.recv_timeout(PAUSE) {
            Ok(part) => {
                self.next = (self.next + 1) % self.lanes.len();
                Some(part)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }
}
