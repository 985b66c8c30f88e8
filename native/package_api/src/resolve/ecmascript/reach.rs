//! Before anything is parsed: which files the entries of an npm package lead to.

use std::collections::BTreeSet;

use super::entries::Entries;
use super::locate::{self, Files};
use super::manifest::Manifest;

/// Longest specifier.
const MAX_SPECIFIER: usize = 512;

/// What the entries of an npm package lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Paths of files.
    pub files: BTreeSet<String>,
    /// Whether users enter by files that tell their types (`.d.ts`, `.ts`).
    pub typed: bool,
    /// Whether users may name files that the manifest does not list.
    pub open: bool,
}

/// Follows, from the entries of `package.json`, whatever looks like the path of another file of
/// the package: rather one file too many than one too few. `None` where no manifest or none of its
/// entries is there.
///
/// `read` gives the text of a file; `paths` are those that may be parsed.
#[must_use]
pub fn reached(read: &dyn Fn(&str) -> Option<Vec<u8>>, paths: &[&str]) -> Option<Reached> {
    let manifest_at = |path: &str| Manifest::read(&read(path)?);
    let manifest = manifest_at("package.json").filter(|manifest| !manifest.is_workspace())?;
    let indexed: Vec<(usize, &str)> = paths.iter().copied().enumerate().collect();
    let located = Files::new(indexed.iter().copied());
    let entries = Entries::new(&manifest, &located, &indexed, &manifest_at);
    let mut open: Vec<usize> = entries.modules().collect();
    let (_, main) = entries.iter().next()?;
    let mut reached = Reached {
        typed: located.path(main).is_some_and(locate::is_typed),
        open: manifest.is_open(),
        ..Reached::default()
    };
    while let Some(index) = open.pop() {
        let Some(path) = located.path(index) else {
            continue;
        };
        if !reached.files.insert(path.to_owned()) {
            continue;
        }
        let typed = locate::is_typed(path);
        let text = read(path).unwrap_or_default();
        for specifier in specifiers(&text) {
            let found = if specifier.starts_with('#') {
                let files = manifest.imported(specifier);
                let mut files = files.iter().filter_map(|file| locate::join("", file));
                files.find_map(|file| located.at(&file, typed))
            } else {
                locate::join(locate::directory(path), specifier)
                    .and_then(|path| located.at(&path, typed))
            };
            open.extend(found);
        }
    }
    Some(reached)
}

/// The strings of a text that begin as a relative path does, or with `#`, and the paths of
/// `/// <reference path="…" />`.
fn specifiers(text: &[u8]) -> impl Iterator<Item = &str> {
    memchr::memchr2_iter(b'"', b'\'', text).filter_map(|at| {
        let (quote, rest) = text.get(at..)?.split_first()?;
        let rest = rest.get(..MAX_SPECIFIER).unwrap_or(rest);
        let referenced = || text.get(..at).is_some_and(|text| text.ends_with(b" path="));
        if !matches!(rest.first(), Some(b'.' | b'#')) && !referenced() {
            return None;
        }
        let end = rest.iter().position(|b| b == quote || *b == b'\n')?;
        std::str::from_utf8(rest.get(..end)?).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_lead_on() {
        let read = |path: &str| -> Option<Vec<u8>> {
            let text = match path {
                "package.json" => r#"{"exports":{".":{"types":"./a.d.ts","default":"./a.js"}}}"#,
                "a.d.ts" => "/// <reference path=\"g.d.ts\" />\nexport * from './b/c.js' // don't",
                "b/c.d.ts" => "import type { X } from \"..\";\nimport x = require('../../out')",
                _ => "",
            };
            Some(text.as_bytes().to_vec())
        };
        let paths = [
            "a.d.ts",
            "a.js",
            "b/c.d.ts",
            "g.d.ts",
            "index.d.ts",
            "other.d.ts",
        ];
        let reached = reached(&read, &paths).unwrap();
        let files: Vec<_> = reached.files.iter().map(String::as_str).collect();
        assert_eq!(files, ["a.d.ts", "b/c.d.ts", "g.d.ts", "index.d.ts"]);
        assert!(reached.typed && !reached.open);
    }
}
