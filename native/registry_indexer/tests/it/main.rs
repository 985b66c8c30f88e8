//! The indexer before the fixture's registries. One program, since linking it is what takes time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "helpers of tests, like the tests"
)]

mod api;
mod concurrency;
mod conditional;
mod errors;
mod faults;
mod feeds;
mod knowledge;
mod options;
mod registries;
mod safety;
mod support;
mod surroundings;
