//! The endpoints a user may name.

use std::fmt;

use registry_types::{Error, Result};

use super::Endpoint;

/// Explicit addresses; what is `None` is looked for. The optional ones (`npm_downloads`,
/// `pypi_downloads`, `hex_api`, `github`, `osv`, `osv_export`, `docs_rs`) may be [`Endpoints::OFF`].
///
/// ```
/// let mut endpoints = registry_indexer::Endpoints::default();
/// endpoints.set("npm", "http://127.0.0.1:4873/")?;
/// assert!(endpoints.set("nmp", "http://127.0.0.1/").is_err());
/// # Ok::<(), registry_types::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// The npm registry, for all scopes.
    pub npm: Option<String>,
    /// npm's downloads API.
    pub npm_downloads: Option<String>,
    /// The sparse index of cargo.
    pub cargo: Option<String>,
    /// The Hex repository.
    pub hex: Option<String>,
    /// The Hex API.
    pub hex_api: Option<String>,
    /// The Hex repository's public key: PEM text, or the path of a PEM file.
    pub hex_public_key: Option<String>,
    /// The Python index (with or without `/simple`).
    pub pypi: Option<String>,
    /// The downloads API of Python packages.
    pub pypi_downloads: Option<String>,
    /// GitHub's API.
    pub github: Option<String>,
    /// The OSV API.
    pub osv: Option<String>,
    /// OSV's exports: the zip of each ecosystem, and what changed.
    pub osv_export: Option<String>,
    /// docs.rs.
    pub docs_rs: Option<String>,
}

impl Endpoints {
    /// The value that switches an optional endpoint off.
    pub const OFF: &str = "off";

    /// Every setting's name.
    pub const NAMES: [&str; 12] = [
        "npm",
        "npm_downloads",
        "cargo",
        "hex",
        "hex_api",
        "hex_public_key",
        "pypi",
        "pypi_downloads",
        "github",
        "osv",
        "osv_export",
        "docs_rs",
    ];

    /// Sets one by its name.
    ///
    /// # Errors
    /// `invalid_argument` for an unknown name; `unconfigured` for a value that is no address.
    pub fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let optional = matches!(
            name,
            "npm_downloads"
                | "pypi_downloads"
                | "hex_api"
                | "github"
                | "osv"
                | "osv_export"
                | "docs_rs"
        );
        let address = value.strip_prefix("sparse+").unwrap_or(value);
        if name != "hex_public_key" && !(optional && value.trim() == Self::OFF) {
            Endpoint::new(format!("endpoints.{name}"), address)?;
        }
        let slot = match name {
            "npm" => &mut self.npm,
            "npm_downloads" => &mut self.npm_downloads,
            "cargo" => &mut self.cargo,
            "hex" => &mut self.hex,
            "hex_api" => &mut self.hex_api,
            "hex_public_key" => &mut self.hex_public_key,
            "pypi" => &mut self.pypi,
            "pypi_downloads" => &mut self.pypi_downloads,
            "github" => &mut self.github,
            "osv" => &mut self.osv,
            "osv_export" => &mut self.osv_export,
            "docs_rs" => &mut self.docs_rs,
            _ => {
                let known = Self::NAMES.join(", ");
                let message = format!("unknown endpoint {name:?}: use one of {known}");
                return Err(Error::invalid_argument(message));
            }
        };
        *slot = Some(value.to_owned());
        Ok(())
    }
}

impl fmt::Debug for Endpoints {
    /// Only which are set: addresses may hold credentials.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = [
            (&self.npm, "npm"),
            (&self.npm_downloads, "npm_downloads"),
            (&self.cargo, "cargo"),
            (&self.hex, "hex"),
            (&self.hex_api, "hex_api"),
            (&self.hex_public_key, "hex_public_key"),
            (&self.pypi, "pypi"),
            (&self.pypi_downloads, "pypi_downloads"),
            (&self.github, "github"),
            (&self.osv, "osv"),
            (&self.osv_export, "osv_export"),
            (&self.docs_rs, "docs_rs"),
        ];
        let names = set
            .iter()
            .filter(|(value, _)| value.is_some())
            .map(|(_, name)| name);
        f.debug_set().entries(names).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_can_be_set_and_none_is_shown() {
        let mut endpoints = Endpoints::default();
        for name in Endpoints::NAMES {
            endpoints.set(name, "https://me:hunter2@h.test/").unwrap();
        }
        let debug = format!("{endpoints:?}");
        assert!(
            !debug.contains("hunter2") && debug.contains("hex_api"),
            "{debug}"
        );
    }

    #[test]
    fn wrong_values_are_told_at_once() {
        let mut endpoints = Endpoints::default();
        for (name, value) in [
            ("npm", "ftp://x"),
            ("npm", "off"),
            ("cargo", ""),
            ("nope", "http://x"),
        ] {
            assert!(endpoints.set(name, value).is_err(), "{name} {value}");
        }
        endpoints
            .set("cargo", "sparse+http://127.0.0.1:1/index/")
            .unwrap();
        endpoints.set("osv", "off").unwrap();
    }
}
