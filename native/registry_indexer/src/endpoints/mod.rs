//! Where the registries are.
//!
//! An explicit setting wins, then what the ecosystem's own client is configured to use, then the
//! constant which a crate of that ecosystem publishes (for Python: which the installed pip holds).
//! Credentials belong to the address they were configured for and go nowhere else.

mod cargo;
mod endpoint;
mod environment;
mod hex;
mod npm;
mod pip;
mod pypi;
mod settings;

use std::sync::{Arc, OnceLock};

use registry_types::{Error, ErrorKind, Result};

pub use endpoint::Endpoint;
pub use environment::{Environment, System};
pub use npm::Npm;
pub use pypi::Pypi;
pub use settings::Endpoints;

const GITHUB: &str = "https://api.github.com";
const OSV: &str = "https://api.osv.dev";
const OSV_EXPORT: &str = "https://osv-vulnerabilities.storage.googleapis.com";
const PYPI_DOWNLOADS: &str = "https://pypistats.org";
const DOCS_RS: &str = "https://docs.rs";

/// All endpoints; each is looked for when first needed, once.
pub struct Registries {
    explicit: Endpoints,
    github_token: Option<String>,
    env: Arc<dyn Environment>,
    npm: OnceLock<Result<Npm>>,
    cargo: OnceLock<Result<Endpoint>>,
    pypi: OnceLock<Result<Pypi>>,
}

impl Registries {
    /// Endpoints by `explicit` settings and what `env` says. `github_token` is the user's own.
    #[must_use]
    pub fn new(
        explicit: Endpoints,
        github_token: Option<String>,
        env: Arc<dyn Environment>,
    ) -> Self {
        Self {
            explicit,
            github_token,
            env,
            npm: OnceLock::new(),
            cargo: OnceLock::new(),
            pypi: OnceLock::new(),
        }
    }

    /// The npm registries.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn npm(&self) -> Result<&Npm> {
        let find = || Npm::find(self.env.as_ref(), self.explicit.npm.as_deref());
        self.npm.get_or_init(find).as_ref().map_err(Clone::clone)
    }

    /// The downloads API of npm, where there is one.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn npm_downloads(&self, name: &str) -> Result<Option<Endpoint>> {
        match &self.explicit.npm_downloads {
            Some(value) => optional("endpoints.npm_downloads", value),
            None => Ok(npm::downloads_beside(&self.npm()?.registry(name)?.url)),
        }
    }

    /// The sparse index of cargo.
    ///
    /// # Errors
    /// `unconfigured` or `unsupported` for a setting that cannot be used.
    pub fn cargo(&self) -> Result<&Endpoint> {
        let find = || match &self.explicit.cargo {
            Some(value) => {
                let value = value.strip_prefix("sparse+").unwrap_or(value);
                Endpoint::new("endpoints.cargo", value)
            }
            None => cargo::find(self.env.as_ref()),
        };
        self.cargo.get_or_init(find).as_ref().map_err(Clone::clone)
    }

    /// The Python index. May run the installed Python once, for less than a second.
    ///
    /// # Errors
    /// `unconfigured` when nothing names an index.
    pub fn pypi(&self) -> Result<&Pypi> {
        let find = || pypi::find(self.env.as_ref(), self.explicit.pypi.as_deref());
        self.pypi.get_or_init(find).as_ref().map_err(Clone::clone)
    }

    /// The downloads API of Python packages.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn pypi_downloads(&self) -> Result<Option<Endpoint>> {
        let value = self
            .explicit
            .pypi_downloads
            .as_deref()
            .unwrap_or(PYPI_DOWNLOADS);
        optional("endpoints.pypi_downloads", value)
    }

    /// The Hex repository.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn hex_repository(&self) -> Result<Endpoint> {
        match &self.explicit.hex {
            Some(value) => Endpoint::new("endpoints.hex", value),
            None => hex::repository(self.env.as_ref()),
        }
    }

    /// The Hex API. A repository of one's own (`endpoints.hex`) has none unless it is named.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn hex_api(&self) -> Result<Option<Endpoint>> {
        match (&self.explicit.hex_api, &self.explicit.hex) {
            (Some(value), _) => optional("endpoints.hex_api", value),
            (None, Some(_)) => Ok(None),
            (None, None) => hex::api(self.env.as_ref()).map(Some),
        }
    }

    /// The public key (PEM) of the Hex repository, where it is not that of Hex itself.
    ///
    /// # Errors
    /// `unconfigured` when the setting names a file that cannot be read.
    pub fn hex_public_key(&self) -> Result<Option<String>> {
        let Some(value) = &self.explicit.hex_public_key else {
            return Ok(None);
        };
        if value.contains("-----BEGIN") {
            return Ok(Some(value.clone()));
        }
        self.env.read(value.as_ref()).map(Some).ok_or_else(|| {
            let message = format!("endpoints.hex_public_key: {value:?} is no readable PEM file");
            Error::new(ErrorKind::Unconfigured, message).with("setting", "hex_public_key")
        })
    }

    /// GitHub's API. A token from the environment goes only to the address that the environment
    /// (or the constant) names, never to an explicit one.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn github(&self) -> Result<Option<Endpoint>> {
        let own = self.github_token.clone();
        let (endpoint, token) = match (&self.explicit.github, self.env.var("GITHUB_API_URL")) {
            (Some(value), _) => (optional("endpoints.github", value)?, own),
            (None, Some(value)) => (
                Some(Endpoint::new("GITHUB_API_URL", &value)?),
                own.or_else(|| self.env_token()),
            ),
            (None, None) => (
                Some(Endpoint::new("default", GITHUB)?),
                own.or_else(|| self.env_token()),
            ),
        };
        Ok(endpoint.map(|e| e.with_secret(token.map(|t| format!("Bearer {t}")))))
    }

    /// GitHub's API where asking it for stars is worth a request: with a token, or where somebody
    /// chose the address. Without either its 60 requests an hour would soon be gone.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn github_for_stars(&self) -> Result<Option<Endpoint>> {
        let chosen = self.explicit.github.is_some();
        Ok(self.github()?.filter(|e| e.has_secret() || chosen))
    }

    /// The OSV API.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn osv(&self) -> Result<Option<Endpoint>> {
        optional("endpoints.osv", self.explicit.osv.as_deref().unwrap_or(OSV))
    }

    /// OSV's exports.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn osv_export(&self) -> Result<Option<Endpoint>> {
        optional(
            "endpoints.osv_export",
            self.explicit.osv_export.as_deref().unwrap_or(OSV_EXPORT),
        )
    }

    /// docs.rs.
    ///
    /// # Errors
    /// `unconfigured` for a setting that cannot be used.
    pub fn docs_rs(&self) -> Result<Option<Endpoint>> {
        optional(
            "endpoints.docs_rs",
            self.explicit.docs_rs.as_deref().unwrap_or(DOCS_RS),
        )
    }

    fn env_token(&self) -> Option<String> {
        self.env
            .first_var(&["GITHUB_TOKEN", "GH_TOKEN"])
            .map(|(_, token)| token)
    }
}

