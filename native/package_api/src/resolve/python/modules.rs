//! The modules of a package, and what their names stand for.

use std::collections::HashMap;

use registry_types::SnippetKind;

use crate::resolve::FileOutline;
use registry_types::outline::{Item, Link, LinkKind};

/// Modules that a name may be handed through.
const MAX_HOPS: usize = 16;

/// All Python files of a package by module name.
pub(super) struct Modules<'f> {
    files: &'f [FileOutline],
    by_name: HashMap<&'f str, usize>,
    /// Per file: its top-level names.
    locals: Vec<HashMap<&'f str, u32>>,
    /// Per file: its imports by the name they make known.
    imports: Vec<HashMap<&'f str, &'f Link>>,
    /// Per file: modules whose names are all imported.
    stars: Vec<Vec<usize>>,
    /// The stub beside a source.
    stubs: HashMap<usize, usize>,
}

impl<'f> Modules<'f> {
    pub fn new(files: &'f [FileOutline]) -> Self {
        let mut by_name = HashMap::new();
        for (index, file) in files.iter().enumerate().filter(|(_, file)| is_python(file)) {
            // A source wins over a stub: names merged from the stub lead to the source's items.
            let known = by_name.entry(file.outline.module.as_str()).or_insert(index);
            if file.path.ends_with(".py") {
                *known = index;
            }
        }
        let mut modules = Self {
            files,
            by_name,
            locals: Vec::new(),
            imports: Vec::new(),
            stars: Vec::new(),
            stubs: HashMap::new(),
        };
        for index in 0..files.len() {
            if let Some(source) = modules.source_of(index) {
                modules.stubs.insert(source, index);
            }
        }
        for file in files {
            modules.locals.push(locals(file));
            modules.imports.push(imports(file));
        }
        modules.stars = (0..files.len())
            .map(|index| modules.star_imports(index))
            .collect();
        modules
    }

