//! Worker processes that parse strangers' source files.
//!
//! Grammars abort, hang and eat memory on odd input, and nothing inside the process helps against
//! all of that. So each file is parsed by a child process (`universal-parser --worker`): one per
//! core, started when first needed, kept between packages, killed when a file takes too long, and
//! replaced when it dies. A death costs its file, named with the cause; the next file is parsed.
//!
//! ```no_run
//! use parser_pool::{PoolOptions, WorkerPool};
//! use registry_types::ParseRequest;
//!
//! let pool = WorkerPool::new(PoolOptions::new("/usr/lib/app/universal-parser"));
//! let requests = vec![ParseRequest {
//!     id: 1,
//!     path: "src/lib.rs".into(),
//!     package: "sum".into(),
//!     source: b"pub fn sum() {}".to_vec(),
//!     timeout_ms: 500,
//! }];
//! pool.parse(requests, &|| false, &mut |answer| println!("{answer:?}"))?;
//! # Ok::<(), registry_types::Error>(())
//! ```
//!
//! Each worker is owned by one thread of the pool that lives as long as the pool does: on Linux the
//! worker is killed with the *thread* that started it, so a thread of a caller would not do.

mod batch;
mod death;
mod frame;
mod options;
mod pool;
mod process;
mod queue;
mod worker;

pub use options::PoolOptions;
pub use pool::WorkerPool;