/// An endpoint that may be switched off.
fn optional(setting: &str, value: &str) -> Result<Option<Endpoint>> {
    if value.trim() == Endpoints::OFF {
        return Ok(None);
    }
    Endpoint::new(setting, value).map(Some)
}

#[cfg(test)]
mod tests {
    use super::environment::Fake;
    use super::*;

    fn registries(explicit: &[(&str, &str)], env: Fake) -> Registries {
        let mut endpoints = Endpoints::default();
        for (key, value) in explicit {
            endpoints.set(key, value).unwrap();
        }
        Registries::new(endpoints, None, Arc::new(env))
    }

    fn with_token() -> Fake {
        Fake {
            vars: vec![("GITHUB_TOKEN", "hunter2".into())],
            ..Fake::default()
        }
    }

    #[test]
    fn a_token_from_the_environment_stays_with_its_host() {
        let own = registries(&[], with_token()).github().unwrap().unwrap();
        assert!(own.has_secret());
        let other = registries(&[("github", "http://127.0.0.1:9")], with_token());
        assert!(!other.github().unwrap().unwrap().has_secret());
        assert!(other.github_for_stars().unwrap().is_some());
        assert!(
            registries(&[], Fake::default())
                .github_for_stars()
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn optional_endpoints_can_be_switched_off() {
        let off = registries(
            &[("osv", "off"), ("github", "off"), ("hex_api", "off")],
            with_token(),
        );
        assert!(off.osv().unwrap().is_none());
        assert!(off.github_for_stars().unwrap().is_none());
        assert!(off.hex_api().unwrap().is_none());
    }

    #[test]
    fn a_repository_of_ones_own_has_no_public_api() {
        let own = registries(&[("hex", "http://127.0.0.1:9/")], Fake::default());
        assert!(own.hex_api().unwrap().is_none());
        assert!(
            registries(&[], Fake::default())
                .hex_api()
                .unwrap()
                .is_some()
        );
    }

    #[test]
    fn a_public_key_is_given_as_text_or_file() {
        let env = || Fake {
            files: vec![("/keys/hex.pem", "-----BEGIN X")],
            ..Fake::default()
        };
        let key = |value| registries(&[("hex_public_key", value)], env()).hex_public_key();
        assert_eq!(
            key("/keys/hex.pem").unwrap().as_deref(),
            Some("-----BEGIN X")
        );
        assert_eq!(
            key("-----BEGIN Y").unwrap().as_deref(),
            Some("-----BEGIN Y")
        );
        assert_eq!(key("/missing").unwrap_err().kind, ErrorKind::Unconfigured);
    }
}
