use std::path::PathBuf;

use registry_types::{Ecosystem, Result};

use crate::Store;
use crate::db::{Snapshot, file_bytes};
use crate::fault::redb_error;
use crate::index::{PACKAGE_INDEX, SNIPPET_INDEX};
use crate::key::after_prefix;
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
    /// Bytes of the search index in it: of packages and of snippets.
    pub index_bytes: u64,
    /// Bytes of the index of packages.
    pub package_index_bytes: u64,
    /// Bytes of the index of snippets.
    pub snippet_index_bytes: u64,
    /// Bytes of the documents, as they are stored: compressed.
    pub text_bytes: u64,
    /// Bytes of the snippets, as they are stored: compressed.
    pub snippet_bytes: u64,
    /// Counts the writes.
    pub generation: u64,
    /// Where the file is.
    pub path: PathBuf,
}

impl Stats {
    /// Bytes of the file for each package, snippets and their index left out; `None` when there is no
    /// package.
    ///
    /// ```
    /// let stats = registry_store::Stats {
    ///     packages: 10,
    ///     snippets: 100,
    ///     file_bytes: 50_000,
    ///     snippet_bytes: 20_000,
    ///     snippet_index_bytes: 5_000,
    ///     ..registry_store::Stats::default()
    /// };
    /// assert_eq!(stats.bytes_per_package(), Some(2_500));
    /// assert_eq!(stats.bytes_per_snippet(), Some(250));
    /// ```
    #[must_use]
    pub fn bytes_per_package(&self) -> Option<u64> {
        let of_snippets = self.snippet_bytes + self.snippet_index_bytes;
        let of_packages = self.file_bytes.saturating_sub(of_snippets);
        of_packages.checked_div(self.packages)
    }

    /// Bytes of each snippet and its index; `None` when there is no snippet.
    #[must_use]
    pub fn bytes_per_snippet(&self) -> Option<u64> {
        let of_snippets = self.snippet_bytes + self.snippet_index_bytes;
        of_snippets.checked_div(self.snippets)
    }
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
                stats.text_bytes += count(Count::TextBytes)?;
                stats.snippet_bytes += count(Count::SnippetBytes)?;
                if of.packages + of.advisories > 0 {
                    stats.ecosystems.push(of);
                }
            }
            stats.package_index_bytes = snapshot.index_bytes(PACKAGE_INDEX)?;
            stats.snippet_index_bytes = snapshot.index_bytes(SNIPPET_INDEX)?;
            stats.index_bytes = stats.package_index_bytes + stats.snippet_index_bytes;
            Ok(stats)
        })?;
        stats.file_bytes = file_bytes(self.path());
        stats.path = self.path().to_owned();
        Ok(stats)
    }
}

impl Snapshot {
    /// Bytes of the files of the index with this prefix.
    fn index_bytes(&self, prefix: &str) -> Result<u64> {
        let mut bytes = 0;
        let end = after_prefix(prefix);
        let files = self.tables.index_files.range(prefix..end.as_str());
        for row in files.map_err(redb_error)? {
            bytes += row.map_err(redb_error)?.1.value().0;
        }
        Ok(bytes)
    }
}
