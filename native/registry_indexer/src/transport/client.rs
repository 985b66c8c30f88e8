//! HTTP clients: system roots, proxies from the environment, guarded name resolution.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use registry_types::{Error, ErrorKind, Result};
use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;
use url::Url;

use super::address::Reaches;
use super::resolver::{GuardedResolver, HostBook};

/// One client per set of places it may reach, made when first needed.
pub struct Clients {
    book: Arc<HostBook>,
    connect_timeout: Duration,
    idle_per_host: usize,
    tls: OnceLock<Result<ClientConfig>>,
    clients: Mutex<HashMap<Reaches, reqwest::Client>>,
}

impl Clients {
    /// No client yet.
    pub fn new(book: Arc<HostBook>, connect_timeout: Duration, idle_per_host: usize) -> Self {
        Self {
            book,
            connect_timeout,
            idle_per_host,
            tls: OnceLock::new(),
            clients: Mutex::default(),
        }
    }

    /// The client whose requests may reach `allowed`.
    ///
    /// # Errors
    /// `unconfigured` when the system has no root certificates.
    pub fn get(&self, allowed: Reaches) -> Result<reqwest::Client> {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&allowed) {
            return Ok(client.clone());
        }
        let tls = self.tls.get_or_init(tls).clone()?;
        let resolver = GuardedResolver {
            book: Arc::clone(&self.book),
            allowed,
        };
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .pool_max_idle_per_host(self.idle_per_host)
            .dns_resolver(resolver)
            .build()
            .map_err(|e| Error::internal(format!("no HTTP client could be made: {e}")))?;
        clients.insert(allowed, client.clone());
        Ok(client)
    }
}

/// The platform's verifier: on Linux the bundle that `SSL_CERT_FILE` or `SSL_CERT_DIR` name, else
/// the distribution's.
fn tls() -> Result<ClientConfig> {
    let no_roots = |e: rustls::Error| {
        let message = format!(
            "no usable root certificates on this system: {e}; install ca-certificates or set \
             SSL_CERT_FILE"
        );
        Error::new(ErrorKind::Unconfigured, message)
    };
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(no_roots)?
        .with_platform_verifier()
        .map_err(no_roots)?
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}

/// The hosts of the proxies which the environment names: they may lie in a private network.
pub fn proxy_hosts() -> impl Iterator<Item = String> {
    const NAMES: [&str; 6] = [
        "HTTPS_PROXY",
        "https_proxy",
        "HTTP_PROXY",
        "http_proxy",
        "ALL_PROXY",
        "all_proxy",
    ];
    NAMES
        .into_iter()
        .filter_map(|name| proxy_host(&std::env::var(name).ok()?))
}

fn proxy_host(value: &str) -> Option<String> {
    let url = Url::parse(value)
        .ok()
        .filter(Url::has_host)
        .or_else(|| Url::parse(&format!("http://{value}")).ok())?;
    url.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_with_or_without_scheme() {
        for text in [
            "http://u:p@proxy.test:3128",
            "proxy.test:3128",
            "socks5://proxy.test",
        ] {
            assert_eq!(proxy_host(text).as_deref(), Some("proxy.test"), "{text}");
        }
        assert_eq!(proxy_host(""), None);
    }

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_with_the_reason() {
        let clients = Clients::new(Arc::default(), Duration::from_secs(1), 8);
        let url = Url::parse("http://localhost:1/x").unwrap();
        let client = clients.get(Reaches::PUBLIC).unwrap();
        let error = client.get(url.clone()).send().await.unwrap_err();
        let failure = super::super::failure::Failure::of(error, &url);
        assert_eq!(failure.error.kind, ErrorKind::Protocol);
        assert!(!failure.transient);
        let said = failure.error.message;
        assert!(
            said.contains("localhost resolves to the loopback address"),
            "{said}"
        );
    }

    #[test]
    fn clients_are_made_once() {
        let clients = Clients::new(Arc::default(), Duration::from_secs(1), 8);
        clients.get(Reaches::PUBLIC).unwrap();
        clients.get(Reaches::PUBLIC).unwrap();
        assert_eq!(clients.clients.lock().unwrap().len(), 1);
    }
}
