//! Answers that take more than one record. Dirty as all reads are.

use std::collections::{BTreeMap, HashMap};

use registry_indexer::{self as core, ChainOptions, PathOptions, PurposeQuery};
use registry_types::advice::{AdviceOptions, parse_cooldown};
use registry_types::{DependencyEdge, DependencyNode, DependencyTree, Result, TreeAdvisories};
use rustler::{Encoder, Env, NifMap, ResourceArc, Term};

use crate::answer::answer;
use crate::arg::{DependencyKindArg, EcosystemArg, EcosystemsArg, MissingArg, VersionArg};
use crate::read::list;
use crate::store::StoreRef;
use crate::terms::{
    DependencyTreeTerm, FrameworkTerm, PackageTerm, QualityTerm, RecommendationTerm,
    ReplacementTerm, StepTerm, VersionAdviceTerm,
};

#[rustler::nif(schedule = "DirtyIo")]
fn replacements<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
) -> Term<'a> {
    answer(env, || {
        let found = core::replacements(&store.0, ecosystem.0, name)?;
        Ok(list(env, found.iter().map(ReplacementTerm::from)))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn frameworks<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
) -> Term<'a> {
    answer(env, || {
        let found = core::frameworks(&store.0, ecosystem.0, name)?;
        Ok(list(env, found.iter().map(FrameworkTerm::from)))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn quality<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
) -> Term<'a> {
    answer(env, || {
        let quality = core::quality(&store.0, ecosystem.0, name)?;
        Ok(QualityTerm::from(&quality).encode(env))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct AdviceArg {
    current: Option<String>,
    runtime: HashMap<String, String>,
    cooldown: Option<String>,
    allow_prerelease: bool,
    candidates: usize,
}

impl AdviceArg {
    fn options(self) -> Result<AdviceOptions> {
        let cooldown = self.cooldown.as_deref().map(parse_cooldown).transpose()?;
        Ok(AdviceOptions {
            current: self.current,
            runtime: self.runtime.into_iter().collect::<BTreeMap<_, _>>(),
            cooldown: cooldown.unwrap_or(0),
            allow_prerelease: self.allow_prerelease,
            limit: self.candidates,
        })
    }
}

#[rustler::nif(schedule = "DirtyIo")]
fn recommend_version<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    opts: AdviceArg,
) -> Term<'a> {
    answer(env, || {
        let advice = core::recommend_version(&store.0, ecosystem.0, name, &opts.options()?)?;
        Ok(VersionAdviceTerm::from(&advice).encode(env))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct PurposeArg {
    ecosystem: EcosystemsArg,
    limit: usize,
    licenses: Vec<String>,
    version: AdviceArg,
}

#[rustler::nif(schedule = "DirtyIo")]
fn get_recommendations<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    purpose: &'a str,
    opts: PurposeArg,
) -> Term<'a> {
    answer(env, || {
        let query = PurposeQuery {
            ecosystems: opts.ecosystem.0,
            limit: opts.limit,
            licenses: opts.licenses,
            version: opts.version.options()?,
            ..PurposeQuery::new(purpose)
        };
        let found = core::get_recommendations(&store.0, &query)?;
        Ok(list(env, found.iter().map(RecommendationTerm::from)))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct ChainArg {
    depth: usize,
    nodes: usize,
    kinds: Vec<DependencyKindArg>,
}

impl ChainArg {
    fn options(self) -> ChainOptions {
        ChainOptions {
            depth: self.depth,
            nodes: self.nodes,
            kinds: self.kinds.into_iter().map(|kind| kind.0).collect(),
        }
    }
}

#[rustler::nif(schedule = "DirtyIo")]
fn dependency_chain<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    version: VersionArg<'a>,
    opts: ChainArg,
) -> Term<'a> {
    answer(env, || {
        let spec = version.spec(ecosystem.0)?;
        let options = opts.options();
        let tree = core::dependency_chain(&store.0, ecosystem.0, name, &spec, &options)?;
        Ok(DependencyTreeTerm::from(&tree).encode(env))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn dependency_paths<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    from: (&'a str, VersionArg<'a>),
    to: (&'a str, Option<&'a str>),
    opts: (ChainArg, usize),
) -> Term<'a> {
    answer(env, || {
        let spec = from.1.spec(ecosystem.0)?;
        let options = PathOptions {
            chain: opts.0.options(),
            limit: opts.1,
        };
        let ways = core::dependency_paths(&store.0, ecosystem.0, (from.0, &spec), to, &options)?;
        let ways = ways.iter().map(|way| {
            let steps = way.iter().map(|step| StepTerm::new(ecosystem.0, step));
            list(env, steps)
        });
        Ok(list(env, ways))
    })
}

#[rustler::nif(schedule = "DirtyIo")]
fn dependents<'a>(
    env: Env<'a>,
    store: ResourceArc<StoreRef>,
    ecosystem: EcosystemArg,
    name: &'a str,
    limit: usize,
) -> Term<'a> {
    answer(env, || {
        let packages = store.0.dependents(ecosystem.0, name, limit)?;
        Ok(list(env, packages.iter().map(PackageTerm::from)))
    })
}

#[derive(NifMap)]
#[rustler(decode)]
struct NodeArg {
    name: String,
    version: Option<String>,
    missing: Option<MissingArg>,
    depth: usize,
    license: Option<String>,
    dev_only: bool,
    yanked: bool,
    deprecated: bool,
    advisories: Vec<String>,
}

#[derive(NifMap)]
#[rustler(decode)]
struct EdgeArg {
    from: usize,
    to: usize,
    requirement: String,
    kind: DependencyKindArg,
    optional: bool,
    target: Option<String>,
    cycle: bool,
}

#[derive(NifMap)]
#[rustler(decode)]
struct TreeArg {
    ecosystem: EcosystemArg,
    nodes: Vec<NodeArg>,
    edges: Vec<EdgeArg>,
    truncated: bool,
}

impl From<TreeArg> for DependencyTree {
    fn from(tree: TreeArg) -> Self {
        let node = |node: NodeArg| DependencyNode {
            name: node.name,
            version: node.version,
            missing: node.missing.map(|missing| missing.0),
            depth: node.depth,
            license: node.license,
            dev_only: node.dev_only,
            yanked: node.yanked,
            deprecated: node.deprecated,
            advisories: node.advisories,
        };
        let edge = |edge: EdgeArg| DependencyEdge {
            from: edge.from,
            to: edge.to,
            requirement: edge.requirement,
            kind: edge.kind.0,
            optional: edge.optional,
            target: edge.target,
            cycle: edge.cycle,
        };
        Self {
            ecosystem: tree.ecosystem.0,
            nodes: tree.nodes.into_iter().map(node).collect(),
            edges: tree.edges.into_iter().map(edge).collect(),
            licenses: BTreeMap::new(),
            advisories: TreeAdvisories::default(),
            conflicts: Vec::new(),
            truncated: tree.truncated,
        }
    }
}

#[rustler::nif(schedule = "DirtyCpu")]
fn dependency_render<'a>(env: Env<'a>, tree: TreeArg, format: &'a str) -> Term<'a> {
    answer(env, || {
        let text = core::render(&tree.into(), format.parse()?)?;
        Ok(text.encode(env))
    })
}
