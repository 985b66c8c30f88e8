//! What feeds tell about one package: a row for each advisory of each feed, as it was told.

use std::collections::HashSet;
use std::ops::Range;

use redb::ReadableTable;
use registry_types::{
    Advisory, AffectedRange, Ecosystem, FeedAnswer, Result, Timestamp, is_affected,
};

use crate::fault::redb_error;
use crate::key::{KeyRange, advisory_row, after_prefix, letter_text, source_of};
use crate::record::Payload;
use crate::tables::{ADVISORIES, ASKED, WriteTables};
use crate::write::counts::Count;
use crate::write::put::or_damaged;

/// Takes in answers about the package under `key`, and notes that the feeds were asked.
pub(crate) fn answer(
    tables: &mut WriteTables<'_>,
    ecosystem: Ecosystem,
    key: &str,
    answers: &[FeedAnswer],
) -> Result<()> {
    let now = Timestamp::now();
    for answer in answers {
        let source = answer.source.as_str();
        let told: HashSet<&str> = answer.advisories.iter().map(|a| a.id.as_str()).collect();
        for row in rows_of(tables, key, source)? {
            let id = row.get(source.len() + 1..).unwrap_or_default();
            if !told.contains(id) {
                take_back(tables, ecosystem, (key, &row), answer.version.as_deref())?;
            }
        }
        for advisory in &answer.advisories {
            let row = advisory_row(source, &advisory.id);
            let known = or_damaged(ADVISORIES.get(&tables.advisories, (key, row.as_str())))?;
            match (known, &answer.version) {
                (Some(known), Some(_)) => {
                    let joined = with_versions(advisory.clone(), &known);
                    tables.put_advisory(ecosystem, (key, &row), &joined)?;
                }
                _ => tables.put_advisory(ecosystem, (key, &row), advisory)?,
            }
        }
        let mark = match &answer.version {
            Some(version) => format!("{source}/{version}"),
            None => source.to_owned(),
        };
        let record = ASKED.frame((key, mark.as_str()), &Payload::plain(&now)?);
        tables
            .asked
            .insert((key, mark.as_str()), record.as_slice())
            .map_err(redb_error)?;
    }
    Ok(())
}

/// Forgets what was told about a package that goes. What a loaded feed says of it stays: the feed
/// answers for all packages, stored or not.
pub(crate) fn forget(tables: &mut WriteTables<'_>, ecosystem: Ecosystem, key: &str) -> Result<()> {
    for row in all_rows(tables, key)? {
        let feed = (source_of(&row), letter_text(ecosystem));
        if tables.feeds.get(feed).map_err(redb_error)?.is_none() {
            tables.drop_advisory(ecosystem, (key, &row))?;
        }
    }
    tables
        .asked
        .retain_in(KeyRange::of(key).texts(), |_, _| false)
        .map_err(redb_error)
}

/// A feed that told of an advisory does not any more; asked about one version, it spoke of that only.
fn take_back(
    tables: &mut WriteTables<'_>,
    ecosystem: Ecosystem,
    row: (&str, &str),
    version: Option<&str>,
) -> Result<()> {
    let known: Option<Advisory> = or_damaged(ADVISORIES.get(&tables.advisories, row))?;
    let (Some(version), Some(mut known)) = (version, known) else {
        return tables.drop_advisory(ecosystem, row);
    };
    if !is_affected(ecosystem, &known, version) {
        return Ok(());
    }
    for range in known.affected.iter_mut().filter(|range| is_list(range)) {
        range.versions.retain(|listed| listed != version);
    }
    known
        .affected
        .retain(|range| !is_list(range) || !range.versions.is_empty());
    if known.affected.is_empty() || is_affected(ecosystem, &known, version) {
        return tables.drop_advisory(ecosystem, row);
    }
    tables.put_advisory(ecosystem, row, &known)
}

/// Whether it lists versions one by one, and nothing else.
fn is_list(range: &AffectedRange) -> bool {
    range.events.is_empty() && range.requirement.is_none()
}

/// `told` about one version, with the versions that were told of before.
fn with_versions(mut told: Advisory, known: &Advisory) -> Advisory {
    let lists = |advisory: &Advisory| advisory.affected.iter().all(is_list);
    if lists(&told) && lists(known) {
        let all = known.affected.iter().chain(&told.affected);
        let mut versions: Vec<String> = all.flat_map(|r| r.versions.iter().cloned()).collect();
        versions.sort();
        versions.dedup();
        told.affected = vec![AffectedRange::versions(versions)];
    }
    told
}

/// The second keys of a feed's rows about a package.
fn rows_of(tables: &WriteTables<'_>, key: &str, source: &str) -> Result<Vec<String>> {
    let first = advisory_row(source, "");
    let end = after_prefix(&first);
    keys(tables, (key, first.as_str())..(key, end.as_str()))
}

fn all_rows(tables: &WriteTables<'_>, key: &str) -> Result<Vec<String>> {
    keys(tables, KeyRange::of(key).texts())
}

fn keys(tables: &WriteTables<'_>, range: Range<(&str, &str)>) -> Result<Vec<String>> {
    let rows = tables.advisories.range(range).map_err(redb_error)?;
    rows.map(|row| Ok(row.map_err(redb_error)?.0.value().1.to_owned()))
        .collect()
}

impl WriteTables<'_> {
    /// Stores one advisory under a package's key and its feed's row.
    pub(super) fn put_advisory(
        &mut self,
        ecosystem: Ecosystem,
        row: (&str, &str),
        advisory: &Advisory,
    ) -> Result<()> {
        let record = ADVISORIES.frame(row, &Payload::packed(advisory)?);
        let old = self
            .advisories
            .insert(row, record.as_slice())
            .map_err(redb_error)?
            .is_some();
        self.count(ecosystem, Count::Advisories, u64::from(!old))
    }

    /// Removes one advisory, if it is there.
    pub(super) fn drop_advisory(&mut self, ecosystem: Ecosystem, row: (&str, &str)) -> Result<()> {
        let old = self.advisories.remove(row).map_err(redb_error)?.is_some();
        self.uncount(ecosystem, Count::Advisories, u64::from(old))
    }
}
