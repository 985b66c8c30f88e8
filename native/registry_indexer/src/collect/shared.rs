//! What all collects of an indexer share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::available_parallelism;

use parser_pool::{PoolOptions, WorkerPool};
use registry_protocols::cargo;
use registry_store::Store;
use registry_types::{Ecosystem, Error, Limits, Result, normalize_name};
use tokio::sync::{Mutex as AsyncMutex, OnceCell, OwnedMutexGuard, Semaphore};
use tokio::task::{JoinError, spawn_blocking};

use crate::config::Config;
use crate::endpoints::Registries;
use crate::transport::{Transport, TransportOptions};

type PackageLock = AsyncMutex<()>;

/// Store, network, workers, and who is at work on what.
pub struct Shared {
    /// Where releases go.
    pub store: Arc<Store>,
    /// What strangers' data may cost.
    pub limits: Limits,
    /// The network.
    pub transport: Transport,
    /// Where the registries are.
    pub registries: Registries,
    /// Who parses; `None` when no program was configured.
    pub pool: Option<WorkerPool>,
    /// The cargo index's `config.json`.
    pub cargo_config: OnceCell<cargo::Config>,
    cores: Arc<Semaphore>,
    locks: Mutex<HashMap<(Ecosystem, String), Weak<PackageLock>>>,
}

impl Shared {
    /// From a configuration; nothing is opened or started yet.
    pub fn new(store: Arc<Store>, config: Config) -> Self {
        let options = TransportOptions {
            limits: config.limits.clone(),
            ..TransportOptions::default()
        };
        let cores = available_parallelism().map_or(1, usize::from);
        Self {
            store,
            transport: Transport::new(options),
            registries: Registries::new(config.endpoints, config.github_token, config.environment),
            pool: config
                .parser_program
                .map(|p| WorkerPool::new(PoolOptions::new(p))),
            limits: config.limits,
            cargo_config: OnceCell::new(),
            cores: Arc::new(Semaphore::new(cores)),
            locks: Mutex::default(),
        }
    }

    /// Runs `work`, which computes for long, on a thread of its own: as many at a time as there
    /// are cores. The place is kept until the work ends, also when nobody waits for it any more.
    ///
    /// # Errors
    /// Those of `work`; `internal` when it panics.
    pub async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let cores = Arc::clone(&self.cores);
        let place = cores
            .acquire_owned()
            .await
            .map_err(|e| Error::internal(e.to_string()))?;
        let work = move || {
            let _place = place;
            work()
        };
        spawn_blocking(work).await.map_err(panicked)?
    }

    /// Runs `work`, which waits for the disk for a moment, on a thread of its own.
    ///
    /// # Errors
    /// Those of `work`; `internal` when it panics.
    pub async fn glance<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let shared = Arc::clone(self);
        spawn_blocking(move || work(&shared))
            .await
            .map_err(panicked)?
    }

    /// Waits until no other collect is at work on the package.
    pub async fn lock(&self, ecosystem: Ecosystem, name: &str) -> OwnedMutexGuard<()> {
        let key = (ecosystem, normalize_name(ecosystem, name));
        let lock = {
            let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
            locks.retain(|_, lock| lock.strong_count() > 0);
            let known = locks.get(&key).and_then(Weak::upgrade);
            known.unwrap_or_else(|| {
                let lock = Arc::new(PackageLock::default());
                locks.insert(key, Arc::downgrade(&lock));
                lock
            })
        };
        lock.lock_owned().await
    }
}

/// The error for a task that did not end by itself.
pub fn panicked(failure: JoinError) -> Error {
    let words = match failure.try_into_panic() {
        Ok(panic) => panic
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "no message".to_owned()),
        Err(failure) => failure.to_string(),
    };
    Error::internal(format!(
        "a collect ended in a panic: {words}; please report it"
    ))
}
