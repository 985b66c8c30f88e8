//! What the names of each module stand for.

use std::collections::{HashMap, HashSet, VecDeque};

use registry_types::outline::{Item, Link, LinkKind};
use registry_types::{SnippetKind, Visibility};

use super::target::{Spaces, Target};
use super::tree::{ItemId, Tree};

/// Rounds in which imports become known through other imports.
const MAX_ROUNDS: usize = 24;
/// What one name may stand for: a type, a value, a macro, each in several configurations.
const MAX_TARGETS: usize = 64;
/// Modules searched for one name through `use …::*`.
const MAX_SEARCHED: usize = 4_096;
/// Names looked at in search of others, for the whole crate.
const MAX_STEPS: usize = 30_000_000;

/// A `use` of one name, or of all.
pub(super) struct Import<'f> {
    pub module: usize,
    /// The name it has here.
    pub name: &'f str,
    /// `pub`, and not hidden from documentation.
    pub public: bool,
    glob: bool,
    /// As written.
    pub path: Vec<&'f str>,
    /// The condition under which it exists.
    pub condition: Option<&'f str>,
    /// What it stands for, as far as it is of this crate.
    pub targets: Vec<Target>,
}

/// What a module's own text calls by a name.
#[derive(Default)]
pub(super) struct Entry {
    pub items: Vec<ItemId>,
    pub imports: Vec<usize>,
}

/// The names of one module.
#[derive(Default)]
pub(super) struct Scope<'f> {
    pub entries: HashMap<&'f str, Entry>,
    pub globs: Vec<usize>,
}

/// The names of all modules.
pub(super) struct Names<'t, 'f> {
    pub tree: &'t Tree<'f>,
    pub scopes: Vec<Scope<'f>>,
    pub imports: Vec<Import<'f>>,
    known: HashSet<&'f str>,
    from_root: bool,
    steps: usize,
}

impl<'t, 'f> Names<'t, 'f> {
    pub fn new(tree: &'t Tree<'f>, from_root: bool) -> Self {
        let mut names = Self {
            tree,
            scopes: Vec::new(),
            imports: Vec::new(),
            known: HashSet::new(),
            from_root,
            steps: MAX_STEPS,
        };
        for number in 0..tree.modules.len() {
            let scope = names.read(number);
            names.scopes.push(scope);
        }
        names.exported_macros();
        names.settle();
        names
    }

