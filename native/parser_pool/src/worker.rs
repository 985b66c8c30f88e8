//! A thread of the pool and the worker process it owns.

use std::io::ErrorKind::{NotFound, PermissionDenied};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use registry_types::{Error, ErrorKind, ParseFailureKind};

use crate::batch::Job;
use crate::frame::{MAX_FRAME, encode};
use crate::options::PoolOptions;
use crate::process::Process;
use crate::queue::{Next, Queue, closed};

/// Files after which a worker is replaced: its memory fragments.
const RETIRE_AFTER: usize = 5_000;

/// What the threads share.
pub(crate) struct Shared {
    pub options: PoolOptions,
    pub queue: Queue,
    /// Processes alive.
    pub alive: AtomicUsize,
}

/// Serves the queue until the pool is closed.
pub(crate) fn run(shared: &Shared) {
    let mut slot = Slot {
        shared,
        process: None,
    };
    loop {
        let idle_after = slot.process.is_some().then_some(shared.options.idle_after);
        match shared.queue.next(idle_after) {
            Next::Job(job) => slot.serve(job),
            Next::Idle => slot.end(),
            Next::Closed => return,
        }
    }
}

struct Slot<'p> {
    shared: &'p Shared,
    process: Option<Process>,
}

impl Slot<'_> {
    fn serve(&mut self, job: Job) {
        let Some(frame) = encode(&job.request) else {
            let message = format!("{} bytes, more than {MAX_FRAME}", job.request.source.len());
            return job.fail(ParseFailureKind::LimitExceeded, message);
        };
        if job.given_up() {
            let message = "not tried: too many files of the package killed the parser".to_owned();
            return job.fail(ParseFailureKind::WorkerDied, message);
        }
        let shared = self.shared;
        let options = &shared.options;
        let own = Duration::from_millis(u64::from(job.request.timeout_ms));
        let limit = options
            .kill_after
            .saturating_add(own)
            .min(Duration::from_secs(3600));
        loop {
            let used = self
                .process
                .as_ref()
                .is_some_and(|process| process.served > 0);
            let process = match self.process() {
                Ok(process) => process,
                Err(error) => return job.abandon(error),
            };
            let unwanted = || job.is_cancelled() || shared.queue.is_closed();
            match process.exchange(&job.request, &frame, limit, &unwanted) {
                Ok(answer) => {
                    if process.served >= RETIRE_AFTER {
                        self.end();
                    }
                    return job.answer(answer);
                }
                Err(death) => {
                    self.end();
                    if used && death.worth_a_retry() {
                        continue;
                    }
                    return match death.message(options.memory_bytes) {
                        Some(cause) => job.died(cause),
                        None => job.abandon(closed()),
                    };
                }
            }
        }
    }

    /// The worker, started if there is none.
    fn process(&mut self) -> Result<&mut Process, Error> {
        if self.process.is_none() {
            let PoolOptions {
                program,
                memory_bytes,
                ..
            } = &self.shared.options;
            let started = Process::start(program, *memory_bytes);
            self.process = Some(started.map_err(|error| not_started(program, &error))?);
            self.shared.alive.fetch_add(1, Ordering::Relaxed);
        }
        self.process
            .as_mut()
            .ok_or_else(|| Error::internal("no parser worker"))
    }

    fn end(&mut self) {
        if self.process.take().is_some() {
            self.shared.alive.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        self.end();
    }
}

fn not_started(program: &std::path::Path, error: &std::io::Error) -> Error {
    let missing = matches!(error.kind(), NotFound | PermissionDenied);
    let kind = if missing {
        ErrorKind::Unconfigured
    } else {
        ErrorKind::Internal
    };
    let program = program.display();
    Error::new(
        kind,
        format!("cannot start the parser worker {program}: {error}; build it, or name its path"),
    )
    .with("parser_program", program)
}
