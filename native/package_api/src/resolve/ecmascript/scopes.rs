//! Who knows which name: the scopes of modules, ambient modules and namespaces.

use std::collections::HashMap;

use registry_types::SnippetKind;
use registry_types::outline::{Item, Link, LinkKind, Marks};

use crate::resolve::FileOutline;

/// Containers above an item.
const MAX_CLIMB: usize = 128;

/// Names that a piece of text defines, imports and exports.
#[derive(Default)]
pub(super) struct Scope<'f> {
    pub file: usize,
    pub outer: Option<usize>,
    /// Items by the name they have here; several when a name is a type and a value.
    pub locals: HashMap<&'f str, Vec<u32>>,
    /// Scopes of namespaces and of other things that have members.
    pub inner: HashMap<&'f str, usize>,
    pub imports: HashMap<&'f str, &'f Link>,
    /// `export * from`, `...name` in what is exported.
    pub stars: Vec<&'f Link>,
    /// Other exports by the name that users see.
    pub exports: HashMap<&'f str, Vec<&'f Link>>,
    /// What was made a member of a local name: its alias is the member's name.
    pub members: HashMap<&'f str, Vec<&'f Link>>,
}

/// All scopes of a package.
#[derive(Default)]
pub(super) struct Scopes<'f> {
    pub all: Vec<Scope<'f>>,
    /// By file and path: of the file itself, of ambient modules, `""` for what is global.
    roots: HashMap<(usize, &'f str), usize>,
}

impl<'f> Scopes<'f> {
    pub fn new(files: &'f [FileOutline], wanted: impl Fn(&FileOutline) -> bool) -> Self {
        let mut scopes = Self::default();
        for (index, file) in files.iter().enumerate().filter(|(_, file)| wanted(file)) {
            scopes.root(index, &file.outline.module);
            scopes.add_items(index, &file.outline.items);
            scopes.add_links(index, &file.outline.links);
        }
        scopes
    }

    /// The scopes that are not inside of others: file, path, scope.
    pub fn roots(&self) -> impl Iterator<Item = (usize, &'f str, usize)> + '_ {
        self.roots
            .iter()
            .map(|((file, path), scope)| (*file, *path, *scope))
    }

    pub fn root_of(&self, file: usize, path: &str) -> Option<usize> {
        self.roots.get(&(file, path)).copied()
    }

    pub fn get(&self, scope: usize) -> Option<&Scope<'f>> {
        self.all.get(scope)
    }

    fn root(&mut self, file: usize, path: &'f str) -> usize {
        let next = self.all.len();
        let scope = *self.roots.entry((file, path)).or_insert(next);
        if scope == next {
            self.all.push(Scope {
                file,
                ..Scope::default()
            });
        }
        scope
    }

    fn inner(&mut self, scope: usize, name: &'f str) -> usize {
        let next = self.all.len();
        let Some(outer) = self.all.get_mut(scope) else {
            return scope;
        };
        let file = outer.file;
        let inner = *outer.inner.entry(name).or_insert(next);
        if inner == next {
            self.all.push(Scope {
                file,
                outer: Some(scope),
                ..Scope::default()
            });
        }
        inner
    }

    fn add_items(&mut self, file: usize, items: &'f [Item]) {
        let mut known: Vec<Option<usize>> = vec![None; items.len()];
        for (index, item) in (0u32..).zip(items) {
            let parent = item.parent.and_then(|parent| items.get(parent as usize));
            // Methods and fields of types are found through those.
            let plain = matches!(item.kind, SnippetKind::Method | SnippetKind::Field)
                && !item.marks.has(Marks::STATIC);
            if plain && parent.is_some() {
                continue;
            }
            let Some(scope) = self.scope_of(file, items, index, &mut known) else {
                continue;
            };
            let Some(scope) = self.all.get_mut(scope) else {
                continue;
            };
            scope.locals.entry(&item.name).or_default().push(index);
        }
    }

