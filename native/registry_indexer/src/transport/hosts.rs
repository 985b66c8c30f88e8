//! Politeness: so many connections per host, and so many requests per second where asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use registry_types::{Error, Result};
use tokio::sync::{Mutex as AsyncMutex, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

#[derive(Clone)]
struct Host {
    connections: Arc<Semaphore>,
    next: Arc<AsyncMutex<Option<Instant>>>,
}

/// What is under way to each host.
pub struct Hosts {
    per_host: usize,
    hosts: Mutex<HashMap<String, Host>>,
}

impl Hosts {
    /// With at most `per_host` requests at a time to each.
    pub fn new(per_host: usize) -> Self {
        Self {
            per_host: per_host.max(1),
            hosts: Mutex::default(),
        }
    }

    fn host(&self, url: &Url) -> Host {
        let port = url.port_or_known_default().unwrap_or_default();
        let key = format!("{}:{port}", url.host_str().unwrap_or_default());
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Host {
            connections: Arc::new(Semaphore::new(self.per_host)),
            next: Arc::default(),
        };
        hosts.entry(key).or_insert_with(new).clone()
    }

    /// Waits for a place among the host's connections; it is given back on drop.
    ///
    /// # Errors
    /// `internal` when the semaphore was closed, which nobody does.
    pub async fn place(&self, url: &Url) -> Result<OwnedSemaphorePermit> {
        let connections = self.host(url).connections;
        connections
            .acquire_owned()
            .await
            .map_err(|e| Error::internal(e.to_string()))
    }

    /// Waits until `interval` has passed since the previous request that came through here.
    pub async fn pace(&self, url: &Url, interval: Duration) {
        let next = self.host(url).next;
        let mut next = next.lock().await;
        if let Some(at) = *next {
            sleep_until(at).await;
        }
        *next = Some(Instant::now() + interval);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_keep_their_distance() {
        let hosts = Hosts::new(8);
        let start = Instant::now();
        for _ in 0..3 {
            hosts
                .pace(&url("https://a.test/"), Duration::from_secs(1))
                .await;
        }
        assert_eq!(
            start.elapsed().as_secs(),
            2,
            "three requests take two intervals"
        );
        hosts
            .pace(&url("https://b.test/"), Duration::from_secs(1))
            .await;
        assert_eq!(
            start.elapsed().as_secs(),
            2,
            "another host has its own clock"
        );
    }

    #[tokio::test]
    async fn a_host_has_so_many_places() {
        let hosts = Hosts::new(2);
        let (a, _b) = (
            hosts.place(&url("http://a.test/1")).await,
            hosts.place(&url("http://a.test/2")).await,
        );
        let third = url("http://a.test/3");
        let wait = tokio::time::timeout(Duration::from_millis(20), hosts.place(&third));
        assert!(wait.await.is_err(), "both places are taken");
        drop(a);
        assert!(hosts.place(&third).await.is_ok());
        assert!(
            hosts.place(&url("http://a.test:81/")).await.is_ok(),
            "another port is another host"
        );
    }
}
