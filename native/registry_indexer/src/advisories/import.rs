//! Records into the store: some hundred in one transaction each, and the feeds at the end.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;

use registry_store::{FeedRecord, Store};
use registry_types::{
    Advisory, Ecosystem, Error, ErrorKind, Feed, Result, Timestamp, check_source,
};
use tokio_util::sync::CancellationToken;

use super::options::{ImportOptions, ImportReport, Skipped};
use super::read::Form;
use super::walk;

/// One transaction holds so many records at most …
const BATCH: usize = 500;
/// … of so many bytes together.
const BATCH_BYTES: usize = 8 * 1024 * 1024;
/// Skipped files that are told by name.
const MOST_SKIPPED: usize = 1000;

/// Imports what is at `path`.
///
/// # Errors
/// Those of [`walk::path`], of the store, `cancelled`. What was stored before stays; the feed does
/// not count as loaded.
pub(crate) fn import_path(
    store: &Store,
    path: &Path,
    options: &ImportOptions,
    cancelled: &CancellationToken,
) -> Result<ImportReport> {
    if let Some(source) = &options.source {
        check_source(source)?;
    }
    let mut importer = Importer::new(store, options, cancelled);
    let wanted = |name: &str| Form::of(name).is_some();
    let single = path.is_file();
    walk::path(path, &options.limits, &wanted, &mut |name, bytes| {
        importer.take(name, bytes)
    })?;
    let complete = options.complete.unwrap_or(!single || is_zip(path));
    importer.finish(&path.to_string_lossy(), complete)
}

fn is_zip(path: &Path) -> bool {
    path.extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("zip"))
}

/// What one feed gave for one ecosystem.
#[derive(Default)]
struct Given {
    ids: HashSet<String>,
    newest: Option<Timestamp>,
}

/// Takes files one after the other.
pub(super) struct Importer<'a> {
    store: &'a Store,
    options: &'a ImportOptions,
    cancelled: &'a CancellationToken,
    batch: BTreeMap<String, Vec<FeedRecord>>,
    batch_records: usize,
    batch_bytes: usize,
    given: BTreeMap<(String, Ecosystem), Given>,
    /// The ecosystems that every record of a feed speaks of.
    shared: BTreeMap<String, BTreeSet<Ecosystem>>,
    more_skipped: u64,
    report: ImportReport,
}

impl<'a> Importer<'a> {
    pub(super) fn new(
        store: &'a Store,
        options: &'a ImportOptions,
        cancelled: &'a CancellationToken,
    ) -> Self {
        Self {
            store,
            options,
            cancelled,
            batch: BTreeMap::new(),
            batch_records: 0,
            batch_bytes: 0,
            given: BTreeMap::new(),
            shared: BTreeMap::new(),
            more_skipped: 0,
            report: ImportReport::default(),
        }
    }

