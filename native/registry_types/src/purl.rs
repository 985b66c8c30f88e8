use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use packageurl::PackageUrl;

use crate::{Ecosystem, Error, Result, check_name, normalize_name};

/// A package URL (<https://github.com/package-url/purl-spec>) of one of our ecosystems.
///
/// npm names keep their case, against the letter of the specification: `JSONStream` and
/// `jsonstream` are two packages. A Hex package of an organisation is named `organisation/name`.
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
    /// What else tells it apart, such as `repository_url`; keys in lower case.
    pub qualifiers: BTreeMap<String, String>,
    /// A path below the package's root.
    pub subpath: Option<String>,
}

impl Purl {
    /// A purl from its parts, without qualifiers and subpath.
    #[must_use]
    pub fn new(ecosystem: Ecosystem, name: &str, version: Option<&str>) -> Self {
        Self {
            ecosystem,
            name: name.to_owned(),
            version: version.map(str::to_owned),
            qualifiers: BTreeMap::new(),
            subpath: None,
        }
    }

    /// With one more qualifier.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidArgument`] for a key with other characters than the specification
    /// allows.
    pub fn with_qualifier(mut self, key: &str, value: &str) -> Result<Self> {
        let mut probe = PackageUrl::new(LITERAL, "name")
            .map_err(|e| Error::internal(format!("a purl without anything: {e}")))?;
        probe
            .add_qualifier(key, value)
            .map_err(|e| Error::invalid_argument(format!("{key:?} is no key of a purl: {e}")))?;
        self.qualifiers
            .insert(key.to_ascii_lowercase(), value.to_owned());
        Ok(self)
    }
}

/// The type without rules, under which the names of npm keep their case.
const LITERAL: &str = "generic";

impl fmt::Display for Purl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.ecosystem {
            Ecosystem::Npm | Ecosystem::Cargo => self.name.clone(),
            Ecosystem::Hex | Ecosystem::Github => self.name.to_lowercase(),
            Ecosystem::Pypi => normalize_name(Ecosystem::Pypi, &self.name),
        };
        let (namespace, name) = match name.rsplit_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, name.as_str()),
        };
        write!(f, "pkg:{}/", self.ecosystem)?;
        // The library refuses an empty name only; a formatter must not fail for it.
        let Ok(mut purl) = PackageUrl::new(LITERAL, name) else {
            return Ok(());
        };
        if let Some(namespace) = namespace {
            purl.with_namespace(namespace).map_err(|_| fmt::Error)?;
        }
        if let Some(version) = &self.version {
            purl.with_version(version.as_str())
                .map_err(|_| fmt::Error)?;
        }
        for (key, value) in &self.qualifiers {
            // A key that no purl may have was never read from one; a formatter must not fail for it.
            if purl.add_qualifier(key.as_str(), value.as_str()).is_err() {
                continue;
            }
        }
        if let Some(subpath) = &self.subpath {
            purl.with_subpath(subpath.as_str())
                .map_err(|_| fmt::Error)?;
        }
        let text = purl.to_string();
        f.write_str(text.strip_prefix("pkg:generic/").unwrap_or(&text))
    }
}

impl FromStr for Purl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        const LONGEST: usize = 1024;
        if text.len() > LONGEST {
            return Err(Error::invalid_argument(format!(
                "a package URL may have {LONGEST} bytes, this has {}",
                text.len()
            )));
        }
        let bad = |why: &dyn fmt::Display| {
            Error::invalid_argument(format!("{text:?} is no package URL: {why}"))
        };
        let purl = PackageUrl::from_str(text).map_err(|e| bad(&e))?;
        let ecosystem = purl.ty().parse()?;
        let purl = if ecosystem == Ecosystem::Npm {
            PackageUrl::from_str(&without_rules(text)).map_err(|e| bad(&e))?
        } else {
            purl
        };
        let name = match purl.namespace() {
            Some(namespace) => format!("{namespace}/{}", purl.name()),
            None => purl.name().to_owned(),
        };
        // An organisation's package: only the registry of the organisation has such names.
        let own = match (ecosystem, name.split_once('/')) {
            (Ecosystem::Hex, Some((organisation, own))) => {
                check_name(ecosystem, organisation)?;
                own
            }
            _ => &name,
        };
        check_name(ecosystem, own)?;
        let version = purl.version().map(str::to_owned);
        if version
            .as_ref()
            .is_some_and(|v| v.contains(char::is_control))
        {
            return Err(bad(&"its version has control characters"));
        }
        Ok(Self {
            ecosystem,
            version,
            qualifiers: purl
                .qualifiers()
                .iter()
                .map(|(key, value)| (key.to_string(), value.to_string()))
                .collect(),
            subpath: purl.subpath().map(str::to_owned),
            name,
        })
    }
}

