use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Advisory, DependencyKind, Ecosystem, Informational, Purl, Severity};

/// Why a dependency leads to no stored release.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// The package is not in the store.
    Package,
    /// No stored release satisfies the requirement.
    Release,
    /// The requirement is none of the registry's (a path, a git address).
    Requirement,
}

impl Missing {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Package, Self::Release, Self::Requirement];

    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Package => "package",
            Self::Release => "release",
            Self::Requirement => "requirement",
        }
    }
}

/// One release of a dependency tree, or a package of which no release is stored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DependencyNode {
    /// The package.
    pub name: String,
    /// The stored release that the requirement resolves to.
    pub version: Option<String>,
    /// Why there is none.
    pub missing: Option<Missing>,
    /// The shortest way from the root: 0 is the root, 1 what it requires itself.
    pub depth: usize,
    /// An SPDX expression, or the text as given.
    pub license: Option<String>,
    /// Whether only dependencies for development lead here.
    pub dev_only: bool,
    /// Withdrawn by its publisher.
    pub yanked: bool,
    /// Deprecated or retired.
    pub deprecated: bool,
    /// Ids of the vulnerabilities that affect it.
    pub advisories: Vec<String>,
}

/// A requirement in a dependency tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DependencyEdge {
    /// Who requires: a place in [`DependencyTree::nodes`].
    pub from: usize,
    /// What it resolves to.
    pub to: usize,
    /// As its ecosystem writes it.
    pub requirement: String,
    /// Why it is needed.
    pub kind: DependencyKind,
    /// Whether the release works without it.
    pub optional: bool,
    /// The platform or marker under which it applies.
    pub target: Option<String>,
    /// Whether it leads back to a release on the way from the root.
    pub cycle: bool,
}

/// An advisory about a release of a dependency tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeAdvisory {
    /// The affected package.
    pub package: String,
    /// Its version in the tree.
    pub version: String,
    /// `GHSA-…`, `RUSTSEC-…`, …
    pub id: String,
    /// One line.
    pub summary: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// A notice that is no vulnerability.
    pub informational: Option<Informational>,
    /// Whether the package is malware.
    pub malicious: bool,
    /// First versions without the fault.
    pub fixed_versions: Vec<String>,
}

impl TreeAdvisory {
    /// What a tree says of an advisory about one of its releases.
    #[must_use]
    pub fn new(package: &str, version: &str, advisory: &Advisory) -> Self {
        Self {
            package: package.to_owned(),
            version: version.to_owned(),
            id: advisory.id.clone(),
            summary: advisory.summary.clone(),
            severity: advisory.severity,
            informational: advisory.informational,
            malicious: advisory.malicious,
            fixed_versions: advisory.fixed_versions.clone(),
        }
    }
}

/// The advisories about the releases of a tree, by how near they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TreeAdvisories {
    /// About the root.
    pub own: Vec<TreeAdvisory>,
    /// About what the root requires itself.
    pub direct: Vec<TreeAdvisory>,
    /// About what those require.
    pub transitive: Vec<TreeAdvisory>,
    /// About what is needed for development only.
    pub dev_only: Vec<TreeAdvisory>,
}

impl TreeAdvisories {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &TreeAdvisory> {
        let lists = [&self.own, &self.direct, &self.transitive, &self.dev_only];
        lists.into_iter().flatten()
    }
}

/// What a release requires, and what that requires, as far as it is stored.
///
/// A release stands in `nodes` once, however many require it; `edges` say who requires it and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DependencyTree {
    /// Where all of it lives.
    pub ecosystem: Ecosystem,
    /// The releases, the root first, then by how near they are.
    pub nodes: Vec<DependencyNode>,
    /// The requirements, those of one release together and in its order.
    pub edges: Vec<DependencyEdge>,
    /// Licences of the releases to their places in `nodes`; `""` holds those of unknown licence.
    pub licenses: BTreeMap<String, Vec<usize>>,
    /// The advisories about them.
    pub advisories: TreeAdvisories,
    /// Packages of which there is more than one version although the ecosystem's client takes one.
    pub conflicts: Vec<String>,
    /// Whether a bound on depth or number cut it short.
    pub truncated: bool,
}

impl DependencyTree {
    /// The package URL of a node.
    #[must_use]
    pub fn purl(&self, node: &DependencyNode) -> String {
        Purl::new(self.ecosystem, &node.name, node.version.as_deref()).to_string()
    }

    /// The nodes of which nothing further is known: what the answer does not cover.
    pub fn missing(&self) -> impl Iterator<Item = &DependencyNode> {
        self.nodes.iter().filter(|node| node.missing.is_some())
    }
}
