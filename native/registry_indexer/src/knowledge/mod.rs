//! Answers that take more than one record: dependency trees, advice, quality, replacements. All of
//! them read the store only, never the network, each from one state of it.

mod advice;
mod frameworks;
mod graph;
mod quality;
mod recommend;
mod render;
mod replacements;

pub use advice::recommend_version;
pub use frameworks::frameworks;
pub use graph::{ChainOptions, PathOptions, PathStep, dependency_chain, dependency_paths};
pub use quality::quality;
pub use recommend::{PurposeQuery, Recommendation, get_recommendations};
pub use render::{TreeFormat, render};
pub use replacements::replacements;
