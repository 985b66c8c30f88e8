//! From the outlines of a package's files to the package's API: what one file says of another.
//!
//! Works on outlines alone: no grammar, no source text, so it may run outside of the workers.

mod python;

use crate::outline::Outline;

/// The outline of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileOutline {
    /// Path inside the archive.
    pub path: String,
    /// What the file defines.
    pub outline: Outline,
}

/// Changes visibilities and qualified names to those a user of the package sees: an item of a private
/// file that a public one hands on is public under the name it has there.
///
/// Python so far: `__all__`, imports of `__init__`, star imports, `.pyi` beside `.py`.
pub fn resolve(files: &mut [FileOutline]) {
    python::resolve(files);
}
