//! Reading everything, to see whether it is as it was written.

use redb::{Key, ReadableTable};
use registry_types::Result;

use crate::Store;
use crate::blocks::Block;
use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::key::package_key;
use crate::record::Records;
use crate::rows::{Digest, FeedRow, PackageRow, ReleaseRow};
use crate::tables::{
    ADVISORIES, ANCHORS, ASKED, DIGESTS, DOCUMENTS, FEED_RECORDS, FEEDS, INDEX_CHUNKS, PACKAGES,
    RELEASES, SNIPPETS,
};

/// What [`Store::check`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// Records read.
    pub records: u64,
    /// One line for each thing that is wrong; only the first thousand are told.
    pub faults: Vec<String>,
    /// Whether redb's own pages are as they were written.
    pub file_intact: bool,
    /// Whether the index is as it was written and belongs to the records.
    pub index_intact: bool,
}

impl CheckReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_ok(&self) -> bool {
        self.file_intact && self.index_intact && self.faults.is_empty()
    }

    fn fault(&mut self, fault: impl std::fmt::Display) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault.to_string());
        }
    }
}

const MOST_FAULTS: usize = 1000;

impl Store {
    /// Reads every record and every page and compares checksums. Nobody else can use the store while
    /// the pages are read.
    ///
    /// # Errors
    /// Those of the store only; damage is no error but a fault in the report.
    pub fn check(&self) -> Result<CheckReport> {
        let mut report = CheckReport::default();
        let walked = self.read("the store", |snapshot| {
            report = CheckReport::default();
            snapshot.walk(&mut report)
        });
        if let Err(error) = walked {
            report.fault(error);
        }
        report.index_intact = self.shared.with_db(|db| Ok(db.index_is_intact()))?;
        let file = self
            .shared
            .alone(|db| db.alone(|database| database.check_integrity().map_err(redb_error)));
        match file {
            Ok(intact) => report.file_intact = intact,
            Err(error) => report.fault(error),
        }
        Ok(report)
    }
}

impl Snapshot {
    fn walk(&self, report: &mut CheckReport) -> Result<()> {
        let tables = &self.tables;
        for row in tables.package_keys.iter().map_err(redb_error)? {
            let (key, id) = row.map_err(redb_error)?;
            let (key, id) = (key.value(), id.value());
            report.records += 1;
            match self.package_row(id) {
                Ok(Some(row)) => {
                    if package_key(row.package.ecosystem, &row.package.name) != key {
                        report.fault(format_args!("package {key}: its key leads to another"));
                    }
                    for (version, release) in &row.releases {
                        let stored = RELEASES.get::<ReleaseRow>(&tables.releases, *release);
                        match stored {
                            Ok(Some(row)) if row.release.version == *version => {}
                            Ok(_) => report.fault(format_args!("release {key} {version} is lost")),
                            // Its record is told below.
                            Err(_) => {}
                        }
                    }
                }
                Ok(None) => report.fault(format_args!("package {key}: its record is missing")),
                Err(error) => report.fault(error.context(format_args!("package {key}"))),
            }
        }
        each(PACKAGES, &tables.packages, report, |bytes| {
            postcard::from_bytes::<PackageRow>(bytes).is_ok()
        })?;
        each(RELEASES, &tables.releases, report, |bytes| {
            postcard::from_bytes::<ReleaseRow>(bytes).is_ok()
        })?;
        each(DIGESTS, &tables.digests, report, |bytes| {
            postcard::from_bytes::<Digest>(bytes).is_ok()
        })?;
        each(DOCUMENTS, &tables.documents, report, |bytes| {
            postcard::from_bytes::<registry_types::Document>(bytes).is_ok()
        })?;
        each(ANCHORS, &tables.anchors, report, |bytes| {
            postcard::from_bytes::<Vec<String>>(bytes).is_ok()
        })?;
        each(ADVISORIES, &tables.advisories, report, |bytes| {
            postcard::from_bytes::<registry_types::Advisory>(bytes).is_ok()
        })?;
        each(ASKED, &tables.asked, report, |bytes| {
            postcard::from_bytes::<registry_types::Timestamp>(bytes).is_ok()
        })?;
        each(FEEDS, &tables.feeds, report, |bytes| {
            postcard::from_bytes::<registry_types::Feed>(bytes).is_ok()
        })?;
        each(FEED_RECORDS, &tables.feed_records, report, |bytes| {
            postcard::from_bytes::<FeedRow>(bytes).is_ok()
        })?;
        each(SNIPPETS, &tables.snippets, report, |bytes| {
            let Ok(block) = Block::open(bytes) else {
                return false;
            };
            (0..block.len()).all(|n| block.get(n).is_ok())
        })?;
        each(INDEX_CHUNKS, &tables.index_chunks, report, |_| true)
    }
}

/// Opens every record of a table; `good` looks at its payload.
fn each<K: Key + 'static>(
    records: Records<K>,
    table: &impl ReadableTable<K, &'static [u8]>,
    report: &mut CheckReport,
    good: impl Fn(&[u8]) -> bool,
) -> Result<()> {
    for row in table.iter().map_err(redb_error)? {
        let (key, record) = row.map_err(redb_error)?;
        report.records += 1;
        let what = || format!("{} record {:?}", records.name, key.value());
        match records.open(key.value(), record.value()) {
            Ok(opened) if good(opened.bytes(record.value())) => {}
            Ok(_) => report.fault(format_args!("{}: cannot be decoded", what())),
            Err(error) => report.fault(error.context(what())),
        }
    }
    Ok(())
}
