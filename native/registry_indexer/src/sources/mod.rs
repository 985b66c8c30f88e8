//! Which files of an archive are read, and which of those are parsed.
//!
//! A package's sources are what its users call: not its tests, examples, benchmarks and build
//! scripts, not what it vendors or generates, and not a build of sources that are there as well.
//! Paths alone decide, by the few rules in this module; what is left out is counted by its reason.

mod language;
mod rules;
mod twins;

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use registry_protocols::manifest;
use registry_types::{Ecosystem, Limits};

use crate::archive::{Archive, SkipReason, Want};
use crate::documents;
use language::Language;

/// Manifests are small; a larger one is not worth its memory.
const MANIFEST_BYTES: u64 = 4 * 1024 * 1024;

/// What names a package's parts: entry points, modules, exports.
const MANIFESTS: [&str; 10] = [
    "Cargo.toml",
    ".cargo_vcs_info.json",
    "package.json",
    "pyproject.toml",
    "setup.cfg",
    "mix.exs",
    "rebar.config",
    "gleam.toml",
    "go.mod",
    "NAMESPACE",
];

/// Decides what becomes of the files of one package's archive.
///
/// ```
/// use registry_indexer::archive::{SkipReason, Want};
/// use registry_indexer::sources::Selector;
/// use registry_types::{Ecosystem, Limits};
///
/// let selector = Selector::new(Ecosystem::Cargo, "tokio", &Limits::default());
/// assert_eq!(selector.want("src/lib.rs"), Want::Whole(1024 * 1024));
/// assert_eq!(selector.want("benches/spawn.rs"), Want::Skip(SkipReason::Example));
/// ```
#[derive(Clone, Debug)]
pub struct Selector {
    ecosystem: Ecosystem,
    own: String,
    source_bytes: u64,
    document_bytes: u64,
}

impl Selector {
    /// For the package `name`.
    #[must_use]
    pub fn new(ecosystem: Ecosystem, name: &str, limits: &Limits) -> Self {
        let bare = name.rsplit('/').next().unwrap_or(name);
        Self {
            ecosystem,
            own: match ecosystem {
                Ecosystem::Pypi => bare.to_lowercase().replace(['-', '.'], "_"),
                _ => bare.to_lowercase(),
            },
            source_bytes: limits.source_bytes,
            document_bytes: limits.document_bytes,
        }
    }

    /// What to keep of the file at `path`: for [`crate::archive::read`].
    #[must_use]
    pub fn want(&self, path: &str) -> Want {
        if MANIFESTS.contains(&path)
            || path.ends_with(".app.src")
            || self.is_inner_manifest(path)
            || manifest::is_wanted(self.ecosystem, path)
        {
            return Want::Whole(MANIFEST_BYTES);
        }
        if documents::is_wanted(path) {
            return Want::Prefix(self.document_bytes);
        }
        match rules::judge(self.ecosystem, &self.own, path) {
            Ok(_) => Want::Whole(self.source_bytes),
            Err(_) if rules::may_be_reached(self.ecosystem, path).is_some() => {
                Want::Whole(self.source_bytes)
            }
            Err(reason) => Want::Skip(reason),
        }
    }

    /// Packages within a package: `preact/hooks/package.json`, the members of a workspace.
    fn is_inner_manifest(&self, path: &str) -> bool {
        let Some((directory, name)) = path.rsplit_once('/') else {
            return false;
        };
        let wanted = match self.ecosystem {
            Ecosystem::Npm => name == "package.json",
            Ecosystem::Github => matches!(name, "package.json" | "Cargo.toml"),
            Ecosystem::Cargo | Ecosystem::Hex | Ecosystem::Pypi => false,
        };
        wanted
            && rules::judge_directories(self.ecosystem, &self.own, &directory.to_lowercase())
                .is_none()
    }

