use bytes::Bytes;
use http::{Request, Response};
use registry_types::{Error, Result};
use serde::Deserialize;
use url::Url;

use super::location::prefix;
use crate::common::request::{endpoint, get};
use crate::common::{json, lenient};
use crate::{Checksum, check_status};

/// What an index's `config.json` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// Where crates are downloaded, with markers or without (see [`Config::download_url`]).
    pub dl: String,
    /// The base of the web API, if the registry has one.
    pub api: Option<Url>,
    /// Whether every request wants credentials.
    pub auth_required: bool,
}

#[derive(Deserialize)]
struct Answer {
    dl: String,
    #[serde(default, deserialize_with = "lenient::text")]
    api: Option<String>,
    #[serde(default, rename = "auth-required", deserialize_with = "lenient::flag")]
    auth_required: bool,
}

/// The request for an index's `config.json`. `index` may carry cargo's `sparse+` mark.
///
/// # Errors
/// `invalid_argument` when `index` is no web address.
pub fn config_request(index: &Url) -> Result<Request<Bytes>> {
    get(&endpoint(&web(index)?, "config.json"), "application/json")
}

/// Reads a `config.json`.
///
/// # Errors
/// By status, and `protocol` when it has no usable `dl`.
pub fn parse_config(response: &Response<Bytes>) -> Result<Config> {
    const WHAT: &str = "the cargo index's config.json";
    check_status(WHAT, response)?;
    let text = json::text(response.body());
    let answer: Answer = json::parse(&text, WHAT)?;
    let config = Config {
        dl: answer.dl,
        api: answer.api.and_then(|api| api.parse().ok()).filter(is_web),
        auth_required: answer.auth_required,
    };
    let probe = Checksum::of(crate::Algorithm::Sha256, b"");
    config.download_url("probe", "0.0.0", &probe)?;
    Ok(config)
}

impl Config {
    /// Where the archive of a version lies: `dl` with `{crate}`, `{version}`, `{prefix}`,
    /// `{lowerprefix}` and `{sha256-checksum}` filled in, or, if it has none of them,
    /// `/{crate}/{version}/download` below it.
    ///
    /// # Errors
    /// `protocol` when that is no web address.
    pub fn download_url(&self, name: &str, version: &str, checksum: &Checksum) -> Result<Url> {
        let lower = name.to_ascii_lowercase();
        let markers = [
            ("{crate}", name.to_owned()),
            ("{version}", version.to_owned()),
            ("{prefix}", prefix(name)),
            ("{lowerprefix}", prefix(&lower)),
            ("{sha256-checksum}", checksum.hex()),
        ];
        let text = if markers.iter().any(|(marker, _)| self.dl.contains(marker)) {
            markers.iter().fold(self.dl.clone(), |dl, (marker, value)| {
                dl.replace(marker, value)
            })
        } else {
            format!(
                "{}/{name}/{version}/download",
                self.dl.trim_end_matches('/')
            )
        };
        text.parse().ok().filter(is_web).ok_or_else(|| {
            Error::protocol(format!(
                "the cargo index's config.json names no usable download address: dl is {:?}",
                self.dl
            ))
        })
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// `index` without cargo's `sparse+` mark.
pub(super) fn web(index: &Url) -> Result<Url> {
    let text = index.as_str();
    let text = text.strip_prefix("sparse+").unwrap_or(text);
    text.parse().ok().filter(is_web).ok_or_else(|| {
        Error::invalid_argument(format!(
            "{index} is no sparse cargo index: give an address that begins with sparse+https:// or https://"
        ))
    })
}
