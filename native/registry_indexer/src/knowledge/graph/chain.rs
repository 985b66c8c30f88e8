use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use registry_store::{Store, View};
use registry_types::version::{VersionSpec, resolve};
use registry_types::{
    Affected, Dependency, DependencyEdge, DependencyKind, DependencyNode, DependencyTree,
    Ecosystem, Missing, Release, Result, TreeAdvisories, TreeAdvisory, normalize_name,
};

use super::cycles::mark_cycles;
use super::resolve::Resolver;
use crate::knowledge::replacements::not_stored;

/// How far a dependency tree goes.
///
/// ```
/// use registry_indexer::ChainOptions;
/// let options = ChainOptions::default();
/// assert_eq!((options.depth, options.nodes), (64, 5_000));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainOptions {
    /// At most so many steps from the root. Default 64.
    pub depth: usize,
    /// At most so many releases. Default 5 000.
    pub nodes: usize,
    /// Which dependencies are followed. Default: runtime, build and peer ones, which need be there.
    /// With [`DependencyKind::Optional`] those too that the release works without; those for
    /// development are followed from the root only.
    pub kinds: Vec<DependencyKind>,
}

impl Default for ChainOptions {
    fn default() -> Self {
        Self {
            depth: 64,
            nodes: 5_000,
            kinds: vec![
                DependencyKind::Runtime,
                DependencyKind::Build,
                DependencyKind::Peer,
            ],
        }
    }
}

impl ChainOptions {
    fn follows(&self, dependency: &Dependency, is_root: bool) -> bool {
        let has = |kind| self.kinds.contains(&kind);
        let needed = match dependency.kind {
            DependencyKind::Dev => is_root && has(DependencyKind::Dev),
            kind => has(kind),
        };
        needed && (!dependency.optional || has(DependencyKind::Optional))
    }
}

/// What a stored release requires, and what that requires: each requirement resolved to the best
/// stored release that satisfies it, as the ecosystem's client would choose.
///
/// # Errors
/// `NotFound` or `VersionNotFound` when the root is not stored; a dependency that is not stored is a
/// node that says so.
pub fn dependency_chain(
    store: &Store,
    ecosystem: Ecosystem,
    name: &str,
    version: &VersionSpec,
    options: &ChainOptions,
) -> Result<DependencyTree> {
    let version = match version {
        VersionSpec::Exact(version) => version.clone(),
        spec => {
            let stored = store.stored_versions(ecosystem, name)?;
            resolve(ecosystem, spec, &stored)?.version.clone()
        }
    };
    // The store's own words for what is missing.
    let root = store.get_release(ecosystem, name, &version)?;
    store.view(|view| {
        let tree = chain_in_view(view, ecosystem, &root.name, &root.version, options)?;
        tree.ok_or_else(|| not_stored(ecosystem, name))
    })
}

/// `None` when the root is not stored.
pub(crate) fn chain_in_view(
    view: &View<'_>,
    ecosystem: Ecosystem,
    name: &str,
    version: &str,
    options: &ChainOptions,
) -> Result<Option<DependencyTree>> {
    let mut walk = Walk {
        resolver: Resolver::new(view, ecosystem),
        view,
        ecosystem,
        options,
        places: HashMap::new(),
        queue: VecDeque::new(),
        nodes: Vec::new(),
        edges: Vec::new(),
        truncated: false,
    };
    walk.place(name, Ok(version.to_owned()), 0);
    while let Some(place) = walk.queue.pop_front() {
        walk.expand(place)?;
    }
    if walk.nodes.first().is_none_or(|root| root.missing.is_some()) {
        return Ok(None);
    }
    walk.finish().map(Some)
}

struct Walk<'v> {
    resolver: Resolver<'v>,
    view: &'v View<'v>,
    ecosystem: Ecosystem,
    options: &'v ChainOptions,
    places: HashMap<(String, Option<String>), usize>,
    queue: VecDeque<usize>,
    nodes: Vec<DependencyNode>,
    edges: Vec<DependencyEdge>,
    truncated: bool,
}

