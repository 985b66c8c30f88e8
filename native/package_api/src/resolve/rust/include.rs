//! Documentation that stands in a file of its own: `#![doc = include_str!("../README.md")]`.
//!
//! The worker sees one file only and leaves the name, between two control characters, where the
//! text belongs.

use std::collections::HashMap;

use super::path::{directory_of, normal};
use crate::resolve::{Context, FileOutline};

/// Around the name: start and end of text. A `/` before it stands for the directory of the manifest.
const START: char = '\u{2}';
const END: char = '\u{3}';
/// Longest documentation of one item, in bytes.
const MAX_DOC: usize = 64 * 1024;
/// Bytes brought in for one package.
const MAX_BYTES: usize = 8 * 1024 * 1024;
/// Files asked for.
const MAX_FILES: usize = 1_000;

/// Puts the texts in. What is not in the archive leaves nothing.
pub(super) fn resolve(context: &Context<'_>, files: &mut [FileOutline]) {
    let mut texts = Texts {
        context,
        known: HashMap::new(),
        left: MAX_BYTES,
    };
    for file in files
        .iter_mut()
        .filter(|file| file.outline.language == "rust")
    {
        let directory = directory_of(&file.path).to_owned();
        let module = file.outline.module_doc.as_mut();
        let items = file.outline.items.iter_mut();
        for doc in items.filter_map(|item| item.doc.as_mut()).chain(module) {
            if doc.contains(START) {
                *doc = texts.expand(doc, &directory);
            }
        }
    }
}

struct Texts<'a> {
    context: &'a Context<'a>,
    known: HashMap<String, Option<String>>,
    left: usize,
}

impl Texts<'_> {
    fn expand(&mut self, doc: &str, directory: &str) -> String {
        let mut text = String::new();
        let mut rest = doc;
        while let Some((before, after)) = rest.split_once(START) {
            text.push_str(before);
            let (name, after) = after.split_once(END).unwrap_or((after, ""));
            text.push_str(self.read(name, directory).unwrap_or_default().trim_end());
            rest = after;
            if text.len() > MAX_DOC {
                break;
            }
        }
        text.push_str(rest);
        text.truncate(text.floor_char_boundary(MAX_DOC));
        let whole = text.len().min(self.left);
        self.left -= whole;
        text.truncate(text.floor_char_boundary(whole));
        text
    }

    fn read(&mut self, name: &str, directory: &str) -> Option<&str> {
        let path = match name.strip_prefix('/') {
            // The nearest manifest above is that of the crate, but most archives hold one crate.
            Some(name) => normal(name)?,
            None => normal(&format!("{directory}{name}"))?,
        };
        if !self.known.contains_key(&path) {
            if self.known.len() >= MAX_FILES || self.left == 0 {
                return None;
            }
            let text = (self.context.manifest)(&path).and_then(|text| String::from_utf8(text).ok());
            self.known.insert(path.clone(), text);
        }
        self.known.get(&path)?.as_deref()
    }
}
