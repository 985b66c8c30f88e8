use std::path::PathBuf;

use redb::ReadableTable;
use registry_types::{Ecosystem, Result};

use crate::Store;
use crate::db::{Snapshot, file_bytes};
use crate::fault::redb_error;
use crate::tables::sys;
use crate::write::{Count, counter};

/// What a store holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Packages.
    pub packages: u64,
    /// Releases.
    pub releases: u64,
    /// Snippets.
    pub snippets: u64,
    /// Documents.
    pub documents: u64,
    /// Advisories, counted once for each package they are about.
    pub advisories: u64,
    /// The same for each ecosystem of which anything is stored.
    pub ecosystems: Vec<EcosystemStats>,
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes of the search index in it.
    pub index_bytes: u64,
    /// Counts the writes.
    pub generation: u64,
    /// Where the file is.
    pub path: PathBuf,
}

/// What a store holds of one ecosystem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EcosystemStats {
    /// Which.
    pub ecosystem: Ecosystem,
    /// Packages.
    pub packages: u64,
    /// Releases.
    pub releases: u64,
    /// Snippets.
    pub snippets: u64,
    /// Documents.
    pub documents: u64,
    /// Advisories.
    pub advisories: u64,
}

impl Store {
    /// Counts and sizes.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn stats(&self) -> Result<Stats> {
        let mut stats = self.read("the counts", |snapshot| {
            let mut stats = Stats {
                generation: snapshot.tables.number(sys::GENERATION)?,
                ..Stats::default()
            };
            for ecosystem in Ecosystem::ALL {
                let count = |what| snapshot.tables.number(&counter(ecosystem, what));
                let of = EcosystemStats {
                    ecosystem,
                    packages: count(Count::Packages)?,
                    releases: count(Count::Releases)?,
                    snippets: count(Count::Snippets)?,
                    documents: count(Count::Documents)?,
                    advisories: count(Count::Advisories)?,
                };
                stats.packages += of.packages;
                stats.releases += of.releases;
                stats.snippets += of.snippets;
                stats.documents += of.documents;
                stats.advisories += of.advisories;
                if of.packages + of.advisories > 0 {
                    stats.ecosystems.push(of);
                }
            }
            stats.index_bytes = snapshot.index_bytes()?;
            Ok(stats)
        })?;
        stats.file_bytes = file_bytes(self.path());
        stats.path = self.path().to_owned();
        Ok(stats)
    }
}

impl Snapshot {
    /// Bytes of all index files.
    pub(crate) fn index_bytes(&self) -> Result<u64> {
        let mut bytes = 0;
        for row in self.tables.index_files.iter().map_err(redb_error)? {
            bytes += row.map_err(redb_error)?.1.value().0;
        }
        Ok(bytes)
    }
}
