use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Why a release needs another package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DependencyKind {
    /// Needed to use the release.
    Runtime,
    /// Needed only to develop or test it.
    Dev,
    /// Needed only to build it.
    Build,
    /// Used when present or asked for (npm `optionalDependencies`, PyPI extras).
    Optional,
    /// Must be supplied by the user of the release (npm `peerDependencies`).
    Peer,
}

impl DependencyKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Runtime,
        Self::Dev,
        Self::Build,
        Self::Optional,
        Self::Peer,
    ];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Runtime => "runtime",
            Self::Dev => "dev",
            Self::Build => "build",
            Self::Optional => "optional",
            Self::Peer => "peer",
        }
    }
}

impl FromStr for DependencyKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| {
            Error::invalid_argument(format!(
                "unknown kind of dependency {text:?}: use runtime, dev, build, optional or peer"
            ))
        })
    }
}

/// A requirement of one release on another package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    /// The package required, under its registry name (not a local rename).
    pub name: String,
    /// The requirement as its ecosystem writes it; `"*"` or `""` when any version will do.
    pub requirement: String,
    /// Why it is needed.
    pub kind: DependencyKind,
    /// Whether the release works without it.
    pub optional: bool,
    /// The platform or marker under which it applies (cargo `cfg(…)`, PEP 508 marker).
    pub target: Option<String>,
    /// The local name, where the manifest renames the package (cargo `package =`, npm alias, Hex `app`).
    pub rename: Option<String>,
}
