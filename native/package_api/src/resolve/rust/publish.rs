//! Writes what was found into the outlines.

use std::collections::HashMap;

use registry_types::outline::{Item, Marks, Outline};
use registry_types::{SnippetKind, Visibility};

use super::exports::{Paths, Via};
use super::tree::{ItemId, Tree};

/// Containers inside each other: a field of a variant of an enum.
const MAX_DEPTH: usize = 8;
/// Longest condition told, in bytes.
const MAX_CONDITION: usize = 1_024;

/// What is known of a crate's items.
pub(super) struct Found {
    /// Public paths of items.
    pub paths: HashMap<ItemId, Paths>,
    /// Containers of the members of `impl` blocks.
    pub owners: HashMap<ItemId, ItemId>,
    /// Members of types that a macro makes: the modules that have it, its name there.
    pub elsewhere: HashMap<ItemId, Vec<(usize, String)>>,
}

/// What becomes of an item.
pub(super) struct Change {
    pub id: ItemId,
    qualified_name: String,
    aliases: Vec<String>,
    public: bool,
    condition: Option<String>,
    doc: Option<String>,
}

/// The changes to all items of the crate's modules.
pub(super) fn changes(tree: &Tree<'_>, found: &Found) -> Vec<Change> {
    let conditions = Conditions::new(tree);
    let mut changes = Vec::new();
    let mut files: Vec<_> = tree.files().collect();
    files.sort_unstable();
    for (file, _) in files {
        let Some(outline) = tree.files.get(file).map(|file| &file.outline) else {
            continue;
        };
        for number in (0u32..).zip(&outline.items).map(|(number, _)| number) {
            let id = (file, number);
            let Some(item) = tree.item(id) else { continue };
            if super::file::is_root(item, &outline.module) {
                continue;
            }
            let named = name(tree, found, id);
            let doc = document(tree, id, item);
            let via = named.public.with_conditions().next();
            let via = via.map_or(&[][..], |(_, via)| via);
            let condition = conditions.of(file, item, via);
            changes.push(Change {
                id,
                public: !named.public.is_empty(),
                qualified_name: named.public.iter().next().cloned().unwrap_or(named.own),
                aliases: named.public.iter().skip(1).cloned().collect(),
                condition,
                doc,
            });
        }
    }
    changes
}

/// An item's path in the module it stands in, and its public ones.
struct Named {
    own: String,
    public: Paths,
}

/// A member is named by its container: climbs to the item that is no member, and back.
fn name(tree: &Tree<'_>, found: &Found, id: ItemId) -> Named {
    let mut chain = vec![id];
    while let Some(last) = chain.last().copied() {
        match container(tree, found, last) {
            Some(container) if chain.len() < MAX_DEPTH => chain.push(container),
            _ => break,
        }
    }
    let mut named: Option<Named> = None;
    for id in chain.into_iter().rev() {
        let Some(item) = tree.item(id) else { continue };
        let mut public = found.paths.get(&id).cloned().unwrap_or_default();
        if named.is_none()
            && item.declared == Visibility::Public
            && let Some(exposed) = found.elsewhere.get(&id)
        {
            for (module, of) in exposed {
                for (path, via) in module_paths(tree, found, *module) {
                    public.add(format!("{path}::{of}::{}", item.name), via);
                }
            }
        }
        let own = match &named {
            None => tree.place(id).map_or_else(
                || item.qualified_name.clone(),
                |module| format!("{}::{}", tree.path(module), item.name),
            ),
            Some(above) => {
                if item.declared == Visibility::Public {
                    for (path, via) in above.public.with_conditions() {
                        public.add(format!("{path}::{}", item.name), via.clone());
                    }
                }
                format!("{}::{}", above.best(), item.name)
            }
        };
        named = Some(Named { own, public });
    }
    named.unwrap_or_else(|| Named {
        own: String::new(),
        public: Paths::default(),
    })
}

/// The public paths of a module.
fn module_paths(tree: &Tree<'_>, found: &Found, module: usize) -> Vec<(String, Via)> {
    match tree.modules.get(module).and_then(|module| module.item) {
        Some(id) => {
            let paths = found.paths.get(&id);
            paths.map_or_else(Vec::new, |paths| paths.with_conditions().cloned().collect())
        }
        None => vec![(tree.path(module), Via::new())],
    }
}

impl Named {
    fn best(&self) -> &str {
        self.public.iter().next().unwrap_or(&self.own)
    }
}

fn container(tree: &Tree<'_>, found: &Found, id: ItemId) -> Option<ItemId> {
    if let Some(owner) = found.owners.get(&id) {
        return Some(*owner);
    }
    let parent = (id.0, tree.item(id)?.parent?);
    let kind = tree.item(parent)?.kind;
    (kind != SnippetKind::Module).then_some(parent)
}

/// The words of `mod x;` and those at the start of the file are one text.
fn document(tree: &Tree<'_>, id: ItemId, item: &Item) -> Option<String> {
    if item.kind != SnippetKind::Module {
        return None;
    }
    let module = *tree.declared_by(tree.place(id)?, id).first()?;
    let inner = tree.document(module)?;
    match &item.doc {
        Some(outer) if outer == inner => None,
        Some(outer) => Some(format!("{outer}\n{inner}")),
        None => Some(inner.to_owned()),
    }
}

