//! R: `NAMESPACE` says what a package exports.

use std::collections::HashSet;

use registry_types::outline::{Item, LinkKind, Outline};
use registry_types::{SnippetKind, Visibility};

use super::FileOutline;

pub(super) fn resolve(files: &mut [FileOutline]) {
    let spaces: Vec<(String, Exports)> = files
        .iter()
        .filter(|file| file.outline.language == "r")
        .filter_map(|file| {
            let root = file.path.strip_suffix("NAMESPACE")?;
            Some((format!("{root}R/"), Exports::read(&file.outline)))
        })
        .collect();
    for (root, exports) in spaces {
        let inside =
            |file: &&mut FileOutline| file.outline.language == "r" && file.path.starts_with(&root);
        for file in files.iter_mut().filter(inside) {
            for item in &mut file.outline.items {
                if item.parent.is_none() {
                    item.declared = if exports.has(item) {
                        Visibility::Public
                    } else {
                        Visibility::Internal
                    };
                }
            }
            file.outline.settle();
        }
    }
}

#[derive(Default)]
struct Exports {
    names: HashSet<String>,
    /// `exportPattern`: names that begin with one of these.
    prefixes: Vec<String>,
    /// `exportPattern("^[^.]")`: all but names with a dot before them.
    undotted: bool,
}

impl Exports {
    fn read(outline: &Outline) -> Self {
        let mut exports = Self::default();
        let links = outline.links.iter();
        for link in links.filter(|link| link.kind == LinkKind::Export) {
            if link.from.is_none() {
                exports.names.insert(link.name.clone());
                continue;
            }
            let pattern = link.name.trim_start_matches('^');
            let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
            if !pattern.is_empty() && pattern.chars().all(plain) && pattern != "." {
                exports.prefixes.push(pattern.to_owned());
            } else {
                exports.undotted = true;
            }
        }
        exports
    }

    fn has(&self, item: &Item) -> bool {
        let of_generator = item.aliases.iter().any(|name| self.names.contains(name));
        let name = match item.kind {
            // A method is there where its generic is.
            SnippetKind::Method => item.qualified_name.split(',').next(),
            _ => None,
        };
        let name = name.unwrap_or(&item.name);
        self.names.contains(name)
            || of_generator
            || self.undotted && !name.starts_with('.')
            || self.prefixes.iter().any(|prefix| name.starts_with(prefix))
    }
}
