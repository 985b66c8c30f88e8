use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::Duration;

/// How many workers, which program, and what one may cost.
#[derive(Clone, Debug)]
pub struct PoolOptions {
    /// The worker program, `universal-parser`.
    pub program: PathBuf,
    /// Most workers at a time. Default: one per core.
    pub workers: usize,
    /// Address space of each worker. Default 2 GiB.
    pub memory_bytes: u64,
    /// A worker is killed this long after the time limit of the file itself. Default 2 s.
    pub kill_after: Duration,
    /// A worker that had nothing to do for so long is ended. Default 60 s.
    pub idle_after: Duration,
}

impl PoolOptions {
    /// The defaults, for the worker program at `program`.
    ///
    /// ```
    /// let options = parser_pool::PoolOptions::new("universal-parser");
    /// assert!(options.workers >= 1);
    /// ```
    #[must_use]
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self {
            program: program.into(),
            workers: available_parallelism().map_or(1, usize::from),
            memory_bytes: 2 * 1024 * 1024 * 1024,
            kill_after: Duration::from_secs(2),
            idle_after: Duration::from_secs(60),
        }
    }
}
