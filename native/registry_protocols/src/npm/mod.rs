//! npm: the registry's packuments, downloads and bulk advisories.

use bytes::Bytes;
use http::Request;
use registry_types::{Ecosystem, Result, check_name};
use url::Url;

use crate::common::request::{endpoint, get};

/// The request for a package's full packument.
///
/// # Errors
/// `invalid_argument` when `name` is no npm name.
pub fn metadata_request(base: &Url, name: &str) -> Result<Request<Bytes>> {
    check_name(Ecosystem::Npm, name)?;
    let url = endpoint(base, &name.replace('/', "%2f"));
    get(&url, "application/json")
}
