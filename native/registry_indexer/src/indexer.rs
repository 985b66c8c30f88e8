use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use registry_store::Store;
use registry_types::{Ecosystem, Error, ErrorKind, Release, Result};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, mpsc};
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, DropGuard};

use crate::advisories::{
    ImportOptions, ImportReport, RefreshOptions, RefreshReport, import_path, refresh,
};
use crate::collect::{Collect, Reporter, Shared, Sink, panicked};
use crate::config::Config;
use crate::request::{CollectRequest, Outcome, Progress, Stage};

/// Parsing a manifest or an archive may recurse as deep as a stranger likes.
const STACK: usize = 8 * 1024 * 1024;
/// So many collects may wait; further ones are refused.
const QUEUE: usize = 1024;

/// Collects packages into a store. Shared by all who collect; dropping it ends what is under way.
///
/// ```no_run
/// use std::sync::Arc;
/// use registry_indexer::{CollectRequest, Config, Indexer};
/// use registry_store::{Store, StoreOptions};
/// use registry_types::{Ecosystem, version::VersionSpec};
///
/// let store = Store::open("packages.redb", &StoreOptions::default())?.store;
/// let indexer = Indexer::new(Arc::new(store), Config::default())?;
/// let request = CollectRequest::new(Ecosystem::Cargo, "tokio", VersionSpec::Latest);
/// let outcome = indexer.collect_blocking(&request, &|p| println!("{p:?}"), &Default::default())?;
/// println!("{} {}", outcome.release.name, outcome.release.version);
/// # Ok::<(), registry_types::Error>(())
/// ```
pub struct Indexer {
    shared: Arc<Shared>,
    places: Arc<Semaphore>,
    under_way: Arc<AtomicUsize>,
    most: usize,
    closed: CancellationToken,
    runtime: Option<Runtime>,
}

/// A collect that runs by itself. Dropping the handle does not stop it.
#[derive(Clone, Debug)]
pub struct CollectHandle(CancellationToken);

impl CollectHandle {
    /// Stops the collect: it ends as `cancelled`, unless it is being written to the store.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

impl Indexer {
    /// An indexer that collects into `store`.
    ///
    /// # Errors
    /// `internal` when the system gives no threads.
    pub fn new(store: Arc<Store>, config: Config) -> Result<Self> {
        let concurrency = config.concurrency.max(1);
        let runtime = Builder::new_multi_thread()
            .thread_name("registry-indexer")
            .thread_stack_size(STACK)
            .enable_all()
            .build()
            .map_err(|e| Error::internal(format!("no threads to collect on: {e}")))?;
        Ok(Self {
            shared: Arc::new(Shared::new(store, config)),
            places: Arc::new(Semaphore::new(concurrency)),
            under_way: Arc::default(),
            most: concurrency.saturating_add(QUEUE),
            closed: CancellationToken::new(),
            runtime: Some(runtime),
        })
    }

    /// The store that is collected into.
    #[must_use]
    pub fn store(&self) -> &Arc<Store> {
        &self.shared.store
    }

    /// Starts a collect and returns at once. `on_done` is called exactly once, on a thread of the
    /// indexer, unless the indexer is dropped before.
    pub fn spawn_collect(
        &self,
        request: CollectRequest,
        on_progress: impl Fn(Progress) + Send + Sync + 'static,
        on_done: impl FnOnce(Result<Outcome>) + Send + 'static,
    ) -> CollectHandle {
        let cancelled = self.closed.child_token();
        self.start(request, Arc::new(on_progress), cancelled.clone(), on_done);
        CollectHandle(cancelled)
    }

    /// Collects. Runs on the indexer's own threads, so any executor may wait for it; dropping the
    /// future cancels the collect.
    ///
    /// # Errors
    /// Any kind; the store is as it was before.
    pub async fn collect(
        &self,
        request: &CollectRequest,
        on_progress: &(dyn Fn(Progress) + Send + Sync),
        cancelled: &CancellationToken,
    ) -> Result<Release> {
        let outcome = self
            .collect_outcome(request, on_progress, cancelled)
            .await?;
        Ok(outcome.release)
    }

