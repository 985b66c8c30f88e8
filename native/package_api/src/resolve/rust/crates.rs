//! The crates that a package's files belong to.

use std::collections::{BTreeMap, HashMap};

use super::manifest::{self, Library};
use crate::resolve::{Context, FileOutline};

/// Manifests asked for.
const MAX_MANIFESTS: usize = 10_000;

/// One library with all files that may be its modules.
pub(super) struct Crate {
    /// The name users write.
    pub name: String,
    /// The root file; `None` when the package has no library.
    pub root: Option<usize>,
    /// Rust files at or below the manifest, if not of another crate.
    pub files: Vec<usize>,
    /// Only `#[proc_macro*]` functions are handed on.
    pub proc_macro: bool,
    /// Paths of `use` start at the root.
    pub from_root: bool,
}

/// By manifest: each file belongs to the nearest one above it. Without any manifest every
/// `src/lib.rs` is a root. What belongs to none is left out.
pub(super) fn of(context: &Context<'_>, files: &[FileOutline]) -> Vec<Crate> {
    let mut manifests = Manifests {
        context,
        known: HashMap::new(),
    };
    let mut by_directory: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let rust = |file: &&FileOutline| file.outline.language == "rust";
    let rust: Vec<usize> = (0..files.len())
        .filter(|index| files.get(*index).as_ref().is_some_and(rust))
        .collect();
    for index in &rust {
        let Some(file) = files.get(*index) else {
            continue;
        };
        if let Some(directory) = manifests.above(&file.path) {
            by_directory.entry(directory).or_default().push(*index);
        }
    }
    if by_directory.is_empty() {
        return without_manifest(files, &rust);
    }
    let crates = by_directory.into_iter().filter_map(|(directory, members)| {
        let library = manifests.known.get(&directory)?.clone()?;
        let wanted = super::path::normal(&format!("{directory}{}", library.path))?;
        let root = members
            .iter()
            .copied()
            .find(|index| files.get(*index).is_some_and(|file| file.path == wanted));
        Some(Crate {
            name: library.name,
            root,
            files: members,
            proc_macro: library.proc_macro,
            from_root: library.from_root,
        })
    });
    crates.collect()
}

fn without_manifest(files: &[FileOutline], rust: &[usize]) -> Vec<Crate> {
    let mut crates = Vec::new();
    for root in rust {
        let Some(file) = files.get(*root) else {
            continue;
        };
        let Some(directory) = file.path.strip_suffix("src/lib.rs") else {
            continue;
        };
        if !directory.is_empty() && !directory.ends_with('/') {
            continue;
        }
        let below = |index: &&usize| {
            files
                .get(**index)
                .is_some_and(|file| file.path.starts_with(directory))
        };
        crates.push(Crate {
            name: file.outline.module.clone(),
            root: Some(*root),
            files: rust.iter().filter(below).copied().collect(),
            proc_macro: false,
            from_root: false,
        });
    }
    // What an outer crate leaves internal is an inner one's to show.
    crates.sort_by_key(|one| one.files.len());
    crates.reverse();
    crates
}

/// The manifests of directories, each asked for once.
struct Manifests<'a> {
    context: &'a Context<'a>,
    known: HashMap<String, Option<Library>>,
}

impl Manifests<'_> {
    /// The nearest directory at or above the file that holds a package.
    fn above(&mut self, path: &str) -> Option<String> {
        let mut directory = super::path::directory_of(path);
        loop {
            if !self.known.contains_key(directory) {
                if self.known.len() >= MAX_MANIFESTS {
                    return None;
                }
                let text = (self.context.manifest)(&format!("{directory}Cargo.toml"));
                let library = text.and_then(|text| manifest::read(&text));
                self.known.insert(directory.to_owned(), library);
            }
            if self.known.get(directory).is_some_and(Option::is_some) {
                return Some(directory.to_owned());
            }
            if directory.is_empty() {
                return None;
            }
            directory = super::path::directory_of(directory.trim_end_matches('/'));
        }
    }
}
