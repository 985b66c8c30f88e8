//! Everything that changes the store.

pub(crate) mod advisories;
mod bulk;
mod counts;
pub(crate) mod face;
pub(crate) mod histogram;
pub(crate) mod import;
mod merge;
pub(crate) mod prepare;
pub(crate) mod put;
pub(crate) mod rebuild;
pub(crate) mod refresh;
pub(crate) mod remove;
pub(crate) mod ties;

pub(crate) use counts::{Count, counter};