    /// As [`Indexer::collect`], with where the time went.
    ///
    /// # Errors
    /// Any kind; the store is as it was before.
    pub async fn collect_outcome(
        &self,
        request: &CollectRequest,
        on_progress: &(dyn Fn(Progress) + Send + Sync),
        cancelled: &CancellationToken,
    ) -> Result<Outcome> {
        enum Said {
            Progress(Progress),
            Done(Box<Result<Outcome>>),
        }
        let (send, mut said) = mpsc::unbounded_channel();
        let progress = send.clone();
        let sink: Sink = Arc::new(move |p| {
            let _ = progress.send(Said::Progress(p));
        });
        let (token, _guard) = self.token(cancelled);
        self.start(request.clone(), sink, token, move |outcome| {
            let _ = send.send(Said::Done(Box::new(outcome)));
        });
        while let Some(said) = said.recv().await {
            match said {
                Said::Progress(progress) => on_progress(progress),
                Said::Done(outcome) => return *outcome,
            }
        }
        Err(closed())
    }

    /// As [`Indexer::collect_outcome`], for callers without an executor. Must not be called on one.
    ///
    /// # Errors
    /// Any kind; the store is as it was before.
    pub fn collect_blocking(
        &self,
        request: &CollectRequest,
        on_progress: &(dyn Fn(Progress) + Send + Sync),
        cancelled: &CancellationToken,
    ) -> Result<Outcome> {
        let runtime = self.runtime.as_ref().ok_or_else(closed)?;
        runtime.block_on(self.collect_outcome(request, on_progress, cancelled))
    }

    /// Collects many, `concurrency` at a time; the answers come in the order of the requests.
    /// `on_progress` is told which request it is about. Must not be called on an executor.
    pub fn collect_many_blocking(
        &self,
        requests: &[CollectRequest],
        concurrency: usize,
        on_progress: &(dyn Fn(usize, Progress) + Send + Sync),
        cancelled: &CancellationToken,
    ) -> Vec<Result<Outcome>> {
        let next = AtomicUsize::new(0);
        let (send, answers) = std::sync::mpsc::channel();
        let work = |send: std::sync::mpsc::Sender<(usize, Result<Outcome>)>| {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(request) = requests.get(at) else {
                    return;
                };
                let progress = |p| on_progress(at, p);
                let outcome = self.collect_blocking(request, &progress, cancelled);
                let _ = send.send((at, outcome));
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..concurrency.clamp(1, requests.len().max(1)) {
                let send = send.clone();
                let work = &work;
                scope.spawn(move || work(send));
            }
        });
        drop(send);
        let mut all: Vec<(usize, Result<Outcome>)> = answers.into_iter().collect();
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, outcome)| outcome).collect()
    }

    /// Imports advisories from a zip export, a directory or a single file, and returns at once.
    /// `on_done` is called exactly once, on a thread of the indexer, unless the indexer is dropped
    /// before.
    pub fn spawn_import(
        &self,
        path: PathBuf,
        options: ImportOptions,
        on_done: impl FnOnce(Result<ImportReport>) + Send + 'static,
    ) -> CollectHandle {
        let cancelled = self.closed.child_token();
        let (shared, token) = (Arc::clone(&self.shared), cancelled.clone());
        let work = async move {
            let computing = Arc::clone(&shared);
            let import = move || import_path(&shared.store, &path, &options, &token);
            computing.compute(import).await
        };
        self.spawn_work(work, on_done);
        CollectHandle(cancelled)
    }

    /// As [`Indexer::spawn_import`], and waits. Must not be called on an executor.
    ///
    /// ```no_run
    /// # fn main() -> registry_types::Result<()> {
    /// # let store = registry_store::Store::open("x", &Default::default())?.store;
    /// # let indexer = registry_indexer::Indexer::new(store.into(), Default::default())?;
    /// let report = indexer.import_blocking("npm-all.zip".as_ref(), &Default::default(), &Default::default())?;
    /// println!("{} of {} records", report.stored, report.read);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// `not_found`, `archive`, `limit_exceeded`, `cancelled`, and those of the store. Batches that were
    /// stored before stay; the feed does not count as loaded.
    pub fn import_blocking(
        &self,
        path: &Path,
        options: &ImportOptions,
        cancelled: &CancellationToken,
    ) -> Result<ImportReport> {
        let (token, _guard) = self.token(cancelled);
        import_path(&self.shared.store, path, options, &token)
    }

    /// Brings OSV's feed of an ecosystem up to date and returns at once: the first time the whole
    /// export, later what changed. `on_done` is called as by [`Indexer::spawn_import`].
    pub fn spawn_refresh(
        &self,
        ecosystem: Ecosystem,
        options: RefreshOptions,
        on_done: impl FnOnce(Result<RefreshReport>) + Send + 'static,
    ) -> CollectHandle {
        let cancelled = self.closed.child_token();
        let (shared, token) = (Arc::clone(&self.shared), cancelled.clone());
        let work = async move { refresh(&shared, ecosystem, options, token).await };
        self.spawn_work(work, on_done);
        CollectHandle(cancelled)
    }

    /// As [`Indexer::spawn_refresh`], and waits. Must not be called on an executor.
    ///
    /// # Errors
    /// Those of the network and of an import; `unconfigured` when the export is switched off.
    pub fn refresh_blocking(
        &self,
        ecosystem: Ecosystem,
        options: &RefreshOptions,
        cancelled: &CancellationToken,
    ) -> Result<RefreshReport> {
        let runtime = self.runtime.as_ref().ok_or_else(closed)?;
        let (token, _guard) = self.token(cancelled);
        runtime.block_on(refresh(&self.shared, ecosystem, options.clone(), token))
    }

    fn spawn_work<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
        on_done: impl FnOnce(Result<T>) + Send + 'static,
    ) {
        let Some(runtime) = &self.runtime else {
            return on_done(Err(closed()));
        };
        runtime.spawn(async move {
            // In a task of its own, so that a panic comes back as an error.
            on_done(match tokio::spawn(work).await {
                Ok(done) => done,
                Err(failure) => Err(panicked(failure)),
            });
        });
    }

    /// Cancels what is under way and ends the parser's processes; later collects are `cancelled`.
    /// The store stays open.
    pub fn close(&self) {
        self.closed.cancel();
        if let Some(pool) = &self.shared.pool {
            pool.close();
        }
    }

    /// A token that the caller's token, the indexer's end and the guard's drop all cancel.
    fn token(&self, cancelled: &CancellationToken) -> (CancellationToken, DropGuard) {
        let token = self.closed.child_token();
        let (theirs, ours) = (cancelled.clone(), token.clone());
        if let Some(runtime) = &self.runtime {
            runtime.spawn(async move {
                tokio::select! {
                    () = theirs.cancelled() => ours.cancel(),
                    () = ours.cancelled() => {}
                }
            });
        }
        let guard = token.clone().drop_guard();
        (token, guard)
    }

    fn start(
        &self,
        request: CollectRequest,
        sink: Sink,
        cancelled: CancellationToken,
        on_done: impl FnOnce(Result<Outcome>) + Send + 'static,
    ) {
        let Some(runtime) = &self.runtime else {
            return on_done(Err(closed()));
        };
        let Some(seat) = Seat::take(&self.under_way, self.most) else {
            let message = format!(
                "{} collects are waiting already: try {} again when some of them are done",
                self.most, request.name
            );
            runtime.spawn(async move { on_done(Err(Error::new(ErrorKind::Busy, message))) });
            return;
        };
        let reporter = Arc::new(Reporter::new(&request, sink));
        let collect = Collect {
            shared: Arc::clone(&self.shared),
            deadline: Instant::now() + request.timeout.min(FOREVER),
            reporter,
            cancelled,
            request,
        };
        let places = Arc::clone(&self.places);
        runtime.spawn(async move {
            // In a task of its own, so that a panic comes back as an error.
            let outcome = match tokio::spawn(in_turn(collect, places)).await {
                Ok(outcome) => outcome,
                Err(failure) => Err(panicked(failure)),
            };
            drop(seat);
            on_done(outcome);
        });
    }
}

