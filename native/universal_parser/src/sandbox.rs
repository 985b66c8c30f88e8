//! What the worker process may not do.

use std::io;

use rustix::process::{Resource, Rlimit, setrlimit};

/// Limits memory, writes no core files, and dies with the parent.
pub fn enter(memory_bytes: u64) -> io::Result<()> {
    let exactly = |bytes| Rlimit {
        current: Some(bytes),
        maximum: Some(bytes),
    };
    setrlimit(Resource::As, exactly(memory_bytes))?;
    setrlimit(Resource::Core, exactly(0))?;
    // A worker needs no further files or processes.
    setrlimit(Resource::Nofile, exactly(16))?;
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    Ok(())
}
