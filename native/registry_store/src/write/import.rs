//! Feeds of whole ecosystems: their records, and what was loaded of them when.

use std::collections::HashSet;

use redb::ReadableTable;
use registry_types::{Advisory, Ecosystem, Feed, Result};
use xxhash_rust::xxh3::xxh3_64;

use crate::fault::redb_error;
use crate::key::{advisory_row, after_prefix, letter, letter_text, package_key};
use crate::record::Payload;
use crate::rows::FeedRow;
use crate::tables::{FEED_RECORDS, FEEDS, WriteTables};
use crate::write::put::or_damaged;

/// A record of a feed, as far as it speaks of one ecosystem.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedRecord {
    /// Which ecosystem.
    pub ecosystem: Ecosystem,
    /// The record's id.
    pub id: String,
    /// A checksum of its text: the same text again costs one look.
    pub checksum: u64,
    /// The packages it speaks of, by name, and what it says of each. None: the record is gone, or was
    /// taken back.
    pub advisories: Vec<(String, Advisory)>,
}

impl FeedRecord {
    /// The checksum of a record's text.
    #[must_use]
    pub fn checksum(text: &[u8]) -> u64 {
        xxh3_64(text)
    }

    fn row(&self) -> String {
        format!("{}:{}", letter(self.ecosystem), self.id)
    }
}

/// Takes in records; says how many were new, changed or gone.
pub(crate) fn records(
    tables: &mut WriteTables<'_>,
    source: &str,
    records: &[FeedRecord],
) -> Result<u64> {
    let mut changed = 0;
    for record in records {
        let row = record.row();
        let known: Option<FeedRow> =
            or_damaged(FEED_RECORDS.get(&tables.feed_records, (source, row.as_str())))?;
        if known
            .as_ref()
            .is_some_and(|k| k.checksum == record.checksum)
        {
            continue;
        }
        let place = advisory_row(source, &record.id);
        let mut packages = Vec::with_capacity(record.advisories.len());
        for (name, advisory) in &record.advisories {
            let key = package_key(record.ecosystem, name);
            tables.put_advisory(record.ecosystem, (&key, &place), advisory)?;
            tables.note(&key)?;
            packages.push(key);
        }
        let before = known.map(|known| known.packages).unwrap_or_default();
        for key in before.iter().filter(|key| !packages.contains(key)) {
            tables.drop_advisory(record.ecosystem, (key, &place))?;
            tables.note(key)?;
        }
        changed += u64::from(!packages.is_empty() || !before.is_empty());
        if packages.is_empty() {
            tables
                .feed_records
                .remove((source, row.as_str()))
                .map_err(redb_error)?;
            continue;
        }
        let value = FeedRow {
            checksum: record.checksum,
            packages,
        };
        let framed = FEED_RECORDS.frame((source, row.as_str()), &Payload::plain(&value)?);
        tables
            .feed_records
            .insert((source, row.as_str()), framed.as_slice())
            .map_err(redb_error)?;
    }
    Ok(changed)
}

/// Notes that a feed was loaded; with `kept`, its records of other ids go.
pub(crate) fn feed(
    tables: &mut WriteTables<'_>,
    feed: &Feed,
    kept: Option<&HashSet<String>>,
) -> Result<u64> {
    let source = feed.source.as_str();
    let first = format!("{}:", letter(feed.ecosystem));
    let end = after_prefix(&first);
    let mut count = 0;
    let mut gone = Vec::new();
    let range = (source, first.as_str())..(source, end.as_str());
    for row in tables.feed_records.range(range).map_err(redb_error)? {
        let (key, _) = row.map_err(redb_error)?;
        let id = key.value().1.get(first.len()..).unwrap_or_default();
        if kept.is_some_and(|kept| !kept.contains(id)) {
            gone.push(FeedRecord {
                ecosystem: feed.ecosystem,
                id: id.to_owned(),
                checksum: 0,
                advisories: Vec::new(),
            });
        } else {
            count += 1;
        }
    }
    records(tables, source, &gone)?;
    let feed = Feed {
        records: count,
        ..feed.clone()
    };
    let key = (source, letter_text(feed.ecosystem));
    let framed = FEEDS.frame(key, &Payload::plain(&feed)?);
    tables
        .feeds
        .insert(key, framed.as_slice())
        .map_err(redb_error)?;
    Ok(gone.len() as u64)
}
