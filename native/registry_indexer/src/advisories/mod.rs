//! Advisory feeds of whole ecosystems: from a file, a directory or a zip, or from OSV's export.

mod import;
mod options;
mod read;
mod refresh;
mod walk;

pub use options::{
    ImportLimits, ImportOptions, ImportReport, RefreshOptions, RefreshReport, Skipped,
};

pub(crate) use import::import_path;
pub(crate) use refresh::refresh;

/// The feed of what is written in OSV's schema.
const OSV: &str = "osv";
