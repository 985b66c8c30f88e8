//! Which package a command means.

use registry_store::Store;
use registry_types::version::{VersionSpec, resolve};
use registry_types::{Ecosystem, Error, ErrorKind, Purl, Result, check_name};

use crate::arguments::Target;

/// A package as the user gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) ecosystem: Option<Ecosystem>,
    pub(crate) name: String,
    pub(crate) version: Option<String>,
}

/// A package in its ecosystem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) ecosystem: Ecosystem,
    pub(crate) name: String,
    pub(crate) version: Option<String>,
}

impl Named {
    /// Reads `pkg:type/name@version`, `name@version` or `name`; what the options say must not
    /// contradict it.
    pub(crate) fn parse(
        text: &str,
        ecosystem: Option<Ecosystem>,
        version: Option<&str>,
    ) -> Result<Self> {
        let mut named = if text.starts_with("pkg:") {
            let purl: Purl = text.parse()?;
            Self {
                ecosystem: Some(purl.ecosystem),
                name: purl.name,
                version: purl.version,
            }
        } else {
            let (name, version) = match text.rsplit_once('@') {
                // A scope's `@` is the first character.
                Some((name, version)) if !name.is_empty() => (name, Some(version.to_owned())),
                _ => (text, None),
            };
            Self {
                ecosystem: None,
                name: name.to_owned(),
                version,
            }
        };
        named.ecosystem = agree("--ecosystem", text, named.ecosystem, ecosystem)?;
        named.version = agree("--version", text, named.version, version.map(str::to_owned))?;
        if let Some(ecosystem) = named.ecosystem {
            check_name(ecosystem, &named.name)?;
        }
        Ok(named)
    }

    /// The ecosystem must have been given: nothing is known of the package yet.
    pub(crate) fn known(self) -> Result<Known> {
        let ecosystem = self.ecosystem.ok_or_else(|| {
            Error::invalid_argument(format!(
                "{}: which ecosystem? Add --ecosystem npm, cargo, hex, pypi or github, or write pkg:TYPE/{0}",
                self.name
            ))
        })?;
        Ok(Known {
            ecosystem,
            name: self.name,
            version: self.version,
        })
    }

    /// Without an ecosystem, the one in which the store has a package of that name.
    pub(crate) fn find(self, store: &Store) -> Result<Known> {
        if self.ecosystem.is_some() {
            return self.known();
        }
        let mut found = Vec::new();
        for ecosystem in Ecosystem::ALL {
            if check_name(ecosystem, &self.name).is_err() {
                continue;
            }
            match store.get_package(ecosystem, &self.name) {
                Ok(_) => found.push(ecosystem),
                Err(error) if error.kind == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        match found.as_slice() {
            [ecosystem] => Ok(Known {
                ecosystem: *ecosystem,
                name: self.name,
                version: self.version,
            }),
            [] => Err(Error::not_found(format!(
                "no package {:?} in the store: collect it first",
                self.name
            ))),
            several => {
                let names: Vec<&str> = several.iter().map(|e| e.as_str()).collect();
                Err(Error::invalid_argument(format!(
                    "{:?} is a package of {}: say which with --ecosystem",
                    self.name,
                    names.join(" and of ")
                )))
            }
        }
    }
}

impl Target {
    /// The package the user means, with its ecosystem.
    pub(crate) fn find(&self, store: &Store) -> Result<Known> {
        // Clap demands one of the two.
        let text = self.package.as_deref().or(self.named.as_deref());
        Named::parse(
            text.unwrap_or_default(),
            self.ecosystem,
            self.version.as_deref(),
        )?
        .find(store)
    }
}

impl Known {
    /// The stored release that the version means: an exact one, the latest, or the newest that
    /// satisfies a requirement.
    pub(crate) fn release(&self, store: &Store) -> Result<String> {
        let spec = match &self.version {
            Some(text) => VersionSpec::parse(self.ecosystem, text)?,
            None => VersionSpec::Latest,
        };
        let stored = store.stored_versions(self.ecosystem, &self.name)?;
        resolve(self.ecosystem, &spec, &stored)
            .map(|entry| entry.version.clone())
            .map_err(|error| error.context(format!("{} in the store", self.name)))
    }
}

fn agree<T: PartialEq>(
    option: &str,
    text: &str,
    given: Option<T>,
    by_option: Option<T>,
) -> Result<Option<T>> {
    match (given, by_option) {
        (Some(a), Some(b)) if a != b => Err(Error::invalid_argument(format!(
            "{option} contradicts {text:?}: give one of them"
        ))),
        (given, by_option) => Ok(given.or(by_option)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(ecosystem: Option<Ecosystem>, name: &str, version: Option<&str>) -> Named {
        Named {
            ecosystem,
            name: name.to_owned(),
            version: version.map(str::to_owned),
        }
    }

    #[test]
    fn packages_are_given_in_three_ways() {
        use Ecosystem::{Cargo, Npm};
        for (text, ecosystem, version, expected) in [
            (
                "tokio",
                Some(Cargo),
                Some("1"),
                named(Some(Cargo), "tokio", Some("1")),
            ),
            (
                "tokio@1.35.0",
                None,
                None,
                named(None, "tokio", Some("1.35.0")),
            ),
            (
                "@types/node",
                Some(Npm),
                None,
                named(Some(Npm), "@types/node", None),
            ),
            (
                "@types/node@20",
                None,
                None,
                named(None, "@types/node", Some("20")),
            ),
            (
                "pkg:cargo/tokio@1.35.0",
                Some(Cargo),
                Some("1.35.0"),
                named(Some(Cargo), "tokio", Some("1.35.0")),
            ),
            (
                "pkg:npm/%40types/node",
                None,
                Some("20"),
                named(Some(Npm), "@types/node", Some("20")),
            ),
        ] {
            assert_eq!(
                Named::parse(text, ecosystem, version).unwrap(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn contradictions_and_nonsense_are_wrong_usage() {
        for (text, ecosystem, version) in [
            ("pkg:cargo/tokio@1.0.0", Some(Ecosystem::Npm), None),
            ("pkg:cargo/tokio@1.0.0", None, Some("2.0.0")),
            ("tokio@1", None, Some("2")),
            ("pkg:nonsense", None, None),
            ("pkg:gem/rails", None, None),
            ("not a name", Some(Ecosystem::Cargo), None),
            ("", Some(Ecosystem::Cargo), None),
        ] {
            let error = Named::parse(text, ecosystem, version).unwrap_err();
            assert_eq!(error.kind, ErrorKind::InvalidArgument, "{text}");
        }
        let error = named(None, "tokio", None).known().unwrap_err();
        assert!(error.message.contains("--ecosystem"), "{error}");
    }
}
