//! What changed in the public API of a package from one release to another.

use serde::{Deserialize, Serialize};

use crate::{Ecosystem, Purl, SnippetKind};

/// The difference between the public APIs of two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiDiff {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// The package.
    pub package: String,
    /// The version compared.
    pub from: String,
    /// The version it is compared with.
    pub to: String,
    /// What only the second has.
    pub added: Vec<ApiChange>,
    /// What only the first has.
    pub removed: Vec<ApiChange>,
    /// What both have, differently.
    pub changed: Vec<ApiChange>,
    /// What both have, under other paths: same kind, name and signature.
    pub moved: Vec<ApiChange>,
    /// Of which release not all could be parsed, and why: what is missing there may seem added or
    /// removed here.
    pub incomplete: Vec<String>,
    /// What that means under the ecosystem's version rules.
    pub verdict: ApiVerdict,
}

impl ApiDiff {
    /// The package URL, without a version.
    #[must_use]
    pub fn purl(&self) -> String {
        Purl::new(self.ecosystem, &self.package, None).to_string()
    }

    /// All changes: removed, changed, moved, added.
    pub fn changes(&self) -> impl Iterator<Item = &ApiChange> {
        let parts = [&self.removed, &self.changed, &self.moved, &self.added];
        parts.into_iter().flatten()
    }
}

/// One item that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiChange {
    /// What it defines; what it defined, if removed.
    pub kind: SnippetKind,
    /// The bare name.
    pub name: String,
    /// The path a user writes; the former one, if removed.
    pub qualified_name: String,
    /// The language it is written in.
    pub language: String,
    /// How it was; `None` if added.
    pub before: Option<ApiState>,
    /// How it is; `None` if removed.
    pub after: Option<ApiState>,
    /// In what the two differ; empty if added or removed.
    pub what: Vec<ApiAspect>,
    /// What it means for those who use it.
    pub impact: Impact,
    /// Why, in one line for a person.
    pub reason: String,
}

/// An item as one release has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiState {
    /// What it defines.
    pub kind: SnippetKind,
    /// The path a user writes.
    pub qualified_name: String,
    /// One line.
    pub signature: String,
    /// The compile-time condition it exists under.
    pub condition: Option<String>,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// Path of the file inside the archive.
    pub path: String,
    /// First line, counted from 1.
    pub start_line: u32,
}

/// In what an item differs between two releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiAspect {
    /// What it defines.
    Kind,
    /// Its signature.
    Signature,
    /// The condition it exists under.
    Condition,
    /// Whether it is deprecated.
    Deprecated,
    /// The paths it is known under.
    Paths,
}

impl ApiAspect {
    /// All aspects.
    pub const ALL: [Self; 5] = [
        Self::Kind,
        Self::Signature,
        Self::Condition,
        Self::Deprecated,
        Self::Paths,
    ];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Signature => "signature",
            Self::Condition => "condition",
            Self::Deprecated => "deprecated",
            Self::Paths => "paths",
        }
    }
}

/// What a change means for code that uses the item. The order is that of severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Impact {
    /// What worked before works.
    Compatible,
    /// Something that worked before may not work: signatures alone do not tell.
    PossiblyBreaking,
    /// Something that worked before does not.
    Breaking,
}

impl Impact {
    /// All impacts.
    pub const ALL: [Self; 3] = [Self::Compatible, Self::PossiblyBreaking, Self::Breaking];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Compatible => "compatible",
            Self::PossiblyBreaking => "possibly_breaking",
            Self::Breaking => "breaking",
        }
    }
}

/// A number of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionStep {
    /// None: the versions have the same numbers.
    None,
    /// The third, or one behind it.
    Patch,
    /// The second.
    Minor,
    /// The first.
    Major,
}

impl VersionStep {
    /// All steps.
    pub const ALL: [Self; 4] = [Self::None, Self::Patch, Self::Minor, Self::Major];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

/// What the changes mean under the ecosystem's version rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiVerdict {
    /// The gravest change; `None` when the API did not change.
    pub impact: Option<Impact>,
    /// The number that the rules want raised for the changes that are certain.
    pub expected: VersionStep,
    /// The first number in which the versions differ; `None` when the second is not the newer one, or
    /// either cannot be read.
    pub step: Option<VersionStep>,
    /// Whether the rules allow the changes in that step; `None` when they have no say, or when it
    /// depends on changes that are possibly breaking.
    pub allowed: Option<bool>,
    /// Why, in one line for a person.
    pub reason: String,
}
