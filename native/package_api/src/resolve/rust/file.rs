//! One file by its scopes: what stands directly in its module and in each module written inside it.

use std::collections::HashMap;

use registry_types::SnippetKind;
use registry_types::outline::{Item, Link, LinkKind};

use crate::resolve::FileOutline;

/// Ways to write one type that are tried.
const MAX_TYPES: usize = 4;

/// The contents of a module, as far as one file tells.
#[derive(Default)]
pub(super) struct Contents<'f> {
    /// Items directly in it.
    pub items: Vec<u32>,
    /// Its `use`, `mod x;` and `include!`, those of `use` with their conditions.
    pub links: Vec<Tie<'f>>,
}

/// A link, and the condition under which it exists.
pub(super) type Tie<'f> = (&'f Link, Option<&'f str>);

/// A file's contents by the qualified name of the module they stand in, as the file's own path
/// tells it.
pub(super) struct FileIndex<'f> {
    /// By scope.
    pub scopes: HashMap<&'f str, Contents<'f>>,
    /// Members of `impl` blocks whose type is not known yet: item, prefix of its qualified name.
    pub members: Vec<(u32, &'f str)>,
    /// What such a prefix stands for: the scope, the type's path as written there.
    pub types: HashMap<&'f str, Vec<(&'f str, &'f str)>>,
    /// Conditions that macros add to what they are called with, by name and `!`.
    pub conditions: Vec<(&'f str, &'f str)>,
    /// Members by container.
    pub inside: HashMap<u32, Vec<u32>>,
}

impl<'f> FileIndex<'f> {
    pub fn new(file: &'f FileOutline) -> Self {
        let outline = &file.outline;
        let module = outline.module.as_str();
        let mut index = Self {
            scopes: HashMap::new(),
            members: Vec::new(),
            types: HashMap::new(),
            conditions: Vec::new(),
            inside: HashMap::new(),
        };
        index.scopes.entry(module).or_default();
        for (number, item) in (0u32..).zip(&outline.items) {
            if is_root(item, module) {
                continue;
            }
            let parent = item.parent.and_then(|parent| {
                let item = outline.items.get(parent as usize)?;
                Some((parent, item))
            });
            match parent {
                Some((_, parent)) if parent.kind == SnippetKind::Module => {
                    let contents = index.scopes.entry(&parent.qualified_name).or_default();
                    contents.items.push(number);
                }
                Some((number_of, parent)) if !holds(parent, item) => {
                    // Of an `impl` block: there may be several types of that name.
                    index.inside.entry(number_of).or_default().push(number);
                    index.members.push((number, prefix(item)));
                }
                Some((parent, _)) => index.inside.entry(parent).or_default().push(number),
                None => {
                    let prefix = prefix(item);
                    if prefix == module || item.kind == SnippetKind::Macro {
                        index.scopes.entry(module).or_default().items.push(number);
                    } else if prefix.ends_with('!') {
                        index.scopes.entry(prefix).or_default().items.push(number);
                    } else {
                        index.members.push((number, prefix));
                    }
                }
            }
        }
        let mut condition: (Option<&str>, usize) = (None, 0);
        for link in &outline.links {
            match (link.kind, &link.from) {
                (LinkKind::Member, Some(told)) if link.name == "?" => {
                    let count = link.alias.as_ref().and_then(|count| count.parse().ok());
                    condition = (Some(told), count.unwrap_or(0));
                }
                (LinkKind::Member, from) if link.name.ends_with('!') => {
                    let condition = from.as_deref().map(|from| (link.name.as_str(), from));
                    index.conditions.extend(condition);
                }
                (LinkKind::Member, Some(written)) => {
                    index.scopes.entry(&link.scope).or_default();
                    let named = index.types.entry(&link.name).or_default();
                    if named.len() < MAX_TYPES {
                        named.push((&link.scope, written));
                    }
                }
                _ => {
                    let (told, left) = condition;
                    let tie = (link, told.filter(|_| left > 0));
                    condition.1 = left.saturating_sub(1);
                    index.scopes.entry(&link.scope).or_default().links.push(tie);
                }
            }
        }
        index
    }
}

/// Whether the item stands for the file itself.
pub(super) fn is_root(item: &Item, module: &str) -> bool {
    item.kind == SnippetKind::Module && item.parent.is_none() && item.qualified_name == module
}

fn holds(container: &Item, item: &Item) -> bool {
    (container.start..container.end).contains(&item.start)
}

fn prefix(item: &Item) -> &str {
    item.qualified_name
        .rsplit_once("::")
        .map_or("", |(prefix, _)| prefix)
}
