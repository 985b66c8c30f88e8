use std::sync::{Mutex, MutexGuard, PoisonError};

use registry_indexer::CollectHandle;
use rustler::{Encoder, Env, LocalPid, Monitor, OwnedEnv, Resource, ResourceArc};

/// A collect under way. Its messages `{job, message}` go to the process that asked; when that
/// process dies the work is cancelled.
pub(crate) struct Job {
    caller: LocalPid,
    /// Held while a message is sent, so that none comes after `cancel`.
    state: Mutex<State>,
}

enum State {
    /// Not yet handed over.
    New,
    Running(CollectHandle),
    /// No message may be sent any more.
    Cancelled,
}

#[rustler::resource_impl]
impl Resource for Job {
    fn down<'a>(&'a self, _env: Env<'a>, _caller: LocalPid, _monitor: Monitor) {
        self.cancel();
    }
}

impl Job {
    /// A job for the calling process.
    pub(crate) fn new(env: Env<'_>) -> ResourceArc<Self> {
        let caller = env.pid();
        let job = ResourceArc::new(Self {
            caller,
            state: Mutex::new(State::New),
        });
        // A caller that is gone already cannot be watched.
        if env.monitor(&job, &caller).is_none() {
            job.cancel();
        }
        job
    }

    /// Ties the work to its job, which may have been cancelled meanwhile.
    pub(crate) fn run(&self, handle: CollectHandle) {
        let mut state = self.state();
        match *state {
            State::Cancelled => handle.cancel(),
            _ => *state = State::Running(handle),
        }
    }

    /// Stops the work. Once this has returned no message is sent any more.
    pub(crate) fn cancel(&self) {
        let mut state = self.state();
        if let State::Running(handle) = &*state {
            handle.cancel();
        }
        *state = State::Cancelled;
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sends `{job, message}` to the caller of the job, from a thread that is not the BEAM's.
pub(crate) fn send(job: &ResourceArc<Job>, message: impl Encoder) {
    let mut env = OwnedEnv::new();
    let saved = env.save((job.clone(), message));
    let state = job.state();
    if !matches!(*state, State::Cancelled) {
        // The one failure is a dead caller, which `down` hears of.
        let _dead = env.send_and_clear(&job.caller, |env| saved.load(env));
    }
}
