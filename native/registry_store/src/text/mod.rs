//! From text to the words of the index.

mod clean;
mod stem;
mod tokens;
mod words;

pub(crate) use clean::prose;
pub(crate) use stem::with_stem;
pub(crate) use tokens::{Style, Word, tokens, words};
pub(crate) use words::is_stop_word;
