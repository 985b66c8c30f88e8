//! `package.json`.

use registry_types::{Package, Release, Result};
use serde::Deserialize;
use serde_json::Value;

use super::fill;
use crate::common::{json, lenient};
use crate::repository_url;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Manifest {
    #[serde(deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    license: Value,
    #[serde(deserialize_with = "lenient::or_default")]
    licenses: Value,
    #[serde(deserialize_with = "lenient::texts")]
    keywords: Vec<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    homepage: Value,
    #[serde(deserialize_with = "lenient::or_default")]
    repository: Value,
    #[serde(deserialize_with = "lenient::entries")]
    engines: Vec<(String, String)>,
}

pub(super) fn apply(package: &mut Package, release: &mut Release, bytes: &[u8]) -> Result<()> {
    let text = json::text(bytes);
    let manifest: Manifest = json::parse(&text, "package.json")?;
    let license = license(&manifest.license).or_else(|| license(&manifest.licenses));
    let repository = first(&manifest.repository, "url").and_then(repository_url);
    fill::text(&mut package.description, manifest.description.as_deref());
    fill::text(&mut package.license, license.as_deref());
    fill::text(&mut package.homepage, first(&manifest.homepage, "url"));
    fill::text(&mut package.repository, repository.as_deref());
    fill::list(&mut package.keywords, manifest.keywords);
    fill::text(&mut release.description, manifest.description.as_deref());
    fill::text(&mut release.license, license.as_deref());
    for (engine, range) in manifest.engines {
        release.runtime.entry(engine).or_insert(range);
    }
    Ok(())
}

/// A text, or the text under `key` of an object; of a list its first element's.
fn first<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    let value = match value {
        Value::Array(items) => items.first()?,
        other => other,
    };
    value.as_str().or_else(|| value.get(key)?.as_str())
}

/// A text, `{type}`, or a list of either, any one of which may be chosen.
fn license(value: &Value) -> Option<String> {
    match value {
        Value::Array(items) => {
            let names: Vec<&str> = items
                .iter()
                .filter_map(|item| first(item, "type"))
                .collect();
            match names.as_slice() {
                [] => None,
                [one] => Some((*one).to_owned()),
                _ => Some(format!("({})", names.join(" OR "))),
            }
        }
        other => first(other, "type").map(str::to_owned),
    }
}
