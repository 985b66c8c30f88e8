//! The simple index: what every Python index and mirror has, as JSON (PEP 691) or HTML (PEP 503).

use std::collections::BTreeMap;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, Response};
use registry_types::version::Version;
use registry_types::{Ecosystem, Error, Package, Result, Timestamp, check_name, normalize_name};
use serde::{Deserialize, Deserializer};
use url::Url;

use super::file::{File, checksums};
use super::filename::parts;
use super::html;
use super::project::assemble;
use crate::common::request::{endpoint, get, segment};
use crate::common::{json, lenient};
use crate::{Metadata, check_status};

/// The request for a project's files; `index` is the simple index itself (`…/simple`).
///
/// # Errors
/// `invalid_argument` when `name` is no project's name.
pub fn simple_request(index: &Url, name: &str) -> Result<Request<Bytes>> {
    check_name(Ecosystem::Pypi, name)?;
    let name = normalize_name(Ecosystem::Pypi, name);
    get(
        &endpoint(index, &format!("{}/", segment(&name))),
        "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01",
    )
}

/// Reads a project's files from an answer found at `url` (after redirects: links may be relative).
/// The answer's own content type decides how. Description and dependencies are not in it.
///
/// # Errors
/// As [`check_status`]; `protocol` when it is neither form, or about another project.
pub fn parse_simple(name: &str, url: &Url, response: &Response<Bytes>) -> Result<Metadata> {
    let what = format!("the files of the Python project {name}");
    check_status(&what, response)?;
    let project = normalize_name(Ecosystem::Pypi, name);
    let mut package = Package::new(Ecosystem::Pypi, name);
    let mut known = Vec::new();
    let files = if is_json(response) {
        let text = json::text(response.body());
        let answer: Answer = json::parse(&text, &what)?;
        if let Some(given) = answer.name {
            if normalize_name(Ecosystem::Pypi, &given) != project {
                return Err(Error::protocol(format!(
                    "asked for {what} and got those of {given:?}"
                )));
            }
            package.name = given;
        }
        known = answer.versions;
        let status = answer.meta.project_status;
        package.deprecated = deprecation(status.status.as_deref(), status.reason.as_deref());
        answer
            .files
            .into_iter()
            .filter_map(|f| f.into_file(url))
            .collect()
    } else {
        let page = html::parse(url, response.body());
        package.deprecated = deprecation(page.status.as_deref(), page.status_reason.as_deref());
        page.anchors.into_iter().filter_map(file).collect()
    };
    Ok(assemble(
        package,
        releases(&project, files, known),
        None,
        Vec::new(),
    ))
}

fn is_json(response: &Response<Bytes>) -> bool {
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.ends_with("json") {
        return true;
    }
    let body = response.body().trim_ascii_start();
    !kind.ends_with("html") && body.starts_with(b"{")
}

/// PEP 792: everything but `active` is a reason not to start using the project.
fn deprecation(status: Option<&str>, reason: Option<&str>) -> Option<String> {
    let status = status?.trim();
    if !matches!(status, "archived" | "quarantined" | "deprecated") {
        return None;
    }
    Some(
        match reason.map(str::trim).filter(|reason| !reason.is_empty()) {
            Some(reason) => format!("{status}: {reason}"),
            None => status.to_owned(),
        },
    )
}

/// Files by version. Their names may spell one version differently; the index's own list, if it has
/// one, decides what the version is called, else the first file does.
fn releases(project: &str, files: Vec<File>, known: Vec<String>) -> BTreeMap<String, Vec<File>> {
    let read = |text: &str| Version::parse(Ecosystem::Pypi, text).ok();
    let mut spelled: BTreeMap<Version, String> = BTreeMap::new();
    let mut releases: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for version in known {
        if let Some(parsed) = read(&version) {
            spelled.entry(parsed).or_insert_with(|| version.clone());
        }
        releases.entry(version).or_default();
    }
    for file in files {
        let Some(version) = parts(project, &file.filename).map(|parts| parts.version) else {
            continue;
        };
        let name = match read(&version) {
            Some(parsed) => spelled.entry(parsed).or_insert(version).clone(),
            None => version,
        };
        releases.entry(name).or_default().push(file);
    }
    releases
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default, deserialize_with = "lenient::or_default")]
    meta: Meta,
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::list")]
    versions: Vec<String>,
    #[serde(deserialize_with = "lenient::list")]
    files: Vec<FileAnswer>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Meta {
    #[serde(rename = "project-status", deserialize_with = "lenient::or_default")]
    project_status: Status,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Status {
    #[serde(deserialize_with = "lenient::text")]
    status: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
struct FileAnswer {
    #[serde(deserialize_with = "lenient::text")]
    filename: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    url: Option<String>,
    #[serde(deserialize_with = "lenient::entries")]
    hashes: Vec<(String, String)>,
    #[serde(deserialize_with = "lenient::text")]
    requires_python: Option<String>,
    #[serde(deserialize_with = "lenient::count")]
    size: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    upload_time: Option<String>,
    #[serde(deserialize_with = "yanked")]
    yanked: Option<String>,
}

/// `false`, `true`, or the reason.
fn yanked<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<String>, D::Error> {
    let raw = Option::<&serde_json::value::RawValue>::deserialize(deserializer)?;
    Ok(raw.and_then(|raw| match raw.get() {
        "true" => Some(String::new()),
        _ => lenient::string(raw),
    }))
}

impl FileAnswer {
    fn into_file(self, base: &Url) -> Option<File> {
        Some(File {
            filename: self.filename?,
            url: self.url.and_then(|url| base.join(&url).ok()),
            package_type: None,
            size: self.size,
            checksums: checksums(self.hashes.iter().map(|(n, d)| (n.as_str(), d.as_str()))),
            requires_python: self.requires_python,
            uploaded: self.upload_time.and_then(|time| Timestamp::parse(&time)),
            yanked: self.yanked.is_some(),
            yanked_reason: self.yanked.filter(|reason| !reason.trim().is_empty()),
        })
    }
}

/// A link as a file: its name is the link's text, its digest the address's fragment.
fn file(anchor: html::Anchor) -> Option<File> {
    let mut url = anchor.href?;
    let digest = url.fragment().unwrap_or_default().to_owned();
    url.set_fragment(None);
    let text = anchor.text.trim();
    let filename = if text.is_empty() {
        url.path_segments()?.next_back()?.to_owned()
    } else {
        text.to_owned()
    };
    Some(File {
        filename,
        checksums: checksums(digest.split('&').filter_map(|pair| pair.split_once('='))),
        url: Some(url),
        requires_python: anchor.requires_python,
        yanked: anchor.yanked.is_some(),
        yanked_reason: anchor.yanked.filter(|reason| !reason.trim().is_empty()),
        ..File::default()
    })
}
