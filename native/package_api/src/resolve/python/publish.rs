//! Gives items the names and the visibility that the package's modules give them.

use std::collections::{BTreeSet, HashMap};

use registry_types::outline::{Item, Outline};
use registry_types::{SnippetKind, Visibility};

use super::modules::is_python;
use super::names::{Path, Place};
use crate::resolve::FileOutline;

/// Aliases of all items together: members repeat those of their class.
const MAX_ALIASES: usize = 200_000;

/// An item's name before, and its public paths now.
#[derive(Clone)]
struct Renamed {
    old: String,
    new: String,
    aliases: Vec<String>,
}

impl Renamed {
    /// The same for a member.
    fn member(&self, old: &str) -> Option<Self> {
        let tail = old.strip_prefix(self.old.as_str())?;
        let with_tail = |path: &String| format!("{path}{tail}");
        Some(Self {
            old: old.to_owned(),
            new: with_tail(&self.new),
            aliases: self.aliases.iter().map(with_tail).collect(),
        })
    }
}

/// Makes what public modules hand on public under its shortest path; others are aliases.
pub(super) fn publish(files: &mut [FileOutline], mut paths: HashMap<Place, BTreeSet<Path>>) {
    let mut left = MAX_ALIASES;
    // Members that only a stub tells of stand in its own file.
    let mut classes: HashMap<String, Renamed> = HashMap::new();
    for stubs in [false, true] {
        for (index, file) in files.iter_mut().enumerate() {
            if is_python(file) && file.path.ends_with(".pyi") == stubs {
                one(
                    &mut file.outline,
                    index,
                    &mut paths,
                    &mut classes,
                    &mut left,
                );
            }
        }
    }
}

fn one(
    outline: &mut Outline,
    file: usize,
    paths: &mut HashMap<Place, BTreeSet<Path>>,
    classes: &mut HashMap<String, Renamed>,
    left: &mut usize,
) {
    let mut renamed: HashMap<u32, Renamed> = HashMap::new();
    // Containers stand before their members.
    for index in 0..outline.items.len() {
        let (before, rest) = outline.items.split_at_mut(index);
        let (Some(item), Ok(here)) = (rest.first_mut(), u32::try_from(index)) else {
            continue;
        };
        let old = item.qualified_name.clone();
        let to = if let Some(paths) = paths.remove(&(file, here)) {
            item.visibility = Visibility::Public;
            let mut paths = paths.into_iter().map(|path| path.text);
            paths.next().map(|new| Renamed {
                old,
                new,
                aliases: paths.collect(),
            })
        } else {
            let parent = item.parent.and_then(|parent| renamed.get(&parent));
            let parent = parent.or_else(|| classes.get(old.rsplit_once('.')?.0));
            let to = parent.and_then(|parent| parent.member(&old));
            let container = item.parent.and_then(|parent| before.get(parent as usize));
            if to.is_some() && item.declared == Visibility::Public && container.is_none_or(is_open)
            {
                item.visibility = Visibility::Public;
            }
            to
        };
        let Some(to) = to else { continue };
        item.qualified_name.clone_from(&to.new);
        if to.aliases.len() <= *left {
            *left -= to.aliases.len();
            item.aliases.clone_from(&to.aliases);
        }
        if item.kind == SnippetKind::Class {
            classes.insert(to.old.clone(), to.clone());
            renamed.insert(here, to);
        }
    }
}

/// A module does not hide what others hand on.
fn is_open(container: &Item) -> bool {
    container.kind == SnippetKind::Module || container.visibility == Visibility::Public
}
