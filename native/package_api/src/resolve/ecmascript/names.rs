//! What names stand for, through imports, re-exports, stars and namespaces.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use registry_types::Visibility;
use registry_types::outline::{Item, Link, Marks};

use super::modules::Modules;
use super::scopes::Scope;
use crate::resolve::FileOutline;

/// Modules that a name may be handed through.
const MAX_HOPS: usize = 32;
/// Modules looked at for all names together.
const MAX_STEPS: usize = 4_000_000;
/// The name of what a whole module is: `export = x`, `module.exports = x`.
pub(super) const WHOLE: &str = "export=";

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Thing<'f> {
    /// All of a module.
    Module(usize),
    /// The items of this name in a scope.
    Named(usize, &'f str),
}

/// Why a name is exported.
#[derive(Clone, Copy)]
pub(super) enum Origin<'f> {
    /// It is defined here.
    Own(usize, &'f str),
    /// An export names it.
    Link(usize, &'f Link),
}

type Memo<'f> = HashMap<(usize, String), Option<Thing<'f>>>;

/// Looks names up.
pub(super) struct Names<'m, 'f> {
    pub modules: &'m Modules<'f>,
    files: &'f [FileOutline],
    memo: RefCell<Memo<'f>>,
    sources: RefCell<HashMap<usize, Rc<Vec<usize>>>>,
    steps: Cell<usize>,
}

impl<'m, 'f> Names<'m, 'f> {
    pub fn new(modules: &'m Modules<'f>, files: &'f [FileOutline]) -> Self {
        Self {
            modules,
            files,
            memo: RefCell::default(),
            sources: RefCell::default(),
            steps: Cell::new(MAX_STEPS),
        }
    }

    fn scope(&self, scope: usize) -> Option<&'m Scope<'f>> {
        self.modules.scopes.get(scope)
    }

    /// Whether there is time for one more step.
    fn step(&self) -> bool {
        self.spend(1);
        self.steps.get() > 0
    }

    fn spend(&self, steps: usize) {
        self.steps.set(self.steps.get().saturating_sub(steps));
    }

    /// All that a scope exports by its own words, `*` of other modules apart.
    pub fn table(&self, scope: usize) -> BTreeMap<&'f str, Vec<Origin<'f>>> {
        let mut table: BTreeMap<&str, Vec<Origin<'f>>> = BTreeMap::new();
        let Some(data) = self.scope(scope) else {
            return table;
        };
        for (name, links) in &data.exports {
            let origins = links.iter().map(|link| Origin::Link(scope, link));
            table.insert(name, origins.collect());
        }
        // `export class X {}` and `export default X` beside it.
        let by_name: HashSet<&str> = ["default", WHOLE]
            .iter()
            .filter_map(|key| data.exports.get(key))
            .flatten()
            .filter(|link| link.from.is_none())
            .map(|link| link.name.as_str())
            .collect();
        let items = self.files.get(data.file).map(|file| &file.outline.items);
        for (name, indices) in &data.locals {
            let marks = indices
                .iter()
                .filter_map(|index| items?.get(*index as usize))
                .find(|item| is_exported(item))
                .map(|item| item.marks);
            let Some(marks) = marks else { continue };
            let key = if marks.has(Marks::DEFAULT) && !by_name.contains(name) {
                "default"
            } else {
                *name
            };
            table.entry(key).or_default().push(Origin::Own(scope, name));
        }
        table
    }

    /// The scopes whose names `module` exports: its own, those of stars, and the members of the
    /// thing that it is.
    pub fn sources(&self, module: usize, hops: usize) -> Rc<Vec<usize>> {
        if let Some(known) = self.sources.borrow().get(&module) {
            return Rc::clone(known);
        }
        let found = Rc::new(self.find_sources(module, hops));
        self.sources.borrow_mut().insert(module, Rc::clone(&found));
        found
    }

    fn find_sources(&self, module: usize, hops: usize) -> Vec<usize> {
        let mut seen = HashSet::new();
        let (mut found, mut inner) = (Vec::new(), Vec::new());
        let mut open = vec![module];
        if hops > MAX_HOPS {
            return found;
        }
        while let Some(module) = open.pop() {
            if !self.step() || !seen.insert(module) {
                continue;
            }
            for part in self.modules.parts(module) {
                found.push(*part);
                let Some(scope) = self.scope(*part) else {
                    continue;
                };
                let whole = || scope.exports.get(WHOLE).into_iter().flatten();
                // `module.exports = require("./a")`: also what `./a` exports beside that.
                for link in whole() {
                    let from = link.from.as_deref().filter(|_| link.name == "*");
                    open.extend(from.and_then(|from| self.modules.target(scope.file, from)));
                }
                let whole = whole().map(|link| self.resolve(Origin::Link(*part, link), hops + 1));
                // The first that knows a name wins, and the last opened is looked at first.
                let stars = scope.stars.iter().rev().map(|link| match &link.from {
                    Some(from) => {
                        let target = self.modules.target(scope.file, from)?;
                        open.push(target);
                        self.whole(target, hops + 1)
                    }
                    None => self.local_path(*part, &link.name, hops + 1),
                });
                let things: Vec<_> = stars.chain(whole).flatten().collect();
                for thing in things {
                    match thing {
                        Thing::Module(target) => open.push(target),
                        Thing::Named(scope, name) => inner.extend(self.inside(scope, name)),
                    }
                }
            }
        }
        found.extend(inner);
        found
    }

    /// The scope of the members of a name.
    pub fn inside(&self, scope: usize, name: &str) -> Option<usize> {
        self.scope(scope)?.inner.get(name).copied()
    }

    /// What was made a member of a name by assignments.
    pub fn attached(&self, scope: usize, name: &str) -> &'m [&'f Link] {
        self.scope(scope)
            .and_then(|scope| scope.members.get(name))
            .map_or(&[], Vec::as_slice)
    }

    /// The module, or what it is as a whole.
    pub fn whole(&self, module: usize, hops: usize) -> Option<Thing<'f>> {
        if hops > MAX_HOPS || !self.step() {
            return None;
        }
        for part in self.modules.parts(module) {
            let whole = self.scope(*part).and_then(|scope| scope.exports.get(WHOLE));
            let whole = whole.and_then(|links| links.first());
            if let Some(link) = whole
                && let Some(thing) = self.resolve(Origin::Link(*part, link), hops + 1)
            {
                return Some(thing);
            }
        }
        Some(Thing::Module(module))
    }

    /// What `name` of `module` is.
    fn export_of(&self, module: usize, name: &str, hops: usize) -> Option<Thing<'f>> {
        let key = (module, name.to_owned());
        if let Some(known) = self.memo.borrow().get(&key) {
            return *known;
        }
        if hops > MAX_HOPS {
            return None;
        }
        // Against circles: while it is looked for, it is not there.
        self.memo.borrow_mut().insert(key.clone(), None);
        let found = self.search(module, name, hops);
        self.memo.borrow_mut().insert(key, found);
        found
    }

    fn search(&self, module: usize, name: &str, hops: usize) -> Option<Thing<'f>> {
        let own = self.modules.parts(module).len();
        for (index, scope) in self.sources(module, hops).iter().enumerate() {
            if !self.step() || (index >= own && name == "default") {
                break;
            }
            if let Some(thing) = self.own(*scope, name, hops) {
                return Some(thing);
            }
        }
        match (name, self.whole(module, hops + 1)) {
            ("default", Some(thing @ Thing::Named(..))) => Some(thing),
            (_, Some(Thing::Named(scope, of))) => self.member(Thing::Named(scope, of), name, hops),
            _ => None,
        }
    }

    /// What a scope itself exports as `name`.
    fn own(&self, scope: usize, name: &str, hops: usize) -> Option<Thing<'f>> {
        let data = self.scope(scope)?;
        for link in data.exports.get(name).into_iter().flatten() {
            if let Some(thing) = self.resolve(Origin::Link(scope, link), hops + 1) {
                return Some(thing);
            }
        }
        let items = &self.files.get(data.file)?.outline.items;
        if name == "default" {
            let default = data.locals.iter().filter(|(_, indices)| {
                let mut items = indices.iter().filter_map(|i| items.get(*i as usize));
                items.any(|item| item.marks.has(Marks::DEFAULT.with(Marks::EXPORTED)))
            });
            let (name, _) = default.min_by_key(|(name, _)| **name)?;
            return Some(Thing::Named(scope, name));
        }
        let (name, indices) = data.locals.get_key_value(name)?;
        let mut items = indices.iter().filter_map(|i| items.get(*i as usize));
        items.any(is_exported).then_some(Thing::Named(scope, name))
    }

    /// What an export leads to.
    pub fn resolve(&self, origin: Origin<'f>, hops: usize) -> Option<Thing<'f>> {
        if hops > MAX_HOPS || !self.step() {
            return None;
        }
        match origin {
            Origin::Own(scope, name) => Some(Thing::Named(scope, name)),
            Origin::Link(scope, link) => match &link.from {
                Some(from) => self.imported(scope, from, &link.name, hops + 1),
                None => self.local_path(scope, &link.name, hops + 1),
            },
        }
    }

    fn imported(&self, scope: usize, from: &str, name: &str, hops: usize) -> Option<Thing<'f>> {
        let module = self.modules.target(self.scope(scope)?.file, from)?;
        match name {
            "*" | WHOLE => self.whole(module, hops),
            "default" => self
                .export_of(module, name, hops)
                .or_else(|| self.whole(module, hops)),
            name => self.export_of(module, name, hops),
        }
    }

    /// `name` or `name.member` as seen from `scope`.
    pub fn local_path(&self, scope: usize, path: &'f str, hops: usize) -> Option<Thing<'f>> {
        let mut parts = path.split('.');
        let mut thing = self.local(scope, parts.next()?, hops)?;
        for part in parts.take(MAX_HOPS) {
            thing = self.member(thing, part, hops)?;
        }
        Some(thing)
    }

    fn member(&self, thing: Thing<'f>, name: &str, hops: usize) -> Option<Thing<'f>> {
        if hops > MAX_HOPS {
            return None;
        }
        match thing {
            Thing::Module(module) => self.export_of(module, name, hops + 1),
            Thing::Named(_, _) if name == "default" => Some(thing),
            Thing::Named(scope, of) => {
                if let Some(inner) = self.inside(scope, of)
                    && let Some(thing) = self.own(inner, name, hops + 1)
                {
                    return Some(thing);
                }
                let links = self.attached(scope, of);
                self.spend(links.len());
                let link = links
                    .iter()
                    .find(|link| link.alias.as_deref().unwrap_or(&link.name) == name)?;
                self.local_path(scope, &link.name, hops + 1)
            }
        }
    }

    /// `name` as seen from `scope`: from the innermost out, then what is global.
    fn local(&self, scope: usize, name: &str, hops: usize) -> Option<Thing<'f>> {
        let mut at = Some(scope);
        for _ in 0..MAX_HOPS {
            let Some(index) = at else { break };
            let data = self.scope(index)?;
            if let Some((name, _)) = data.locals.get_key_value(name) {
                return Some(Thing::Named(index, name));
            }
            if let Some((name, _)) = data.inner.get_key_value(name) {
                return Some(Thing::Named(index, name));
            }
            if let Some(link) = data.imports.get(name) {
                if hops > MAX_HOPS {
                    return None;
                }
                return match &link.from {
                    Some(from) => self.imported(index, from, &link.name, hops + 1),
                    None => self.local_path(index, &link.name, hops + 1),
                };
            }
            at = data.outer;
        }
        self.modules
            .globals(name)
            .map(|(scope, name)| Thing::Named(scope, name))
    }
}

/// By the words that define it: `export`, or a public static member.
fn is_exported(item: &Item) -> bool {
    item.marks.has(Marks::EXPORTED)
        || item.marks.has(Marks::STATIC) && item.declared == Visibility::Public
}