/// The conditions of files: those of the `mod` items that lead to them. Macros that add one are told
/// by it.
struct Conditions<'f> {
    files: HashMap<usize, Vec<&'f str>>,
    macros: HashMap<&'f str, &'f str>,
}

impl<'f> Conditions<'f> {
    fn new(tree: &Tree<'f>) -> Self {
        let mut all: HashMap<usize, Vec<&str>> = HashMap::new();
        // A module comes after the one that declares it.
        let mut files: Vec<_> = tree.files().map(|(file, module)| (module, file)).collect();
        files.sort_unstable();
        for (module, file) in files {
            let Some(module) = tree.modules.get(module) else {
                continue;
            };
            let Some(id) = module.item else { continue };
            let mut conditions = all.get(&id.0).cloned().unwrap_or_default();
            let own = tree.item(id).and_then(|item| item.condition.as_deref());
            for own in [own, module.condition].into_iter().flatten() {
                if !conditions.contains(&own) {
                    conditions.push(own);
                }
            }
            all.insert(file, conditions);
        }
        let macros = tree.indexes.values().flat_map(|index| &index.conditions);
        Self {
            files: all,
            macros: macros.copied().collect(),
        }
    }

    fn of(&self, file: usize, item: &Item, via: &[String]) -> Option<String> {
        let around = self.files.get(&file).into_iter().flatten().copied();
        let around = around.chain(via.iter().map(String::as_str));
        let mut parts: Vec<&str> = Vec::new();
        for condition in around.chain(item.condition.as_deref()) {
            for part in listed(condition) {
                for part in self.told(part) {
                    if !parts.contains(&part) {
                        parts.push(part);
                    }
                }
            }
        }
        // Of too many the innermost.
        let mut size = 0;
        let within = |part: &&&str| {
            size += part.len() + 2;
            size <= MAX_CONDITION
        };
        let kept = parts.iter().rev().take_while(within).count();
        let parts = parts.get(parts.len() - kept..)?;
        match parts {
            [] => None,
            [one] => Some((*one).to_owned()),
            _ => Some(format!("all({})", parts.join(", "))),
        }
    }

    /// `cfg_rt!` read as what the macro of that name adds.
    fn told<'c>(&self, condition: &'c str) -> Vec<&'c str>
    where
        'f: 'c,
    {
        let named = condition
            .strip_suffix('!')
            .is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'));
        match self.macros.get(condition) {
            Some(told) => listed(told).collect(),
            None if named && !condition.starts_with("cfg_") => Vec::new(),
            None => vec![condition],
        }
    }
}

/// The parts of `all(a, b)`, or the condition itself.
fn listed(condition: &str) -> impl Iterator<Item = &str> {
    let list = condition
        .strip_prefix("all(")
        .and_then(|list| list.strip_suffix(')'));
    let (mut depth, mut quoted) = (0usize, false);
    let comma = move |c: char| {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == ',' && depth == 0 && !quoted && list.is_some()
    };
    let parts = list.unwrap_or(condition).split(comma).map(str::trim);
    parts.filter(|part| !part.is_empty())
}

/// Carries a change out.
pub(super) fn apply(outline: &mut Outline, change: Change) {
    let Some(item) = outline.items.get_mut(change.id.1 as usize) else {
        return;
    };
    item.visibility = if change.public {
        Visibility::Public
    } else {
        Visibility::Internal
    };
    item.qualified_name = change.qualified_name;
    item.aliases = change.aliases;
    item.marks = item.marks.without(Marks::CONDITIONAL);
    let conditional = Marks::when(change.condition.is_some(), Marks::CONDITIONAL);
    item.marks = item.marks.with(conditional);
    item.condition = change.condition;
    if change.doc.is_some() {
        item.doc = change.doc;
    }
}

/// The item of the crate itself, first of its root file's.
pub(super) fn root(outline: &mut Outline, crate_name: &str) {
    let has = outline
        .items
        .first()
        .is_some_and(|item| super::file::is_root(item, &outline.module));
    if !has {
        for item in &mut outline.items {
            item.parent = item.parent.map(|parent| parent.saturating_add(1));
        }
        let end = outline
            .items
            .iter()
            .map(|item| (item.end, item.end_line))
            .max();
        let (end, end_line) = end.unwrap_or((0, 1));
        let item = Item {
            kind: SnippetKind::Module,
            name: crate_name.to_owned(),
            qualified_name: crate_name.to_owned(),
            signature: String::new(),
            doc: outline.module_doc.clone(),
            visibility: Visibility::Public,
            declared: Visibility::Public,
            marks: Marks::default(),
            condition: None,
            language: None,
            aliases: Vec::new(),
            parent: None,
            start: 0,
            end,
            start_line: 1,
            end_line,
        };
        outline.items.insert(0, item);
    }
    if let Some(item) = outline.items.first_mut() {
        crate_name.clone_into(&mut item.name);
        crate_name.clone_into(&mut item.qualified_name);
        item.signature = format!("crate {crate_name}");
        item.declared = Visibility::Public;
        item.visibility = Visibility::Public;
    }
}
