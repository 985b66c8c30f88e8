//! The files of one call of `parse`, on their way through the workers.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use registry_types::{Error, ParseAnswer, ParseFailure, ParseFailureKind, ParseRequest};

/// Workers that one package may cost. Beyond, its other files are given up: each death takes up to
/// the kill time, and a package could hold thousands of such files.
const MAX_DEATHS: usize = 32;

/// What the caller of `parse` is told.
pub(crate) enum Event {
    Answer(ParseAnswer),
    /// Nothing more will come.
    Failed(Error),
}

pub(crate) struct Batch {
    waiting: Mutex<VecDeque<ParseRequest>>,
    events: Sender<Event>,
    cancelled: AtomicBool,
    deaths: AtomicUsize,
}

impl Batch {
    pub fn new(requests: Vec<ParseRequest>, events: Sender<Event>) -> Self {
        Self {
            waiting: Mutex::new(requests.into()),
            events,
            cancelled: AtomicBool::new(false),
            deaths: AtomicUsize::new(0),
        }
    }

    /// The next file, and whether there are more.
    pub fn next(self: &Arc<Self>) -> (Option<Job>, bool) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if self.is_cancelled() {
            waiting.clear();
        }
        let job = waiting.pop_front();
        let more = !waiting.is_empty();
        (
            job.map(|request| Job {
                request,
                batch: Arc::clone(self),
                answered: false,
            }),
            more,
        )
    }

    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Gives the whole batch up.
    pub fn fail(&self, error: Error) {
        self.cancel();
        // The caller may have left already.
        let _ = self.events.send(Event::Failed(error));
    }
}

/// One file in a worker's hands. Answered exactly once, whatever happens: when dropped before,
/// the answer is that the worker died.
pub(crate) struct Job {
    pub request: ParseRequest,
    batch: Arc<Batch>,
    answered: bool,
}

impl Job {
    /// Whether nobody waits for the answer.
    pub fn is_cancelled(&self) -> bool {
        self.batch.is_cancelled()
    }

    /// Whether so many workers died on this batch that no more are risked.
    pub fn given_up(&self) -> bool {
        self.batch.deaths.load(Ordering::Relaxed) >= MAX_DEATHS
    }

    pub fn answer(mut self, answer: ParseAnswer) {
        self.send(answer);
    }

    /// The worker died on it.
    pub fn died(self, cause: String) {
        self.batch.deaths.fetch_add(1, Ordering::Relaxed);
        self.fail(ParseFailureKind::WorkerDied, cause);
    }

    /// Not parsed, and no worker died.
    pub fn fail(mut self, kind: ParseFailureKind, message: String) {
        self.send_failure(kind, message);
    }

    /// Gives up this file and all others of the batch.
    pub fn abandon(mut self, error: Error) {
        self.answered = true;
        self.batch.fail(error);
    }

    fn send_failure(&mut self, kind: ParseFailureKind, message: String) {
        self.send(ParseAnswer {
            id: self.request.id,
            language: None,
            outcome: Err(ParseFailure { kind, message }),
        });
    }

    fn send(&mut self, answer: ParseAnswer) {
        self.answered = true;
        let _ = self.batch.events.send(Event::Answer(answer));
    }
}

impl Drop for Job {
    fn drop(&mut self) {
        if !self.answered {
            let message = "lost by the parser pool".to_owned();
            self.send_failure(ParseFailureKind::WorkerDied, message);
        }
    }
}
