//! The public paths that lead to each item.

use std::collections::{BTreeSet, HashMap};

use super::exports;
use super::modules::Modules;
use crate::resolve::FileOutline;

/// Names handed on by all public modules together.
const MAX_NAMES: usize = 200_000;
/// Paths kept of one item.
const MAX_PATHS: usize = 8;

/// An item: its file and its index there.
pub(super) type Place = (usize, u32);

/// A dotted path; fewer parts come first, then the order of the alphabet: the same answer whatever
/// the order of files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Path {
    parts: usize,
    pub text: String,
}

impl Path {
    pub fn new(text: String) -> Self {
        let parts = text.bytes().filter(|b| *b == b'.').count();
        Self { parts, text }
    }
}

/// Per top-level item that public modules define or hand on: its paths, the best one first.
pub(super) fn public(files: &[FileOutline]) -> HashMap<Place, BTreeSet<Path>> {
    let modules = Modules::new(files);
    let mut paths: HashMap<Place, BTreeSet<Path>> = HashMap::new();
    let mut left = MAX_NAMES;
    for module in modules.public() {
        let Some(path) = modules.name(module) else {
            continue;
        };
        for name in exports::of(&modules, module) {
            left = left.saturating_sub(1);
            if left == 0 {
                return paths;
            }
            let Some(place) = modules.find(module, &name) else {
                continue;
            };
            let known = paths.entry(place).or_default();
            known.insert(Path::new(format!("{path}.{name}")));
            if known.len() > MAX_PATHS {
                known.pop_last();
            }
        }
    }
    paths
}
