//! The modules of a package: its files, and what `declare module "…"` describes.

use std::collections::{BTreeMap, HashMap, HashSet};

use registry_types::outline::LinkKind;

use super::entries::Entries;
use super::locate::{self, Files};
use super::manifest::Manifest;
use super::scopes::Scopes;
use crate::resolve::FileOutline;

/// Modules by number: those of files have the file's.
pub(super) struct Modules<'f> {
    pub scopes: Scopes<'f>,
    files: &'f [FileOutline],
    parts: Vec<Vec<usize>>,
    ambient: BTreeMap<&'f str, usize>,
    globals: HashMap<&'f str, usize>,
    /// What each file's specifiers lead to.
    targets: HashMap<(usize, &'f str), usize>,
}

impl<'f> Modules<'f> {
    pub fn new(
        files: &'f [FileOutline],
        scopes: Scopes<'f>,
        manifest: &Manifest,
        located: &Files<'f>,
        entries: &Entries,
        package: &str,
    ) -> Self {
        let mut modules = Self {
            scopes,
            files,
            parts: vec![Vec::new(); files.len()],
            ambient: BTreeMap::new(),
            globals: HashMap::new(),
            targets: HashMap::new(),
        };
        modules.find_targets(manifest, located, entries);
        let mut roots: Vec<_> = modules.scopes.roots().collect();
        // A module's own part before what others add to it.
        roots.sort_unstable();
        let own = |file: usize, path: &str| {
            files
                .get(file)
                .is_some_and(|file| file.outline.module == path)
        };
        roots.sort_by_key(|(file, path, _)| !own(*file, path));
        for (file, path, scope) in roots {
            let module = if own(file, path) {
                file
            } else if path.is_empty() {
                continue;
            } else if path.starts_with('.') {
                let from = files.get(file).map_or("", |file| file.path.as_str());
                let target = locate::join(locate::directory(from), path);
                let Some(found) = target.and_then(|path| located.at(&path, true)) else {
                    continue;
                };
                found
            } else if let Some(entry) = entries.by_name(package, path) {
                entry
            } else {
                let next = modules.parts.len();
                let module = *modules.ambient.entry(path).or_insert(next);
                if module == next {
                    modules.parts.push(Vec::new());
                }
                module
            };
            if let Some(parts) = modules.parts.get_mut(module) {
                parts.push(scope);
            }
        }
        modules.find_globals();
        modules
    }

    fn find_targets(&mut self, manifest: &Manifest, located: &Files<'f>, entries: &Entries) {
        for (index, file) in self.files.iter().enumerate() {
            if self.scopes.root_of(index, &file.outline.module).is_none() {
                continue;
            }
            let typed = locate::is_typed(&file.path);
            let directory = locate::directory(&file.path);
            for from in file.outline.links.iter().filter_map(|l| l.from.as_deref()) {
                if self.targets.contains_key(&(index, from)) {
                    continue;
                }
                let found = if from.starts_with('.') {
                    locate::join(directory, from).and_then(|path| located.at(&path, typed))
                } else if from.starts_with('#') {
                    let paths = manifest.imported(from);
                    let mut paths = paths.iter().filter_map(|path| locate::join("", path));
                    paths.find_map(|path| located.at(&path, typed).or_else(|| located.twin(&path)))
                } else {
                    manifest.name().and_then(|name| entries.by_name(name, from))
                };
                if let Some(found) = found {
                    self.targets.insert((index, from), found);
                }
            }
        }
    }

    fn find_globals(&mut self) {
        let mut roots: Vec<_> = self.scopes.roots().collect();
        roots.sort_unstable();
        for (_, _, scope) in roots.into_iter().filter(|(_, path, _)| path.is_empty()) {
            let names = self.scopes.get(scope).into_iter();
            let names: Vec<&str> = names.flat_map(|s| s.locals.keys().copied()).collect();
            for name in names {
                self.globals.entry(name).or_insert(scope);
            }
        }
    }

    /// The scopes that make up a module.
    pub fn parts(&self, module: usize) -> &[usize] {
        self.parts.get(module).map_or(&[], Vec::as_slice)
    }

    /// What `from` means in a file.
    pub fn target(&self, file: usize, from: &str) -> Option<usize> {
        let known = self.targets.get(&(file, from)).copied();
        known.or_else(|| self.ambient.get(from).copied())
    }

    /// The scope that makes a name known everywhere.
    pub fn globals(&self, name: &str) -> Option<(usize, &'f str)> {
        let (name, scope) = self.globals.get_key_value(name)?;
        Some((*scope, name))
    }

    /// Modules described by `declare module`.
    pub fn ambient(&self) -> impl Iterator<Item = (&'f str, usize)> + '_ {
        self.ambient.iter().map(|(name, module)| (*name, *module))
    }

    /// The files that the entries make a program read.
    pub fn reached(&self, entries: &Entries) -> HashSet<usize> {
        let mut reached = HashSet::new();
        let mut open: Vec<usize> = entries.modules().collect();
        while let Some(file) = open.pop() {
            if !reached.insert(file) {
                continue;
            }
            let links = self.files.get(file).map(|file| &file.outline.links);
            let named = links
                .into_iter()
                .flatten()
                .filter(|link| link.kind != LinkKind::Member)
                .filter_map(|link| link.from.as_deref());
            for from in named {
                match self.target(file, from) {
                    Some(module) if module < self.files.len() => open.push(module),
                    _ => {}
                }
            }
        }
        reached
    }
}
