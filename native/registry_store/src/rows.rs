//! What the records hold.

use registry_types::{Package, Release};
use serde::{Deserialize, Serialize};

/// A package.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct PackageRow {
    /// Whole.
    pub(crate) package: Package,
    /// The release whose texts and symbols stand for the package in the index: its newest.
    pub(crate) face: Option<u32>,
    /// Which of that release's documents is the README.
    pub(crate) readme: Option<u32>,
    /// The stored releases: versions, in the order of their text, and ids.
    pub(crate) releases: Vec<(String, u32)>,
}

/// Where a release's README is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Readme {
    /// It has none.
    None,
    /// It is the text of this document.
    Document(u32),
    /// It is this document, which is no document of the release's list.
    Hidden(u32),
}

/// A release. Its README is stored once, among the documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReleaseRow {
    /// With `readme` empty.
    pub(crate) release: Release,
    /// Where the README is.
    pub(crate) readme: Readme,
    /// How many documents it has, a hidden README not counted.
    pub(crate) documents: u32,
}

/// What the package index needs of a release's snippets, so that a change of metadata need not read
/// them all again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Digest {
    /// Names of public items, most visible first.
    pub(crate) symbols: Vec<String>,
    /// Documentation of its modules.
    pub(crate) docs: String,
}
