//! Everything that reads records.

mod advisories;
mod dependents;
mod list;
mod packages;
mod releases;
mod snippets;
mod standing;
mod stats;
mod view;

pub use list::{ListQuery, PackagePage};
pub use snippets::SnippetFilter;
pub(crate) use standing::standing;
pub use stats::{EcosystemStats, Stats};
pub use view::{StoredPackage, View};
