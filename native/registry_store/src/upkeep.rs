//! What the store does between calls: delayed `fsync`s, indexing anew what others speak of, merges of
//! index segments, and making a repair easy once writes have ceased.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crate::db::Db;
use crate::index::Wish;
use crate::store::Shared;

/// How long a deferred write may wait for its `fsync`; writes have ceased when there was none for so
/// long.
const PAUSE: Duration = Duration::from_secs(1);

/// The thread that does it.
pub(crate) struct Upkeep {
    waker: Mutex<Option<SyncSender<()>>>,
}

impl Upkeep {
    pub(crate) fn start(shared: &Arc<Shared>) -> Self {
        let (waker, wakes) = sync_channel(1);
        let store = Arc::downgrade(shared);
        // Without a thread the store works all the same: writes merge what is urgent.
        let started = thread::Builder::new()
            .name("registry-store-upkeep".to_owned())
            .spawn(move || run(&store, &wakes));
        Self {
            waker: Mutex::new(started.is_ok().then_some(waker)),
        }
    }

    /// Something was written.
    pub(crate) fn wake(&self) {
        let waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(waker) = &*waker {
            // A wake that is already waiting will do.
            let _ = waker.try_send(());
        }
    }

    pub(crate) fn stop(&self) {
        let mut waker = self.waker.lock().unwrap_or_else(PoisonError::into_inner);
        *waker = None;
    }
}

fn run(store: &Weak<Shared>, wakes: &Receiver<()>) {
    // A failure of any of this shows again at the next call that can report it.
    let round = |is_quiet: bool| {
        let Some(shared) = store.upgrade() else {
            return;
        };
        let _ = shared
            .with_db(Db::sync)
            .and_then(|()| shared.merge(Wish::Due));
        if is_quiet {
            let _ = shared
                .with_db(Db::train)
                .and_then(|()| shared.settle())
                .and_then(|()| shared.with_db(Db::ease_repair));
        }
    };
    while wakes.recv().is_ok() {
        let mut last_round = Instant::now();
        loop {
            match wakes.recv_timeout(PAUSE) {
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    round(true);
                    break;
                }
                // Writes come in bursts: one round for those of a second.
                Ok(()) if last_round.elapsed() >= PAUSE => {
                    round(false);
                    last_round = Instant::now();
                }
                Ok(()) => {}
            }
        }
    }
}
