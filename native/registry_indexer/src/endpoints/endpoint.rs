//! A base address and the credentials that belong to it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Request;
use http::header::{self, HeaderValue};
use registry_types::{Error, ErrorKind, Result};
use url::Url;

use crate::transport::{same_origin, show};

/// One configured address.
#[derive(Clone)]
pub struct Endpoint {
    /// Where requests go; ends in `/`, holds no credentials.
    pub url: Url,
    /// Which setting named it.
    pub from: String,
    secret: Option<HeaderValue>,
}

impl Endpoint {
    /// Reads a setting. Credentials inside the address become a header of their own.
    ///
    /// # Errors
    /// `unconfigured` naming the setting, when its value is no web address.
    pub fn new(setting: impl Into<String>, value: &str) -> Result<Self> {
        let from = setting.into();
        let bad = || {
            let message = format!("{from} is set to something that is no http or https address");
            Error::new(ErrorKind::Unconfigured, message).with("setting", &from)
        };
        let mut url = Url::parse(value.trim()).map_err(|_| bad())?;
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return Err(bad());
        }
        let secret = userinfo(&url);
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_fragment(None);
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        Ok(Self { url, from, secret })
    }

    /// With the value of an `Authorization` header, unless it cannot be one.
    #[must_use]
    pub fn with_secret(mut self, value: Option<String>) -> Self {
        if let Some(mut value) = value.and_then(|v| HeaderValue::from_str(&v).ok()) {
            value.set_sensitive(true);
            self.secret = Some(value);
        }
        self
    }

    /// Another address of the same party: credentials go there only if the origin is the same.
    #[must_use]
    pub fn at(&self, url: Url) -> Self {
        let secret = self.secret.clone().filter(|_| same_origin(&self.url, &url));
        Self {
            url,
            from: self.from.clone(),
            secret,
        }
    }

    /// Whether credentials are known.
    #[must_use]
    pub const fn has_secret(&self) -> bool {
        self.secret.is_some()
    }

    /// Adds the credentials to `request`, if it goes to this endpoint's own origin and has none.
    pub fn authorize(&self, request: &mut Request<Bytes>) {
        let Some(secret) = &self.secret else { return };
        let to = Url::parse(&request.uri().to_string());
        if to.is_ok_and(|to| same_origin(&to, &self.url)) {
            let headers = request.headers_mut();
            headers
                .entry(header::AUTHORIZATION)
                .or_insert_with(|| secret.clone());
        }
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Endpoint");
        out.field("url", &show(&self.url)).field("from", &self.from);
        out.field("secret", &self.secret.as_ref().map(|_| "…"))
            .finish()
    }
}

/// `Basic` from a name and a password.
pub fn basic(name: &str, password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{name}:{password}")))
}

fn userinfo(url: &Url) -> Option<HeaderValue> {
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let text = basic(
        &decode(url.username()),
        &decode(url.password().unwrap_or_default()),
    );
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str) -> Request<Bytes> {
        Request::get(uri).body(Bytes::new()).unwrap()
    }

    #[test]
    fn credentials_leave_the_address_and_stay_with_the_host() {
        let endpoint = Endpoint::new("X", "https://me:p%40ss@h.test/simple").unwrap();
        assert_eq!(endpoint.url.as_str(), "https://h.test/simple/");
        let mut own = request("https://h.test/simple/x/");
        endpoint.authorize(&mut own);
        let sent = own.headers()[header::AUTHORIZATION].to_str().unwrap();
        assert_eq!(sent, basic("me", "p@ss"));
        for other in [
            "https://evil.test/",
            "http://h.test/",
            "https://h.test:8443/",
        ] {
            let mut foreign = request(other);
            endpoint.authorize(&mut foreign);
            assert!(foreign.headers().is_empty(), "{other}");
        }
    }

    #[test]
    fn secrets_are_never_shown() {
        let endpoint = Endpoint::new("X", "https://me:hunter2@h.test/?token=hunter2").unwrap();
        let debug = format!("{endpoint:?} {:?}", endpoint.secret);
        assert!(
            !debug.contains("hunter2") && debug.contains("h.test"),
            "{debug}"
        );
        let error = Endpoint::new("NPM_CONFIG_REGISTRY", "hunter2://x:hunter2@").unwrap_err();
        assert!(
            !error.message.contains("hunter2") && error.message.contains("NPM_CONFIG_REGISTRY")
        );
    }
}
