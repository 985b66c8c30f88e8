//! What is indexed of packages and snippets.

mod package;
mod quality;
mod shape;
mod snippet;

pub(crate) use package::{
    BASE_NAME, Beside, LAST_PART, MOST_NAME_PREFIX, MOST_PREFIX, MOST_TEXT, NAME_MARKS,
    PackageDocument, Texts, WHOLE_NAME, package_order,
};
pub(crate) use quality::{depth, quality};
pub(crate) use shape::{Slot, arity};
pub(crate) use snippet::{Facet, SnippetDocument, SnippetNumbers, names, symbol_name};

/// More of a description, a signature or a symbol's path is not indexed.
const MOST_LINE: usize = 2 * 1024;
/// Longer names are not looked up whole.
const MOST_NAME: usize = 200;

/// The longest start of `text` that has at most `most` bytes.
pub(crate) fn start_of(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}
