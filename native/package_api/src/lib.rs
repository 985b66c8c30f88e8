//! From the outlines of a package's files to the API its users see: what the files say of each other
//! ([`resolve`]), the snippets that are stored ([`into_snippets`]), and what changed between two releases
//! ([`compare`]).
//!
//! Links no grammar: the parsing is done by worker processes, and this runs on their answers.

mod compare;
mod resolve;
mod snippets;

pub use compare::{Releases, compare};
pub use resolve::ecmascript::{Reached as NpmReached, reached as npm_reached};
pub use resolve::{Context, FileOutline, resolve};
pub use snippets::into_snippets;
