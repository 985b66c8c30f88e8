use registry_indexer::PathStep;
use registry_types::{
    DependencyEdge, DependencyNode, DependencyTree, Purl, TreeAdvisories, TreeAdvisory,
};
use rustler::{NifMap, NifStruct};

use super::Name;

/// `%PackageRegistry.DependencyTree{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.DependencyTree"]
#[rustler(encode)]
pub(crate) struct DependencyTreeTerm<'t> {
    ecosystem: Name,
    name: &'t str,
    version: Option<&'t str>,
    purl: String,
    nodes: Vec<NodeTerm<'t>>,
    edges: Vec<EdgeTerm<'t>>,
    licenses: Vec<LicenseTerm<'t>>,
    advisories: TreeAdvisoriesTerm<'t>,
    missing: Vec<&'t str>,
    conflicts: &'t [String],
    truncated: bool,
}

impl<'t> From<&'t DependencyTree> for DependencyTreeTerm<'t> {
    fn from(tree: &'t DependencyTree) -> Self {
        let root = tree.nodes.first();
        let licenses = tree.licenses.iter().map(|(license, nodes)| LicenseTerm {
            license: Some(license.as_str()).filter(|license| !license.is_empty()),
            nodes: nodes.clone(),
        });
        Self {
            ecosystem: Name(tree.ecosystem.as_str()),
            name: root.map_or("", |node| node.name.as_str()),
            version: root.and_then(|node| node.version.as_deref()),
            purl: root.map_or_else(String::new, |node| tree.purl(node)),
            nodes: tree
                .nodes
                .iter()
                .map(|node| NodeTerm::new(tree, node))
                .collect(),
            edges: tree.edges.iter().map(Into::into).collect(),
            licenses: licenses.collect(),
            advisories: (&tree.advisories).into(),
            missing: tree.missing().map(|node| node.name.as_str()).collect(),
            conflicts: &tree.conflicts,
            truncated: tree.truncated,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct LicenseTerm<'t> {
    license: Option<&'t str>,
    nodes: Vec<usize>,
}

#[derive(NifMap)]
#[rustler(encode)]
struct NodeTerm<'t> {
    name: &'t str,
    version: Option<&'t str>,
    purl: String,
    missing: Option<Name>,
    depth: usize,
    license: Option<&'t str>,
    dev_only: bool,
    yanked: bool,
    deprecated: bool,
    advisories: &'t [String],
}

impl<'t> NodeTerm<'t> {
    fn new(tree: &DependencyTree, node: &'t DependencyNode) -> Self {
        Self {
            name: &node.name,
            version: node.version.as_deref(),
            purl: tree.purl(node),
            missing: node.missing.map(|missing| Name(missing.as_str())),
            depth: node.depth,
            license: node.license.as_deref(),
            dev_only: node.dev_only,
            yanked: node.yanked,
            deprecated: node.deprecated,
            advisories: &node.advisories,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct EdgeTerm<'t> {
    from: usize,
    to: usize,
    requirement: &'t str,
    kind: Name,
    optional: bool,
    target: Option<&'t str>,
    cycle: bool,
}

impl<'t> From<&'t DependencyEdge> for EdgeTerm<'t> {
    fn from(edge: &'t DependencyEdge) -> Self {
        Self {
            from: edge.from,
            to: edge.to,
            requirement: &edge.requirement,
            kind: Name(edge.kind.as_str()),
            optional: edge.optional,
            target: edge.target.as_deref(),
            cycle: edge.cycle,
        }
    }
}

/// The advisories about a tree.
#[derive(NifMap)]
#[rustler(encode)]
pub(crate) struct TreeAdvisoriesTerm<'t> {
    own: Vec<TreeAdvisoryTerm<'t>>,
    direct: Vec<TreeAdvisoryTerm<'t>>,
    transitive: Vec<TreeAdvisoryTerm<'t>>,
    dev_only: Vec<TreeAdvisoryTerm<'t>>,
}

impl<'t> From<&'t TreeAdvisories> for TreeAdvisoriesTerm<'t> {
    fn from(lists: &'t TreeAdvisories) -> Self {
        let list = |list: &'t [TreeAdvisory]| list.iter().map(Into::into).collect();
        Self {
            own: list(&lists.own),
            direct: list(&lists.direct),
            transitive: list(&lists.transitive),
            dev_only: list(&lists.dev_only),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct TreeAdvisoryTerm<'t> {
    package: &'t str,
    version: &'t str,
    id: &'t str,
    summary: Option<&'t str>,
    severity: Name,
    informational: Option<Name>,
    malicious: bool,
    fixed_versions: &'t [String],
}

impl<'t> From<&'t TreeAdvisory> for TreeAdvisoryTerm<'t> {
    fn from(advisory: &'t TreeAdvisory) -> Self {
        Self {
            package: &advisory.package,
            version: &advisory.version,
            id: &advisory.id,
            summary: advisory.summary.as_deref(),
            severity: Name(advisory.severity.as_str()),
            informational: advisory.informational.map(|kind| Name(kind.as_str())),
            malicious: advisory.malicious,
            fixed_versions: &advisory.fixed_versions,
        }
    }
}

/// A step of a way through a tree.
#[derive(NifMap)]
#[rustler(encode)]
pub(crate) struct StepTerm<'t> {
    ecosystem: Name,
    name: &'t str,
    version: Option<&'t str>,
    purl: String,
    requirement: Option<&'t str>,
    kind: Option<Name>,
}

impl<'t> StepTerm<'t> {
    pub(crate) fn new(ecosystem: registry_types::Ecosystem, step: &'t PathStep) -> Self {
        Self {
            ecosystem: Name(ecosystem.as_str()),
            name: &step.name,
            version: step.version.as_deref(),
            purl: Purl::new(ecosystem, &step.name, step.version.as_deref()).to_string(),
            requirement: step.requirement.as_deref(),
            kind: step.kind.map(|kind| Name(kind.as_str())),
        }
    }
}
