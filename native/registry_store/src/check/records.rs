//! Whether every record is as it was written, belongs to another that is there, and is counted.

use std::collections::HashMap;

use redb::{Key, ReadableTable};
use registry_types::{Ecosystem, Result};

use super::CheckReport;
use crate::blocks::Block;
use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::key::{ecosystem_of, package_key, split_member};
use crate::record::Records;
use crate::rows::{Digest, FeedRow, PackageRow, ReleaseRow};
use crate::tables::{
    ADVISORIES, ANCHORS, ASKED, DICTIONARIES, DIGESTS, DOCUMENTS, FEED_RECORDS, FEEDS,
    INDEX_CHUNKS, PACKAGES, RELEASES, SNIPPETS,
};
use crate::write::{Count, counter};

/// Reads all records.
pub(super) fn walk(snapshot: &Snapshot, report: &mut CheckReport) -> Result<()> {
    let mut walk = Walk {
        snapshot,
        releases: HashMap::new(),
        counted: HashMap::new(),
    };
    walk.packages(report)?;
    walk.all_records(report)?;
    walk.members(report)?;
    walk.counts(report)
}

struct Walk<'a> {
    snapshot: &'a Snapshot,
    /// The releases that packages name: whether each can be read, and of which ecosystem.
    releases: HashMap<u32, Ecosystem>,
    counted: HashMap<(Ecosystem, Count), u64>,
}

impl Walk<'_> {
    fn count(&mut self, ecosystem: Ecosystem, count: Count, more: u64) {
        *self.counted.entry((ecosystem, count)).or_default() += more;
    }

    /// From the keys to the packages, and from those to their releases.
    fn packages(&mut self, report: &mut CheckReport) -> Result<()> {
        let tables = &self.snapshot.tables;
        for row in tables.package_keys.iter().map_err(redb_error)? {
            let (key, id) = row.map_err(redb_error)?;
            let (key, id) = (key.value(), id.value());
            report.records += 1;
            let row = match self.snapshot.package_row(id) {
                Ok(Some(row)) => row,
                Ok(None) => {
                    report.fault(format_args!("package {key}: its record is missing"));
                    continue;
                }
                Err(error) => {
                    report.fault(error.context(format_args!("package {key}")));
                    continue;
                }
            };
            let ecosystem = row.package.ecosystem;
            if package_key(ecosystem, &row.package.name) != key {
                report.fault(format_args!("package {key}: its key leads to another"));
            }
            self.count(ecosystem, Count::Packages, 1);
            for (version, release) in &row.releases {
                self.releases.insert(*release, ecosystem);
                self.count(ecosystem, Count::Releases, 1);
                match RELEASES.get::<ReleaseRow>(&tables.releases, *release) {
                    Ok(Some(row)) if row.release.version == *version => {
                        self.count(ecosystem, Count::Snippets, row.release.snippet_count);
                        self.count(ecosystem, Count::Documents, u64::from(row.documents));
                    }
                    Ok(_) => report.fault(format_args!("release {key} {version} is lost")),
                    // Its record is told below.
                    Err(_) => {}
                }
            }
        }
        Ok(())
    }

    fn all_records(&self, report: &mut CheckReport) -> Result<()> {
        let tables = &self.snapshot.tables;
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
        each(DICTIONARIES, &tables.dictionary_rows, report, |_| true)?;
        each(INDEX_CHUNKS, &tables.index_chunks, report, |_| true)
    }

    /// Every document, snippet and digest belongs to a release, every release to a package.
    fn members(&mut self, report: &mut CheckReport) -> Result<()> {
        let tables = &self.snapshot.tables;
        let known = &self.releases;
        let mut orphan = |what: &str, release: u32| {
            if !known.contains_key(&release) {
                report.fault(format_args!("{what} {release} belongs to no package"));
            }
        };
        for row in tables.releases.iter().map_err(redb_error)? {
            orphan("release", row.map_err(redb_error)?.0.value());
        }
        for row in tables.digests.iter().map_err(redb_error)? {
            orphan("the digest of release", row.map_err(redb_error)?.0.value());
        }
        for row in tables.stale.iter().map_err(redb_error)? {
            orphan("the mark of release", row.map_err(redb_error)?.0.value());
        }
        for row in tables.documents.iter().map_err(redb_error)? {
            let key = row.map_err(redb_error)?.0.value();
            orphan("a document of release", split_member(key).0);
        }
        let mut bytes = HashMap::<(Ecosystem, Count), u64>::new();
        let mut add = |release: u32, count: Count, more: usize| {
            if let Some(ecosystem) = known.get(&release) {
                *bytes.entry((*ecosystem, count)).or_default() += more as u64;
            }
        };
        for row in tables.documents.iter().map_err(redb_error)? {
            let (key, record) = row.map_err(redb_error)?;
            add(
                split_member(key.value()).0,
                Count::TextBytes,
                record.value().len(),
            );
        }
        for row in tables.snippets.iter().map_err(redb_error)? {
            let (key, record) = row.map_err(redb_error)?;
            let release = split_member(key.value()).0;
            orphan("a block of snippets of release", release);
            add(release, Count::SnippetBytes, record.value().len());
        }
        self.counted.extend(bytes);
        for row in tables.advisories.iter().map_err(redb_error)? {
            let row = row.map_err(redb_error)?;
            if let Some(ecosystem) = ecosystem_of(row.0.value().0) {
                *self
                    .counted
                    .entry((ecosystem, Count::Advisories))
                    .or_default() += 1;
            }
        }
        Ok(())
    }

    /// The counts are those of the records. Where records are damaged they cannot be compared.
    fn counts(&self, report: &mut CheckReport) -> Result<()> {
        if !report.faults.is_empty() {
            return Ok(());
        }
        for ecosystem in Ecosystem::ALL {
            for count in Count::ALL {
                let stored = self.snapshot.tables.number(&counter(ecosystem, count))?;
                let found = self.counted.get(&(ecosystem, count)).copied().unwrap_or(0);
                if stored != found {
                    report.fault(format_args!(
                        "{}: {stored} are counted, {found} are there",
                        counter(ecosystem, count)
                    ));
                }
            }
        }
        Ok(())
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
