use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Where packages come from.
///
/// ```
/// use registry_types::Ecosystem;
/// assert_eq!("cargo".parse::<Ecosystem>()?, Ecosystem::Cargo);
/// assert_eq!(Ecosystem::Pypi.as_str(), "pypi");
/// # Ok::<(), registry_types::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ecosystem {
    /// The npm registry (JavaScript, TypeScript).
    Npm,
    /// The cargo registry (Rust).
    Cargo,
    /// Hex (Elixir, Erlang, Gleam).
    Hex,
    /// The Python package index.
    Pypi,
    /// Repositories on GitHub, named `owner/name`.
    Github,
}

impl Ecosystem {
    /// All ecosystems, in the order in which they are listed to a user.
    pub const ALL: [Self; 5] = [Self::Npm, Self::Cargo, Self::Hex, Self::Pypi, Self::Github];

    /// The name used in the Elixir API, on the command line and as the purl type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Cargo => "cargo",
            Self::Hex => "hex",
            Self::Pypi => "pypi",
            Self::Github => "github",
        }
    }

    /// The name the OSV schema gives to the ecosystem, or `None` where OSV has none.
    #[must_use]
    pub const fn osv_name(self) -> Option<&'static str> {
        match self {
            Self::Npm => Some("npm"),
            Self::Cargo => Some("crates.io"),
            Self::Hex => Some("Hex"),
            Self::Pypi => Some("PyPI"),
            Self::Github => None,
        }
    }
}

impl fmt::Display for Ecosystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Ecosystem {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|e| e.as_str() == text)
            .ok_or_else(|| {
                Error::invalid_argument(format!(
                    "unknown ecosystem {text:?}: use npm, cargo, hex, pypi or github"
                ))
            })
    }
}
