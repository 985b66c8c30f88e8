//! The languages, one small file each.
//!
//! To add one:
//! 1. `Cargo.toml` (workspace and crate): the grammar, pinned.
//! 2. `src/languages/<name>.rs`: a unit struct implementing [`Rules`]; `mod <name>;` and a line in
//!    [`ALL`] below. Where several languages share an extension, the one with a `claims` test of
//!    its own stands first.
//! 3. `root`: the file's module path. `visit`: for each kind of node that defines something
//!    `walk.define(Def::new(kind, name, node).body(…).public(…))`, then `Step::Skip`, or
//!    `Step::Scope(walk.scope_of(name, item, flags))` when its members are wanted; `Step::Enter`
//!    for lists and bodies of containers; `walk.lead.push(node)` and `Step::Lead` for doc comments;
//!    `Step::Lead` for attributes; `Step::Skip` for all else, bodies of functions above all.
//!    Text of another language inside: `Step::Embed`; its items carry their own language.
//! 4. `finish` where visibility is told elsewhere in the file (`__all__`, `-export`).
//! 5. `tests/outline/<name>/<package>/<path>.<ext>` with its `.outline` beside it (written by
//!    `UPDATE_OUTLINES=1 cargo test -p universal_parser --test outline`, then read by you).
//! 6. `UPDATE_LANGUAGES=1 cargo test -p universal_parser --test languages`, then `cargo fmt`: the
//!    indexer, which links no grammar, goes by that list.
//!
//! Never call `prev_sibling` (it walks from the parent: quadratic), `to_sexp` or
//! `child_with_descendant` (recursive), and recurse on no depth that the file decides.

#[cfg(feature = "bash")]
mod bash;
mod beside;
mod block_doc;
#[cfg(any(feature = "c", feature = "cpp", feature = "cuda", feature = "objc"))]
mod c_family;
mod clauses;
#[cfg(feature = "cmake")]
mod cmake;
#[cfg(feature = "csharp")]
mod csharp;
#[cfg(feature = "css")]
mod css;
#[cfg(feature = "cuda")]
mod cuda;
#[cfg(feature = "d")]
mod d;
#[cfg(feature = "dart")]
mod dart;
#[cfg(any(feature = "json", feature = "toml", feature = "xml", feature = "yaml"))]
mod data;
#[cfg(feature = "dockerfile")]
mod dockerfile;
#[cfg(any(feature = "javascript", feature = "typescript"))]
mod ecmascript;
#[cfg(feature = "elixir")]
mod elixir;
#[cfg(feature = "elm")]
mod elm;
#[cfg(feature = "erlang")]
mod erlang;
#[cfg(feature = "fortran")]
mod fortran;
#[cfg(feature = "gleam")]
mod gleam;
#[cfg(feature = "glsl")]
mod glsl;
#[cfg(feature = "go")]
mod go;
#[cfg(feature = "graphql")]
mod graphql;
#[cfg(feature = "groovy")]
mod groovy;
#[cfg(feature = "haskell")]
mod haskell;
#[cfg(feature = "hcl")]
mod hcl;
mod headings;
#[cfg(any(
    feature = "astro",
    feature = "html",
    feature = "svelte",
    feature = "vue"
))]
mod html;
#[cfg(any(feature = "groovy", feature = "java"))]
mod java;
#[cfg(feature = "julia")]
mod julia;
#[cfg(feature = "kotlin")]
mod kotlin;
#[cfg(any(
    feature = "clojure",
    feature = "commonlisp",
    feature = "elisp",
    feature = "racket",
    feature = "scheme"
))]
mod lisp;
#[cfg(feature = "lua")]
mod lua;
#[cfg(feature = "make")]
mod make;
#[cfg(feature = "markdown")]
mod markdown;
mod modifiers;
#[cfg(feature = "nix")]
mod nix;
#[cfg(feature = "objc")]
mod objc;
#[cfg(feature = "ocaml")]
mod ocaml;
#[cfg(feature = "perl")]
mod perl;
#[cfg(feature = "php")]
mod php;
mod plain;
#[cfg(feature = "powershell")]
mod powershell;
#[cfg(feature = "proto")]
mod proto;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "r")]
mod r;
mod rescue;
mod restart;
#[cfg(feature = "ruby")]
mod ruby;
#[cfg(feature = "rust")]
mod rust;
mod same;
#[cfg(feature = "scala")]
mod scala;
#[cfg(feature = "solidity")]
mod solidity;
#[cfg(feature = "sql")]
mod sql;
#[cfg(feature = "swift")]
mod swift;
#[cfg(feature = "wgsl")]
mod wgsl;
#[cfg(feature = "zig")]
mod zig;

