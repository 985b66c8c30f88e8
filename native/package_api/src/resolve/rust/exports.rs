//! The paths a user may write: what the crate's root hands on, and its public modules.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};

use registry_types::{SnippetKind, Visibility};

use super::names::{Names, is_macro_rules, is_variant};
use super::target::{Spaces, Target};
use super::tree::ItemId;

/// Names handed on by all public modules together.
const MAX_NAMES: usize = 200_000;
/// Paths of one module that are followed.
const MAX_PATHS: usize = 4;
/// Longest path, in bytes.
const MAX_PATH: usize = 1_024;
/// Further paths told of one item.
const MAX_ALIASES: usize = 8;
/// Globs that bring each other's names, one after the other.
const MAX_CHAIN: usize = 32;

/// The public paths of one item, the one to tell first.
#[derive(Clone, Default)]
pub(super) struct Paths(Vec<String>);

impl Paths {
    pub fn add(&mut self, path: String) {
        match self
            .0
            .binary_search_by(|known| rank(known).cmp(&rank(&path)))
        {
            Ok(_) => {}
            Err(at) => {
                self.0.insert(at, path);
                self.0.truncate(1 + MAX_ALIASES);
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Fewer parts first, then the order of the alphabet.
fn rank(path: &str) -> (usize, &str) {
    (path.matches("::").count(), path)
}

/// The public paths of each item.
pub(super) fn of(names: &Names<'_, '_>, crate_name: &str) -> HashMap<ItemId, Paths> {
    let mut exports = Exports {
        names,
        paths: HashMap::new(),
        followed: HashMap::new(),
        todo: BinaryHeap::new(),
        left: MAX_NAMES,
    };
    exports.todo.push(Reverse((0, crate_name.to_owned(), 0)));
    // Shortest paths first, so that those followed are the shortest.
    while let Some(Reverse((parts, path, module))) = exports.todo.pop() {
        let followed = exports.followed.entry(module).or_default();
        if *followed < MAX_PATHS && exports.left > 0 {
            *followed += 1;
            exports.expand(parts, &path, module);
        }
    }
    exports.paths
}

struct Exports<'n, 't, 'f> {
    names: &'n Names<'t, 'f>,
    paths: HashMap<ItemId, Paths>,
    /// Per module: its paths that were followed.
    followed: HashMap<usize, usize>,
    todo: BinaryHeap<Reverse<(usize, String, usize)>>,
    left: usize,
}

impl<'f> Exports<'_, '_, 'f> {
    /// Notes the names of `module` under `path`.
    fn expand(&mut self, parts: usize, path: &str, module: usize) {
        for (name, target) in self.public(module) {
            if self.left == 0 || path.len() + name.len() > MAX_PATH {
                return;
            }
            self.left -= 1;
            let path = format!("{path}::{name}");
            match target {
                Target::Item(id) => self.paths.entry(id).or_default().add(path),
                Target::Module(module) => {
                    let module_of = self.names.tree.modules.get(module);
                    if let Some(id) = module_of.and_then(|module| module.item) {
                        self.paths.entry(id).or_default().add(path.clone());
                    }
                    self.todo.push(Reverse((parts + 1, path, module)));
                }
            }
        }
    }

    /// The names that `module` shows: its own, and those its public globs bring.
    fn public(&self, module: usize) -> Vec<(&'f str, Target)> {
        let mut found = Vec::new();
        let mut seen = HashSet::from([Target::Module(module)]);
        // Each with the modules whose globs led there: their own names come first.
        let mut todo = VecDeque::from([(module, Vec::new())]);
        while let Some((at, chain)) = todo.pop_front() {
            let Some(scope) = self.names.scopes.get(at) else {
                continue;
            };
            for (name, entry) in &scope.entries {
                for target in self.shown(at, entry) {
                    if !self.hides(&chain, name, target) {
                        found.push((*name, target));
                    }
                }
            }
            if found.len() > self.left || chain.len() >= MAX_CHAIN {
                continue;
            }
            let mut below = chain.clone();
            below.push(at);
            for glob in &scope.globs {
                let glob = self.names.imports.get(*glob).filter(|import| import.public);
                for target in glob.into_iter().flat_map(|import| &import.targets) {
                    match target {
                        _ if !seen.insert(*target) => {}
                        Target::Module(module) => todo.push_back((*module, below.clone())),
                        Target::Item(id) => self.variants(*id, &below, &mut found),
                    }
                }
            }
        }
        found
    }

    /// `pub use Enum::*`
    fn variants(&self, id: ItemId, chain: &[usize], found: &mut Vec<(&'f str, Target)>) {
        let tree = self.names.tree;
        let is_enum = tree
            .item(id)
            .is_some_and(|item| item.kind == SnippetKind::Enum);
        for member in tree.inside(id).iter().filter(|_| is_enum) {
            let id = (id.0, *member);
            let Some(item) = tree.item(id).filter(|item| is_variant(item)) else {
                continue;
            };
            let target = Target::Item(id);
            if item.declared == Visibility::Public && !self.hides(chain, &item.name, target) {
                found.push((item.name.as_str(), target));
            }
        }
    }

    /// What of an entry is public.
    fn shown(&self, module: usize, entry: &super::names::Entry) -> Vec<Target> {
        let tree = self.names.tree;
        let mut shown = Vec::new();
        for id in &entry.items {
            let Some(item) = tree
                .item(*id)
                .filter(|item| item.declared == Visibility::Public)
            else {
                continue;
            };
            if is_macro_rules(item) && module != 0 {
                continue;
            }
            let declared = tree.declared_by(module, *id);
            shown.extend(declared.iter().map(|module| Target::Module(*module)));
            if declared.is_empty() {
                shown.push(Target::Item(*id));
            }
        }
        let imports = entry.imports.iter();
        let imports = imports.filter_map(|index| self.names.imports.get(*index));
        for import in imports.filter(|import| import.public) {
            let own = |target: &&Target| **target != Target::Module(module);
            let open = import.targets.iter().filter(own);
            shown.extend(open.copied().filter(|target| self.may_be_shown(*target)));
        }
        shown
    }

    /// What is not `pub` itself cannot be handed on.
    fn may_be_shown(&self, target: Target) -> bool {
        let tree = self.names.tree;
        let id = match target {
            Target::Item(id) => Some(id),
            Target::Module(module) => tree.modules.get(module).and_then(|module| module.item),
        };
        // The root has no item.
        id.is_none_or(|id| {
            tree.item(id)
                .is_some_and(|item| item.declared == Visibility::Public)
        })
    }

    /// Whether one of the modules that led here has a name of its own in place of the target's.
    fn hides(&self, chain: &[usize], name: &str, target: Target) -> bool {
        let spaces = self.names.tree.spaces(target);
        let entry = |module: &usize| {
            let scope = self.names.scopes.get(*module)?;
            Some((*module, scope.entries.get(name)?))
        };
        chain.iter().filter_map(entry).any(|(module, entry)| {
            let (_, closed) = self.names.entry(module, entry, None);
            closed != Spaces::NONE && closed.cover(spaces)
        })
    }
}
