//! The modules of a crate, from its root file through `mod`.

use std::collections::HashMap;

use registry_types::SnippetKind;
use registry_types::outline::{Item, Link, LinkKind};

use super::declared::Declared;
use super::file::{FileIndex, Tie};
use super::path::{directory_of, normal, submodules_of};
use crate::resolve::FileOutline;

/// Modules of one crate.
const MAX_MODULES: usize = 50_000;
/// Modules inside each other.
const MAX_DEPTH: usize = 128;
/// Files and macros that one module may consist of.
const MAX_PARTS: usize = 64;
/// Modules that one file may be, by `#[path]`.
const MAX_USES: usize = 4;

/// An item: the file, its number there.
pub(super) type ItemId = (usize, u32);

/// A module.
pub(super) struct Module<'f> {
    pub parent: Option<usize>,
    /// Its name in the module it was declared in.
    pub name: &'f str,
    /// The item that declares it; `None` for the crate's root.
    pub item: Option<ItemId>,
    /// Of several files for one declaration: when it is this one.
    pub condition: Option<&'f str>,
    /// Items directly in it.
    pub items: Vec<ItemId>,
    /// Its `use` declarations.
    pub uses: Vec<Tie<'f>>,
    /// The file and the scope in it; further ones are included.
    parts: Vec<(usize, &'f str)>,
    /// Where the files of its modules lie.
    directory: String,
    /// Where `#[path]` starts.
    base: String,
    depth: usize,
}

/// All modules of a crate; the first is its root.
pub(super) struct Tree<'f> {
    pub files: &'f [FileOutline],
    pub indexes: HashMap<usize, FileIndex<'f>>,
    pub modules: Vec<Module<'f>>,
    /// The modules that an item of a module declares.
    children: HashMap<(usize, ItemId), Vec<usize>>,
    /// The module that a scope of a file is.
    places: HashMap<(usize, &'f str), usize>,
    homes: HashMap<ItemId, usize>,
    /// Per file: how often it was a module.
    uses: HashMap<usize, usize>,
    by_path: HashMap<&'f str, usize>,
    /// The file that defines a macro.
    macros: HashMap<&'f str, usize>,
}

impl<'f> Tree<'f> {
    pub fn new(files: &'f [FileOutline], members: &[usize], root: usize, name: &'f str) -> Self {
        let path = |index: &usize| files.get(*index).map(|file| (file.path.as_str(), *index));
        let mut tree = Self {
            files,
            indexes: HashMap::new(),
            modules: Vec::new(),
            children: HashMap::new(),
            places: HashMap::new(),
            homes: HashMap::new(),
            uses: HashMap::new(),
            by_path: members.iter().filter_map(path).collect(),
            macros: macros(files, members),
        };
        if let Some(file) = files.get(root) {
            let directory = directory_of(&file.path).to_owned();
            let scope = file.outline.module.as_str();
            tree.add(Module {
                parent: None,
                name,
                item: None,
                condition: None,
                items: Vec::new(),
                uses: Vec::new(),
                parts: vec![(root, scope)],
                base: directory.clone(),
                directory,
                depth: 0,
            });
        }
        // Modules found are added behind those that are done.
        let mut next = 0;
        while next < tree.modules.len() {
            tree.fill(next);
            next += 1;
        }
        tree
    }

