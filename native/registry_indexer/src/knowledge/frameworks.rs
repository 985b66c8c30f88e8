use registry_store::Store;
use registry_types::framework::{Framework, frameworks as detect};
use registry_types::{Ecosystem, Result};

use super::replacements::not_stored;

/// The frameworks a stored package belongs to, the surest first, with what tells it.
///
/// # Errors
/// `NotFound` when the package is not stored.
pub fn frameworks(store: &Store, ecosystem: Ecosystem, name: &str) -> Result<Vec<Framework>> {
    store.view(|view| {
        let stored = view.package(ecosystem, name)?;
        let stored = stored.ok_or_else(|| not_stored(ecosystem, name))?;
        let release = view.face(&stored)?;
        let dependencies = release.map(|r| r.dependencies).unwrap_or_default();
        Ok(detect(&stored.package, &dependencies))
    })
}