    /// Takes the sources to parse out of `archive`, the ecosystem's own languages first. Those
    /// that double others are dropped and counted as [`SkipReason::Bundle`].
    #[must_use]
    pub fn select(&self, archive: &mut Archive) -> Vec<(String, Bytes)> {
        let mut sources: BTreeMap<String, Language> = BTreeMap::new();
        let mut only_reached = BTreeSet::new();
        let paths = archive.files.keys();
        for path in paths.filter(|path| !documents::is_wanted(path)) {
            if let Ok(language) = rules::judge(self.ecosystem, &self.own, path) {
                sources.insert(path.clone(), language);
            } else if let Some(language) = rules::may_be_reached(self.ecosystem, path) {
                sources.insert(path.clone(), language);
                only_reached.insert(path.clone());
            }
        }
        let read = |path: &str| archive.files.get(path).map(|file| file.bytes.to_vec());
        let doubles = twins::find(self.ecosystem, &sources, &only_reached, &read);
        let mut selected = Vec::with_capacity(sources.len());
        for (path, language) in sources {
            let Some(file) = archive.files.remove(&path) else {
                continue;
            };
            if doubles.contains(&path) {
                *archive.skipped.entry(SkipReason::Bundle).or_default() += 1;
            } else {
                selected.push((language.is_beside(self.ecosystem), path, file.bytes));
            }
        }
        selected.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        selected
            .into_iter()
            .map(|(_, path, bytes)| (path, bytes))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::File;

    fn archive(paths: &[&str]) -> Archive {
        let file = |path: &&str| {
            let file = File {
                bytes: Bytes::from((*path).to_owned()),
                size: path.len() as u64,
            };
            ((*path).to_owned(), file)
        };
        Archive {
            files: paths.iter().map(file).collect(),
            ..Archive::default()
        }
    }

    #[test]
    fn manifests_and_documents_are_kept_beside_sources() {
        let limits = Limits::default();
        let selector = Selector::new(Ecosystem::Hex, "jason", &limits);
        assert_eq!(selector.want("mix.exs"), Want::Whole(MANIFEST_BYTES));
        assert_eq!(
            selector.want("README.md"),
            Want::Prefix(limits.document_bytes)
        );
        assert_eq!(
            selector.want("lib/jason.ex"),
            Want::Whole(limits.source_bytes)
        );
        assert_eq!(selector.want("LICENSE"), Want::Skip(SkipReason::NotWanted));
    }

    #[test]
    fn manifests_of_inner_packages_are_kept_where_they_say_something() {
        let keeps = |ecosystem, path: &str| {
            let selector = Selector::new(ecosystem, "own", &Limits::default());
            selector.want(path) == Want::Whole(MANIFEST_BYTES)
        };
        for (ecosystem, path) in [
            (Ecosystem::Npm, "hooks/package.json"),
            (Ecosystem::Github, "packages/a/package.json"),
            (Ecosystem::Github, "native/a/Cargo.toml"),
            (Ecosystem::Github, "NAMESPACE"),
            (Ecosystem::Cargo, "Cargo.toml"),
        ] {
            assert!(keeps(ecosystem, path), "{ecosystem} {path}");
        }
        for (ecosystem, path) in [
            (Ecosystem::Npm, "node_modules/x/package.json"),
            (Ecosystem::Npm, "test/fixture/package.json"),
            (Ecosystem::Hex, "assets/package.json"),
            (Ecosystem::Cargo, "tests/x/Cargo.toml"),
        ] {
            assert!(!keeps(ecosystem, path), "{ecosystem} {path}");
        }
    }

    #[test]
    fn sources_are_taken_out_and_ordered() {
        let selector = Selector::new(Ecosystem::Npm, "@scope/Benchmark", &Limits::default());
        let mut archive = archive(&[
            "README.md",
            "package.json",
            "addon/a.c",
            "benchmark/z.js",
            "a.d.ts",
            "a.js",
        ]);
        let paths: Vec<String> = selector
            .select(&mut archive)
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        assert_eq!(paths, ["a.d.ts", "benchmark/z.js", "addon/a.c"]);
        assert_eq!(archive.skipped[&SkipReason::Bundle], 1);
        let left: Vec<_> = archive.files.keys().collect();
        assert_eq!(left, ["README.md", "package.json"]);
    }

    #[test]
    fn python_packages_are_known_by_their_import_name() {
        let selector = Selector::new(Ecosystem::Pypi, "My-Bench.mark", &Limits::default());
        assert!(matches!(
            selector.want("my_bench_mark/a.py"),
            Want::Whole(_)
        ));
    }
}
