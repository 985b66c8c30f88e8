//! `import-advisories` and `refresh-advisories`.

use std::sync::Arc;

use registry_indexer::{
    Config, ImportLimits, ImportOptions, ImportReport, Indexer, RefreshOptions, RefreshReport,
};
use registry_types::{Ecosystem, Error, Feed, Limits};
use serde_json::{Value, json};

use super::collect::{cancelled_by_signals, endpoints};
use crate::arguments::{Global, ImportAdvisories, RefreshAdvisories};
use crate::failure::{Result, warn};
use crate::locate;
use crate::output::escape::one_line;
use crate::output::{Output, number};

/// Skipped files that people are told of; `--json` has all of them.
const SKIPPED: usize = 5;

pub(crate) fn import(
    global: Global,
    limits: Limits,
    arguments: &ImportAdvisories,
    output: &mut Output,
) -> Result<()> {
    let options = ImportOptions {
        ecosystems: arguments.ecosystem.clone(),
        source: arguments.source.clone(),
        complete: arguments.partial.then_some(false),
        limits: import_limits(&arguments.import_limits)?,
    };
    let report = working(global, limits, Config::default(), |indexer| {
        indexer
            .import_blocking(&arguments.path, &options, &cancelled_by_signals()?)
            .map_err(Into::into)
    })?;
    if output.is_json() {
        return output.json(&as_json(&report));
    }
    write(&report, output)?;
    report
        .feeds
        .iter()
        .try_for_each(|feed| loaded(feed, output))
}

pub(crate) fn refresh(
    global: Global,
    limits: Limits,
    arguments: &RefreshAdvisories,
    output: &mut Output,
) -> Result<()> {
    let options = RefreshOptions {
        full: arguments.full,
        limits: import_limits(&arguments.import_limits)?,
        ..RefreshOptions::default()
    };
    let all = || {
        Ecosystem::ALL
            .into_iter()
            .filter(|e| e.osv_name().is_some())
    };
    let ecosystems: Vec<Ecosystem> = match arguments.ecosystem.is_empty() {
        true => all().collect(),
        false => arguments.ecosystem.clone(),
    };
    let config = Config {
        endpoints: endpoints(&arguments.endpoints)?,
        limits: limits.clone(),
        ..Config::default()
    };
    let cancelled = cancelled_by_signals()?;
    working(global, limits, config, |indexer| {
        for ecosystem in &ecosystems {
            let report = indexer.refresh_blocking(*ecosystem, &options, &cancelled)?;
            refreshed(&report, output)?;
        }
        Ok(())
    })
}

fn working<T>(
    global: Global,
    limits: Limits,
    config: Config,
    work: impl FnOnce(&Indexer) -> Result<T>,
) -> Result<T> {
    let store = Arc::new(locate::create(global.store, &limits)?);
    let indexer = Indexer::new(Arc::clone(&store), config)?;
    let result = work(&indexer);
    indexer.close();
    let closed = store.close();
    let value = result?;
    closed?;
    Ok(value)
}

fn refreshed(report: &RefreshReport, output: &mut Output) -> Result<()> {
    if output.is_json() {
        let mut value = as_json(&report.import);
        if let Some(object) = value.as_object_mut() {
            object.remove("feeds");
            object.insert("full".to_owned(), json!(report.full));
            object.insert("removed".to_owned(), json!(report.removed));
            object.insert("feed".to_owned(), json!(report.feed));
        }
        return output.json(&value);
    }
    if report.import.read > 0 {
        write(&report.import, output)?;
    }
    loaded(&report.feed, output)
}

fn write(report: &ImportReport, output: &mut Output) -> Result<()> {
    output.line(&format!(
        "{} read, {} stored, {} new or changed, {} withdrawn, {} skipped",
        number::count(report.read, "file", "files"),
        report.stored,
        report.changed,
        report.withdrawn,
        report.skipped.len()
    ))?;
    for skipped in report.skipped.iter().take(SKIPPED) {
        warn(&one_line(&format!("{}: {}", skipped.path, skipped.reason)));
    }
    Ok(())
}

fn loaded(feed: &Feed, output: &mut Output) -> Result<()> {
    let state = match feed.modified_at {
        Some(at) => format!(", as of {at}"),
        None => String::new(),
    };
    output.line(&format!(
        "{} of {}: {}{state}",
        feed.source,
        feed.ecosystem,
        number::count(feed.records, "record", "records")
    ))
}

fn as_json(report: &ImportReport) -> Value {
    let skipped: Vec<Value> = report
        .skipped
        .iter()
        .map(|skipped| json!({"path": skipped.path, "reason": skipped.reason}))
        .collect();
    json!({
        "read": report.read,
        "stored": report.stored,
        "changed": report.changed,
        "withdrawn": report.withdrawn,
        "skipped": skipped,
        "feeds": report.feeds,
    })
}

/// `--import-limit NAME=VALUE`.
fn import_limits(settings: &[String]) -> Result<ImportLimits> {
    let mut limits = ImportLimits::default();
    for setting in settings {
        let read = setting
            .split_once('=')
            .and_then(|(name, value)| Some((name.trim(), value.trim().parse::<u64>().ok()?)));
        let slot = read.and_then(|(name, value)| {
            let slot = match name {
                "entries" => &mut limits.entries,
                "bytes" => &mut limits.bytes,
                "unpacked_bytes" => &mut limits.unpacked_bytes,
                "compression_ratio" => &mut limits.compression_ratio,
                "record_bytes" => &mut limits.record_bytes,
                _ => return None,
            };
            Some((slot, value))
        });
        let Some((slot, value)) = slot else {
            return Err(Error::invalid_argument(format!(
                "--import-limit {setting:?}: write NAME=NUMBER; the names are entries, bytes, \
                 unpacked_bytes, compression_ratio and record_bytes"
            ))
            .into());
        };
        *slot = value;
    }
    Ok(limits)
}
