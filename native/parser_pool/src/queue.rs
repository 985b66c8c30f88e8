//! Batches waiting for workers, served in turns so that a large package does not hold up others.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use registry_types::{Error, ErrorKind};

use crate::batch::{Batch, Job};

/// What a worker's thread is to do next.
pub(crate) enum Next {
    Job(Job),
    /// Nothing came for the time given.
    Idle,
    /// The pool is closed.
    Closed,
}

#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Default)]
struct State {
    batches: VecDeque<Arc<Batch>>,
    idle: usize,
    closed: bool,
}

impl Queue {
    /// Adds a batch. The answer is the number of threads that wait for work.
    pub fn push(&self, batch: Arc<Batch>) -> Result<usize, Error> {
        let mut state = self.lock();
        if state.closed {
            return Err(closed());
        }
        state.batches.push_back(batch);
        self.wake.notify_all();
        Ok(state.idle)
    }

    /// Waits for a file to parse; for `idle_after` at most, if given.
    pub fn next(&self, idle_after: Option<Duration>) -> Next {
        let until = idle_after.map(|time| Instant::now() + time);
        let mut state = self.lock();
        loop {
            if state.closed {
                return Next::Closed;
            }
            while let Some(batch) = state.batches.pop_front() {
                let (job, more) = batch.next();
                if more {
                    state.batches.push_back(batch);
                }
                if let Some(job) = job {
                    return Next::Job(job);
                }
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Next::Idle;
            }
            state.idle += 1;
            state = match left {
                Some(left) => {
                    let woken = self.wake.wait_timeout(state, left);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self
                    .wake
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
            };
            state.idle -= 1;
        }
    }

    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Takes no more, and gives up what waits.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        for batch in state.batches.drain(..) {
            batch.fail(closed());
        }
        self.wake.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What calls get once the pool is closed.
pub(crate) fn closed() -> Error {
    Error::new(ErrorKind::Cancelled, "the parser pool was closed")
}