    pub fn item(&self, (file, item): ItemId) -> Option<&'f Item> {
        self.files.get(file)?.outline.items.get(item as usize)
    }

    /// The modules declared by an item of `module`.
    pub fn declared_by(&self, module: usize, item: ItemId) -> &[usize] {
        self.children
            .get(&(module, item))
            .map_or(&[], Vec::as_slice)
    }

    /// The module that an item stands directly in.
    pub fn place(&self, id: ItemId) -> Option<usize> {
        self.homes.get(&id).copied()
    }

    /// The module's path from the crate's name on.
    pub fn path(&self, module: usize) -> String {
        let mut parts = Vec::new();
        let mut at = Some(module);
        while let Some(module) = at.and_then(|at| self.modules.get(at)) {
            parts.push(module.name);
            at = module.parent;
        }
        parts.reverse();
        parts.join("::")
    }

    /// The words at the start of the module's own file.
    pub fn document(&self, module: usize) -> Option<&'f str> {
        let (file, scope) = *self.modules.get(module)?.parts.first()?;
        let outline = &self.files.get(file)?.outline;
        (outline.module == scope).then_some(outline.module_doc.as_deref())?
    }

    /// The module that `scope` of `file` is.
    pub fn at(&self, file: usize, scope: &str) -> Option<usize> {
        self.places.get(&(file, scope)).copied()
    }

    /// Members of a container.
    pub fn inside(&self, (file, item): ItemId) -> &[u32] {
        let members = self
            .indexes
            .get(&file)
            .and_then(|index| index.inside.get(&item));
        members.map_or(&[], Vec::as_slice)
    }

    /// The files that are modules of the crate, each with the module it is first.
    pub fn files(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.modules
            .iter()
            .enumerate()
            .flat_map(move |(number, module)| {
                let parts = module.parts.iter();
                parts
                    .filter(move |(file, scope)| {
                        let own = self
                            .files
                            .get(*file)
                            .map(|file| file.outline.module.as_str());
                        own == Some(*scope) && self.at(*file, scope) == Some(number)
                    })
                    .map(move |(file, _)| (*file, number))
            })
    }

    fn add(&mut self, module: Module<'f>) -> Option<usize> {
        let number = self.modules.len();
        if number >= MAX_MODULES || module.depth > MAX_DEPTH {
            return None;
        }
        for part in &module.parts {
            self.places.entry(*part).or_insert(number);
        }
        self.modules.push(module);
        Some(number)
    }

    /// Reads the module's parts; its own modules go to the end of the list.
    fn fill(&mut self, number: usize) {
        let mut part = 0;
        while let Some((file, scope)) = self
            .modules
            .get(number)
            .and_then(|module| module.parts.get(part).copied())
        {
            part += 1;
            let files = self.files;
            let Some(outline) = files.get(file) else {
                continue;
            };
            let index = self
                .indexes
                .entry(file)
                .or_insert_with(|| FileIndex::new(outline));
            let Some(contents) = index.scopes.get(scope) else {
                continue;
            };
            let items: Vec<ItemId> = contents.items.iter().map(|item| (file, *item)).collect();
            let links = contents.links.clone();
            let (declared, uses): (Vec<Tie<'f>>, Vec<Tie<'f>>) = links
                .into_iter()
                .partition(|(link, _)| link.kind == LinkKind::Module);
            let declared = Declared::new(self, &items, declared);
            if let Some(module) = self.modules.get_mut(number) {
                module.items.extend(&items);
                module.uses.extend(uses);
            }
            for item in &items {
                self.homes.entry(*item).or_insert(number);
                self.declare(number, *item, &declared);
            }
            for link in declared.included() {
                self.include(number, file, link);
            }
        }
    }

    /// Adds the modules that `item` of module `number` declares, if it declares any.
    fn declare(&mut self, number: usize, item: ItemId, declared: &Declared<'f>) {
        let Some(declaration) = self
            .item(item)
            .filter(|item| item.kind == SnippetKind::Module)
        else {
            return;
        };
        let Some(parent) = self.modules.get(number) else {
            return;
        };
        let name = declaration.name.as_str();
        let depth = parent.depth + 1;
        let scope = declaration.qualified_name.as_str();
        let mut found = Vec::new();
        let links = declared.links_of(name, item);
        if self.is_inline(item, scope) {
            let directory = format!("{}{name}/", parent.directory);
            found.push((item.0, scope, directory.clone(), directory, None));
        } else {
            for link in links {
                let Some((file, directory)) = self.file(parent, link) else {
                    continue;
                };
                let uses = self.uses.entry(file).or_default();
                *uses += 1;
                let Some(outline) = self.files.get(file).filter(|_| *uses <= MAX_USES) else {
                    continue;
                };
                let base = directory_of(&outline.path).to_owned();
                let scope = outline.outline.module.as_str();
                found.push((file, scope, directory, base, link.alias.as_deref()));
            }
        }
        found.sort();
        found.dedup();
        for (file, scope, directory, base, condition) in found {
            let child = self.add(Module {
                parent: Some(number),
                name,
                item: Some(item),
                condition,
                items: Vec::new(),
                uses: Vec::new(),
                parts: vec![(file, scope)],
                directory,
                base,
                depth,
            });
            let children = self.children.entry((number, item)).or_default();
            children.extend(child);
        }
    }

    fn is_inline(&self, (file, item): ItemId, scope: &str) -> bool {
        let Some(index) = self.indexes.get(&file) else {
            return false;
        };
        let own = |number: &u32| {
            let item = self
                .files
                .get(file)
                .and_then(|f| f.outline.items.get(*number as usize));
            item.and_then(|inner| inner.parent)
        };
        index.scopes.get(scope).is_some_and(|contents| {
            let mut items = contents.items.iter();
            contents.items.is_empty() || items.any(|number| own(number) == Some(item))
        })
    }

    /// The file of `mod x;`, and where the files of its own modules lie.
    fn file(&self, parent: &Module<'f>, link: &Link) -> Option<(usize, String)> {
        let find = |path: &str| self.by_path.get(path).copied();
        if let Some(path) = &link.from {
            let path = normal(&format!("{}{path}", parent.base))?;
            // Its modules lie beside it, whatever its name.
            return Some((find(&path)?, directory_of(&path).to_owned()));
        }
        let (directory, name) = (&parent.directory, &link.name);
        let flat = format!("{directory}{name}.rs");
        let nested = format!("{directory}{name}/mod.rs");
        let (path, file) = [flat, nested]
            .into_iter()
            .find_map(|path| find(&path).map(|file| (path, file)))?;
        Some((file, submodules_of(&path)))
    }

    /// A macro without arguments: the items of its body are this module's.
    fn expand(&mut self, number: usize, name: &str) {
        let Some(file) = self.macros.get(name.trim_end_matches('!')).copied() else {
            return;
        };
        let files = self.files;
        let Some(outline) = files.get(file) else {
            return;
        };
        let index = self
            .indexes
            .entry(file)
            .or_insert_with(|| FileIndex::new(outline));
        let body = |scope: &&&str| scope.rsplit("::").next() == Some(name);
        let Some(scope) = index.scopes.keys().filter(body).min().copied() else {
            return;
        };
        if let Some(module) = self.modules.get_mut(number)
            && module.parts.len() < MAX_PARTS
            && !module.parts.contains(&(file, scope))
        {
            module.parts.push((file, scope));
            self.places.entry((file, scope)).or_insert(number);
        }
    }

    /// `include!`: the items of the file are this module's.
    fn include(&mut self, number: usize, file: usize, link: &Link) {
        if let Some(name) = link.from.as_deref().filter(|from| from.ends_with('!')) {
            self.expand(number, name);
            return;
        }
        let base = self
            .files
            .get(file)
            .map_or("", |file| directory_of(&file.path));
        let Some(path) = link
            .from
            .as_ref()
            .and_then(|path| normal(&format!("{base}{path}")))
        else {
            return;
        };
        let Some(included) = self.by_path.get(path.as_str()).copied() else {
            return;
        };
        let uses = self.uses.entry(included).or_default();
        *uses += 1;
        let scope = self
            .files
            .get(included)
            .map(|file| file.outline.module.as_str());
        if let (Some(scope), Some(module), true) =
            (scope, self.modules.get_mut(number), *uses <= MAX_USES)
        {
            module.parts.push((included, scope));
            self.places.entry((included, scope)).or_insert(number);
        }
    }
}

fn macros<'f>(files: &'f [FileOutline], members: &[usize]) -> HashMap<&'f str, usize> {
    let mut macros = HashMap::new();
    for index in members {
        let items = files
            .get(*index)
            .map_or(&[][..], |file| &file.outline.items);
        for item in items.iter().filter(|item| item.kind == SnippetKind::Macro) {
            macros.entry(item.name.as_str()).or_insert(*index);
        }
    }
    macros
}
