//! The public paths of items: what the entries lead to, the shortest first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};

use registry_types::SnippetKind;
use registry_types::outline::Marks;

use super::entries::Entries;
use super::names::{Names, Origin, Thing, WHOLE};
use crate::resolve::FileOutline;

/// Names handed out to all items of a package together.
const MAX_NAMES: usize = 200_000;
/// Times that the members of one module or namespace are named: under so many of its own names.
const MAX_EXPANSIONS: u8 = 4;
/// Further paths kept of one item.
const MAX_ALIASES: usize = 8;
/// Namespaces inside each other.
const MAX_PARTS: usize = 16;

/// A path; in the order of what users would rather write.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Path {
    parts: usize,
    /// `default`, or a scheme as in `node:fs`.
    odd: bool,
    text: String,
}

impl Path {
    fn root(text: String) -> Self {
        Self {
            parts: 1 + text.matches('/').count(),
            odd: text.contains(':'),
            text,
        }
    }

    fn member(&self, name: &str) -> Self {
        Self {
            parts: self.parts + 1,
            odd: self.odd || name == "default",
            text: if self.text.is_empty() {
                name.to_owned()
            } else {
                format!("{}.{name}", self.text)
            },
        }
    }
}

/// An item's public paths, the best first.
pub(super) type Published = BTreeMap<(usize, u32), Vec<String>>;

/// Hands out names.
pub(super) struct Publisher<'n, 'f> {
    names: &'n Names<'n, 'f>,
    files: &'f [FileOutline],
    open: BinaryHeap<Reverse<(Path, Thing<'f>)>>,
    expanded: HashMap<Thing<'f>, u8>,
    left: usize,
    found: Published,
}

impl<'n, 'f> Publisher<'n, 'f> {
    pub fn new(names: &'n Names<'n, 'f>, files: &'f [FileOutline]) -> Self {
        Self {
            names,
            files,
            open: BinaryHeap::new(),
            expanded: HashMap::new(),
            left: MAX_NAMES,
            found: Published::new(),
        }
    }

    /// All public items.
    pub fn run(mut self, package: &str, entries: &Entries) -> Published {
        for (subpath, module) in entries.iter() {
            let path = Path::root(format!("{package}{subpath}"));
            self.push(path, Thing::Module(module));
        }
        let reached = self.names.modules.reached(entries);
        let mut roots: Vec<_> = self.names.modules.scopes.roots().collect();
        roots.sort_unstable();
        for (name, module) in self.names.modules.ambient() {
            let parts = self.names.modules.parts(module).iter();
            let mut files = parts.filter_map(|part| self.names.modules.scopes.get(*part));
            if files.any(|scope| reached.contains(&scope.file)) {
                // However many slashes it has, the name is one.
                let path = Path {
                    parts: 1,
                    ..Path::root(name.to_owned())
                };
                self.push(path, Thing::Module(module));
            }
        }
        for (file, path, scope) in roots {
            if path.is_empty() && reached.contains(&file) {
                let global = Path {
                    parts: 0,
                    odd: false,
                    text: String::new(),
                };
                self.members(&global, scope);
            }
        }
        self.ambient_items(&reached);
        while let Some(Reverse((path, thing))) = self.open.pop() {
            match thing {
                Thing::Module(module) => self.module(&path, module),
                Thing::Named(scope, name) => self.named(&path, scope, name),
            }
        }
        self.found
    }

    fn push(&mut self, path: Path, thing: Thing<'f>) {
        if self.left > 0 && path.parts <= MAX_PARTS {
            self.left -= 1;
            self.open.push(Reverse((path, thing)));
        }
    }

    /// Whether the members of `thing` are to be named once more.
    fn expands(&mut self, thing: Thing<'f>) -> bool {
        let times = self.expanded.entry(thing).or_default();
        *times = times.saturating_add(1);
        *times <= MAX_EXPANSIONS
    }

