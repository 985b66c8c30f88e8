//! PyPI: the JSON API, the simple index every mirror has, and pypistats' downloads.
//!
//! The JSON API's project page describes only the newest release (`info`, `vulnerabilities`) and
//! lists the files of all; an older release's description comes from its own page or its archive.

mod answer;
pub(crate) mod core;
mod downloads;
mod file;
mod filename;
mod html;
mod project;
mod requirement;
mod simple;

pub use downloads::{downloads_request, parse_downloads};
pub use project::{
    ReleaseAnswer, metadata_request, parse_metadata, parse_release, release_request,
};
pub use requirement::{Requirement, requirement};
pub use simple::{parse_simple, simple_request};

pub(crate) use answer::split_keywords;

#[cfg(test)]
mod tests;
