//! From what a manifest or an import names to a file among those that there are.

use std::collections::HashMap;

const DECLARATIONS: [&str; 3] = [".d.ts", ".d.mts", ".d.cts"];
/// Endings of scripts, and of what TypeScript reads in their stead.
const SCRIPTS: [(&str, [&str; 4]); 8] = [
    (".js", [".d.ts", ".ts", ".tsx", ".jsx"]),
    (".mjs", [".d.mts", ".mts", ".d.ts", ".ts"]),
    (".cjs", [".d.cts", ".cts", ".d.ts", ".ts"]),
    (".jsx", [".d.ts", ".tsx", ".ts", ".jsx"]),
    // What declarations say of sources that are not there.
    (".ts", [".ts", ".d.ts", ".tsx", ".js"]),
    (".tsx", [".tsx", ".d.ts", ".ts", ".jsx"]),
    (".mts", [".mts", ".d.mts", ".d.ts", ".mjs"]),
    (".cts", [".cts", ".d.cts", ".d.ts", ".cjs"]),
];
/// What a specifier without an ending may mean.
const ENDINGS: [&str; 11] = [
    ".d.ts", ".ts", ".tsx", ".d.mts", ".mts", ".d.cts", ".cts", ".js", ".mjs", ".cjs", ".jsx",
];
/// Directories that only tell how or whether a file was built.
const BUILT: [&str; 18] = [
    "dist", "build", "lib", "src", "source", "types", "typings", "out", "esm", "cjs", "es",
    "commonjs", "umd", "module", "node", "browser", "es6", "mjs",
];

/// The files of a package by path.
pub(super) struct Files<'a> {
    by_path: HashMap<&'a str, usize>,
    paths: HashMap<usize, &'a str>,
    /// By what is left of the path without ending and build directories.
    by_stem: HashMap<String, usize>,
}

impl<'a> Files<'a> {
    pub fn new(paths: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let by_path: HashMap<&str, usize> = paths.map(|(index, path)| (path, index)).collect();
        let mut by_stem: HashMap<String, (usize, &str)> = HashMap::new();
        for (path, index) in &by_path {
            let best = by_stem.entry(stem(path)).or_insert((*index, path));
            let rank = |path: &str| (!is_declaration(path), path.len(), path.to_owned());
            if rank(path) < rank(best.1) {
                *best = (*index, path);
            }
        }
        let by_stem = by_stem
            .into_iter()
            .map(|(stem, (index, _))| (stem, index))
            .collect();
        let paths = by_path
            .iter()
            .map(|(path, index)| (*index, *path))
            .collect();
        Self {
            by_path,
            paths,
            by_stem,
        }
    }

    /// The path of a file.
    pub fn path(&self, file: usize) -> Option<&'a str> {
        self.paths.get(&file).copied()
    }

    fn get(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The file at `path`, or what TypeScript (`typed`) or Node reads for it.
    pub fn at(&self, path: &str, typed: bool) -> Option<usize> {
        let script = SCRIPTS
            .iter()
            .find_map(|(ending, types)| Some((path.strip_suffix(ending)?, types)));
        let types = || {
            let (stem, endings) = script?;
            endings
                .iter()
                .find_map(|ending| self.get(&format!("{stem}{ending}")))
        };
        let ended = |path: &str| {
            ENDINGS
                .iter()
                .find_map(|ending| self.get(&format!("{path}{ending}")))
        };
        if typed && let Some(found) = types() {
            return Some(found);
        }
        self.get(path)
            .or_else(types)
            .or_else(|| ended(path))
            .or_else(|| ended(&inside(path, "index")))
    }

    /// A file that says the same as `path`, built otherwise or not built.
    pub fn twin(&self, path: &str) -> Option<usize> {
        let known = DECLARATIONS.iter().find_map(|ending| {
            let stem = path.strip_suffix(ending)?;
            let twins = DECLARATIONS.iter().chain(&[".ts", ".tsx", ".mts", ".cts"]);
            twins
                .into_iter()
                .find_map(|ending| self.get(&format!("{stem}{ending}")))
        });
        known.or_else(|| self.by_stem.get(&stem(path)).copied())
    }
}

pub(super) fn is_declaration(path: &str) -> bool {
    DECLARATIONS.iter().any(|ending| path.ends_with(ending))
}

/// Whether the file tells its types.
pub(super) fn is_typed(path: &str) -> bool {
    [".ts", ".tsx", ".mts", ".cts"]
        .iter()
        .any(|ending| path.ends_with(ending))
}

fn stem(path: &str) -> String {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = DECLARATIONS
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .or_else(|| name.rsplit_once('.').map(|(stem, _)| stem))
        .unwrap_or(name);
    let kept = directory
        .split('/')
        .filter(|part| !part.is_empty() && !BUILT.contains(part));
    kept.chain([name]).collect::<Vec<_>>().join("/")
}

/// A path without its ending, and the ending.
pub(super) fn split_ending(path: &str) -> Option<(&str, &str)> {
    let ending = ENDINGS.iter().find(|ending| path.ends_with(**ending))?;
    path.split_at_checked(path.len() - ending.len())
}

fn inside(directory: &str, name: &str) -> String {
    if directory.is_empty() {
        name.to_owned()
    } else {
        format!("{directory}/{name}")
    }
}

/// `path` seen from `directory`, without dots; `None` outside of the package.
pub(super) fn join(directory: &str, path: &str) -> Option<String> {
    const MAX_PATH: usize = 4096;
    if path.len() > MAX_PATH {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in directory.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The directory of a file.
pub(super) fn directory(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_inside() {
        assert_eq!(join("a/b", "../c/./d").as_deref(), Some("a/c/d"));
        assert_eq!(join("a", "../../b"), None);
        assert_eq!(join("", "./index.js").as_deref(), Some("index.js"));
    }

    #[test]
    fn types_come_first_and_builds_find_their_sources() {
        let paths = [
            "index.js",
            "index.d.ts",
            "src/a/b.ts",
            "lib/c.d.mts",
            "d/index.js",
        ];
        let files = Files::new(paths.iter().enumerate().map(|(i, p)| (i, *p)));
        assert_eq!(files.at("index.js", true), Some(1));
        assert_eq!(files.at("index.js", false), Some(0));
        assert_eq!(files.at("index", false), Some(1));
        assert_eq!(files.at("d", true), Some(4));
        assert_eq!(files.twin("dist/cjs/a/b.d.cts"), Some(2));
        assert_eq!(files.twin("lib/c.d.ts"), Some(3));
        assert_eq!(files.at("nowhere.js", true), None);
    }
}