    /// The modules a user may import.
    pub fn public(&self) -> impl Iterator<Item = usize> + '_ {
        let mut all: Vec<usize> = self.by_name.values().copied().collect();
        all.sort_unstable();
        all.into_iter().filter(|index| {
            let module = self
                .files
                .get(*index)
                .and_then(|file| file.outline.items.first());
            module.is_some_and(|item| item.visibility == registry_types::Visibility::Public)
        })
    }

    /// The source that the file is a stub of.
    pub fn source_of(&self, stub: usize) -> Option<usize> {
        let file = self.files.get(stub)?;
        let source = *self.by_name.get(file.outline.module.as_str())?;
        let has_source = file.path.ends_with(".pyi")
            && is_python(file)
            && self.files.get(source)?.path.ends_with(".py");
        has_source.then_some(source)
    }

    pub fn name(&self, module: usize) -> Option<&'f str> {
        self.files
            .get(module)
            .map(|file| file.outline.module.as_str())
    }

    pub fn links(&self, module: usize) -> &'f [Link] {
        self.files
            .get(module)
            .map_or(&[], |file| &file.outline.links)
    }

    pub fn locals(&self, module: usize) -> impl Iterator<Item = (&'f str, u32)> + '_ {
        self.locals
            .get(module)
            .into_iter()
            .flatten()
            .map(|(name, item)| (*name, *item))
    }

    pub fn stars(&self, module: usize) -> &[usize] {
        self.stars.get(module).map_or(&[], Vec::as_slice)
    }

    /// Whether the file is a package's `__init__`.
    pub fn is_package(&self, module: usize) -> bool {
        self.files.get(module).is_some_and(|file| {
            let name = file.path.rsplit('/').next().unwrap_or_default();
            name.starts_with("__init__.")
        })
    }

    pub fn is_public(&self, (file, item): (usize, u32)) -> bool {
        let item = self
            .files
            .get(file)
            .and_then(|file| file.outline.items.get(item as usize));
        item.is_some_and(|item| item.declared == registry_types::Visibility::Public)
    }

    /// The module that `from` names in `module`: `.a`, `..`, `pkg.a`.
    pub fn target(&self, module: usize, from: &str) -> Option<usize> {
        let relative = from.trim_start_matches('.');
        let dots = from.len() - relative.len();
        if dots == 0 {
            return self.by_name.get(from).copied();
        }
        let mut base = self.name(module)?;
        let up = if self.is_package(module) {
            dots - 1
        } else {
            dots
        };
        for _ in 0..up {
            base = base.rsplit_once('.').map_or("", |(parent, _)| parent);
        }
        let name = match (base, relative) {
            (base, "") => base.to_owned(),
            ("", relative) => relative.to_owned(),
            (base, relative) => format!("{base}.{relative}"),
        };
        self.by_name.get(name.as_str()).copied()
    }

    /// What `name` of `module` stands for: a file and the item in it.
    pub fn find(&self, module: usize, name: &str) -> Option<(usize, u32)> {
        let mut module = module;
        let mut name = name.to_owned();
        for _ in 0..MAX_HOPS {
            if let Some(item) = self.locals.get(module)?.get(name.as_str()) {
                return Some((module, *item));
            }
            match self.imports.get(module)?.get(name.as_str()) {
                Some(link) if !link.name.is_empty() => {
                    module = self.target(module, link.from.as_deref()?)?;
                    name.clone_from(&link.name);
                }
                Some(_) => return None,
                None => match self.in_stub(module, &name) {
                    Some(place) => return Some(place),
                    None => module = self.star_with(module, &name)?,
                },
            }
        }
        None
    }

    /// What only the stub of `module` defines.
    fn in_stub(&self, module: usize, name: &str) -> Option<(usize, u32)> {
        let stub = *self.stubs.get(&module)?;
        Some((stub, *self.locals.get(stub)?.get(name)?))
    }

    /// What a name with dots stands for in `module`: `Base`, `other.Base`.
    pub fn look_up(&self, module: usize, dotted: &str) -> Option<(usize, u32)> {
        let Some((first, rest)) = dotted.split_once('.') else {
            return self.find(module, dotted);
        };
        let link = self.imports.get(module)?.get(first)?;
        let from = link.from.as_deref()?;
        let (path, name) = rest.rsplit_once('.').unwrap_or(("", rest));
        let mut target = match (link.name.as_str(), from.ends_with('.')) {
            ("", _) => from.to_owned(),
            (name, true) => format!("{from}{name}"),
            (name, false) => format!("{from}.{name}"),
        };
        // `import a.b` makes `a` known, `import a.b as c` all of it.
        if link.name.is_empty() && link.alias.is_none() {
            first.clone_into(&mut target);
        }
        if !path.is_empty() {
            target = format!("{target}.{path}");
        }
        self.find(self.target(module, &target)?, name)
    }

    /// The module among those imported with a star that knows the name.
    fn star_with(&self, module: usize, name: &str) -> Option<usize> {
        let knows = |target: &&usize| {
            self.locals
                .get(**target)
                .is_some_and(|locals| locals.contains_key(name))
                || self
                    .imports
                    .get(**target)
                    .is_some_and(|imports| imports.contains_key(name))
        };
        let stars = self.stars(module);
        // One that only hands a star on is the last resort.
        stars
            .iter()
            .find(knows)
            .or_else(|| stars.iter().find(|target| !self.stars(**target).is_empty()))
            .copied()
    }

    fn star_imports(&self, module: usize) -> Vec<usize> {
        let stars = self
            .links(module)
            .iter()
            .filter(|link| link.kind == LinkKind::Import && link.name == "*");
        stars
            .filter_map(|link| self.target(module, link.from.as_deref()?))
            .collect()
    }
}

pub(super) fn is_python(file: &FileOutline) -> bool {
    file.outline.language == "python"
}

fn locals(file: &FileOutline) -> HashMap<&str, u32> {
    if !is_python(file) {
        return HashMap::new();
    }
    // What is left of a class in a stub stands at its top too, under the name of the class.
    let at_top = |item: &Item| {
        let tail = item.qualified_name.strip_prefix(&file.outline.module);
        tail.and_then(|tail| tail.strip_prefix('.')) == Some(&item.name)
    };
    let top = (0u32..).zip(&file.outline.items).filter(|(_, item)| {
        item.kind != SnippetKind::Module && item.parent == Some(0) && at_top(item)
    });
    top.map(|(index, item)| (item.name.as_str(), index))
        .collect()
}

/// Imports at the top of a file; those in its classes have another scope.
fn imports(file: &FileOutline) -> HashMap<&str, &Link> {
    let top = file.outline.links.iter().filter(|link| {
        link.kind == LinkKind::Import
            && link.name != "*"
            && link.scope == file.outline.module
            && is_python(file)
    });
    top.map(|link| (known_as(link), link)).collect()
}

/// The name that an import makes known.
pub(super) fn known_as(link: &Link) -> &str {
    match (&link.alias, &link.from) {
        (Some(alias), _) => alias,
        (None, Some(from)) if link.name.is_empty() => from.split('.').next().unwrap_or(from),
        _ => &link.name,
    }
}
