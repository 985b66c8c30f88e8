//! Collecting a package with its dependencies.

use std::collections::HashSet;

use registry_types::version::VersionSpec;
use registry_types::{DependencyKind, Error, Release, Result, check_name, normalize_name};
use tokio_util::sync::CancellationToken;

use crate::indexer::Indexer;
use crate::request::{CollectRequest, Outcome, Progress};

/// How far dependencies are collected.
///
/// ```
/// use registry_indexer::TreeOptions;
/// let options = TreeOptions::default();
/// assert_eq!((options.depth, options.releases, options.dev), (16, 1_000, false));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeOptions {
    /// At most so many steps from the package. Default 16.
    pub depth: usize,
    /// At most so many collects. Default 1 000.
    pub releases: usize,
    /// What the package itself needs for development as well. Default: no.
    pub dev: bool,
}

impl Default for TreeOptions {
    fn default() -> Self {
        Self {
            depth: 16,
            releases: 1_000,
            dev: false,
        }
    }
}

/// What collecting a tree came to.
#[derive(Debug, Default)]
pub struct TreeOutcome {
    /// The package first, then its dependencies, the nearest first. A release to which several
    /// requirements lead is told once.
    pub outcomes: Vec<Outcome>,
    /// The dependencies that could not be had.
    pub failed: Vec<(CollectRequest, Error)>,
    /// Whether a bound on depth or number cut it short.
    pub truncated: bool,
}

impl Indexer {
    /// Collects a package and what it needs, level by level, `concurrency` at a time. Each
    /// requirement is resolved by its registry; optional dependencies are left out. A dependency that
    /// fails does not stop the others. `on_progress` is told which request it is about. Must not be
    /// called on an executor.
    ///
    /// # Errors
    /// Those of the collect of the package itself.
    pub fn collect_tree_blocking(
        &self,
        root: &CollectRequest,
        options: &TreeOptions,
        concurrency: usize,
        on_progress: &(dyn Fn(&CollectRequest, Progress) + Send + Sync),
        cancelled: &CancellationToken,
    ) -> Result<TreeOutcome> {
        let first = self.collect_blocking(root, &|p| on_progress(root, p), cancelled)?;
        let mut plan = Plan::new(root, options);
        let mut tree = TreeOutcome::default();
        let mut known = HashSet::new();
        let mut level = vec![first];
        for depth in 0.. {
            let is_root = depth == 0;
            let releases = level.iter().map(|outcome| &outcome.release);
            let requests = plan.next(releases, is_root);
            for outcome in level {
                let release = &outcome.release;
                let name = normalize_name(release.ecosystem, &release.name);
                if known.insert((name, release.version.clone())) {
                    tree.outcomes.push(outcome);
                }
            }
            if requests.is_empty() {
                break;
            }
            if depth >= options.depth {
                tree.truncated = true;
                break;
            }
            let answers = self.collect_many_blocking(
                &requests,
                concurrency,
                &|at, progress| {
                    if let Some(request) = requests.get(at) {
                        on_progress(request, progress);
                    }
                },
                cancelled,
            );
            level = Vec::new();
            for (request, answer) in requests.into_iter().zip(answers) {
                match answer {
                    Ok(outcome) => level.push(outcome),
                    Err(error) => tree.failed.push((request, error)),
                }
            }
        }
        tree.truncated |= plan.truncated;
        Ok(tree)
    }
}

/// Which requirements were followed already.
struct Plan<'r> {
    root: &'r CollectRequest,
    options: &'r TreeOptions,
    seen: HashSet<(String, String)>,
    truncated: bool,
}

impl<'r> Plan<'r> {
    fn new(root: &'r CollectRequest, options: &'r TreeOptions) -> Self {
        Self {
            root,
            options,
            seen: HashSet::new(),
            truncated: false,
        }
    }

    /// The requests for what releases need and nobody asked for yet.
    fn next<'a>(
        &mut self,
        releases: impl Iterator<Item = &'a Release>,
        is_root: bool,
    ) -> Vec<CollectRequest> {
        let ecosystem = self.root.ecosystem;
        let mut requests = Vec::new();
        for dependency in releases.flat_map(|release| &release.dependencies) {
            let wanted = match dependency.kind {
                DependencyKind::Dev => is_root && self.options.dev,
                DependencyKind::Optional => false,
                _ => !dependency.optional,
            };
            let requirement = dependency.requirement.trim();
            // A path or a git address is nothing that the registry has.
            let version = match requirement {
                "" | "*" => Ok(VersionSpec::Latest),
                text => VersionSpec::parse(ecosystem, text),
            };
            let (Ok(version), true) = (version, wanted) else {
                continue;
            };
            if check_name(ecosystem, &dependency.name).is_err() {
                continue;
            }
            let key = (
                normalize_name(ecosystem, &dependency.name),
                requirement.to_owned(),
            );
            if self.seen.contains(&key) {
                continue;
            }
            if self.seen.len() + 1 >= self.options.releases {
                self.truncated = true;
                break;
            }
            self.seen.insert(key);
            requests.push(CollectRequest {
                name: dependency.name.clone(),
                version,
                ..self.root.clone()
            });
        }
        requests
    }
}
