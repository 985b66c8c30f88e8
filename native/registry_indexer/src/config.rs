use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use registry_types::Limits;

use crate::endpoints::{Endpoints, Environment, System};

/// How an [`crate::Indexer`] works. The default needs nothing to be set, but for the program that
/// parses sources.
#[derive(Clone)]
pub struct Config {
    /// Explicit addresses of registries; the others are looked for.
    pub endpoints: Endpoints,
    /// What strangers' data may cost.
    pub limits: Limits,
    /// For GitHub's API; otherwise `GITHUB_TOKEN` or `GH_TOKEN` of the environment.
    pub github_token: Option<String>,
    /// The worker program `universal-parser`. Without it a collect that wants snippets fails as
    /// `unconfigured`.
    pub parser_program: Option<PathBuf>,
    /// How many collects run at a time. Default 8.
    pub concurrency: usize,
    /// Where the clients' own configuration is found.
    pub environment: Arc<dyn Environment>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            endpoints: Endpoints::default(),
            limits: Limits::default(),
            github_token: None,
            parser_program: None,
            concurrency: 8,
            environment: Arc::new(System),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("endpoints", &self.endpoints)
            .field("limits", &self.limits)
            .field("github_token", &self.github_token.as_ref().map(|_| "…"))
            .field("parser_program", &self.parser_program)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}