impl Walk<'_> {
    /// The place of a release among the nodes; `None` when no more are taken.
    fn place(
        &mut self,
        name: &str,
        version: std::result::Result<String, Missing>,
        depth: usize,
    ) -> Option<usize> {
        let (version, missing) = match version {
            Ok(version) => (Some(version), None),
            Err(missing) => (None, Some(missing)),
        };
        let key = (normalize_name(self.ecosystem, name), version.clone());
        if let Some(place) = self.places.get(&key) {
            return Some(*place);
        }
        let place = self.nodes.len();
        if place >= self.options.nodes.max(1) {
            self.truncated = true;
            return None;
        }
        self.places.insert(key, place);
        self.nodes.push(DependencyNode {
            name: name.to_owned(),
            version,
            missing,
            depth,
            license: None,
            dev_only: false,
            yanked: false,
            deprecated: false,
            advisories: Vec::new(),
        });
        self.queue.push_back(place);
        Some(place)
    }

    fn expand(&mut self, place: usize) -> Result<()> {
        let Some(release) = self.read(place)? else {
            return Ok(());
        };
        let depth = self.nodes.get(place).map_or(0, |node| node.depth);
        for dependency in release.dependencies {
            if !self.options.follows(&dependency, place == 0) {
                continue;
            }
            if depth >= self.options.depth {
                self.truncated = true;
                return Ok(());
            }
            let version = self
                .resolver
                .resolve(&dependency.name, &dependency.requirement)?;
            let Some(to) = self.place(&dependency.name, version, depth + 1) else {
                continue;
            };
            self.edges.push(DependencyEdge {
                from: place,
                to,
                requirement: dependency.requirement,
                kind: dependency.kind,
                optional: dependency.optional,
                target: dependency.target,
                cycle: false,
            });
        }
        Ok(())
    }

    /// Reads the release of a node and notes what is known of it.
    fn read(&mut self, place: usize) -> Result<Option<Release>> {
        let Some(node) = self.nodes.get_mut(place) else {
            return Ok(None);
        };
        let Some(version) = node.version.clone() else {
            return Ok(None);
        };
        let known = self.resolver.package(&node.name)?;
        let release = match known {
            Some(known) => self.view.release(&known.stored, &version)?,
            None => None,
        };
        let (Some(known), Some(release)) = (known, release) else {
            node.version = None;
            node.missing = Some(Missing::Package);
            return Ok(None);
        };
        let entry = known.entry(&version);
        node.name.clone_from(&known.stored.package.name);
        node.license = release
            .license
            .clone()
            .or_else(|| known.stored.package.license.clone());
        node.yanked = release.yanked || entry.is_some_and(|e| e.yanked);
        let retired =
            |e: &registry_types::VersionEntry| e.retired.is_some() || e.deprecated.is_some();
        node.deprecated =
            release.deprecated.is_some() || release.retired.is_some() || entry.is_some_and(retired);
        Ok(Some(release))
    }

    fn finish(mut self) -> Result<DependencyTree> {
        mark_cycles(self.nodes.len(), &mut self.edges);
        self.mark_dev_only();
        let advisories = self.advisories()?;
        let mut licenses: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, node) in self.nodes.iter().enumerate() {
            if node.missing.is_none() {
                let license = node.license.clone().unwrap_or_default();
                licenses.entry(license).or_default().push(place);
            }
        }
        Ok(DependencyTree {
            conflicts: self.conflicts(),
            ecosystem: self.ecosystem,
            nodes: self.nodes,
            edges: self.edges,
            licenses,
            advisories,
            truncated: self.truncated,
        })
    }

    /// A node is for development only when no other requirement leads to it.
    fn mark_dev_only(&mut self) {
        let mut needed = vec![false; self.nodes.len()];
        let mut queue = vec![0];
        let first = super::cycles::first_edges(self.nodes.len(), &self.edges);
        while let Some(place) = queue.pop() {
            match needed.get_mut(place) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            let edges = first.get(place).and_then(|first| self.edges.get(*first..));
            let own = edges
                .into_iter()
                .flatten()
                .take_while(|edge| edge.from == place);
            queue.extend(own.filter(|e| e.kind != DependencyKind::Dev).map(|e| e.to));
        }
        for (node, needed) in self.nodes.iter_mut().zip(needed) {
            node.dev_only = !needed;
        }
    }

    fn advisories(&mut self) -> Result<TreeAdvisories> {
        let mut lists = TreeAdvisories::default();
        // One package may stand here in several versions.
        let mut read: HashMap<String, Vec<(registry_types::Advisory, Affected)>> = HashMap::new();
        for node in &mut self.nodes {
            let Some(version) = &node.version else {
                continue;
            };
            if !read.contains_key(&node.name) {
                let stored = self.view.advisories(self.ecosystem, &node.name)?;
                let parsed = stored.into_iter().map(|advisory| {
                    let affected = Affected::new(self.ecosystem, &advisory);
                    (advisory, affected)
                });
                read.insert(node.name.clone(), parsed.collect());
            }
            let list = match (node.dev_only, node.depth) {
                (true, _) => &mut lists.dev_only,
                (_, 0) => &mut lists.own,
                (_, 1) => &mut lists.direct,
                _ => &mut lists.transitive,
            };
            for (advisory, affected) in read.get(&node.name).into_iter().flatten() {
                if !affected.contains(version) {
                    continue;
                }
                if advisory.informational.is_none() {
                    node.advisories.push(advisory.id.clone());
                }
                list.push(TreeAdvisory::new(&node.name, version, advisory));
            }
        }
        Ok(lists)
    }

    /// npm and cargo install several versions side by side; Hex and pip take one.
    fn conflicts(&self) -> Vec<String> {
        if !matches!(self.ecosystem, Ecosystem::Hex | Ecosystem::Pypi) {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let mut twice: Vec<String> = self
            .nodes
            .iter()
            .filter(|node| node.version.is_some() && !seen.insert(node.name.as_str()))
            .map(|node| node.name.clone())
            .collect();
        twice.sort();
        twice.dedup();
        twice
    }
}