    fn read(&mut self, number: usize) -> Scope<'f> {
        let tree = self.tree;
        let mut scope = Scope::default();
        let Some(module) = tree.modules.get(number) else {
            return scope;
        };
        for id in &module.items {
            if let Some(item) = tree.item(*id) {
                self.known.insert(&item.name);
                let entry = scope.entries.entry(item.name.as_str()).or_default();
                entry.items.push(*id);
                for member in tree.inside(*id) {
                    self.known
                        .extend(tree.item((id.0, *member)).map(|item| item.name.as_str()));
                }
            }
        }
        for (link, condition) in &module.uses {
            let import = import(number, link, *condition);
            let index = self.imports.len();
            if import.glob {
                scope.globs.push(index);
            } else {
                self.known.insert(import.name);
                let entry = scope.entries.entry(import.name).or_default();
                entry.imports.push(index);
            }
            self.imports.push(import);
        }
        scope
    }

    /// `#[macro_export]` makes a macro a name of the crate's root.
    fn exported_macros(&mut self) {
        let tree = self.tree;
        for module in tree.modules.iter().skip(1) {
            for id in &module.items {
                if let (Some(item), Some(root)) = (tree.item(*id), self.scopes.first_mut())
                    && is_exported_macro(item)
                {
                    let entry = root.entries.entry(item.name.as_str()).or_default();
                    entry.items.push(*id);
                }
            }
        }
    }

    /// Finds what the imports stand for: one may come through another, so until nothing changes.
    fn settle(&mut self) {
        for _ in 0..MAX_ROUNDS {
            let mut changed = false;
            for index in 0..self.imports.len() {
                let Some(import) = self.imports.get(index) else {
                    continue;
                };
                let path = import.path.clone();
                let (module, glob) = (import.module, import.glob);
                let found = self.resolve(module, &path, Some(index), glob);
                if let Some(import) = self.imports.get_mut(index)
                    && import.targets.len() < found.len()
                {
                    import.targets = found;
                    changed = true;
                }
            }
            if !changed || self.steps == 0 {
                return;
            }
        }
    }

    /// Whether the module's own text says what it calls by a name.
    pub fn is_named(&self, module: usize, name: &str) -> bool {
        let scope = self.scopes.get(module);
        scope.is_some_and(|scope| scope.entries.contains_key(name))
    }

    /// What `path`, written in `module`, stands for; `own` is the import it belongs to.
    pub fn resolve(
        &mut self,
        module: usize,
        path: &[&str],
        own: Option<usize>,
        as_scope: bool,
    ) -> Vec<Target> {
        let mut rest = path;
        let mut at = module;
        let mut started = false;
        while let Some((first, after)) = rest.split_first() {
            match *first {
                "crate" | "$crate" if !started => at = 0,
                "" if !started && self.from_root => at = 0,
                "" if !started => return Vec::new(),
                "self" => {}
                "super" => {
                    let parent = self.tree.modules.get(at).and_then(|module| module.parent);
                    let Some(parent) = parent else {
                        return Vec::new();
                    };
                    at = parent;
                }
                _ => break,
            }
            started = true;
            rest = after;
        }
        if !started && self.from_root && own.is_some() {
            at = 0;
        }
        let mut found = vec![Target::Module(at)];
        while let Some((name, after)) = rest.split_first() {
            let last = after.is_empty() && !as_scope;
            let wanted = if last { Spaces::ALL } else { Spaces::TYPE };
            let mut next = Vec::new();
            for target in found {
                for found in self.find(target, name, wanted, own) {
                    if next.len() < MAX_TARGETS && !next.contains(&found) {
                        next.push(found);
                    }
                }
            }
            found = next;
            rest = after;
        }
        found
    }

    /// What `name` stands for in a module or enum.
    fn find(
        &mut self,
        target: Target,
        name: &str,
        wanted: Spaces,
        own: Option<usize>,
    ) -> Vec<Target> {
        match target {
            Target::Item(id) => self.variants(id, name),
            Target::Module(module) if self.known.contains(name) => {
                self.find_in(module, name, wanted, own)
            }
            Target::Module(_) => Vec::new(),
        }
    }

    fn variants(&self, id: ItemId, name: &str) -> Vec<Target> {
        let tree = self.tree;
        let is_enum = tree
            .item(id)
            .is_some_and(|item| item.kind == SnippetKind::Enum);
        let members = tree.inside(id).iter().map(|member| (id.0, *member));
        members
            .filter(|id| {
                is_enum
                    && tree
                        .item(*id)
                        .is_some_and(|item| is_variant(item) && item.name == name)
            })
            .map(Target::Item)
            .collect()
    }

    /// Looks in the module's own text first, then through its globs.
    fn find_in(
        &mut self,
        module: usize,
        name: &str,
        wanted: Spaces,
        own: Option<usize>,
    ) -> Vec<Target> {
        let mut found = Vec::new();
        let mut seen = HashSet::from([module]);
        // Each with the namespaces in which what led there hides it.
        let mut todo = VecDeque::from([(module, Spaces::NONE)]);
        while let Some((at, hidden)) = todo.pop_front() {
            let Some(scope) = self.scopes.get(at) else {
                continue;
            };
            self.steps = self.steps.saturating_sub(1);
            if self.steps == 0 || seen.len() > MAX_SEARCHED {
                break;
            }
            let mut here = Vec::new();
            let mut closed = Spaces::NONE;
            if let Some(entry) = scope.entries.get(name) {
                (here, closed) = self.entry(at, entry, own);
            }
            for target in here {
                let spaces = self.tree.spaces(target);
                let wanted = wanted == Spaces::ALL || spaces.cover(wanted);
                if wanted
                    && !hidden.cover(spaces)
                    && !found.contains(&target)
                    && found.len() < MAX_TARGETS
                {
                    found.push(target);
                }
            }
            let closed = closed.with(hidden);
            if closed.cover(wanted) {
                continue;
            }
            for glob in &scope.globs {
                if Some(*glob) == own {
                    continue;
                }
                let targets = self
                    .imports
                    .get(*glob)
                    .map_or(&[][..], |import| &import.targets);
                for target in targets {
                    match target {
                        Target::Module(module) if seen.insert(*module) => {
                            todo.push_back((*module, closed));
                        }
                        Target::Item(id) if closed == Spaces::NONE => {
                            found.extend(self.variants(*id, name));
                        }
                        Target::Module(_) | Target::Item(_) => {}
                    }
                }
            }
        }
        found
    }

    /// What a module's own text calls by a name, and the namespaces in which this hides what a glob
    /// brings.
    pub fn entry(&self, module: usize, entry: &Entry, own: Option<usize>) -> (Vec<Target>, Spaces) {
        let mut targets = Vec::new();
        let mut closed = Spaces::NONE;
        for id in &entry.items {
            let declared = self.tree.declared_by(module, *id);
            targets.extend(declared.iter().map(|module| Target::Module(*module)));
            if declared.is_empty() {
                targets.push(Target::Item(*id));
            }
            if let Some(item) = self.tree.item(*id)
                && item.condition.is_none()
            {
                closed = closed.with(super::target::spaces_of(item));
            }
        }
        for index in entry.imports.iter().filter(|index| Some(**index) != own) {
            let Some(import) = self.imports.get(*index) else {
                continue;
            };
            targets.extend(import.targets.iter().copied());
            if import.condition.is_some() {
                continue;
            }
            // Of another crate, or not found: it may be anything.
            let spaces = if import.targets.is_empty() {
                Spaces::ALL
            } else {
                let spaces = import
                    .targets
                    .iter()
                    .map(|target| self.tree.spaces(*target));
                spaces.fold(Spaces::NONE, Spaces::with)
            };
            closed = closed.with(spaces);
        }
        (targets, closed)
    }
}

fn import<'f>(module: usize, link: &'f Link, condition: Option<&'f str>) -> Import<'f> {
    let glob = link.name == "*";
    let mut path: Vec<&str> = link.from.iter().flat_map(|from| from.split("::")).collect();
    if !glob {
        path.push(&link.name);
    }
    Import {
        module,
        name: link.alias.as_deref().unwrap_or(&link.name),
        public: link.kind == LinkKind::Export && link.visibility == Visibility::Public,
        glob,
        path,
        condition,
        targets: Vec::new(),
    }
}

/// `#[macro_export] macro_rules!`, in whatever module it stands.
pub(super) fn is_exported_macro(item: &Item) -> bool {
    is_macro_rules(item) && item.declared == Visibility::Public
}

pub(super) fn is_macro_rules(item: &Item) -> bool {
    item.kind == SnippetKind::Macro && item.signature.starts_with("macro_rules!")
}

/// Whether a member of an enum is a variant.
pub(super) fn is_variant(item: &Item) -> bool {
    item.kind == SnippetKind::Field
}
