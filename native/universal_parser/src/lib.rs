//! Source text to the public API it defines: kind, qualified name, one-line signature, doc comment,
//! visibility, place and source of each definition.
//!
//! One [tree-sitter](https://tree-sitter.github.io) parse and one cursor walk per file; no queries,
//! because the query engine is quadratic on hostile trees. Bodies of functions are not entered.
//! Each language is one small file, see `src/languages/mod.rs`.
//!
//! ```
//! use universal_parser::{Options, outline_text};
//!
//! let source = b"/// Adds.\npub fn add(a: i32, b: i32) -> i32 { a + b }\n";
//! let outline = outline_text("src/lib.rs", "sum", source, &Options::default()).unwrap();
//! assert_eq!(outline.items[1].qualified_name, "sum::add");
//! assert_eq!(outline.items[1].signature, "pub fn add(a: i32, b: i32) -> i32");
//! assert_eq!(outline.items[1].doc.as_deref(), Some("Adds."));
//! ```
//!
//! Grammars are C code that aborts, hangs or eats memory on odd input. Text of strangers therefore
//! belongs into the worker program (`universal-parser --worker`), driven by the crate `parser_pool`;
//! this library is for that worker and for trusted sources.
//!
//! # Grammars that run away
//!
//! Of these, small inputs are known that take gigabytes inside one step of the parser, where no time
//! limit is asked: python (9 KB of `/*a`), csharp and java (10 to 14 KB of `a<`), objc, groovy and
//! glsl (9 KB of `a=>`). The worker's memory limit ends them. scala, dart, swift, bash, racket and
//! svelte are quadratic in a run of one character, perl and cuda have been seen to hang on nested
//! quotes and brackets (`${a<`): the pool's timer ends them. Text that would overflow or stall the
//! scanner of ruby (the name of a heredoc), gleam (one character over and over), yaml (indentation)
//! and ocaml (nested comments) is refused before it is parsed; bash sees a copy of the text in which
//! characters beyond ASCII are replaced. `tests/hazards.rs` holds each.
//!
//! # Fewer languages
//!
//! Each language is a cargo feature; `all` is the default. `bench/parser/cost.py` tells what each
//! costs: `--no-default-features --features rust,python` builds a worker of 4.4 MB instead of 100.

// A build of a few languages needs a part of the framework only.
#![cfg_attr(not(feature = "all"), allow(dead_code))]

mod conditions;
mod define;
mod detect;
mod doc;
mod embed;
mod engine;
mod guard;
mod language;
mod languages;
mod lead;
mod parse;
mod paths;
mod render;
mod rules;
mod signature;
mod text;
mod tree;
mod walk;
pub mod worker;

pub use detect::detect;
pub use language::Language;
pub use parse::{Options, Outliner, outline, outline_text};
pub(crate) use registry_types::outline;
pub use render::{render, render_links};
pub use tree::tree_text;
