//! What each registry serves: all paths are made when the fixture starts.

mod cargo;
mod files;
mod hex;
mod npm;
mod others;
mod pypi;

use std::collections::HashMap;

use serde_json::Value;

use crate::build::sha256;
use crate::serve::request::Request;
use crate::serve::response::{Resource, Response};

/// Paths and what is served there.
pub struct Routes {
    /// The address of the server, without a slash at its end.
    pub base: String,
    /// By path.
    pub map: HashMap<String, Resource>,
}

impl Routes {
    /// All routes of all registries.
    #[must_use]
    pub fn all(base: &str) -> Self {
        let mut routes = Self {
            base: base.to_owned(),
            map: HashMap::new(),
        };
        cargo::add(&mut routes);
        npm::add(&mut routes);
        hex::add(&mut routes);
        pypi::add(&mut routes);
        others::add(&mut routes);
        routes
    }

    fn json(&mut self, path: &str, value: &Value) {
        self.put(
            path,
            "application/json",
            value.to_string().into_bytes(),
            true,
        );
    }

    fn put(&mut self, path: &str, content_type: &'static str, body: Vec<u8>, metadata: bool) {
        let etag = sha256(&body).get(..32).map(|hash| format!("\"{hash}\""));
        let resource = Resource {
            content_type,
            etag,
            compress: metadata,
            body,
        };
        self.map.insert(path.to_owned(), resource);
    }

    /// Hex sends its validators without quotes.
    fn unquote(&mut self, path: &str) {
        if let Some(resource) = self.map.get_mut(path) {
            resource.etag = resource.etag.take().map(|e| e.trim_matches('"').to_owned());
        }
    }
}

/// Answers that depend on more than the path.
#[must_use]
pub fn handle(base: &str, request: &Request) -> Option<Response> {
    pypi::redirect(base, request)
        .or_else(|| others::osv(request))
        .or_else(|| npm::audit(request))
}
