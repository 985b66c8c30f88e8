use std::collections::VecDeque;

use registry_store::Store;
use registry_types::version::VersionSpec;
use registry_types::{DependencyKind, DependencyTree, Ecosystem, Result, normalize_name};

use super::chain::{ChainOptions, dependency_chain};
use super::cycles::first_edges;

/// How many ways are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathOptions {
    /// The tree that is searched.
    pub chain: ChainOptions,
    /// At most so many ways, the shortest first. Default 20.
    pub limit: usize,
}

impl Default for PathOptions {
    fn default() -> Self {
        Self {
            chain: ChainOptions::default(),
            limit: 20,
        }
    }
}

/// One package on a way, and the requirement that led to it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PathStep {
    /// The package.
    pub name: String,
    /// The release in the tree, where one is stored.
    pub version: Option<String>,
    /// The requirement of the package before; nothing at the start.
    pub requirement: Option<String>,
    /// Why the package before needs it.
    pub kind: Option<DependencyKind>,
}

/// Ways from a release to a package it depends on, the shortest first: why it is there. None when it
/// is not in the tree.
///
/// # Errors
/// Those of [`dependency_chain`].
pub fn dependency_paths(
    store: &Store,
    ecosystem: Ecosystem,
    from: (&str, &VersionSpec),
    to: (&str, Option<&str>),
    options: &PathOptions,
) -> Result<Vec<Vec<PathStep>>> {
    let tree = dependency_chain(store, ecosystem, from.0, from.1, &options.chain)?;
    Ok(ways(&tree, to, options.limit))
}

/// Longer searches end: there may be more ways through a graph than anybody can list.
const MOST_TRIED: usize = 200_000;

fn ways(tree: &DependencyTree, to: (&str, Option<&str>), limit: usize) -> Vec<Vec<PathStep>> {
    let wanted = normalize_name(tree.ecosystem, to.0);
    let is_goal: Vec<bool> = tree
        .nodes
        .iter()
        .map(|node| {
            normalize_name(tree.ecosystem, &node.name) == wanted
                && to
                    .1
                    .is_none_or(|version| node.version.as_deref() == Some(version))
        })
        .collect();
    let leads = leading_to(tree, &is_goal);
    let first = first_edges(tree.nodes.len(), &tree.edges);
    // Ways as a tree of their own: an edge, and the way before it.
    let mut steps: Vec<(usize, Option<usize>)> = Vec::new();
    let mut queue: VecDeque<(usize, Option<usize>)> = VecDeque::from([(0, None)]);
    let mut found = Vec::new();
    while let Some((node, way)) = queue.pop_front() {
        if is_goal.get(node) == Some(&true) {
            found.push(steps_of(tree, &steps, way));
            if found.len() >= limit {
                break;
            }
            continue;
        }
        let start = first.get(node).copied().unwrap_or(usize::MAX);
        let edges = tree.edges.iter().enumerate().skip(start);
        for (place, edge) in edges.take_while(|(_, edge)| edge.from == node) {
            let useful = !edge.cycle && leads.get(edge.to) == Some(&true);
            if useful && steps.len() < MOST_TRIED {
                steps.push((place, way));
                queue.push_back((edge.to, Some(steps.len() - 1)));
            }
        }
    }
    found
}

/// Which nodes a goal can be reached from.
fn leading_to(tree: &DependencyTree, is_goal: &[bool]) -> Vec<bool> {
    let mut back: Vec<Vec<usize>> = vec![Vec::new(); tree.nodes.len()];
    for edge in tree.edges.iter().filter(|edge| !edge.cycle) {
        if let Some(list) = back.get_mut(edge.to) {
            list.push(edge.from);
        }
    }
    let mut leads = is_goal.to_vec();
    let mut queue: Vec<usize> = (0..leads.len())
        .filter(|n| is_goal.get(*n) == Some(&true))
        .collect();
    while let Some(node) = queue.pop() {
        for before in back.get(node).into_iter().flatten() {
            if let Some(slot) = leads.get_mut(*before)
                && !*slot
            {
                *slot = true;
                queue.push(*before);
            }
        }
    }
    leads
}

fn steps_of(
    tree: &DependencyTree,
    steps: &[(usize, Option<usize>)],
    way: Option<usize>,
) -> Vec<PathStep> {
    let mut places = Vec::new();
    let mut at = way;
    while let Some((edge, before)) = at.and_then(|at| steps.get(at)) {
        places.push(*edge);
        at = *before;
    }
    let step = |node: usize, edge: Option<&registry_types::DependencyEdge>| {
        let node = tree.nodes.get(node);
        PathStep {
            name: node.map(|n| n.name.clone()).unwrap_or_default(),
            version: node.and_then(|n| n.version.clone()),
            requirement: edge.map(|e| e.requirement.clone()),
            kind: edge.map(|e| e.kind),
        }
    };
    let edges = places
        .iter()
        .rev()
        .filter_map(|place| tree.edges.get(*place));
    std::iter::once(step(0, None))
        .chain(edges.map(|edge| step(edge.to, Some(edge))))
        .collect()
}
