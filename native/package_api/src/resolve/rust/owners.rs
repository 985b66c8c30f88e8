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
    /// Of those whose container is not written down (a macro makes it): the module where it must
    /// be, its name.
    pub elsewhere: HashMap<ItemId, (usize, String)>,
}

/// The container of each such member.
pub(super) fn of(names: &mut Names<'_, '_>) -> Owners {
    let tree = names.tree;
    let mut owners = Owners {
        found: HashMap::new(),
        elsewhere: HashMap::new(),
    };
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
                owners.elsewhere.insert(id, (module, (*written).to_owned()));
            }
        }
    }
    owners
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
