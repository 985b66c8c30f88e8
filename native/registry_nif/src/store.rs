//! The store as a resource, and what is done to it as a whole.

use std::sync::Arc;

use registry_store::{
    CheckReport, Compacted, EcosystemStats, Stats, Store, StoreOptions, SyncMode,
};
use registry_types::Result;
use rustler::{Encoder, Env, NifMap, NifStruct, NifUnitEnum, Resource, ResourceArc, Term};

use crate::answer::{answer, done};
use crate::arg::EcosystemArg;
use crate::limits::LimitsMap;
use crate::terms::Name;

/// A store; `store_close` closes it for all who share it.
pub(crate) struct StoreRef(pub(crate) Arc<Store>);

#[rustler::resource_impl]
impl Resource for StoreRef {}

#[derive(NifMap)]
#[rustler(decode)]
struct OpenOptions {
    limits: LimitsMap,
    sync: Sync,
}

#[derive(NifUnitEnum)]
enum Sync {
    Always,
    Deferred,
}

#[derive(NifMap)]
#[rustler(encode)]
struct RecoveredTerm {
    kept_as: String,
    reason: String,
}

#[rustler::nif(schedule = "DirtyIo")]
fn store_open<'a>(env: Env<'a>, path: &'a str, options: OpenOptions) -> Term<'a> {
    answer(env, || {
        let opened = Store::open(path, &options.into())?;
        let recovered = opened.recovered.map(|recovered| RecoveredTerm {
            kept_as: recovered.kept_as.to_string_lossy().into_owned(),
            reason: recovered.reason,
        });
        let store = ResourceArc::new(StoreRef(Arc::new(opened.store)));
        Ok((store, recovered, opened.reindexed).encode(env))
    })
}

impl From<OpenOptions> for StoreOptions {
    fn from(options: OpenOptions) -> Self {
        Self {
            limits: options.limits.into(),
            sync: match options.sync {
                Sync::Always => SyncMode::Always,
                Sync::Deferred => SyncMode::Deferred,
            },
            ..Self::default()
        }
    }
}

#[rustler::nif(schedule = "DirtyIo")]
fn store_close(env: Env<'_>, store: ResourceArc<StoreRef>) -> Term<'_> {
    done(env, || store.0.close())
}

#[rustler::nif(schedule = "DirtyIo")]
fn store_delete<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    version: Option<&'a str>,
) -> Term<'a> {
    done(env, || {
        store
            .0
            .delete(ecosystem.0, name, version)
            .map(|_removed| ())
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn store_reindex(env: Env<'_>, store: ResourceArc<StoreRef>) -> Term<'_> {
    done(env, || store.0.reindex())
}

#[rustler::nif(schedule = "DirtyIo")]
fn store_check(env: Env<'_>, store: ResourceArc<StoreRef>) -> Term<'_> {
    answer(env, || {
        store
            .0
            .check()
            .map(|report| CheckTerm::from(report).encode(env))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn store_compact(env: Env<'_>, store: ResourceArc<StoreRef>) -> Term<'_> {
    answer(env, || {
        store
            .0
            .compact()
            .map(|sizes| CompactedTerm::from(sizes).encode(env))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn store_stats(env: Env<'_>, store: ResourceArc<StoreRef>) -> Term<'_> {
    answer(env, || -> Result<_> {
        Ok(StatsTerm::from(store.0.stats()?).encode(env))
    })
}

#[derive(NifMap)]
#[rustler(encode)]
struct CheckTerm {
    records: u64,
    indexed_packages: u64,
    indexed_snippets: u64,
    faults: Vec<String>,
    file_intact: bool,
    index_intact: bool,
}

impl From<CheckReport> for CheckTerm {
    fn from(report: CheckReport) -> Self {
        Self {
            records: report.records,
            indexed_packages: report.indexed_packages,
            indexed_snippets: report.indexed_snippets,
            faults: report.faults,
            file_intact: report.file_intact,
            index_intact: report.index_intact,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct CompactedTerm {
    bytes_before: u64,
    bytes_after: u64,
}

impl From<Compacted> for CompactedTerm {
    fn from(sizes: Compacted) -> Self {
        Self {
            bytes_before: sizes.bytes_before,
            bytes_after: sizes.bytes_after,
        }
    }
}

/// `%PackageRegistry.Stats{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Stats"]
#[rustler(encode)]
struct StatsTerm {
    packages: u64,
    releases: u64,
    snippets: u64,
    documents: u64,
    advisories: u64,
    ecosystems: Vec<EcosystemTerm>,
    file_bytes: u64,
    index_bytes: u64,
    package_index_bytes: u64,
    snippet_index_bytes: u64,
    text_bytes: u64,
    snippet_bytes: u64,
    bytes_per_package: Option<u64>,
    bytes_per_snippet: Option<u64>,
    generation: u64,
    path: String,
}

impl From<Stats> for StatsTerm {
    fn from(stats: Stats) -> Self {
        Self {
            packages: stats.packages,
            releases: stats.releases,
            snippets: stats.snippets,
            documents: stats.documents,
            advisories: stats.advisories,
            ecosystems: stats.ecosystems.iter().map(Into::into).collect(),
            file_bytes: stats.file_bytes,
            index_bytes: stats.index_bytes,
            package_index_bytes: stats.package_index_bytes,
            snippet_index_bytes: stats.snippet_index_bytes,
            text_bytes: stats.text_bytes,
            snippet_bytes: stats.snippet_bytes,
            bytes_per_package: stats.bytes_per_package(),
            bytes_per_snippet: stats.bytes_per_snippet(),
            generation: stats.generation,
            path: stats.path.to_string_lossy().into_owned(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct EcosystemTerm {
    ecosystem: Name,
    packages: u64,
    releases: u64,
    snippets: u64,
    documents: u64,
    advisories: u64,
}

impl From<&EcosystemStats> for EcosystemTerm {
    fn from(stats: &EcosystemStats) -> Self {
        Self {
            ecosystem: Name(stats.ecosystem.as_str()),
            packages: stats.packages,
            releases: stats.releases,
            snippets: stats.snippets,
            documents: stats.documents,
            advisories: stats.advisories,
        }
    }
}
