//! Where Hex packages come from.

use std::fmt;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderValue, Request};
use registry_types::{Ecosystem, Error, Result, check_name};
use url::Url;

use super::key::PublicKey;
use crate::common::request::{endpoint, get, segment};

/// A Hex repository: where it is, what it calls itself and whose signature it carries.
#[derive(Clone)]
pub struct Repository {
    /// The base of `packages/…` and `tarballs/…`.
    pub url: Url,
    /// The name inside its signed payloads: `hexpm`, an organization, or a private repository's.
    pub name: String,
    /// The key its resources are signed with.
    pub public_key: PublicKey,
    authorization: Option<HeaderValue>,
    organization: Option<String>,
}

impl Repository {
    /// A repository with its own name and key.
    #[must_use]
    pub fn new(url: Url, name: impl Into<String>, public_key: PublicKey) -> Self {
        Self {
            url,
            name: name.into(),
            public_key,
            authorization: None,
            organization: None,
        }
    }

    /// The public repository or a mirror of it at `url`.
    ///
    /// # Errors
    /// None in practice: the key is a constant.
    pub fn hexpm(url: Url) -> Result<Self> {
        Ok(Self::new(url, "hexpm", PublicKey::hexpm()?))
    }

    /// An organization's private packages, under `repos/{organization}` of this repository and
    /// signed with the same key.
    ///
    /// # Errors
    /// `invalid_argument` when it is no organization's name.
    pub fn organization(&self, organization: &str) -> Result<Self> {
        let fine = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        if organization.is_empty() || !organization.bytes().all(fine) {
            return Err(Error::invalid_argument(format!(
                "{organization:?} is no Hex organization: use a-z, 0-9 and _"
            )));
        }
        Ok(Self {
            url: endpoint(&self.url, &format!("repos/{organization}")),
            name: organization.to_owned(),
            organization: Some(organization.to_owned()),
            ..self.clone()
        })
    }

    /// The same repository, read with `key`: sent verbatim as `Authorization` (an OAuth token is
    /// given as `Bearer …`).
    ///
    /// # Errors
    /// `invalid_argument` when it cannot stand in a header.
    pub fn with_key(mut self, key: &str) -> Result<Self> {
        let mut value = HeaderValue::from_str(key)
            .map_err(|_| Error::invalid_argument("the Hex key holds characters no header may"))?;
        value.set_sensitive(true);
        self.authorization = Some(value);
        Ok(self)
    }

    /// The request for the signed list of `name`'s releases.
    pub(super) fn package_request(&self, name: &str) -> Result<Request<Bytes>> {
        check_name(Ecosystem::Hex, name)?;
        self.get(
            &endpoint(&self.url, &format!("packages/{}", segment(name))),
            "*/*",
        )
    }

    /// The request for what the web API at `api` says about `name`, or one of its releases.
    pub(super) fn api_request(
        &self,
        api: &Url,
        name: &str,
        version: Option<&str>,
    ) -> Result<Request<Bytes>> {
        check_name(Ecosystem::Hex, name)?;
        let mut path = match &self.organization {
            Some(organization) => format!("repos/{organization}/packages/{}", segment(name)),
            None => format!("packages/{}", segment(name)),
        };
        if let Some(version) = version {
            path.push_str(&format!("/releases/{}", segment(version)));
        }
        self.get(&endpoint(api, &path), "application/json")
    }

    /// The address of a release's tarball.
    pub(super) fn tarball(&self, name: &str, version: &str) -> (Url, String) {
        let filename = format!("{name}-{version}.tar");
        let path = format!("tarballs/{}", segment(&filename));
        (endpoint(&self.url, &path), filename)
    }

    fn get(&self, url: &Url, accept: &'static str) -> Result<Request<Bytes>> {
        let mut request = get(url, accept)?;
        if let Some(value) = &self.authorization {
            request.headers_mut().insert(AUTHORIZATION, value.clone());
        }
        Ok(request)
    }
}

impl fmt::Debug for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Repository")
            .field("url", &self.url.as_str())
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository() -> Repository {
        Repository::hexpm(Url::parse("http://127.0.0.1:1/repo/").unwrap()).unwrap()
    }

    #[test]
    fn addresses_of_public_and_organization_packages() {
        let public = repository();
        let request = public.package_request("phoenix").unwrap();
        assert_eq!(request.uri().path(), "/repo/packages/phoenix");
        let organization = public
            .organization("acme")
            .unwrap()
            .with_key("secret")
            .unwrap();
        let request = organization.package_request("phoenix").unwrap();
        assert_eq!(request.uri().path(), "/repo/repos/acme/packages/phoenix");
        assert_eq!(request.headers()[AUTHORIZATION], "secret");
        let api = Url::parse("http://127.0.0.1:1/api").unwrap();
        let request = organization
            .api_request(&api, "x1", Some("1.0.0+a"))
            .unwrap();
        assert_eq!(
            request.uri().path(),
            "/api/repos/acme/packages/x1/releases/1.0.0%2Ba"
        );
        assert_eq!(
            organization.tarball("x1", "1.0.0").0.path(),
            "/repo/repos/acme/tarballs/x1-1.0.0.tar"
        );
        assert!(!format!("{organization:?}").contains("secret"));
    }

    #[test]
    fn foreign_text_never_reaches_an_address() {
        assert!(repository().organization("../x").is_err());
        assert!(repository().organization("").is_err());
        assert!(repository().with_key("a\nb").is_err());
    }
}
