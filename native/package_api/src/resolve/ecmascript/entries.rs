//! The files by which users enter a package.

use std::borrow::Cow;
use std::collections::HashMap;

use super::locate::{self, Files};
use super::manifest::{Entry, Manifest};

/// Files that patterns may open.
const MAX_OPENED: usize = 20_000;

/// Modules by what follows the package's name.
#[derive(Default)]
pub(super) struct Entries {
    by_subpath: HashMap<String, usize>,
    ordered: Vec<(String, usize)>,
}

impl Entries {
    /// The entries whose files are there. `paths` are those of all files.
    pub fn new<'a>(
        manifest: &Manifest,
        located: &Files<'a>,
        paths: &[(usize, &'a str)],
        directories: &dyn Fn(&str) -> Option<Manifest>,
    ) -> Self {
        let mut entries = Self::default();
        let listed = manifest.entries();
        let mut typed = false;
        for entry in listed.iter().filter(|entry| !entry.subpath.contains('*')) {
            if let Some(file) = find(entry, "", located) {
                let tells = located.path(file).is_some_and(locate::is_typed);
                typed |= tells;
                // In a package that tells its types, files without any are no part of what is
                // offered: builds for browsers, things to run.
                if tells || !typed {
                    entries.add(entry.subpath.clone(), file);
                }
            }
        }
        // Of what tells no types, patterns open all files there are, down to the helpers.
        let opens = typed || entries.ordered.is_empty();
        let patterns = listed.iter().filter(|entry| entry.subpath.contains('*'));
        for entry in patterns.filter(|_| opens) {
            entries.open(entry, located, paths, typed);
        }
        if manifest.is_open() {
            entries.add_directories(located, paths, directories);
        }
        entries
    }

    fn add(&mut self, subpath: String, file: usize) {
        if !self.by_subpath.contains_key(&subpath) && self.ordered.len() < MAX_OPENED {
            self.by_subpath.insert(subpath.clone(), file);
            self.ordered.push((subpath, file));
        }
    }

    /// The files that a pattern opens: by the first of its targets that has any.
    fn open(&mut self, entry: &Entry, located: &Files<'_>, paths: &[(usize, &str)], typed: bool) {
        for pattern in &entry.files {
            let before_all = self.ordered.len();
            let Some(pattern) = locate::join("", pattern) else {
                continue;
            };
            let Some((before, after)) = pattern.split_once('*') else {
                continue;
            };
            for (_, path) in paths {
                let Some(rest) = path.strip_prefix(before) else {
                    continue;
                };
                let Some(star) = star(rest, after).filter(|star| !star.is_empty()) else {
                    continue;
                };
                let target = format!("{before}{star}{after}");
                if let Some(file) = located.at(&target, true)
                    && (!typed || located.path(file).is_some_and(locate::is_typed))
                {
                    self.add(entry.subpath.replacen('*', &written(star), 1), file);
                }
            }
            if self.ordered.len() > before_all {
                return;
            }
        }
    }

    /// Directories with a manifest of their own: `preact/hooks`.
    fn add_directories(
        &mut self,
        located: &Files<'_>,
        paths: &[(usize, &str)],
        read: &dyn Fn(&str) -> Option<Manifest>,
    ) {
        const MAX_READ: usize = 500;
        let mut tops: Vec<&str> = paths
            .iter()
            .map(|(_, path)| locate::directory(path))
            .filter(|directory| !directory.is_empty())
            .collect();
        tops.sort_unstable();
        tops.dedup();
        for directory in tops.into_iter().take(MAX_READ) {
            let Some(manifest) = read(&format!("{directory}/package.json")) else {
                continue;
            };
            let main = manifest
                .entries()
                .into_iter()
                .find(|e| e.subpath.is_empty());
            if let Some(main) = main
                && let Some(file) = find(&main, directory, located)
            {
                self.add(format!("/{directory}"), file);
            }
        }
    }

    /// The module that a user of `package` gets by `specifier`.
    pub fn by_name(&self, package: &str, specifier: &str) -> Option<usize> {
        let subpath = specifier.strip_prefix(package)?;
        self.by_subpath.get(subpath).copied()
    }

    pub fn modules(&self) -> impl Iterator<Item = usize> + '_ {
        self.ordered.iter().map(|(_, module)| *module)
    }

    /// What follows the package's name, and the module.
    pub fn iter(&self) -> impl Iterator<Item = (&str, usize)> {
        self.ordered
            .iter()
            .map(|(subpath, module)| (subpath.as_str(), *module))
    }
}

/// What stands for the star in `rest`: `./*.js` opens `a.js`, of which only `a.d.ts` may be there.
fn star<'r>(rest: &'r str, after: &str) -> Option<&'r str> {
    if let Some(star) = rest.strip_suffix(after) {
        return Some(star);
    }
    let (name, _) = after.rsplit_once('.')?;
    let (stem, _) = locate::split_ending(rest)?;
    stem.strip_suffix(name)
}

/// What users write for a star that stands for a whole name: the script, not its declarations.
fn written(star: &str) -> Cow<'_, str> {
    let endings = [(".d.ts", ".js"), (".d.mts", ".mjs"), (".d.cts", ".cjs")];
    let script = endings
        .iter()
        .find_map(|(types, script)| Some(format!("{}{script}", star.strip_suffix(types)?)));
    script.map_or(Cow::Borrowed(star), Cow::Owned)
}

/// The file of an entry: one that tells its types before others, then what was built otherwise.
fn find(entry: &Entry, directory: &str, located: &Files<'_>) -> Option<usize> {
    let paths: Vec<String> = entry
        .files
        .iter()
        .filter_map(|path| locate::join(directory, path))
        .collect();
    let typed = |file: &usize| located.path(*file).is_some_and(locate::is_typed);
    let at = || paths.iter().filter_map(|path| located.at(path, true));
    let twins = || paths.iter().filter_map(|path| located.twin(path));
    at().find(typed)
        .or_else(|| twins().find(typed).filter(|_| at().next().is_none()))
        .or_else(|| at().next())
        .or_else(|| twins().next())
}
