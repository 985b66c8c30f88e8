use bytes::Bytes;
use http::header::{ACCEPT, USER_AGENT as USER_AGENT_HEADER};
use http::{Method, Request};
use registry_types::{Error, Result};
use url::Url;

/// Sent with every request: registries want to know whom to write to.
pub const USER_AGENT: &str = concat!(
    env!("CARGO_PKG_NAME"),
    "/",
    env!("CARGO_PKG_VERSION"),
    " (package-registry-indexer; +",
    env!("CARGO_PKG_REPOSITORY"),
    ")"
);

/// `base` with `path` under it; `path` must be percent-encoded already.
pub(crate) fn endpoint(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    url.set_path(&format!("{}/{path}", base.path().trim_end_matches('/')));
    url.set_query(None);
    url.set_fragment(None);
    url
}

/// `text` as one path segment.
pub(crate) fn segment(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A GET for `url`.
pub(crate) fn get(url: &Url, accept: &'static str) -> Result<Request<Bytes>> {
    build(Method::GET, url, accept, &[], Bytes::new())
}

/// Any request.
pub(crate) fn build(
    method: Method,
    url: &Url,
    accept: &'static str,
    headers: &[(&'static str, &'static str)],
    body: Bytes,
) -> Result<Request<Bytes>> {
    let mut request = Request::builder()
        .method(method)
        .uri(url.as_str())
        .header(USER_AGENT_HEADER, USER_AGENT)
        .header(ACCEPT, accept);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request
        .body(body)
        .map_err(|e| Error::invalid_argument(format!("{url} cannot be requested: {e}")))
}