use crate::rules::Rules;

/// All languages, in the order of detection.
pub(crate) static ALL: &[&dyn Rules] = &[
    #[cfg(feature = "rust")]
    &rust::Rust,
    #[cfg(feature = "javascript")]
    &ecmascript::FLOW,
    #[cfg(feature = "javascript")]
    &ecmascript::JAVASCRIPT,
    #[cfg(feature = "typescript")]
    &ecmascript::TYPESCRIPT,
    #[cfg(feature = "typescript")]
    &ecmascript::TSX,
    #[cfg(feature = "python")]
    &python::Python,
    #[cfg(feature = "elixir")]
    &elixir::Elixir,
    #[cfg(feature = "erlang")]
    &erlang::Erlang,
    #[cfg(feature = "gleam")]
    &gleam::Gleam,
    #[cfg(feature = "go")]
    &go::Go,
    #[cfg(feature = "csharp")]
    &csharp::CSharp,
    #[cfg(feature = "swift")]
    &swift::Swift,
    #[cfg(feature = "scala")]
    &scala::Scala,
    #[cfg(feature = "dart")]
    &dart::Dart,
    #[cfg(feature = "objc")]
    &objc::ObjC,
    #[cfg(feature = "groovy")]
    &groovy::Groovy,
    #[cfg(feature = "java")]
    &java::Java,
    #[cfg(feature = "kotlin")]
    &kotlin::Kotlin,
    #[cfg(feature = "cpp")]
    &c_family::CPP,
    #[cfg(feature = "c")]
    &c_family::C,
    #[cfg(feature = "bash")]
    &bash::Bash,
    #[cfg(feature = "perl")]
    &perl::Perl,
    #[cfg(feature = "powershell")]
    &powershell::PowerShell,
    #[cfg(feature = "r")]
    &r::R,
    #[cfg(feature = "julia")]
    &julia::Julia,
    #[cfg(feature = "lua")]
    &lua::Lua,
    #[cfg(feature = "php")]
    &php::Php,
    #[cfg(feature = "ruby")]
    &ruby::Ruby,
    #[cfg(feature = "fortran")]
    &fortran::FREE,
    #[cfg(feature = "fortran")]
    &fortran::FIXED,
    #[cfg(feature = "solidity")]
    &solidity::Solidity,
    #[cfg(feature = "haskell")]
    &haskell::Haskell,
    #[cfg(feature = "ocaml")]
    &ocaml::IMPLEMENTATION,
    #[cfg(feature = "ocaml")]
    &ocaml::INTERFACES,
    #[cfg(feature = "cuda")]
    &cuda::Cuda,
    #[cfg(feature = "glsl")]
    &glsl::Glsl,
    #[cfg(feature = "wgsl")]
    &wgsl::Wgsl,
    #[cfg(feature = "d")]
    &d::D,
    #[cfg(feature = "zig")]
    &zig::Zig,
    #[cfg(feature = "elm")]
    &elm::Elm,
    #[cfg(feature = "clojure")]
    &lisp::Clojure,
    #[cfg(feature = "commonlisp")]
    &lisp::CommonLisp,
    #[cfg(feature = "elisp")]
    &lisp::Elisp,
    #[cfg(feature = "scheme")]
    &lisp::Scheme,
    #[cfg(feature = "racket")]
    &lisp::Racket,
    #[cfg(feature = "sql")]
    &sql::Sql,
    #[cfg(feature = "graphql")]
    &graphql::GraphQl,
    #[cfg(feature = "proto")]
    &proto::Proto,
    #[cfg(feature = "hcl")]
    &hcl::Hcl,
    #[cfg(feature = "nix")]
    &nix::Nix,
    #[cfg(feature = "vue")]
    &html::Component::VUE,
    #[cfg(feature = "svelte")]
    &html::Component::SVELTE,
    #[cfg(feature = "astro")]
    &html::Component::ASTRO,
    #[cfg(feature = "html")]
    &html::Html,
    #[cfg(feature = "css")]
    &css::Css,
    #[cfg(feature = "markdown")]
    &markdown::Markdown,
    #[cfg(feature = "dockerfile")]
    &dockerfile::Dockerfile,
    #[cfg(feature = "make")]
    &make::Make,
    #[cfg(feature = "cmake")]
    &cmake::CMake,
    #[cfg(feature = "json")]
    &data::Json,
    #[cfg(feature = "yaml")]
    &data::Yaml,
    #[cfg(feature = "toml")]
    &data::Toml,
    #[cfg(feature = "xml")]
    &data::Xml,
    #[cfg(feature = "xml")]
    &data::Dtd,
];
