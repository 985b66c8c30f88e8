//! `metadata.config`.

use registry_types::{Package, Release, Result};

use super::fill;
use crate::hex::{fill_links, license, read_metadata_config};

pub(super) fn apply(package: &mut Package, release: &mut Release, bytes: &[u8]) -> Result<()> {
    let config = read_metadata_config(bytes)?;
    let license = license(&config.licenses);
    fill_links(package, &config.links);
    fill::text(&mut package.description, config.description.as_deref());
    fill::text(&mut package.license, license.as_deref());
    fill::text(&mut release.description, config.description.as_deref());
    fill::text(&mut release.license, license.as_deref());
    fill::list(&mut release.dependencies, config.requirements);
    if let Some(elixir) = config.elixir {
        release.runtime.entry("elixir".to_owned()).or_insert(elixir);
    }
    Ok(())
}
