//! The paths a user may write: what the crate's root hands on, and its public modules.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet, VecDeque};

use registry_types::{SnippetKind, Visibility};

use super::names::{Names, is_macro_rules, is_variant};
use super::target::{Spaces, Target};
use super::tree::ItemId;

/// Names handed on by all public modules together.
const MAX_NAMES: usize = 200_000;
/// Modules looked into through globs, for the whole crate.
const MAX_STEPS: usize = 5_000_000;
/// Paths of one module that are followed.
const MAX_PATHS: usize = 4;
/// Longest path, in bytes.
const MAX_PATH: usize = 1_024;
/// Further paths told of one item.
const MAX_ALIASES: usize = 8;
/// Conditions of one path.
const MAX_CONDITIONS: usize = 8;
/// Globs that bring each other's names, one after the other.
const MAX_CHAIN: usize = 32;

/// The public paths of one item, the one to tell first.
#[derive(Clone, Default)]
pub(super) struct Paths(Vec<(String, Via)>);

/// Conditions of the `use` declarations that a path goes through.
pub(super) type Via = Vec<String>;

impl Paths {
    pub fn add(&mut self, path: String, via: Via) {
        match self
            .0
            .binary_search_by(|(known, _)| rank(known).cmp(&rank(&path)))
        {
            // Handed on twice: each time under another condition, or once without any.
            Ok(at) => {
                if let Some((_, known)) = self.0.get_mut(at) {
                    known.retain(|condition| via.contains(condition));
                }
            }
            Err(at) => {
                self.0.insert(at, (path, via));
                self.0.truncate(1 + MAX_ALIASES);
            }
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.iter().map(|(path, _)| path)
    }

    /// With their conditions.
    pub fn with_conditions(&self) -> impl Iterator<Item = &(String, Via)> {
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
        steps: MAX_STEPS,
    };
    exports
        .todo
        .push(Reverse((0, crate_name.to_owned(), 0, Via::new())));
    // Shortest paths first, so that those followed are the shortest.
    while let Some(Reverse((parts, path, module, via))) = exports.todo.pop() {
        let followed = exports.followed.entry(module).or_default();
        if *followed < MAX_PATHS && exports.left > 0 {
            *followed += 1;
            exports.expand(parts, &path, module, &via);
        }
    }
    exports.paths
}

/// A name, what it stands for, and the conditions on the way.
type Shown<'f> = (&'f str, Target, Vec<&'f str>);

struct Exports<'n, 't, 'f> {
    names: &'n Names<'t, 'f>,
    paths: HashMap<ItemId, Paths>,
    /// Per module: its paths that were followed.
    followed: HashMap<usize, usize>,
    todo: BinaryHeap<Reverse<(usize, String, usize, Via)>>,
    left: usize,
    steps: usize,
}

impl<'f> Exports<'_, '_, 'f> {
    /// Notes the names of `module` under `path`.
    fn expand(&mut self, parts: usize, path: &str, module: usize, before: &Via) {
        for (name, target, conditions) in self.public(module) {
            if self.left == 0 || path.len() + name.len() > MAX_PATH {
                return;
            }
            self.left -= 1;
            let path = format!("{path}::{name}");
            let mut via = before.clone();
            for condition in conditions {
                if via.len() < MAX_CONDITIONS && !via.iter().any(|known| known == condition) {
                    via.push(condition.to_owned());
                }
            }
            match target {
                Target::Item(id) => self.paths.entry(id).or_default().add(path, via),
                Target::Module(module) => {
                    let module_of = self.names.tree.modules.get(module);
                    if let Some(id) = module_of.and_then(|module| module.item) {
                        let paths = self.paths.entry(id).or_default();
                        paths.add(path.clone(), via.clone());
                    }
                    self.todo.push(Reverse((parts + 1, path, module, via)));
                }
            }
        }
    }

    /// The names that `module` shows: its own, and those its public globs bring; with the conditions
    /// of the `use` declarations in between.
    fn public(&mut self, module: usize) -> Vec<Shown<'f>> {
        let mut found = Vec::new();
        let mut seen = HashSet::from([Target::Module(module)]);
        // Each with the modules whose globs led there: their own names come first.
        let mut todo = VecDeque::from([(module, Vec::new(), Vec::new())]);
        while let Some((at, chain, via)) = todo.pop_front() {
            let Some(scope) = self.names.scopes.get(at) else {
                continue;
            };
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 {
                break;
            }
            for (name, entry) in &scope.entries {
                for (target, condition) in self.shown(at, entry) {
                    if !self.hides(&chain, name, target) {
                        let via: Vec<&str> = via.iter().copied().chain(condition).collect();
                        found.push((*name, target, via));
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
                let Some(glob) = glob else { continue };
                let via: Vec<&str> = via.iter().copied().chain(glob.condition).collect();
                for target in &glob.targets {
                    match target {
                        _ if !seen.insert(*target) => {}
                        Target::Module(module) => {
                            todo.push_back((*module, below.clone(), via.clone()));
                        }
                        Target::Item(id) => self.variants(*id, &below, &via, &mut found),
                    }
                }
            }
        }
        found
    }

    /// `pub use Enum::*`
    fn variants(&self, id: ItemId, chain: &[usize], via: &[&'f str], found: &mut Vec<Shown<'f>>) {
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
                found.push((item.name.as_str(), target, via.to_vec()));
            }
        }
    }

    /// What of an entry is public.
    fn shown(&self, module: usize, entry: &super::names::Entry) -> Vec<(Target, Option<&'f str>)> {
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
            shown.extend(
                declared
                    .iter()
                    .map(|module| (Target::Module(*module), None)),
            );
            if declared.is_empty() {
                shown.push((Target::Item(*id), None));
            }
        }
        let imports = entry.imports.iter();
        let imports = imports.filter_map(|index| self.names.imports.get(*index));
        for import in imports.filter(|import| import.public) {
            let own = |target: &&Target| **target != Target::Module(module);
            let open = import.targets.iter().filter(own).copied();
            let open = open.filter(|target| self.may_be_shown(*target));
            shown.extend(open.map(|target| (target, import.condition)));
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
