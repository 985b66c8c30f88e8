use std::collections::HashMap;

use bytes::Bytes;
use http::{Request, Response};
use registry_types::{Downloads, Ecosystem, Error, Owner, Result, Timestamp, normalize_name};
use serde::Deserialize;

use super::config::Config;
use crate::common::repository::repository_or_text;
use crate::common::request::{endpoint, get};
use crate::common::{json, lenient};
use crate::{Metadata, check_status};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    #[serde(rename = "crate", deserialize_with = "lenient::maybe")]
    krate: Option<Crate>,
    #[serde(deserialize_with = "lenient::list")]
    versions: Vec<Version>,
    #[serde(deserialize_with = "lenient::list")]
    errors: Vec<ErrorText>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ErrorText {
    detail: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Crate {
    id: String,
    #[serde(deserialize_with = "lenient::text")]
    created_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    updated_at: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    keywords: Vec<String>,
    #[serde(deserialize_with = "lenient::texts")]
    categories: Vec<String>,
    #[serde(deserialize_with = "lenient::count")]
    downloads: Option<u64>,
    #[serde(deserialize_with = "lenient::count")]
    recent_downloads: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    homepage: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    documentation: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    repository: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Version {
    num: String,
    #[serde(deserialize_with = "lenient::text")]
    created_at: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    description: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    license: Option<String>,
    #[serde(deserialize_with = "lenient::count")]
    crate_size: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    rust_version: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    yank_message: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Owners {
    #[serde(deserialize_with = "lenient::list")]
    users: Vec<User>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct User {
    login: String,
    #[serde(deserialize_with = "lenient::text")]
    email: Option<String>,
}

fn request(config: &Config, path: &str) -> Option<Result<Request<Bytes>>> {
    let api = config.api.as_ref()?;
    Some(get(&endpoint(api, path), "application/json"))
}

/// The request for what the web API knows of `name`; `None` when the registry has no web API.
/// The public registry allows one such request per second.
///
/// # Errors
/// `invalid_argument` when `name` is no crate name.
pub fn api_request(config: &Config, name: &str) -> Result<Option<Request<Bytes>>> {
    registry_types::check_name(Ecosystem::Cargo, name)?;
    request(config, &format!("api/v1/crates/{name}")).transpose()
}

/// The request for a crate's owners; `None` when the registry has no web API.
///
/// # Errors
/// `invalid_argument` when `name` is no crate name.
pub fn owners_request(config: &Config, name: &str) -> Result<Option<Request<Bytes>>> {
    registry_types::check_name(Ecosystem::Cargo, name)?;
    request(config, &format!("api/v1/crates/{name}/owners")).transpose()
}

/// Adds what the web API knows. Versions stay those of the index: in the light form of the answer
/// (`?include=`) the API's own lists are `null` and its `max_version` is `0.0.0`.
///
/// # Errors
/// By status; `protocol` for an error told with status 200 and for an answer about another crate.
pub fn apply_api(metadata: &mut Metadata, response: &Response<Bytes>) -> Result<()> {
    let name = metadata.package.name.clone();
    let what = format!("crate {name} in the web API");
    check_status(&what, response)?;
    let text = json::text(response.body());
    let answer: Answer = json::parse(&text, &what)?;
    let Some(krate) = answer.krate else {
        let why = answer
            .errors
            .first()
            .map_or("no crate in it", |e| &e.detail);
        return Err(Error::protocol(format!("the answer for {what} is {why:?}")));
    };
    let normal = |text: &str| normalize_name(Ecosystem::Cargo, text);
    if normal(&krate.id) != normal(&name) {
        return Err(Error::protocol(format!(
            "the answer for {what} is about {:?}",
            krate.id
        )));
    }
    apply_crate(metadata, krate);
    let mut told: HashMap<String, Version> = answer
        .versions
        .into_iter()
        .map(|version| (version.num.clone(), version))
        .collect();
    let mut extras = Vec::new();
    for entry in &mut metadata.package.versions {
        if let Some(version) = told.remove(&entry.version) {
            let created = version.created_at.as_deref().and_then(Timestamp::parse);
            entry.published_at = entry.published_at.or(created);
            if entry.yanked {
                entry.deprecated.clone_from(&version.yank_message);
            }
            extras.push(version);
        }
    }
    for version in extras {
        apply_version(metadata, version);
    }
    Ok(())
}

fn apply_crate(metadata: &mut Metadata, krate: Crate) {
    let time = |text: Option<String>| text.as_deref().and_then(Timestamp::parse);
    let package = &mut metadata.package;
    package.description = krate.description;
    package.homepage = krate.homepage;
    package.documentation = krate.documentation;
    package.repository = repository_or_text(krate.repository);
    package.keywords = krate.keywords;
    package.categories = krate.categories;
    package.downloads = Downloads {
        total: krate.downloads,
        recent: krate.recent_downloads,
    };
    package.created_at = time(krate.created_at).or(package.created_at);
    package.updated_at = time(krate.updated_at).or(package.updated_at);
}

fn apply_version(metadata: &mut Metadata, version: Version) {
    let package = &mut metadata.package;
    if package.latest_version.as_deref() == Some(version.num.as_str()) {
        package.license.clone_from(&version.license);
    }
    let extra = metadata.extra(&version.num);
    extra.description = version.description;
    extra.license = version.license;
    extra.size = version.crate_size;
    extra
        .runtime
        .extend(version.rust_version.map(|rust| ("rust".to_owned(), rust)));
}

/// Adds the owners.
///
/// # Errors
/// By status; `protocol` when the answer cannot be read.
pub fn apply_owners(metadata: &mut Metadata, response: &Response<Bytes>) -> Result<()> {
    let what = format!("the owners of crate {}", metadata.package.name);
    check_status(&what, response)?;
    let text = json::text(response.body());
    let answer: Owners = json::parse(&text, &what)?;
    metadata.package.owners = answer
        .users
        .into_iter()
        .filter(|user| !user.login.is_empty())
        .map(|user| Owner {
            name: user.login,
            email: user.email,
        })
        .collect();
    Ok(())
}
