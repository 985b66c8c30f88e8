//! From text to the words of the index.

mod clean;
pub(crate) mod mentions;
pub(crate) mod signature;
mod stem;
mod synonyms;
mod tokens;
mod words;

pub(crate) use clean::prose;
pub(crate) use stem::{stem_of, stems, with_stem};
pub(crate) use synonyms::Synonyms;
pub(crate) use tokens::{Style, Word, words};
pub(crate) use words::is_stop_word;
