//! From the outlines of a package's files to the API its users see: what the files say of each other
//! ([`resolve`]) and the snippets that are stored ([`into_snippets`]).
//!
//! Links no grammar: the parsing is done by worker processes, and this runs on their answers.

mod resolve;
mod snippets;

pub use resolve::{Context, FileOutline, resolve};
pub use snippets::into_snippets;
