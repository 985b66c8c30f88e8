//! Dependency trees.

mod chain;
mod cycles;
mod paths;
mod resolve;

pub use chain::{ChainOptions, dependency_chain};
pub use paths::{PathOptions, PathStep, dependency_paths};

pub(crate) use chain::chain_in_view;
pub(super) use cycles::first_edges;
