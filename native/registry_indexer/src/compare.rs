//! What changed in a package's public API: answered from the store.

use package_api::{Releases, compare};
use registry_store::{SnippetFilter, Store};
use registry_types::version::{VersionSpec, resolve};
use registry_types::{
    ApiDiff, Ecosystem, Error, ErrorKind, Purl, Release, Result, Snippet, WarningKind,
};

/// Compares the public APIs of two stored releases of a package. Never uses the network.
///
/// # Errors
/// `NotFound` when the package is not stored or a release was collected without snippets,
/// `VersionNotFound` when a release is not stored, both naming the collect to make; those of the
/// store.
pub fn compare_api(
    store: &Store,
    ecosystem: Ecosystem,
    name: &str,
    from: &VersionSpec,
    to: &VersionSpec,
) -> Result<ApiDiff> {
    let before = Side::read(store, ecosystem, name, from)?;
    let after = Side::read(store, ecosystem, name, to)?;
    let mut diff = compare(&Releases {
        ecosystem,
        package: &before.release.name,
        from: &before.release.version,
        to: &after.release.version,
        before: &before.snippets,
        after: &after.snippets,
    });
    diff.incomplete = [before, after].iter().filter_map(Side::gap).collect();
    Ok(diff)
}

struct Side {
    release: Release,
    snippets: Vec<Snippet>,
}

impl Side {
    fn read(store: &Store, ecosystem: Ecosystem, name: &str, spec: &VersionSpec) -> Result<Self> {
        let missing = |kind, why: &str| not_stored(kind, ecosystem, name, spec, why);
        let version = store
            .stored_versions(ecosystem, name)
            .and_then(|stored| resolve(ecosystem, spec, &stored).map(|v| v.version.clone()))
            .map_err(|error| match error.kind {
                kind @ (ErrorKind::NotFound | ErrorKind::VersionNotFound) => {
                    missing(kind, "not in the store")
                }
                _ => error,
            })?;
        let release = store.get_release(ecosystem, name, &version)?;
        if release.snippet_count == 0 && crate::collect::lacks_snippets(&release) {
            return Err(missing(
                ErrorKind::NotFound,
                "in the store without snippets",
            ));
        }
        let snippets = store.snippets(ecosystem, name, &version, &SnippetFilter::default())?;
        Ok(Self { release, snippets })
    }

    /// Why the snippets may not be all there are.
    fn gap(&self) -> Option<String> {
        let cut = |kind| matches!(kind, WarningKind::Parse | WarningKind::Truncated);
        let warning = self.release.warnings.iter().find(|w| cut(w.kind))?;
        let path = warning.path.as_deref().map(|path| format!("{path}: "));
        Some(format!(
            "{}: {}{}",
            self.release.version,
            path.unwrap_or_default(),
            warning.message
        ))
    }
}

fn not_stored(
    kind: ErrorKind,
    ecosystem: Ecosystem,
    name: &str,
    spec: &VersionSpec,
    why: &str,
) -> Error {
    let (version, call) = match spec {
        VersionSpec::Latest => ("latest".to_owned(), ":latest".to_owned()),
        VersionSpec::Exact(text) | VersionSpec::Requirement(text) => {
            (text.clone(), format!("{text:?}"))
        }
    };
    let purl = match spec {
        VersionSpec::Exact(text) => Purl::new(ecosystem, name, Some(text)),
        _ => Purl::new(ecosystem, name, None),
    };
    let message = format!(
        "{name} {version} ({ecosystem}) is {why}: collect it first, with \
         PackageRegistryCollector.collect({name:?}, {call}, :{ecosystem}) or \
         package-registry-indexer collect -e {ecosystem} -p {name} --version {version}"
    );
    Error::new(kind, message).with("collect", purl)
}
