//! Files that say again what another file says: builds of sources that are there, the same module
//! in another format, stubs. Parsing them would show each name twice.

use std::collections::{BTreeMap, BTreeSet};

use package_api::NpmReached;
use registry_types::Ecosystem;

use super::language::Language;

/// Directories that hold what a build wrote, worst first: of several, only the last is parsed.
const BUILT: [&str; 22] = [
    "umd", "bundles", "bundle", "iife", "browser", "system", "amd", "out", "output", "build",
    "dist", "es5", "es6", "es2015", "fesm2015", "fesm2022", "commonjs", "cjs", "module", "esm",
    "es", "_esm",
];

/// The paths among `sources` that double others, and those of `only_reached` that no entry leads to.
/// `read` gives the text of a file.
pub(super) fn find(
    ecosystem: Ecosystem,
    sources: &BTreeMap<String, Language>,
    only_reached: &BTreeSet<String>,
    read: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> BTreeSet<String> {
    let mut doubles = BTreeSet::new();
    match ecosystem {
        Ecosystem::Npm => {
            let paths: Vec<&str> = sources.keys().map(String::as_str).collect();
            let reached = package_api::npm_reached(read, &paths)
                .filter(|reached| reached.typed || !has_source_of(sources, &reached.files));
            doubles.extend(only_reached.iter().cloned());
            match &reached {
                Some(reached) => doubles.extend(not_reached(sources, reached)),
                None => doubles.extend(builds(sources)),
            }
            doubles.extend(same_stem(sources, &doubles, npm_twin));
            if let Some(reached) = &reached {
                doubles.retain(|path| !reached.files.contains(path));
            }
        }
        Ecosystem::Pypi => doubles.extend(same_stem(sources, &doubles, python_twin)),
        Ecosystem::Cargo | Ecosystem::Hex | Ecosystem::Github => {}
    }
    doubles
}

/// What doubles the files that users enter by, and those which these lead to: other builds of
/// them, and where they tell their types, sources that tell the same.
fn not_reached(sources: &BTreeMap<String, Language>, reached: &NpmReached) -> Vec<String> {
    let built_of_typescript = reached.files.iter().any(|path| is_declaration(path));
    let doubles = |path: &str, language: Language| {
        if reached.files.contains(path) {
            return false;
        }
        let source = language == Language::TypeScript && !is_declaration(path);
        built(path).is_some()
            || top(path) == "types"
            || reached.typed && source && built_of_typescript
            || reached.typed && is_declaration(path) && !reached.open
    };
    sources
        .iter()
        .filter(|(path, language)| doubles(path, **language))
        .map(|(path, _)| path.clone())
        .collect()
}

/// Whether the scripts that were reached are builds of what lies in `src`.
fn has_source_of(sources: &BTreeMap<String, Language>, reached: &BTreeSet<String>) -> bool {
    let stem = |path: &str| {
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        name.split('.').next().unwrap_or_default().to_owned()
    };
    let in_src = sources.keys().filter(|path| path.starts_with("src/"));
    let originals: BTreeSet<String> = in_src.map(|path| stem(path)).collect();
    reached
        .iter()
        .filter(|path| built(path).is_some() || top(path) == "lib")
        .any(|path| originals.contains(&stem(path)))
}

/// Builds of an npm package. With sources in `src`, everything built from them goes: `lib` too,
/// and declarations too where the sources are TypeScript. Without, declarations stand for the
/// built scripts; without those, one of the builds is taken.
fn builds(sources: &BTreeMap<String, Language>) -> Vec<String> {
    let files = || {
        sources
            .iter()
            .map(|(path, language)| (path.as_str(), *language))
    };
    let in_src = |path: &str| path.starts_with("src/") || path.contains("/src/");
    let has = |wanted: Language| {
        files().any(|(path, l)| in_src(path) && l == wanted && !is_declaration(path))
    };
    let typescript = has(Language::TypeScript);
    if typescript || has(Language::JavaScript) {
        return files()
            .filter(|(path, _)| !in_src(path))
            .filter(|(path, _)| built(path).is_some() || top(path) == "lib" || top(path) == "types")
            .filter(|(path, _)| typescript || !is_declaration(path))
            .map(|(path, _)| path.to_owned())
            .collect();
    }
    let scripts = || files().filter(|(path, _)| !is_declaration(path) && built(path).is_some());
    let unbuilt = files()
        .any(|(path, l)| l == Language::JavaScript && built(path).is_none() && path.contains('/'));
    let declared = files().any(|(path, _)| is_declaration(path));
    let best = scripts().filter_map(|(path, _)| built(path)).max();
    scripts()
        .filter(|(path, _)| declared || unbuilt || built(path) != best)
        .map(|(path, _)| path.to_owned())
        .collect()
}

/// How good the build is to which a path belongs.
fn built(path: &str) -> Option<usize> {
    let directory = path.rsplit_once('/')?.0;
    directory
        .split('/')
        .filter_map(|part| BUILT.iter().position(|name| *name == part))
        .max()
}

fn top(path: &str) -> &str {
    path.split_once('/').map_or("", |(top, _)| top)
}

fn is_declaration(path: &str) -> bool {
    [".d.ts", ".d.mts", ".d.cts"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

/// Of files that differ only in their endings, the one whose ending ranks first stays.
fn same_stem(
    sources: &BTreeMap<String, Language>,
    gone: &BTreeSet<String>,
    rank: fn(&str) -> Option<(&str, u8)>,
) -> Vec<String> {
    let mut best: BTreeMap<&str, (u8, &str)> = BTreeMap::new();
    let mut doubles = Vec::new();
    for path in sources.keys().filter(|path| !gone.contains(*path)) {
        let Some((stem, rank)) = rank(path) else {
            continue;
        };
        match best.get_mut(stem) {
            None => {
                best.insert(stem, (rank, path));
            }
            Some(kept) if kept.0 <= rank => doubles.push(path.clone()),
            Some(kept) => {
                doubles.push(kept.1.to_owned());
                *kept = (rank, path);
            }
        }
    }
    doubles
}

/// TypeScript before declarations before scripts; React's builds for three environments.
fn npm_twin(path: &str) -> Option<(&str, u8)> {
    const ENDINGS: [(&str, u8); 15] = [
        (".d.ts", 2),
        (".d.mts", 3),
        (".d.cts", 4),
        (".tsx", 0),
        (".ts", 0),
        (".mts", 1),
        (".cts", 1),
        (".jsx", 5),
        (".development.js", 6),
        (".production.js", 9),
        (".profiling.js", 9),
        (".js", 7),
        (".mjs", 7),
        (".cjs", 8),
        (".node.js", 8),
    ];
    ENDINGS
        .iter()
        .find_map(|(ending, rank)| Some((path.strip_suffix(ending)?, *rank)))
}

/// A module's stub has its types, the module its docs as well.
fn python_twin(path: &str) -> Option<(&str, u8)> {
    let stem = path.strip_suffix(".py").map(|stem| (stem, 0));
    stem.or_else(|| path.strip_suffix(".pyi").map(|stem| (stem, 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(ecosystem: Ecosystem, paths: &[&str]) -> Vec<String> {
        let sources = paths
            .iter()
            .map(|path| ((*path).to_owned(), Language::of(path).unwrap()))
            .collect();
        let doubles = find(ecosystem, &sources, &BTreeSet::new(), &|_| None);
        sources
            .into_keys()
            .filter(|path| !doubles.contains(path))
            .collect()
    }

    #[test]
    fn builds_go_where_their_sources_are() {
        assert_eq!(
            kept(
                Ecosystem::Npm,
                &[
                    "src/a.ts",
                    "dist/a.js",
                    "dist/a.d.ts",
                    "lib/a.js",
                    "types/a.d.ts",
                    "cli.js"
                ]
            ),
            ["cli.js", "src/a.ts"]
        );
        assert_eq!(
            kept(
                Ecosystem::Npm,
                &["src/a.js", "dist/a.js", "types/a.d.ts", "lib/a.js"]
            ),
            ["src/a.js", "types/a.d.ts"]
        );
    }

    #[test]
    fn declarations_stand_for_built_scripts() {
        assert_eq!(
            kept(
                Ecosystem::Npm,
                &["dist/a.js", "dist/a.d.ts", "umd/a.js", "index.js"]
            ),
            ["dist/a.d.ts", "index.js"]
        );
    }

    #[test]
    fn one_build_stays_where_there_is_nothing_else() {
        assert_eq!(
            kept(
                Ecosystem::Npm,
                &[
                    "index.js",
                    "cjs/react.development.js",
                    "cjs/react.production.js",
                    "umd/react.development.js"
                ]
            ),
            ["cjs/react.development.js", "index.js"]
        );
        assert_eq!(
            kept(Ecosystem::Npm, &["dist/a.js", "umd/a.js"]),
            ["dist/a.js"]
        );
        assert_eq!(
            kept(Ecosystem::Npm, &["lib/a.js", "dist/a.js"]),
            ["lib/a.js"]
        );
        assert_eq!(
            kept(Ecosystem::Npm, &["dist/esm/a.js", "dist/cjs/a.js"]),
            ["dist/esm/a.js"]
        );
    }

    #[test]
    fn twins() {
        assert_eq!(
            kept(
                Ecosystem::Npm,
                &["index.js", "index.d.ts", "index.d.mts", "a.mjs", "a.cjs"]
            ),
            ["a.mjs", "index.d.ts"]
        );
        assert_eq!(
            kept(Ecosystem::Pypi, &["p/a.py", "p/a.pyi", "p/b.pyi"]),
            ["p/a.py", "p/b.pyi"]
        );
        assert_eq!(kept(Ecosystem::Cargo, &["src/a.rs", "dist/a.rs"]).len(), 2);
    }
}