    /// Takes a file, or why it could not be read.
    ///
    /// # Errors
    /// Those of the store, `cancelled`.
    pub(super) fn take(
        &mut self,
        path: &str,
        bytes: std::result::Result<&[u8], String>,
    ) -> Result<()> {
        if self.cancelled.is_cancelled() {
            return Err(Error::new(
                ErrorKind::Cancelled,
                "the import was cancelled: what it had stored stays, the feed does not count as loaded",
            ));
        }
        self.report.read += 1;
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(why) => {
                self.skip(path, why);
                return Ok(());
            }
        };
        let form = Form::of(path).unwrap_or(Form::Json);
        let read = match form.read(bytes) {
            Ok(read) => read,
            Err(e) => {
                self.skip(path, e.message);
                return Ok(());
            }
        };
        let source = self
            .options
            .source
            .as_deref()
            .unwrap_or(read.source)
            .to_owned();
        let checksum = FeedRecord::checksum(bytes);
        let mut about: BTreeMap<Ecosystem, Vec<(String, Advisory)>> = BTreeMap::new();
        for (ecosystem, name, mut advisory) in read.advisories {
            if self.options.ecosystems.is_empty() || self.options.ecosystems.contains(&ecosystem) {
                advisory.sources = vec![source.clone()];
                about.entry(ecosystem).or_default().push((name, advisory));
            }
        }
        let speaks_of: BTreeSet<Ecosystem> = about.keys().copied().collect();
        if speaks_of.is_empty() {
            self.skip(
                path,
                "it speaks of no package of the ecosystems asked for".to_owned(),
            );
            return Ok(());
        }
        match self.shared.get_mut(&source) {
            Some(shared) => shared.retain(|e| speaks_of.contains(e)),
            None => drop(self.shared.insert(source.clone(), speaks_of)),
        }
        let withdrawn = about.values().flatten().all(|(_, a)| !a.is_standing());
        self.report.withdrawn += u64::from(withdrawn);
        self.report.stored += u64::from(!withdrawn);
        for (ecosystem, mut advisories) in about {
            let given = self.given.entry((source.clone(), ecosystem)).or_default();
            let modified = advisories.iter().filter_map(|(_, a)| a.modified_at).max();
            given.newest = given.newest.max(modified);
            advisories.retain(|(_, advisory)| advisory.is_standing());
            if !advisories.is_empty() {
                given.ids.insert(read.id.clone());
            }
            self.batch_bytes += bytes.len().saturating_mul(advisories.len().max(1));
            self.batch_records += 1;
            self.batch
                .entry(source.clone())
                .or_default()
                .push(FeedRecord {
                    ecosystem,
                    id: read.id.clone(),
                    checksum,
                    advisories,
                });
        }
        if self.batch_records >= BATCH || self.batch_bytes >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    /// A record that the feed has no more.
    pub(super) fn gone(&mut self, source: &str, ecosystem: Ecosystem, id: &str) {
        self.batch_records += 1;
        self.batch
            .entry(source.to_owned())
            .or_default()
            .push(FeedRecord {
                ecosystem,
                id: id.to_owned(),
                checksum: 0,
                advisories: Vec::new(),
            });
    }

    fn skip(&mut self, path: &str, reason: String) {
        if self.report.skipped.len() < MOST_SKIPPED {
            let path = path.to_owned();
            self.report.skipped.push(Skipped { path, reason });
        } else {
            self.more_skipped += 1;
        }
    }

    /// Stores what was taken, one transaction for each feed.
    pub(super) fn flush(&mut self) -> Result<()> {
        for (source, records) in std::mem::take(&mut self.batch) {
            self.report.changed += self.store.import_records(&source, &records)?;
        }
        (self.batch_records, self.batch_bytes) = (0, 0);
        Ok(())
    }

    /// The newest change among the records of a feed, and all their ids.
    pub(super) fn given(
        &mut self,
        source: &str,
        ecosystem: Ecosystem,
    ) -> (Option<Timestamp>, HashSet<String>) {
        let given = self.given.remove(&(source.to_owned(), ecosystem));
        given.map_or_else(Default::default, |g| (g.newest, g.ids))
    }

    /// What became of the files, once the last batch is stored.
    pub(super) fn report(mut self) -> ImportReport {
        if self.more_skipped > 0 {
            self.report.skipped.push(Skipped {
                path: "…".to_owned(),
                reason: format!("and {} more", self.more_skipped),
            });
        }
        self.report
    }

    /// Stores the rest and notes which feeds are loaded.
    fn finish(mut self, origin: &str, complete: bool) -> Result<ImportReport> {
        self.flush()?;
        for ((source, ecosystem), given) in std::mem::take(&mut self.given) {
            let named = self.options.ecosystems.contains(&ecosystem);
            let shared = self
                .shared
                .get(&source)
                .is_some_and(|s| s.contains(&ecosystem));
            let whole = complete && (named || shared);
            if !whole {
                continue;
            }
            // An older export takes nothing away from what was loaded before.
            let known = self.store.feed(&source, ecosystem)?;
            let feed = Feed {
                source: source.clone(),
                ecosystem,
                asked_at: Timestamp::now(),
                origin: origin.to_owned(),
                modified_at: given.newest.max(known.as_ref().and_then(|k| k.modified_at)),
                etag: known.and_then(|known| known.etag),
                changes_etag: None,
                records: 0,
                complete: true,
            };
            self.store.put_feed(&feed, None)?;
            self.report
                .feeds
                .extend(self.store.feed(&source, ecosystem)?);
        }
        Ok(self.report())
    }
}
