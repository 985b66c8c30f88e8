use redb::ReadableTable;
use registry_types::{
    Advisory, AdvisoryReport, Ecosystem, Feed, FeedMark, FeedScope, Result, Timestamp,
    merge_advisories,
};

use crate::Store;
use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::key::{KeyRange, letter_text, package_key, source_of};
use crate::tables::{ADVISORIES, ASKED, FEEDS};

impl Store {
    /// The known advisories of a package, or those that affect one of its versions, each
    /// vulnerability once; notices and malware reports are among them, what was taken back is not.
    /// None for a package nothing is known of.
    ///
    /// For a table of versions ask once for all and read each with [`registry_types::Affected`].
    ///
    /// # Errors
    /// Those of the store only.
    pub fn advisories(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        version: Option<&str>,
    ) -> Result<Vec<Advisory>> {
        self.read(
            format_args!("an advisory of {ecosystem} {name}"),
            |snapshot| snapshot.advisories(ecosystem, &package_key(ecosystem, name), version),
        )
    }

    /// The same with which feeds were asked, when, and what follows: that a package is clean and that
    /// nothing is known of it are two answers.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn advisory_report(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        version: Option<&str>,
    ) -> Result<AdvisoryReport> {
        self.read(
            format_args!("an advisory of {ecosystem} {name}"),
            |snapshot| {
                let key = package_key(ecosystem, name);
                let advisories = snapshot.advisories(ecosystem, &key, version)?;
                let feeds = snapshot.feed_marks(ecosystem, &key)?;
                Ok(AdvisoryReport::new(ecosystem, version, advisories, feeds))
            },
        )
    }

    /// What feeds told about a package, as they told it, but for the feeds in `without`.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn told_advisories(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        without: &[&str],
    ) -> Result<Vec<Advisory>> {
        self.read(
            format_args!("an advisory of {ecosystem} {name}"),
            |snapshot| snapshot.told(&package_key(ecosystem, name), without),
        )
    }

    /// The feeds of whole ecosystems that were loaded.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        self.read("the feeds", |snapshot| {
            let rows = snapshot.tables.feeds.iter().map_err(redb_error)?;
            rows.map(|row| {
                let (key, record) = row.map_err(redb_error)?;
                FEEDS.decode(key.value(), record.value())
            })
            .collect()
        })
    }

    /// A feed of an ecosystem, if it was ever loaded.
    ///
    /// # Errors
    /// Those of the store only.
    pub fn feed(&self, source: &str, ecosystem: Ecosystem) -> Result<Option<Feed>> {
        self.read(format_args!("the feed {source}"), |snapshot| {
            FEEDS.get(&snapshot.tables.feeds, (source, letter_text(ecosystem)))
        })
    }
}

impl Snapshot {
    fn advisories(
        &self,
        ecosystem: Ecosystem,
        key: &str,
        version: Option<&str>,
    ) -> Result<Vec<Advisory>> {
        let mut merged = self.advisories_of(ecosystem, key)?;
        if let Some(version) = version {
            merged.retain(|advisory| advisory.affects(ecosystem, version));
        }
        merged.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(merged)
    }

    /// All that is known of the package under `key`, each vulnerability once.
    pub(crate) fn advisories_of(&self, ecosystem: Ecosystem, key: &str) -> Result<Vec<Advisory>> {
        let mut told = self.told(key, &[])?;
        // Before merging, so that a feed that has taken records back, and one that never lists such
        // records, give the same answer.
        told.retain(Advisory::is_standing);
        Ok(merge_advisories(ecosystem, told))
    }

    fn told(&self, key: &str, without: &[&str]) -> Result<Vec<Advisory>> {
        let mut told = Vec::new();
        let rows = self.tables.advisories.range(KeyRange::of(key).texts());
        for row in rows.map_err(redb_error)? {
            let (key, record) = row.map_err(redb_error)?;
            if !without.contains(&source_of(key.value().1)) {
                told.push(ADVISORIES.decode(key.value(), record.value())?);
            }
        }
        Ok(told)
    }

    pub(crate) fn feed_marks(&self, ecosystem: Ecosystem, key: &str) -> Result<Vec<FeedMark>> {
        let mut marks = Vec::new();
        for row in self.tables.feeds.iter().map_err(redb_error)? {
            let (place, record) = row.map_err(redb_error)?;
            if place.value().1 != letter_text(ecosystem) {
                continue;
            }
            let feed: Feed = FEEDS.decode(place.value(), record.value())?;
            let modified = || feed.modified_at.map(|at| at.to_string());
            marks.push(FeedMark {
                snapshot: modified().or_else(|| feed.etag.clone()),
                source: feed.source,
                asked_at: Some(feed.asked_at),
                scope: FeedScope::Ecosystem,
                complete: feed.complete,
            });
        }
        let rows = self.tables.asked.range(KeyRange::of(key).texts());
        for row in rows.map_err(redb_error)? {
            let (place, record) = row.map_err(redb_error)?;
            let asked_at: Timestamp = ASKED.decode(place.value(), record.value())?;
            let (source, scope) = match place.value().1.split_once('/') {
                Some((source, version)) => (source, FeedScope::Version(version.to_owned())),
                None => (place.value().1, FeedScope::Package),
            };
            marks.push(FeedMark {
                source: source.to_owned(),
                asked_at: Some(asked_at),
                scope,
                snapshot: None,
                complete: true,
            });
        }
        Ok(marks)
    }
}
