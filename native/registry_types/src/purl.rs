use std::fmt;
use std::str::FromStr;

use crate::{Ecosystem, Error, Result};

/// A package URL (<https://github.com/package-url/purl-spec>) of one of our ecosystems.
///
/// ```
/// use registry_types::{Ecosystem, Purl};
/// let purl: Purl = "pkg:cargo/tokio@1.35.0".parse()?;
/// assert_eq!((purl.ecosystem, purl.name.as_str()), (Ecosystem::Cargo, "tokio"));
/// assert_eq!(purl.version.as_deref(), Some("1.35.0"));
/// # Ok::<(), registry_types::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purl {
    /// The purl type.
    pub ecosystem: Ecosystem,
    /// Namespace and name as the registry writes them: `@types/node`, `rust-lang/cargo`.
    pub name: String,
    /// The version, if the purl names one.
    pub version: Option<String>,
}

impl Purl {
    /// A purl from its parts.
    #[must_use]
    pub fn new(ecosystem: Ecosystem, name: &str, version: Option<&str>) -> Self {
        Self {
            ecosystem,
            name: name.to_owned(),
            version: version.map(str::to_owned),
        }
    }
}

impl fmt::Display for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (namespace, name) = match self.name.rsplit_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, self.name.as_str()),
        };
        let mut purl =
            packageurl::PackageUrl::new(self.ecosystem.as_str(), name).map_err(|_| fmt::Error)?;
        if let Some(namespace) = namespace {
            purl.with_namespace(namespace).map_err(|_| fmt::Error)?;
        }
        if let Some(version) = &self.version {
            purl.with_version(version.as_str())
                .map_err(|_| fmt::Error)?;
        }
        write!(f, "{purl}")
    }
}

impl FromStr for Purl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let bad = |why: &dyn fmt::Display| {
            Error::invalid_argument(format!("{text:?} is no package URL: {why}"))
        };
        let purl = packageurl::PackageUrl::from_str(text).map_err(|e| bad(&e))?;
        let ecosystem = purl.ty().parse()?;
        let name = match purl.namespace() {
            Some(namespace) => format!("{namespace}/{}", purl.name()),
            None => purl.name().to_owned(),
        };
        Ok(Self {
            ecosystem,
            name,
            version: purl.version().map(str::to_owned),
        })
    }
}
