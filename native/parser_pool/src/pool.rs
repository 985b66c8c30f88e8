use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use registry_types::{Error, ErrorKind, ParseAnswer, ParseRequest, Result};

use crate::batch::{Batch, Event};
use crate::options::PoolOptions;
use crate::queue::Queue;
use crate::worker::{Shared, run};

/// How often a waiting call looks whether it was cancelled.
const GLANCE: Duration = Duration::from_millis(20);

/// A bounded set of worker processes. Shared by all collects; dropping it ends the workers.
pub struct WorkerPool {
    shared: Arc<Shared>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl WorkerPool {
    /// A pool that starts its workers when the first files come.
    #[must_use]
    pub fn new(options: PoolOptions) -> Self {
        let shared = Shared {
            options,
            queue: Queue::default(),
            alive: std::sync::atomic::AtomicUsize::new(0),
        };
        Self {
            shared: Arc::new(shared),
            threads: Mutex::default(),
        }
    }

    /// Parses the files, in no particular order, and hands over each answer as it comes. Blocks;
    /// several threads may call at a time and are served in turns. Each request is answered exactly
    /// once: files on which a worker died have `WorkerDied` as outcome, with the cause.
    ///
    /// # Errors
    /// `cancelled` when `cancelled()` is true or the pool was closed, `unconfigured` when the
    /// worker program cannot be started. Files not answered by then never will be.
    pub fn parse(
        &self,
        requests: Vec<ParseRequest>,
        cancelled: &(dyn Fn() -> bool + Sync),
        on_answer: &mut dyn FnMut(ParseAnswer),
    ) -> Result<()> {
        let mut left = requests.len();
        if left == 0 {
            return Ok(());
        }
        let (sender, events) = channel();
        let batch = Arc::new(Batch::new(requests, sender));
        // Also when `on_answer` panics: no worker goes on for a caller that is gone.
        let _guard = CancelOnDrop(Arc::clone(&batch));
        let idle = self.shared.queue.push(batch)?;
        self.grow(left.saturating_sub(idle))?;
        while left > 0 {
            match events.recv_timeout(GLANCE) {
                Ok(Event::Answer(answer)) => {
                    left -= 1;
                    on_answer(answer);
                }
                Ok(Event::Failed(error)) => return Err(error),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::internal("the parser pool lost its workers"));
                }
            }
            if left > 0 && cancelled() {
                return Err(Error::new(ErrorKind::Cancelled, "parsing was cancelled"));
            }
        }
        Ok(())
    }

    /// Worker processes alive now.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.shared.alive.load(Ordering::Relaxed)
    }

    /// Ends the workers and gives up what is being parsed. Later calls fail.
    pub fn close(&self) {
        self.shared.queue.close();
        let threads = std::mem::take(&mut *self.threads());
        for thread in threads {
            // A thread that panicked has ended its worker while unwinding.
            let _ = thread.join();
        }
    }

    /// Starts up to `wanted` further threads.
    fn grow(&self, wanted: usize) -> Result<()> {
        let mut threads = self.threads();
        let room = self
            .shared
            .options
            .workers
            .max(1)
            .saturating_sub(threads.len());
        for _ in 0..wanted.min(room) {
            let shared = Arc::clone(&self.shared);
            let thread = Builder::new()
                .name("parser-pool".to_owned())
                .spawn(move || run(&shared));
            match thread {
                Ok(thread) => threads.push(thread),
                Err(_) if !threads.is_empty() => break,
                Err(error) => {
                    return Err(Error::internal(format!(
                        "no thread for a parser worker: {error}"
                    )));
                }
            }
        }
        Ok(())
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for WorkerPool {
    fn drop(&mut self) {
        self.close();
    }
}

impl std::fmt::Debug for WorkerPool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WorkerPool")
            .field("options", &self.shared.options)
            .field("workers", &self.workers())
            .finish()
    }
}

struct CancelOnDrop(Arc<Batch>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}
