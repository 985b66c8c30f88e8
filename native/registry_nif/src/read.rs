//! Reads of the store. All are dirty: a damaged or cold file can make any of them wait for the disk.

use registry_indexer::compare_api as compare;
use registry_store::{ListQuery, SnippetFilter, Store};
use registry_types::version::{VersionSpec, resolve};
use registry_types::{Ecosystem, Result, SearchQuery, SimilarQuery, SnippetOwner, SnippetQuery};
use rustler::{Encoder, Env, NifMap, ResourceArc, Term};

use crate::answer::answer;
use crate::arg::{EcosystemArg, EcosystemsArg, FieldArg, KindArg, VersionArg};
use crate::store::StoreRef;
use crate::terms::{
    AdvisoryReportTerm, AdvisoryTerm, ApiDiffTerm, DocumentTerm, FeedTerm, PackageTerm,
    ReleaseTerm, SearchResultTerm, SnippetResultTerm, SnippetTerm,
};

#[rustler::nif(schedule = "DirtyIo")]
fn get_package<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
) -> Term<'a> {
    answer(env, || {
        let package = store.0.get_package(ecosystem.0, name)?;
        Ok(PackageTerm::from(&package).encode(env))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn get_release<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    version: VersionArg<'a>,
) -> Term<'a> {
    answer(env, || {
        let version = stored(&store.0, ecosystem.0, name, &version)?;
        let release = store.0.get_release(ecosystem.0, name, &version)?;
        Ok(ReleaseTerm::from(&release).encode(env))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct ListArg<'a> {
    ecosystem: Option<EcosystemArg>,
    limit: usize,
    after: Option<(EcosystemArg, &'a str)>,
}

#[rustler::nif(schedule = "DirtyIo")]
fn list_packages<'a>(env: Env<'a>, store: ResourceArc<StoreRef>, opts: ListArg<'a>) -> Term<'a> {
    answer(env, || {
        let page = store.0.list_packages(&ListQuery {
            ecosystem: opts.ecosystem.map(|e| e.0),
            limit: opts.limit,
            after: opts.after.map(|(e, name)| ListQuery::cursor(e.0, name)),
        })?;
        Ok(list(env, page.packages.iter().map(PackageTerm::from)))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct FilterArg<'a> {
    kind: Option<KindArg>,
    language: Option<&'a str>,
    public_only: bool,
    limit: Option<usize>,
    offset: usize,
}

#[rustler::nif(schedule = "DirtyIo")]
fn snippets<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    version: VersionArg<'a>,
    opts: FilterArg<'a>,
) -> Term<'a> {
    answer(env, || {
        let version = stored(&store.0, ecosystem.0, name, &version)?;
        let filter = SnippetFilter {
            kind: opts.kind.map(|k| k.0),
            language: opts.language.map(str::to_owned),
            public_only: opts.public_only,
            limit: opts.limit,
            offset: opts.offset,
        };
        let snippets = store.0.snippets(ecosystem.0, name, &version, &filter)?;
        let owner = SnippetOwner {
            ecosystem: ecosystem.0,
            package: name.to_owned(),
            version,
        };
        Ok(list(
            env,
            snippets.iter().map(|s| SnippetTerm::new(&owner, s)),
        ))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn documents<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    version: VersionArg<'a>,
) -> Term<'a> {
    answer(env, || {
        let version = stored(&store.0, ecosystem.0, name, &version)?;
        let documents = store.0.documents(ecosystem.0, name, &version)?;
        Ok(list(env, documents.iter().map(DocumentTerm::from)))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn advisories<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    version: VersionArg<'a>,
) -> Term<'a> {
    answer(env, || {
        let version = stored_or_all(&store.0, ecosystem.0, name, &version)?;
        let advisories = store.0.advisories(ecosystem.0, name, version.as_deref())?;
        Ok(list(env, advisories.iter().map(AdvisoryTerm::from)))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn advisory_report<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    version: VersionArg<'a>,
) -> Term<'a> {
    answer(env, || {
        let version = stored_or_all(&store.0, ecosystem.0, name, &version)?;
        let report = store
            .0
            .advisory_report(ecosystem.0, name, version.as_deref())?;
        Ok(AdvisoryReportTerm::from(&report).encode(env))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn advisory_feeds(env: Env<'_>, store: ResourceArc<StoreRef>) -> Term<'_> {
    answer(env, || {
        let feeds = store.0.feeds()?;
        Ok(list(env, feeds.iter().map(FeedTerm::from)))
    })
}

#[rustler::nif(schedule = "DirtyCpu")]
fn compare_api<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    from: VersionArg<'a>,
    to: VersionArg<'a>,
) -> Term<'a> {
    answer(env, || {
        let from = from.spec(ecosystem.0)?;
        let to = to.spec(ecosystem.0)?;
        let diff = compare(&store.0, ecosystem.0, name, &from, &to)?;
        Ok(ApiDiffTerm::from(&diff).encode(env))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct SearchArg {
    ecosystem: EcosystemsArg,
    fields: Vec<FieldArg>,
    limit: usize,
    offset: usize,
    explain: bool,
}

#[rustler::nif(schedule = "DirtyIo")]
fn search<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    text: &'a str,
    opts: SearchArg,
) -> Term<'a> {
    answer(env, || {
        let hits = store.0.search(&SearchQuery {
            text: text.to_owned(),
            ecosystems: opts.ecosystem.0,
            fields: opts.fields.iter().map(|field| field.0).collect(),
            limit: opts.limit,
            offset: opts.offset,
            explain: opts.explain,
        })?;
        Ok(list(env, hits.iter().map(SearchResultTerm::from)))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct SimilarArg {
    ecosystem: EcosystemsArg,
    limit: usize,
    explain: bool,
}

#[rustler::nif(schedule = "DirtyIo")]
fn similar<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    opts: SimilarArg,
) -> Term<'a> {
    answer(env, || {
        let hits = store.0.similar(&SimilarQuery {
            ecosystem: ecosystem.0,
            name: name.to_owned(),
            ecosystems: opts.ecosystem.0,
            limit: opts.limit,
            explain: opts.explain,
        })?;
        Ok(list(env, hits.iter().map(SearchResultTerm::from)))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct SnippetSearchArg {
    ecosystem: EcosystemsArg,
    package: Option<String>,
    version: Option<String>,
    language: Option<String>,
    kind: Option<KindArg>,
    public_only: bool,
    limit: usize,
    offset: usize,
    explain: bool,
}

#[rustler::nif(schedule = "DirtyIo")]
fn search_snippets<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    text: &'a str,
    opts: SnippetSearchArg,
) -> Term<'a> {
    answer(env, || {
        let hits = store.0.search_snippets(&SnippetQuery {
            text: text.to_owned(),
            ecosystems: opts.ecosystem.0,
            package: opts.package,
            version: opts.version,
            language: opts.language,
            kind: opts.kind.map(|k| k.0),
            public_only: opts.public_only,
            limit: opts.limit,
            offset: opts.offset,
            explain: opts.explain,
        })?;
        Ok(list(env, hits.iter().map(SnippetResultTerm::from)))
    })
}

/// The stored version that is asked for: an exact one by itself, else the best of those there are.
fn stored(
    store: &Store,
    ecosystem: Ecosystem,
    name: &str,
    version: &VersionArg<'_>,
) -> Result<String> {
    match version.spec(ecosystem)? {
        VersionSpec::Exact(version) => Ok(version),
        spec => {
            let versions = store.stored_versions(ecosystem, name)?;
            resolve(ecosystem, &spec, &versions).map(|entry| entry.version.clone())
        }
    }
}

/// As [`stored`]; nothing where all versions are asked for.
fn stored_or_all(
    store: &Store,
    ecosystem: Ecosystem,
    name: &str,
    version: &VersionArg<'_>,
) -> Result<Option<String>> {
    match version {
        VersionArg::All => Ok(None),
        one => stored(store, ecosystem, name, one).map(Some),
    }
}

/// A list of terms.
pub(crate) fn list<'a, T: Encoder>(env: Env<'a>, items: impl Iterator<Item = T>) -> Term<'a> {
    let terms: Vec<Term<'a>> = items.map(|item| item.encode(env)).collect();
    terms.encode(env)
}
