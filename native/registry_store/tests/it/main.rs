//! The store from outside.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests"
)]

mod advisories;
mod concurrency;
mod crash;
mod damage;
mod full;
mod listing;
mod locking;
mod query;
mod roundtrip;
mod search;
mod snippets;
mod support;
mod symbols;
mod upkeep;
