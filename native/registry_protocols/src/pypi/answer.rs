//! The JSON API's answer as it is written. Texts may be null, empty or `UNKNOWN`.

use serde::{Deserialize, Deserializer};
use url::Url;

use super::file::{File, checksums};
use crate::common::lenient;
use registry_types::Timestamp;

/// A text that says something: not empty, and not the `UNKNOWN` of old tools.
fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(lenient::text(deserializer)?.filter(|text| text != "UNKNOWN"))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Answer {
    pub(super) info: Info,
    #[serde(deserialize_with = "lenient::entries")]
    pub(super) releases: Vec<(String, Vec<FileAnswer>)>,
    #[serde(deserialize_with = "lenient::list")]
    pub(super) urls: Vec<FileAnswer>,
    #[serde(deserialize_with = "lenient::list")]
    pub(super) vulnerabilities: Vec<Vulnerability>,
    #[serde(deserialize_with = "lenient::or_default")]
    pub(super) ownership: Ownership,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Info {
    #[serde(deserialize_with = "known")]
    pub(super) name: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) version: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) summary: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) description: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) author: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) author_email: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) maintainer: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) maintainer_email: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) license: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) license_expression: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    pub(super) classifiers: Vec<String>,
    #[serde(deserialize_with = "words")]
    pub(super) keywords: Vec<String>,
    #[serde(deserialize_with = "known")]
    pub(super) home_page: Option<String>,
    #[serde(deserialize_with = "known")]
    pub(super) docs_url: Option<String>,
    #[serde(deserialize_with = "lenient::entries")]
    pub(super) project_urls: Vec<(String, Option<String>)>,
    #[serde(deserialize_with = "known")]
    pub(super) requires_python: Option<String>,
    #[serde(deserialize_with = "lenient::list")]
    pub(super) requires_dist: Vec<String>,
    #[serde(deserialize_with = "lenient::list")]
    pub(super) provides_extra: Vec<String>,
    #[serde(deserialize_with = "lenient::flag")]
    pub(super) yanked: bool,
    #[serde(deserialize_with = "known")]
    pub(super) yanked_reason: Option<String>,
}

/// Keywords: a list, or one text separated by commas or else by spaces.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(split_keywords(lenient::texts(deserializer)?))
}

/// The one text without a comma that is really several words.
pub(crate) fn split_keywords(keywords: Vec<String>) -> Vec<String> {
    match keywords.as_slice() {
        [one] if one == "UNKNOWN" => Vec::new(),
        [one] => one.split_whitespace().map(str::to_owned).collect(),
        _ => keywords,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Ownership {
    #[serde(deserialize_with = "lenient::list")]
    pub(super) roles: Vec<Role>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Role {
    #[serde(deserialize_with = "known")]
    pub(super) user: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FileAnswer {
    #[serde(deserialize_with = "lenient::text")]
    filename: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    packagetype: Option<String>,
    #[serde(deserialize_with = "lenient::count")]
    size: Option<u64>,
    #[serde(deserialize_with = "lenient::text")]
    url: Option<String>,
    #[serde(deserialize_with = "lenient::entries")]
    digests: Vec<(String, String)>,
    #[serde(deserialize_with = "known")]
    requires_python: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    upload_time_iso_8601: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    upload_time: Option<String>,
    #[serde(deserialize_with = "lenient::flag")]
    yanked: bool,
    #[serde(deserialize_with = "known")]
    yanked_reason: Option<String>,
}

impl FileAnswer {
    pub(super) fn into_file(self) -> Option<File> {
        let uploaded = self.upload_time_iso_8601.or(self.upload_time);
        Some(File {
            filename: self.filename?,
            url: self.url.and_then(|url| Url::parse(&url).ok()),
            package_type: self.packagetype,
            size: self.size,
            checksums: checksums(self.digests.iter().map(|(n, d)| (n.as_str(), d.as_str()))),
            requires_python: self.requires_python,
            uploaded: uploaded.and_then(|time| Timestamp::parse(&time)),
            yanked: self.yanked,
            yanked_reason: self.yanked_reason,
        })
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Vulnerability {
    #[serde(deserialize_with = "lenient::text")]
    pub(super) id: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    pub(super) aliases: Vec<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) summary: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) details: Option<String>,
    #[serde(deserialize_with = "lenient::texts")]
    pub(super) fixed_in: Vec<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) link: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    pub(super) withdrawn: Option<String>,
}
