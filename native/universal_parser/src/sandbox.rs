//! What the worker process may not do.

use std::io;

use rustix::process::{Resource, Rlimit, setrlimit};

/// Limits memory, writes no core files, lets go of inherited files, and dies with the parent.
pub fn enter(memory_bytes: u64) -> io::Result<()> {
    close_inherited();
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

/// The parent is a virtual machine with strangers' code in it: not every file it opens is closed
/// on exec.
#[cfg(target_os = "linux")]
#[expect(unsafe_code, reason = "no safe crate wraps close_range")]
fn close_inherited() {
    // SAFETY: nothing in this process has opened a descriptor yet. Where the kernel is too old for
    // the call, the descriptors stay open: no harm beyond that.
    unsafe {
        libc::close_range(3, libc::c_uint::MAX, 0);
    }
}

#[cfg(not(target_os = "linux"))]
fn close_inherited() {}
