use std::collections::HashMap;
use std::ops::Range;

use bytes::Bytes;
use http::{Request, Response};
use registry_types::{
    Ecosystem, Error, Package, Result, Timestamp, VersionEntry, check_name,
    version::{self, Version},
};
use serde_json::value::RawValue;
use url::Url;

use super::fields;
use super::object::Object;
use super::version::release;
use crate::common::json::Text;
use crate::common::metadata::Detail;
use crate::common::request::{endpoint, get};
use crate::{Metadata, ReleaseMetadata, check_status};

/// The request for a package's full packument: `GET /@scope%2fname`.
///
/// # Errors
/// `invalid_argument` when `name` is no npm name.
pub fn metadata_request(base: &Url, name: &str) -> Result<Request<Bytes>> {
    check_name(Ecosystem::Npm, name)?;
    let url = endpoint(base, &name.replace('/', "%2f"));
    get(&url, "application/json")
}

/// Reads a packument, full or abbreviated. [`Metadata::tags`] has the dist-tags.
///
/// # Errors
/// By status; `not_found` when the package was unpublished or has no versions; `protocol` when the
/// answer is no packument or is about another package.
pub fn parse_metadata(name: &str, response: &Response<Bytes>) -> Result<Metadata> {
    let what = format!("npm package {name}");
    check_status(&what, response)?;
    let text = Text::new(response.body());
    let object = Object::parse(text.as_str(), &what)?;
    if let Some(other) = object.text("name").filter(|other| other != name) {
        return Err(Error::protocol(format!(
            "asked for {what}, the answer is about {other:?}"
        )));
    }
    let times = object.object("time");
    let mut package = Package::new(Ecosystem::Npm, name);
    let mut places = HashMap::new();
    for (version, raw) in object.entries("versions") {
        let entry = entry(version, raw, &times);
        let next = (package.versions.len(), Range::default());
        let (index, place) = places.entry(entry.version.clone()).or_insert(next);
        *place = text.place(raw.get());
        match package.versions.get_mut(*index) {
            Some(slot) => *slot = entry,
            None => package.versions.push(entry),
        }
    }
    if package.versions.is_empty() {
        return Err(absent(&what, &times));
    }
    let dates = || {
        package
            .versions
            .iter()
            .filter_map(|entry| entry.published_at)
    };
    package.created_at = time(&times, "created").or_else(|| dates().min());
    package.updated_at = time(&times, "modified").or_else(|| dates().max());
    let tags = object.pairs("dist-tags").into_iter().collect();
    let places = places
        .into_iter()
        .map(|(version, (_, place))| (version, place))
        .collect();
    let readme = fields::readme(&object);
    describe(&mut package, &object);
    let detail = Versions {
        text: text.clone(),
        places,
        readme: None,
    };
    Ok(complete(package, detail, tags, readme))
}

/// A version's line in the list. Its object is searched before it is read: few are deprecated.
fn entry(version: String, raw: &RawValue, times: &Object<'_>) -> VersionEntry {
    let deprecated = raw.get().contains("\"deprecated\"");
    VersionEntry {
        published_at: time(times, &version),
        yanked: false,
        deprecated: deprecated
            .then(|| fields::deprecation(&Object::of(raw)))
            .flatten(),
        retired: None,
        prerelease: Version::parse(Ecosystem::Npm, &version).is_ok_and(|v| v.is_prerelease()),
        version,
    }
}

fn time(times: &Object<'_>, key: &str) -> Option<Timestamp> {
    times.text(key).as_deref().and_then(Timestamp::parse)
}

fn absent(what: &str, times: &Object<'_>) -> Error {
    let gone = times.get("unpublished").map(Object::of);
    Error::not_found(match gone {
        Some(gone) => {
            let when = gone
                .text("time")
                .map(|time| format!(" on {time}"))
                .unwrap_or_default();
            format!("{what} was unpublished{when}")
        }
        None => format!("{what} has no versions"),
    })
}

/// Fills what is not known yet from a packument or a version.
fn describe(package: &mut Package, object: &Object<'_>) {
    fn fill(field: &mut Option<String>, value: impl FnOnce() -> Option<String>) {
        if field.is_none() {
            *field = value();
        }
    }
    fill(&mut package.description, || object.text("description"));
    fill(&mut package.license, || fields::license(object));
    fill(&mut package.homepage, || fields::homepage(object));
    fill(&mut package.repository, || fields::repository(object));
    if package.keywords.is_empty() {
        package.keywords = object.texts("keywords");
    }
    if package.owners.is_empty() {
        package.owners = fields::maintainers(object);
    }
}

/// What the latest version has to say about the package: mirrors leave the packument's own fields
/// out.
fn complete(
    mut package: Package,
    mut detail: Versions,
    tags: std::collections::BTreeMap<String, String>,
    readme: Option<String>,
) -> Metadata {
    let latest = version::latest(Ecosystem::Npm, &package.versions).cloned();
    if let Some(latest) = &latest
        && let Ok(object) = detail.object(&latest.version)
    {
        describe(&mut package, &object);
    }
    let held = package
        .versions
        .iter()
        .all(|e| e.version.starts_with("0.0.1-security"));
    package.deprecated = if held {
        Some("removed from the registry, which holds its name for security reasons".to_owned())
    } else {
        latest.as_ref().and_then(|entry| entry.deprecated.clone())
    };
    // The packument's README is that of the version which was tagged when it was published.
    let owner = tags
        .get("latest")
        .cloned()
        .or(latest.map(|entry| entry.version));
    detail.readme = owner.zip(readme);
    let mut metadata = Metadata::new(package, detail);
    metadata.tags = tags;
    metadata
}

/// The packument as it came, and where in it each version lies.
#[derive(Debug)]
struct Versions {
    text: Text,
    places: HashMap<String, Range<usize>>,
    /// The packument's README and the version to which it belongs.
    readme: Option<(String, String)>,
}

impl Versions {
    fn object(&self, version: &str) -> Result<Object<'_>> {
        let place = self.places.get(version).cloned().unwrap_or_default();
        Object::parse(self.text.part(place), "its part of the packument")
    }
}

impl Detail for Versions {
    fn release(&self, package: &Package, version: &str) -> Result<ReleaseMetadata> {
        let object = self.object(version)?;
        let mut answer = release(&package.name, version, &object)?;
        if let Some((_, readme)) = self.readme.as_ref().filter(|(owner, _)| owner == version) {
            answer.release.readme.get_or_insert_with(|| readme.clone());
        }
        Ok(answer)
    }
}
