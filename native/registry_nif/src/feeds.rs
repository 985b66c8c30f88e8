//! Advisory feeds: as a collect, the work is done by the indexer's own threads and answers by message.

use std::path::PathBuf;

use registry_indexer::{ImportLimits, ImportOptions, ImportReport, RefreshOptions, RefreshReport};
use registry_types::Result;
use rustler::{Encoder, Env, NifMap, ResourceArc, Term};

use crate::answer::{answer, result};
use crate::arg::{EcosystemArg, EcosystemsArg};
use crate::indexer::IndexerRef;
use crate::job::{self, Job};
use crate::terms::FeedTerm;

/// [`ImportLimits`] as a map.
#[derive(NifMap)]
struct ImportLimitsMap {
    entries: u64,
    bytes: u64,
    unpacked_bytes: u64,
    compression_ratio: u64,
    record_bytes: u64,
}

impl From<ImportLimitsMap> for ImportLimits {
    fn from(map: ImportLimitsMap) -> Self {
        Self {
            entries: map.entries,
            bytes: map.bytes,
            unpacked_bytes: map.unpacked_bytes,
            compression_ratio: map.compression_ratio,
            record_bytes: map.record_bytes,
        }
    }
}

impl From<ImportLimits> for ImportLimitsMap {
    fn from(limits: ImportLimits) -> Self {
        // A new limit must not be forgotten here: no `..`.
        let ImportLimits {
            entries,
            bytes,
            unpacked_bytes,
            compression_ratio,
            record_bytes,
        } = limits;
        Self {
            entries,
            bytes,
            unpacked_bytes,
            compression_ratio,
            record_bytes,
        }
    }
}

#[rustler::nif]
fn import_limits_default() -> ImportLimitsMap {
    ImportLimits::default().into()
}

#[derive(NifMap)]
#[rustler(decode)]
struct ImportArg {
    path: String,
    ecosystem: EcosystemsArg,
    source: Option<String>,
    complete: Option<bool>,
    limits: ImportLimitsMap,
}

/// Starts an import and answers with its job: `{job, {:ok, report} | {:error, error}}` follows.
#[rustler::nif(schedule = "DirtyCpu")]
fn import_advisories(
    env: Env<'_>,
    indexer: ResourceArc<IndexerRef>,
    request: ImportArg,
) -> Term<'_> {
    answer(env, || {
        let options = ImportOptions {
            ecosystems: request.ecosystem.0,
            source: request.source,
            complete: request.complete,
            limits: request.limits.into(),
        };
        let job = Job::new(env);
        let done = job.clone();
        job.run(indexer.indexer.spawn_import(
            PathBuf::from(request.path),
            options,
            move |report| job::send(&done, Imported(report)),
        ));
        Ok(job.encode(env))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct RefreshArg {
    ecosystem: EcosystemArg,
    full: bool,
    most_changes: usize,
    limits: ImportLimitsMap,
}

/// Starts a refresh and answers with its job: `{job, {:ok, report} | {:error, error}}` follows.
#[rustler::nif(schedule = "DirtyCpu")]
fn refresh_advisories(
    env: Env<'_>,
    indexer: ResourceArc<IndexerRef>,
    request: RefreshArg,
) -> Term<'_> {
    answer(env, || {
        let options = RefreshOptions {
            full: request.full,
            most_changes: request.most_changes,
            limits: request.limits.into(),
        };
        let job = Job::new(env);
        let done = job.clone();
        job.run(
            indexer
                .indexer
                .spawn_refresh(request.ecosystem.0, options, move |report| {
                    job::send(&done, Refreshed(report));
                }),
        );
        Ok(job.encode(env))
    })
}

#[derive(NifMap)]
#[rustler(encode)]
struct SkippedTerm<'a> {
    path: &'a str,
    reason: &'a str,
}

#[derive(NifMap)]
#[rustler(encode)]
struct ImportTerm<'a> {
    read: u64,
    stored: u64,
    changed: u64,
    withdrawn: u64,
    skipped: Vec<SkippedTerm<'a>>,
    feeds: Vec<FeedTerm<'a>>,
}

impl<'a> From<&'a ImportReport> for ImportTerm<'a> {
    fn from(report: &'a ImportReport) -> Self {
        let skipped = report.skipped.iter().map(|skipped| SkippedTerm {
            path: &skipped.path,
            reason: &skipped.reason,
        });
        Self {
            read: report.read,
            stored: report.stored,
            changed: report.changed,
            withdrawn: report.withdrawn,
            skipped: skipped.collect(),
            feeds: report.feeds.iter().map(Into::into).collect(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct RefreshTerm<'a> {
    read: u64,
    stored: u64,
    changed: u64,
    withdrawn: u64,
    removed: u64,
    full: bool,
    skipped: Vec<SkippedTerm<'a>>,
    feed: FeedTerm<'a>,
}

struct Imported(Result<ImportReport>);

impl Encoder for Imported {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let report = self.0.as_ref().map_err(Clone::clone);
        result(env, report.map(|r| ImportTerm::from(r).encode(env)))
    }
}

struct Refreshed(Result<RefreshReport>);

impl Encoder for Refreshed {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let report = self.0.as_ref().map_err(Clone::clone);
        let term = |report: &RefreshReport| {
            let import = ImportTerm::from(&report.import);
            RefreshTerm {
                read: import.read,
                stored: import.stored,
                changed: import.changed,
                withdrawn: import.withdrawn,
                removed: report.removed,
                full: report.full,
                skipped: import.skipped,
                feed: FeedTerm::from(&report.feed),
            }
            .encode(env)
        };
        result(env, report.map(term))
    }
}