    fn module(&mut self, path: &Path, module: usize) {
        if self.left == 0 || !self.expands(Thing::Module(module)) {
            return;
        }
        // What the module is as a whole has its names beside those of the module's parts.
        let whole = match self.names.whole(module, 0) {
            Some(Thing::Named(scope, name)) => self.names.inside(scope, name),
            _ => None,
        };
        let parts = self.names.modules.parts(module);
        let mut all: BTreeMap<&str, Vec<Origin<'f>>> = BTreeMap::new();
        for scope in self.names.sources(module, 0).iter() {
            let own = whole == Some(*scope) || parts.contains(scope);
            for (name, origins) in self.names.table(*scope) {
                if own {
                    all.entry(name).or_default().extend(origins);
                } else if name != "default" && name != WHOLE {
                    all.entry(name).or_insert(origins);
                }
            }
        }
        for (name, origins) in all {
            for thing in self.things(&origins) {
                match (name, thing) {
                    ("default" | WHOLE, Thing::Named(_, local)) => {
                        if !local.contains("default") && !local.starts_with('_') {
                            self.push(path.member(local), thing);
                        }
                        self.push(path.member("default"), thing);
                    }
                    ("default", thing) => self.push(path.member(name), thing),
                    (WHOLE, _) => {}
                    (name, thing) => self.push(path.member(name), thing),
                }
                if let (WHOLE, Thing::Named(scope, of)) = (name, thing) {
                    self.attached(path, scope, of);
                }
            }
        }
    }

    /// What origins lead to. Where an export leads somewhere, a definition of the same name only
    /// stands for it.
    fn things(&self, origins: &[Origin<'f>]) -> Vec<Thing<'f>> {
        let mut things = Vec::new();
        let links = origins.iter().filter(|o| matches!(o, Origin::Link(..)));
        for origin in links {
            things.extend(self.names.resolve(*origin, 0));
        }
        let stands_in = things.iter().any(|thing| matches!(thing, Thing::Named(..)));
        if !stands_in {
            let own = origins.iter().filter(|o| matches!(o, Origin::Own(..)));
            things.extend(own.filter_map(|origin| self.names.resolve(*origin, 0)));
        }
        things.sort_unstable();
        things.dedup();
        things
    }

    fn members(&mut self, path: &Path, scope: usize) {
        if self.left == 0 {
            return;
        }
        for (name, origins) in self.names.table(scope) {
            for thing in self.things(&origins) {
                self.push(path.member(name), thing);
            }
        }
    }

    /// What was made a member of a name by assignments.
    fn attached(&mut self, path: &Path, scope: usize, name: &str) {
        for link in self.names.attached(scope, name) {
            let member = link.alias.as_deref().unwrap_or(&link.name);
            if let Some(thing) = self.names.local_path(scope, &link.name, 0) {
                self.push(path.member(member), thing);
            }
        }
    }

    fn named(&mut self, path: &Path, scope: usize, name: &'f str) {
        let Some(data) = self.names.modules.scopes.get(scope) else {
            return;
        };
        let items = self.files.get(data.file).map(|file| &file.outline.items);
        for index in data.locals.get(name).into_iter().flatten() {
            let item = items.and_then(|items| items.get(*index as usize));
            if item.is_none_or(|item| item.marks.has(Marks::HIDDEN)) {
                continue;
            }
            let paths = self.found.entry((data.file, *index)).or_default();
            if paths.len() <= MAX_ALIASES && !paths.contains(&path.text) {
                paths.push(path.text.clone());
            }
        }
        if !self.expands(Thing::Named(scope, name)) {
            return;
        }
        if let Some(inner) = self.names.inside(scope, name) {
            self.members(path, inner);
        }
        self.attached(path, scope, name);
    }

    /// The items of `declare module "…"` themselves.
    fn ambient_items(&mut self, reached: &std::collections::HashSet<usize>) {
        for (index, file) in self.files.iter().enumerate() {
            if !reached.contains(&index) {
                continue;
            }
            for (at, item) in (0u32..).zip(&file.outline.items) {
                let ambient = item.kind == SnippetKind::Module
                    && item.parent.is_none()
                    && item.marks.has(Marks::EXPORTED)
                    && item.qualified_name == item.name
                    && item.name != file.outline.module;
                if ambient {
                    let paths = self.found.entry((index, at)).or_default();
                    paths.push(item.name.clone());
                }
            }
        }
    }
}
