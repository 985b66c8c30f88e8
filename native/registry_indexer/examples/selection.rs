//! The files of an unpacked package that would be parsed, one path per line:
//! `cargo run -p registry_indexer --example selection -- npm NAME DIRECTORY`
//!
//! For `bench/accuracy`, which measures on what users of the index get.

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use registry_indexer::archive::{Archive, File, Want};
use registry_indexer::sources::Selector;
use registry_types::{Ecosystem, Limits};

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let (Some(ecosystem), Some(name), Some(root)) =
        (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("selection ECOSYSTEM NAME DIRECTORY".to_owned());
    };
    let ecosystem: Ecosystem = ecosystem
        .parse()
        .map_err(|error| format!("{ecosystem}: {error}"))?;
    let selector = Selector::new(ecosystem, &name, &Limits::default());
    let root = PathBuf::from(root);
    let mut archive = Archive::default();
    let mut open = vec![root.clone()];
    while let Some(directory) = open.pop() {
        for entry in fs::read_dir(&directory).into_iter().flatten().flatten() {
            let path = entry.path();
            // Archives hold no installed packages.
            if entry.file_name() == "node_modules" {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else if let Some((path, file)) = wanted(&selector, &root, &path) {
                archive.files.insert(path, file);
            }
        }
    }
    for (path, _) in selector.select(&mut archive) {
        println!("{path}");
    }
    Ok(())
}

fn wanted(selector: &Selector, root: &Path, path: &Path) -> Option<(String, File)> {
    let name = path.strip_prefix(root).ok()?.to_str()?.to_owned();
    let limit = match selector.want(&name) {
        Want::Whole(limit) | Want::Prefix(limit) => limit,
        Want::Skip(_) => return None,
    };
    let bytes = Bytes::from(fs::read(path).ok()?);
    let size = bytes.len() as u64;
    (size <= limit).then_some((name, File { bytes, size }))
}
