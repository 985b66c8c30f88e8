use registry_store::{Store, View};
use registry_types::replacement::{Replacement, of_package};
use registry_types::{Ecosystem, Error, Result};

/// The packages that stored notices name in place of a package: its deprecation or retirement,
/// advisories that call it unmaintained, its description and its README. None for one that is alive.
///
/// # Errors
/// `NotFound` when nothing is stored of it, neither the package nor an advisory.
pub fn replacements(store: &Store, ecosystem: Ecosystem, name: &str) -> Result<Vec<Replacement>> {
    store.view(|view| {
        let found = in_view(view, ecosystem, name)?;
        found.ok_or_else(|| not_stored(ecosystem, name))
    })
}

/// `None` when nothing is stored of the package.
pub(super) fn in_view(
    view: &View<'_>,
    ecosystem: Ecosystem,
    name: &str,
) -> Result<Option<Vec<Replacement>>> {
    let advisories = view.advisories(ecosystem, name)?;
    let Some(stored) = view.package(ecosystem, name)? else {
        // RustSec names alternatives for crates that nobody collects any more.
        let bare = registry_types::Package::new(ecosystem, name);
        let known = !advisories.is_empty();
        return Ok(known.then(|| of_package(&bare, None, &advisories)));
    };
    let readme = view.readme(&stored)?;
    Ok(Some(of_package(
        &stored.package,
        readme.as_deref(),
        &advisories,
    )))
}

/// The error for a package of which nothing is stored.
pub(super) fn not_stored(ecosystem: Ecosystem, name: &str) -> Error {
    Error::not_found(format!(
        "{ecosystem} package {name} is not in the store: collect it first"
    ))
}
