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

/// glibc gives the top of a thread's heap back to the system after each large `free`: a search then
/// pays 140 µs for pages it had before, on every one of the VM's dirty threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

rustler::init!("Elixir.PackageRegistry.Native");
