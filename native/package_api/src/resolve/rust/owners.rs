//! The types that the members of `impl` blocks belong to, wherever the blocks stand.

use std::collections::HashMap;

use registry_types::outline::Item;
use registry_types::{SnippetKind, Visibility};

use super::names::Names;
use super::target::Target;
use super::tree::ItemId;

/// Type aliases that name each other.
const MAX_ALIASES: usize = 4;

/// What is known of such members.
pub(super) struct Owners {
    /// Their containers.
    pub found: HashMap<ItemId, ItemId>,
    /// Of those whose container is not written down (a macro makes it): the modules that have it,
    /// its name there.
    pub elsewhere: HashMap<ItemId, Vec<(usize, String)>>,
}

/// Modules that have the same type.
const MAX_EXPOSED: usize = 16;

/// The container of each such member.
pub(super) fn of(names: &mut Names<'_, '_>) -> Owners {
    let tree = names.tree;
    let mut owners = Owners {
        found: HashMap::new(),
        elsewhere: HashMap::new(),
    };
    let mut exposed = None;
    for (file, index) in &tree.indexes {
        let mut known: HashMap<&str, Option<ItemId>> = HashMap::new();
        for (member, prefix) in &index.members {
            let Some(types) = index.types.get(prefix) else {
                continue;
            };
            let id = (*file, *member);
            let owner = *known.entry(prefix).or_insert_with(|| {
                types
                    .iter()
                    .find_map(|(scope, written)| owner(names, tree.at(*file, scope)?, written))
            });
            if let Some(owner) = owner {
                owners.found.insert(id, owner);
            } else if let [(scope, written)] = types.as_slice()
                && !written.contains("::")
                && let Some(module) = tree.at(*file, scope)
                && !names.is_named(module, written)
            {
                let exposed = exposed.get_or_insert_with(|| Exposed::new(names));
                owners.elsewhere.insert(id, exposed.of(module, written));
            }
        }
    }
    owners
}

/// What `pub use` makes of names that are not written down.
struct Exposed {
    /// Per module: those that bring all of its names.
    globs: HashMap<usize, Vec<usize>>,
    /// Per module and name: where it is known by another name.
    names: HashMap<(usize, String), Vec<(usize, String)>>,
}

impl Exposed {
    fn new(names: &mut Names<'_, '_>) -> Self {
        let mut exposed = Self {
            globs: HashMap::new(),
            names: HashMap::new(),
        };
        for number in 0..names.imports.len() {
            let Some(import) = names.imports.get(number).filter(|import| import.public) else {
                continue;
            };
            let (at, name) = (import.module, import.name.to_owned());
            if import.name == "*" {
                for target in &import.targets {
                    if let Target::Module(module) = target {
                        exposed.globs.entry(*module).or_default().push(at);
                    }
                }
            } else if import.targets.is_empty() {
                let path = import.path.clone();
                let Some((last, before)) = path.split_last() else {
                    continue;
                };
                for target in names.resolve(at, before, Some(number), true) {
                    if let Target::Module(module) = target {
                        let known = exposed.names.entry((module, (*last).to_owned()));
                        known.or_default().push((at, name.clone()));
                    }
                }
            }
        }
        exposed
    }

    /// The modules that have the type `name` of `module`.
    fn of(&self, module: usize, name: &str) -> Vec<(usize, String)> {
        let globs = self.globs.get(&module).into_iter().flatten();
        let globs = globs.map(|at| (*at, name.to_owned()));
        let named = self.names.get(&(module, name.to_owned()));
        let all = [(module, name.to_owned())].into_iter().chain(globs);
        all.chain(named.into_iter().flatten().cloned())
            .take(MAX_EXPOSED)
            .collect()
    }
}

/// The type that is called `written` in `module`.
fn owner(names: &mut Names<'_, '_>, module: usize, written: &str) -> Option<ItemId> {
    use SnippetKind::{Enum, Struct, Trait, Type};
    let tree = names.tree;
    let mut module = module;
    let mut written = written.to_owned();
    for _ in 0..MAX_ALIASES {
        let path: Vec<&str> = written.split("::").collect();
        let found = names.resolve(module, &path, None, true);
        let items = found.iter().filter_map(|target| match target {
            Target::Item(id) => Some((*id, tree.item(*id)?)),
            Target::Module(_) => None,
        });
        let types = items.filter(|(_, item)| matches!(item.kind, Struct | Enum | Trait | Type));
        // One in each configuration: the one that users see.
        let (id, item) = types.min_by_key(|(_, item)| item.declared != Visibility::Public)?;
        if item.kind != Type {
            return Some(id);
        }
        written = aliased(item)?;
        module = tree.place(id)?;
    }
    None
}

/// The path of the type on the right of `type A<T> = path::B<T>`.
fn aliased(item: &Item) -> Option<String> {
    let (_, right) = item.signature.split_once(" = ")?;
    let end = right.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':')));
    let path = right.get(..end.unwrap_or(right.len()))?;
    let path = path.trim_end_matches(':');
    (!path.is_empty()).then(|| path.to_owned())
}
