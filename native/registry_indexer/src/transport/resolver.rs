//! Name resolution that refuses addresses a request may not reach.
//!
//! The connection is made to the very addresses that were checked here, so a name that answers
//! differently the second time (rebinding) gains nothing.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Reach, Reaches};

/// What has been learnt about hosts, shared by the resolvers of all clients.
#[derive(Debug, Default)]
pub struct HostBook {
    trusted: Mutex<HashSet<String>>,
    seen: Mutex<HashMap<String, Reaches>>,
}

impl HostBook {
    /// A book in which `hosts` (proxies, to begin with) may lie anywhere.
    pub fn new(hosts: impl IntoIterator<Item = String>) -> Self {
        Self {
            trusted: Mutex::new(hosts.into_iter().map(|h| h.to_ascii_lowercase()).collect()),
            seen: Mutex::default(),
        }
    }

    /// Notes that `host` was configured.
    pub fn trust(&self, host: &str) {
        let mut trusted = self.trusted.lock().unwrap_or_else(PoisonError::into_inner);
        if !trusted.contains(host) {
            trusted.insert(host.to_ascii_lowercase());
        }
    }

    /// Whether `host` was configured.
    pub fn is_trusted(&self, host: &str) -> bool {
        let trusted = self.trusted.lock().unwrap_or_else(PoisonError::into_inner);
        trusted.contains(&host.to_ascii_lowercase())
    }

    /// Where the addresses of a trusted `host` were found to lead so far.
    pub fn reaches(&self, host: &str) -> Reaches {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let known = seen.get(&host.to_ascii_lowercase()).copied();
        known.unwrap_or_default()
    }

    fn record(&self, host: &str, addresses: &[SocketAddr]) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = seen.entry(host.to_owned()).or_default();
        for address in addresses {
            *entry = entry.and(Reach::of(address.ip()));
        }
    }
}

/// A resolver for requests that may reach `allowed` besides trusted hosts.
pub struct GuardedResolver {
    /// Hosts and what is known of them.
    pub book: Arc<HostBook>,
    /// What an untrusted host may resolve to.
    pub allowed: Reaches,
}

/// A name that leads only to places where the request may not go.
#[derive(Debug, thiserror::Error)]
#[error(
    "{host} resolves to the {reach} address {address}, which only a configured endpoint may do"
)]
pub struct Refused {
    /// The name.
    pub host: String,
    /// What it resolved to.
    pub address: std::net::IpAddr,
    /// What kind of address that is.
    pub reach: &'static str,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let book = Arc::clone(&self.book);
        let allowed = self.allowed;
        Box::pin(async move {
            let host = name.as_str().to_ascii_lowercase();
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((host.as_str(), 0)).await?.collect();
            if book.is_trusted(&host) {
                book.record(&host, &found);
                return Ok(Box::new(found.into_iter()) as Addrs);
            }
            let refused = found
                .iter()
                .find(|a| !allowed.has(Reach::of(a.ip())))
                .copied();
            let kept: Vec<SocketAddr> = found
                .into_iter()
                .filter(|a| allowed.has(Reach::of(a.ip())))
                .collect();
            match refused {
                Some(address) if kept.is_empty() => Err(Box::new(Refused {
                    host,
                    address: address.ip(),
                    reach: Reach::of(address.ip()).as_str(),
                })
                    as Box<dyn std::error::Error + Send + Sync>),
                _ => Ok(Box::new(kept.into_iter()) as Addrs),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolve(trusted: &[&str], allowed: Reaches) -> Result<Vec<SocketAddr>, String> {
        let book = Arc::new(HostBook::new(trusted.iter().map(|h| (*h).to_owned())));
        let resolver = GuardedResolver {
            book: Arc::clone(&book),
            allowed,
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let answer = runtime.block_on(resolver.resolve("localhost".parse().unwrap()));
        if !trusted.is_empty() {
            assert!(
                book.reaches("LOCALHOST").has(Reach::Loopback),
                "what a trusted host is, is kept"
            );
        }
        answer.map(Iterator::collect).map_err(|e| e.to_string())
    }

    #[test]
    fn a_strange_name_may_not_lead_inside() {
        let refused = resolve(&[], Reaches::PUBLIC).unwrap_err();
        assert!(
            refused.contains("localhost resolves to the loopback address"),
            "{refused}"
        );
    }

    #[test]
    fn a_configured_name_may() {
        assert!(!resolve(&["LocalHost"], Reaches::PUBLIC).unwrap().is_empty());
        assert!(
            !resolve(&[], Reaches::PUBLIC.and(Reach::Loopback))
                .unwrap()
                .is_empty()
        );
    }
}
