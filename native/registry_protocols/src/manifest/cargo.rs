//! `Cargo.toml`.

use registry_types::{Error, Package, Release, Result};
use toml::{Table, Value};

use super::fill;
use crate::repository_url;

pub(super) fn apply(package: &mut Package, release: &mut Release, bytes: &[u8]) -> Result<()> {
    let text = String::from_utf8_lossy(bytes);
    let table: Table = text
        .parse()
        .map_err(|e: toml::de::Error| Error::archive(e.message().to_owned()))?;
    let Some(section) = table.get("package").or_else(|| table.get("project")) else {
        return Err(Error::archive("there is no [package] in it"));
    };
    let get = |key: &str| section.get(key).and_then(Value::as_str);
    let words = |key: &str| {
        let values = section.get(key).and_then(Value::as_array);
        let words = values.into_iter().flatten().filter_map(Value::as_str);
        words.map(str::to_owned).collect::<Vec<_>>()
    };
    let file = get("license-file").map(|file| format!("SEE LICENSE IN {file}"));
    let license = get("license").map(str::to_owned).or(file);
    fill::text(&mut package.description, get("description"));
    fill::text(&mut package.license, license.as_deref());
    fill::text(&mut package.homepage, get("homepage"));
    fill::text(&mut package.documentation, get("documentation"));
    fill::text(
        &mut package.repository,
        get("repository").and_then(repository_url).as_deref(),
    );
    fill::list(&mut package.keywords, words("keywords"));
    fill::list(&mut package.categories, words("categories"));
    fill::text(&mut release.description, get("description"));
    fill::text(&mut release.license, license.as_deref());
    if let Some(rust) = get("rust-version") {
        let slot = release.runtime.entry("rust".to_owned());
        slot.or_insert_with(|| rust.to_owned());
    }
    Ok(())
}
