//! The package registry indexer as a native library of the BEAM.
//!
//! The only crate that knows rustler, and it does nothing but decode, call and encode. Work that
//! waits for the network runs on threads of its own and answers by message.

mod answer;
mod arg;
mod feeds;
mod guard;
mod indexer;
mod job;
mod knowledge;
mod limits;
mod read;
mod store;
mod terms;
mod vocabulary;

rustler::init!("Elixir.PackageRegistry.Native");