/// A purl that was read as npm's, with the type [`LITERAL`] instead.
fn without_rules(text: &str) -> String {
    let rest = text.split_once(':').map_or(text, |(_, rest)| rest);
    let rest = rest.trim_start_matches('/');
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    format!("pkg:{LITERAL}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Purl {
        text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    #[test]
    fn the_specifications_forms() {
        for (text, ecosystem, name, version, canonical) in [
            (
                "pkg:cargo/rand@0.7.2",
                Ecosystem::Cargo,
                "rand",
                Some("0.7.2"),
                None,
            ),
            (
                "pkg:cargo/Inflector@0.11.4+x",
                Ecosystem::Cargo,
                "Inflector",
                Some("0.11.4+x"),
                Some("pkg:cargo/Inflector@0.11.4%2Bx"),
            ),
            (
                "pkg:npm/foobar@12.3.1",
                Ecosystem::Npm,
                "foobar",
                Some("12.3.1"),
                None,
            ),
            (
                "pkg:npm/%40angular/animation@12.3.1",
                Ecosystem::Npm,
                "@angular/animation",
                Some("12.3.1"),
                None,
            ),
            (
                "pkg:npm/@angular/animation@12.3.1",
                Ecosystem::Npm,
                "@angular/animation",
                Some("12.3.1"),
                Some("pkg:npm/%40angular/animation@12.3.1"),
            ),
            (
                "pkg:npm/@angular/animation",
                Ecosystem::Npm,
                "@angular/animation",
                None,
                Some("pkg:npm/%40angular/animation"),
            ),
            (
                "pkg:NPM/JSONStream@1.3.5",
                Ecosystem::Npm,
                "JSONStream",
                Some("1.3.5"),
                Some("pkg:npm/JSONStream@1.3.5"),
            ),
            (
                "pkg://npm/JSONStream",
                Ecosystem::Npm,
                "JSONStream",
                None,
                Some("pkg:npm/JSONStream"),
            ),
            (
                "pkg:npm/a@1.0.0?X=y#/sub/path/",
                Ecosystem::Npm,
                "a",
                Some("1.0.0"),
                Some("pkg:npm/a@1.0.0?x=y#sub/path"),
            ),
            (
                "pkg:hex/Phoenix_HTML@2.13.3",
                Ecosystem::Hex,
                "phoenix_html",
                Some("2.13.3"),
                Some("pkg:hex/phoenix_html@2.13.3"),
            ),
            (
                "pkg:pypi/Django_allauth@12.23",
                Ecosystem::Pypi,
                "django-allauth",
                Some("12.23"),
                Some("pkg:pypi/django-allauth@12.23"),
            ),
            (
                "pkg:pypi/torch@2.0.0%2Bcu118",
                Ecosystem::Pypi,
                "torch",
                Some("2.0.0+cu118"),
                None,
            ),
            (
                "pkg:github/Package-URL/purl-Spec@244fd47e07d1004",
                Ecosystem::Github,
                "package-url/purl-spec",
                Some("244fd47e07d1004"),
                Some("pkg:github/package-url/purl-spec@244fd47e07d1004"),
            ),
        ] {
            let purl = parse(text);
            assert_eq!(
                (purl.ecosystem, purl.name.as_str()),
                (ecosystem, name),
                "{text}"
            );
            assert_eq!(purl.version.as_deref(), version, "{text}");
            let canonical = canonical.unwrap_or(text);
            assert_eq!(purl.to_string(), canonical);
            assert_eq!(parse(canonical), purl);
        }
    }

    #[test]
    fn what_is_no_package_of_ours() {
        let long = format!("pkg:npm/{}", "a".repeat(2000));
        for text in [
            "",
            "tokio",
            "pkg:",
            "pkg:cargo",
            "pkg:cargo/",
            "pkg:maven/a/b",
            "pkg:cargo/a/b@1",
            "pkg:npm/angular/animation",
            "pkg:npm/%2e%2e/x",
            "pkg:npm/a%2f..%2fb",
            "pkg:npm/%40a/..",
            "pkg:pypi/a%20b",
            "pkg:hex/a%0ab",
            "pkg:github/cargo",
            "pkg:cargo/a@1%0a2",
            "pkg:npm/%ff",
            &long,
        ] {
            let error = text.parse::<Purl>().unwrap_err();
            assert_eq!(error.kind, crate::ErrorKind::InvalidArgument, "{text:?}");
        }
    }

    #[test]
    fn nothing_makes_the_formatter_fail() {
        for name in ["", "/", "a/b/c", "@", "@/", "\u{0}", "é"] {
            for ecosystem in Ecosystem::ALL {
                assert!(
                    Purl::new(ecosystem, name, Some(""))
                        .to_string()
                        .starts_with("pkg:")
                );
            }
        }
    }
}
