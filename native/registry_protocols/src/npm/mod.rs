//! npm: packuments, download counts and the bulk advisory endpoint.
//!
//! A packument holds every version's whole `package.json` and may have 10 MB: only the version
//! asked for is read. Mirrors regenerate packuments, so everything but names, versions and `dist`
//! may be missing, and what authors wrote once comes in every shape the years have seen.

mod audit;
mod dependencies;
mod downloads;
mod fields;
mod object;
mod packument;
mod version;

pub use audit::{audit_request, parse_audit};
pub use downloads::{downloads_request, parse_downloads};
pub use packument::{metadata_request, parse_metadata};

#[cfg(test)]
mod tests;
