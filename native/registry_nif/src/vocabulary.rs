//! Words of the core. The Elixir side spells them out in its types and docs; a test compares.

use registry_indexer::Endpoints;
use registry_types::{
    ApiAspect, Ecosystem, ErrorKind, Impact, Limits, Purl, SearchField, SkipReason, SnippetKind,
    VersionStep,
};
use rustler::{Encoder, Env, NifMap, Term};

use crate::answer::answer;
use crate::limits::LimitsMap;
use crate::terms::Name;

#[derive(NifMap)]
#[rustler(encode)]
struct Vocabulary {
    ecosystems: Vec<Name>,
    error_kinds: Vec<Name>,
    snippet_kinds: Vec<Name>,
    search_fields: Vec<Name>,
    skip_reasons: Vec<Name>,
    aspects: Vec<Name>,
    impacts: Vec<Name>,
    steps: Vec<Name>,
    endpoints: Vec<Name>,
}

#[rustler::nif]
fn vocabulary(env: Env<'_>) -> Term<'_> {
    Vocabulary {
        ecosystems: Ecosystem::ALL.map(|e| Name(e.as_str())).into(),
        error_kinds: ErrorKind::ALL.map(|k| Name(k.as_str())).into(),
        snippet_kinds: SnippetKind::ALL.map(|k| Name(k.as_str())).into(),
        search_fields: SearchField::ALL.map(|f| Name(f.as_str())).into(),
        skip_reasons: SkipReason::ALL.map(|r| Name(r.as_str())).into(),
        aspects: ApiAspect::ALL.map(|a| Name(a.as_str())).into(),
        impacts: Impact::ALL.map(|i| Name(i.as_str())).into(),
        steps: VersionStep::ALL.map(|s| Name(s.as_str())).into(),
        endpoints: Endpoints::NAMES.map(Name).into(),
    }
    .encode(env)
}

#[rustler::nif]
fn limits_default() -> LimitsMap {
    Limits::default().into()
}

#[rustler::nif]
fn purl_parse<'a>(env: Env<'a>, text: &'a str) -> Term<'a> {
    answer(env, || {
        let purl: Purl = text.parse()?;
        Ok((Name(purl.ecosystem.as_str()), purl.name, purl.version).encode(env))
    })
}
