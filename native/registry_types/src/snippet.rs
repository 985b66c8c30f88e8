use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Ecosystem, Error, Result};

/// What a snippet defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SnippetKind {
    /// A function that stands by itself.
    Function,
    /// A function that belongs to a type.
    Method,
    /// A class.
    Class,
    /// A struct, record or union.
    Struct,
    /// An enumeration.
    Enum,
    /// A trait or type class.
    Trait,
    /// An interface, protocol or behaviour.
    Interface,
    /// A module, namespace or package.
    Module,
    /// A type alias or other named type.
    Type,
    /// A constant or static.
    Constant,
    /// A macro.
    Macro,
    /// A field, property, attribute or enum variant.
    Field,
}

impl SnippetKind {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Function,
        Self::Method,
        Self::Class,
        Self::Struct,
        Self::Enum,
        Self::Trait,
        Self::Interface,
        Self::Module,
        Self::Type,
        Self::Constant,
        Self::Macro,
        Self::Field,
    ];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Method => "method",
            Self::Class => "class",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Trait => "trait",
            Self::Interface => "interface",
            Self::Module => "module",
            Self::Type => "type",
            Self::Constant => "constant",
            Self::Macro => "macro",
            Self::Field => "field",
        }
    }
}

impl FromStr for SnippetKind {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|k| k.as_str() == text)
            .ok_or_else(|| {
                let known: Vec<_> = Self::ALL.iter().map(|k| k.as_str()).collect();
                Error::invalid_argument(format!(
                    "unknown snippet kind {text:?}: use one of {}",
                    known.join(", ")
                ))
            })
    }
}

/// Whether users of the package may rely on the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Part of the public API.
    Public,
    /// For the package itself.
    Internal,
}

impl Visibility {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Internal => "internal",
        }
    }
}

/// One definition read out of a package's sources. Which package it belongs to is the key it is
/// stored under; [`crate::SnippetHit`] carries both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// Language name in lower case: `"rust"`, `"typescript"`, `"tsx"`, `"c"`, `"cpp"` …
    pub language: String,
    /// What it defines.
    pub kind: SnippetKind,
    /// The bare name.
    pub name: String,
    /// The path a user writes: `tokio::runtime::Runtime::block_on`.
    pub qualified_name: String,
    /// One line, from the start of the item up to its body.
    pub signature: String,
    /// The doc comment without its markers.
    pub doc: Option<String>,
    /// Public or internal.
    pub visibility: Visibility,
    /// Further public paths to it: `tokio::task::spawn` beside `tokio::spawn`.
    pub aliases: Vec<String>,
    /// The compile-time condition it exists under, as written: `feature = "rt"`.
    pub condition: Option<String>,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// May gain members without that being a breaking change: `#[non_exhaustive]`.
    pub open: bool,
    /// Path inside the archive, root directory stripped.
    pub path: String,
    /// First line, counted from 1, doc comment and attributes excluded.
    pub start_line: u32,
    /// Last line, counted from 1.
    pub end_line: u32,
    /// The source text of those lines.
    pub source: String,
}

/// A snippet's package, for answers that mix packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnippetOwner {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// The package.
    pub package: String,
    /// The release it was read from.
    pub version: String,
}