    /// The scope that the item stands in.
    fn scope_of(
        &mut self,
        file: usize,
        items: &'f [Item],
        index: u32,
        known: &mut [Option<usize>],
    ) -> Option<usize> {
        let mut chain = Vec::new();
        let mut at = items.get(index as usize)?;
        let mut scope = loop {
            let Some(parent) = at.parent else {
                break self.root(file, root_path(at));
            };
            if let Some(Some(scope)) = known.get(parent as usize) {
                break *scope;
            }
            if chain.len() >= MAX_CLIMB {
                return None;
            }
            chain.push(parent);
            at = items.get(parent as usize)?;
        };
        for parent in chain.into_iter().rev() {
            let container = items.get(parent as usize)?;
            scope = if is_ambient(container) {
                let path = container.name.as_str();
                self.root(file, path)
            } else {
                // `namespace A.B { … }`
                let parts = container.name.split('.').take(MAX_CLIMB);
                parts.fold(scope, |scope, part| self.inner(scope, part))
            };
            if let Some(slot) = known.get_mut(parent as usize) {
                *slot = Some(scope);
            }
        }
        Some(scope)
    }

    fn add_links(&mut self, file: usize, links: &'f [Link]) {
        for link in links {
            let Some(scope) = self.find(file, &link.scope) else {
                continue;
            };
            let Some(scope) = self.all.get_mut(scope) else {
                continue;
            };
            match link.kind {
                LinkKind::Import if !link.name.is_empty() => {
                    let name = link.alias.as_deref().unwrap_or(&link.name);
                    scope.imports.entry(name).or_insert(link);
                }
                LinkKind::Export if is_star(link) => scope.stars.push(link),
                LinkKind::Export => {
                    let name = link.alias.as_deref().unwrap_or(&link.name);
                    scope.exports.entry(name).or_default().push(link);
                }
                LinkKind::Member => {
                    let of = link.from.as_deref().unwrap_or_default();
                    scope.members.entry(of).or_default().push(link);
                }
                LinkKind::Import | LinkKind::Module => {}
            }
        }
    }

    /// The scope with this path, made when a root has links only.
    fn find(&mut self, file: usize, path: &'f str) -> Option<usize> {
        if let Some(scope) = self.root_of(file, path) {
            return Some(scope);
        }
        // A namespace: the longest root that is its beginning, then its parts.
        let ends = path.match_indices('.').map(|(at, _)| at);
        let begin = ends
            .take(MAX_CLIMB)
            .filter_map(|at| Some((at, self.root_of(file, path.get(..at)?)?)))
            .last();
        match begin {
            Some((at, scope)) => {
                let parts = path.get(at + 1..)?.split('.').take(MAX_CLIMB);
                Some(parts.fold(scope, |scope, part| self.inner(scope, part)))
            }
            None => Some(self.root(file, path)),
        }
    }
}

/// `declare module "name"`: it stands in no other scope.
fn is_ambient(item: &Item) -> bool {
    item.kind == SnippetKind::Module && item.parent.is_none() && item.qualified_name == item.name
}

/// The path of the scope that a top-level item stands in: it may have been exported under another
/// name, which has no dots.
fn root_path(item: &Item) -> &str {
    let name = &item.qualified_name;
    if is_ambient(item) && name.contains(['/', ':', '@', '.']) {
        return "";
    }
    let path = name
        .strip_suffix(item.name.as_str())
        .and_then(|path| path.strip_suffix('.'));
    path.or_else(|| name.rsplit_once('.').map(|(path, _)| path))
        .unwrap_or_default()
}

/// `export * from "…"`, and all members of a local name.
fn is_star(link: &Link) -> bool {
    match (&link.from, link.alias.as_deref()) {
        (Some(_), None) => link.name == "*",
        (None, Some(alias)) => alias == "*",
        _ => false,
    }
}
