//! Rust: the module tree from the crate's root, and what it hands on with `pub use`.
//!
//! As rustdoc does: `#[doc(hidden)]` is out, `#[macro_export]` is at the root, members of inherent
//! `impl` blocks are members of their type wherever the block stands; what implements a trait is no
//! definition of its own. Files that the root does not lead to (programs, tests, `build.rs`) have
//! nothing public.

mod crates;
mod declared;
mod exports;
mod file;
mod include;
mod manifest;
mod names;
mod owners;
mod path;
mod publish;
mod target;
mod tree;

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use self::crates::Crate;
use self::exports::Paths;
use self::names::{Names, is_macro_rules};
use self::publish::{Change, Found};
use self::tree::{ItemId, Tree};
use super::{Context, FileOutline};

pub(super) fn resolve(context: &Context<'_>, files: &mut [FileOutline]) {
    include::resolve(context, files);
    for one in crates::of(context, files) {
        let changes = one.root.map(|root| changes(files, &one, root));
        for index in &one.files {
            if let Some(file) = files.get_mut(*index) {
                for item in &mut file.outline.items {
                    item.visibility = Visibility::Internal;
                }
            }
        }
        for change in changes.unwrap_or_default() {
            if let Some(file) = files.get_mut(change.id.0) {
                publish::apply(&mut file.outline, change);
            }
        }
        if let Some(file) = one.root.and_then(|root| files.get_mut(root)) {
            publish::root(&mut file.outline, &one.name);
        }
    }
}

fn changes(files: &[FileOutline], one: &Crate, root: usize) -> Vec<Change> {
    let tree = Tree::new(files, &one.files, root, &one.name);
    let mut names = Names::new(&tree, one.from_root);
    let owners = owners::of(&mut names);
    let paths = if one.proc_macro {
        procedural(&tree, &one.name)
    } else {
        exports::of(&names, &one.name)
    };
    let found = Found {
        paths,
        owners: owners.found,
        elsewhere: if one.proc_macro {
            HashMap::new()
        } else {
            owners.elsewhere
        },
    };
    publish::changes(&tree, &found)
}

/// A crate of procedural macros can hand on nothing else.
fn procedural(tree: &Tree<'_>, crate_name: &str) -> HashMap<ItemId, Paths> {
    let items = tree.modules.first().map_or(&[][..], |root| &root.items);
    let macros = items.iter().filter_map(|id| {
        let item = tree.item(*id)?;
        let own = item.kind == SnippetKind::Macro && !is_macro_rules(item);
        let mut paths = Paths::default();
        paths.add(format!("{crate_name}::{}", item.name), Vec::new());
        (own && item.declared == Visibility::Public).then_some((*id, paths))
    });
    macros.collect()
}