/// Longer than anybody waits; times beyond it would overflow the clock.
const FOREVER: Duration = Duration::from_secs(366 * 24 * 3600);

async fn in_turn(collect: Collect, places: Arc<Semaphore>) -> Result<Outcome> {
    let place = match Arc::clone(&places).try_acquire_owned() {
        Ok(place) => place,
        Err(_) => {
            collect.reporter.enter(Stage::Queue);
            let turn = collect.wait(places.acquire_owned()).await?;
            turn.map_err(|_| closed())?
        }
    };
    let outcome = collect.run().await;
    drop(place);
    outcome
}

fn closed() -> Error {
    Error::new(ErrorKind::Cancelled, "the indexer was closed")
}

impl Drop for Indexer {
    fn drop(&mut self) {
        self.close();
        if let Some(runtime) = self.runtime.take() {
            // Waiting for threads here could dead-lock: the last owner may be one of them.
            runtime.shutdown_background();
        }
    }
}

/// A place among the collects that run or wait.
struct Seat(Arc<AtomicUsize>);

impl Seat {
    fn take(under_way: &Arc<AtomicUsize>, most: usize) -> Option<Self> {
        let seat = Self(Arc::clone(under_way));
        (under_way.fetch_add(1, Ordering::AcqRel) < most).then_some(seat)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
