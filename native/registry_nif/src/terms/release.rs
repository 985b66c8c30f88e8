use std::collections::BTreeMap;

use registry_types::{Dependency, Release, SkipReason, Source, Warning};
use rustler::{Encoder, Env, NifMap, NifStruct, Term};

use super::package::RetirementTerm;
use super::scalar::{DateTimeTerm, Name, time};

/// `%PackageRegistry.Release{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Release"]
#[rustler(encode)]
pub(crate) struct ReleaseTerm<'r> {
    ecosystem: Name,
    name: &'r str,
    version: &'r str,
    purl: String,
    description: Option<&'r str>,
    license: Option<&'r str>,
    published_at: Option<DateTimeTerm>,
    yanked: bool,
    deprecated: Option<&'r str>,
    retired: Option<RetirementTerm<'r>>,
    checksum: Option<&'r str>,
    size: Option<u64>,
    dependencies: Vec<DependencyTerm<'r>>,
    features: TextMap<'r, Vec<String>>,
    runtime: TextMap<'r, String>,
    readme: Option<&'r str>,
    snippet_count: u64,
    languages: &'r [String],
    skipped: Counts<'r>,
    advisories: &'r [String],
    collected_at: Option<DateTimeTerm>,
    source: SourceTerm<'r>,
    warnings: Vec<WarningTerm<'r>>,
}

impl<'r> From<&'r Release> for ReleaseTerm<'r> {
    fn from(release: &'r Release) -> Self {
        Self {
            ecosystem: Name(release.ecosystem.as_str()),
            name: &release.name,
            version: &release.version,
            purl: release.purl(),
            description: release.description.as_deref(),
            license: release.license.as_deref(),
            published_at: time(release.published_at),
            yanked: release.yanked,
            deprecated: release.deprecated.as_deref(),
            retired: release.retired.as_ref().map(RetirementTerm::from),
            checksum: release.checksum.as_deref(),
            size: release.size,
            dependencies: release.dependencies.iter().map(Into::into).collect(),
            features: TextMap(&release.features),
            runtime: TextMap(&release.runtime),
            readme: release.readme.as_deref(),
            snippet_count: release.snippet_count,
            languages: &release.languages,
            skipped: Counts(&release.skipped),
            advisories: &release.advisories,
            collected_at: time(release.collected_at),
            source: (&release.source).into(),
            warnings: release.warnings.iter().map(Into::into).collect(),
        }
    }
}

/// `%PackageRegistry.Dependency{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Dependency"]
#[rustler(encode)]
struct DependencyTerm<'r> {
    name: &'r str,
    requirement: &'r str,
    kind: Name,
    optional: bool,
    target: Option<&'r str>,
    rename: Option<&'r str>,
}

impl<'r> From<&'r Dependency> for DependencyTerm<'r> {
    fn from(dependency: &'r Dependency) -> Self {
        Self {
            name: &dependency.name,
            requirement: &dependency.requirement,
            kind: Name(dependency.kind.as_str()),
            optional: dependency.optional,
            target: dependency.target.as_deref(),
            rename: dependency.rename.as_deref(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct SourceTerm<'r> {
    endpoint: &'r str,
    etag: Option<&'r str>,
    last_modified: Option<&'r str>,
}

impl<'r> From<&'r Source> for SourceTerm<'r> {
    fn from(source: &'r Source) -> Self {
        Self {
            endpoint: &source.endpoint,
            etag: source.etag.as_deref(),
            last_modified: source.last_modified.as_deref(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct WarningTerm<'r> {
    kind: Name,
    message: &'r str,
    path: Option<&'r str>,
}

impl<'r> From<&'r Warning> for WarningTerm<'r> {
    fn from(warning: &'r Warning) -> Self {
        Self {
            kind: Name(warning.kind.as_str()),
            message: &warning.message,
            path: warning.path.as_deref(),
        }
    }
}

/// How many files were left out, by reason.
struct Counts<'r>(&'r BTreeMap<SkipReason, u64>);

impl Encoder for Counts<'_> {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let pairs: Vec<_> = self.0.iter().map(|(r, n)| (Name(r.as_str()), n)).collect();
        Term::map_from_pairs(env, &pairs).unwrap_or_else(|_| Term::map_new(env))
    }
}

/// A map whose keys are strangers' words: binaries.
struct TextMap<'r, V>(&'r BTreeMap<String, V>);

impl<V: Encoder> Encoder for TextMap<'_, V> {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let pairs: Vec<_> = self.0.iter().map(|(k, v)| (k.as_str(), v)).collect();
        Term::map_from_pairs(env, &pairs).unwrap_or_else(|_| Term::map_new(env))
    }
}
