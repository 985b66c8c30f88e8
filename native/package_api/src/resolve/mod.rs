//! From the outlines of a package's files to the package's API: what one file says of another.
//!
//! Works on outlines alone: no grammar, no source text, so it may run outside of the workers.

mod commonlisp;
pub(crate) mod ecmascript;
mod elm;
mod julia;
mod ocaml;
mod python;
mod r;
mod rust;

use registry_types::outline::Outline;

/// The outline of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOutline {
    /// Path inside the archive.
    pub path: String,
    /// What the file defines.
    pub outline: Outline,
}

/// What is known of a package beside the outlines of its sources.
pub struct Context<'a> {
    /// The package's name.
    pub package: &'a str,
    /// The text of a file that is no source (`package.json`, `Cargo.toml`) by its path inside the
    /// archive.
    pub manifest: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// Changes visibilities and qualified names to those a user of the package sees: an item of a private
/// file that a public one hands on is public under the name it has there; one of a public file that
/// nothing leads to is internal.
///
/// JavaScript and TypeScript: the entries of `package.json`, and what they export.
/// Rust: the module tree from the crate's root, `pub use`.
/// Julia: export lists of the modules that include a file. R: `NAMESPACE`.
/// OCaml: an `.mli` beside the `.ml`. Common Lisp: exports of packages. Elm: `elm.json`.
/// Python: `__all__`, imports of `__init__`, star imports, `.pyi` beside `.py`.
pub fn resolve(context: &Context<'_>, files: &mut [FileOutline]) {
    rust::resolve(context, files);
    ecmascript::resolve(context, files);
    python::resolve(files);
    julia::resolve(files);
    r::resolve(files);
    ocaml::resolve(files);
    commonlisp::resolve(files);
    elm::resolve(context, files);
}
