//! The declarations of modules that have files of their own.

use std::collections::HashMap;

use registry_types::SnippetKind;
use registry_types::outline::Link;

use super::file::Tie;
use super::tree::{ItemId, Tree};

/// The `mod x;` of one part of a module, by name.
pub(super) struct Declared<'f>(HashMap<&'f str, (Vec<&'f Link>, Vec<ItemId>)>);

impl<'f> Declared<'f> {
    pub fn new(tree: &Tree<'f>, items: &[ItemId], links: Vec<Tie<'f>>) -> Self {
        let mut all: HashMap<&str, (Vec<&Link>, Vec<ItemId>)> = HashMap::new();
        for (link, _) in links {
            all.entry(link.name.as_str()).or_default().0.push(link);
        }
        for id in items {
            let module = tree
                .item(*id)
                .filter(|item| item.kind == SnippetKind::Module);
            if let Some((_, twins)) = module.and_then(|item| all.get_mut(item.name.as_str())) {
                twins.push(*id);
            }
        }
        Self(all)
    }

    /// Where one name is declared several times, each under its own condition: one link each.
    pub fn links_of(&self, name: &str, item: ItemId) -> &[&'f Link] {
        let Some((links, twins)) = self.0.get(name) else {
            return &[];
        };
        if twins.len() == links.len()
            && let Ok(at) = twins.binary_search(&item)
        {
            return links.get(at..=at).unwrap_or_default();
        }
        links
    }

    /// `include!` and macros without arguments.
    pub fn included(&self) -> impl Iterator<Item = &'f Link> {
        self.0
            .get("*")
            .into_iter()
            .flat_map(|(links, _)| links.iter().copied())
    }
}
