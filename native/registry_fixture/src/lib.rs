//! A loopback server that speaks the protocols of npm, cargo, Hex and PyPI (and what else a collect
//! asks: OSV, GitHub, the downloads APIs), with packages made here. For tests; never shipped.
//!
//! ```
//! use registry_fixture::Fixture;
//! let fixture = Fixture::start();
//! fixture.control("status /npm/left-trim 503 times=2");
//! assert!(fixture.url("npm").starts_with("http://127.0.0.1:"));
//! assert_eq!(fixture.count("/npm/left-trim"), 0);
//! ```
//!
//! The binary `registry-fixture` prints its addresses as `key=value` lines (the keys are those of
//! the indexer's endpoints), then `ready=1`, and ends when its standard input is closed.
//!
//! # Control
//!
//! [`Fixture::control`], or `POST /__control` with one command per line. A path that ends in `*`
//! means all paths that begin so; `times=N` makes a fault strike N times only.
//!
//! | command | effect |
//! |---|---|
//! | `status PATH CODE [RETRY_AFTER]` | answer with that status, and `Retry-After` |
//! | `redirect PATH TO` | 302; `TO` is a path or an address |
//! | `slow PATH MS` | wait before the answer |
//! | `drip PATH MS` | wait before each KiB of the body |
//! | `hang PATH` | never answer |
//! | `close PATH` | close the connection without an answer |
//! | `truncate PATH BYTES` | close after so many bytes of the body |
//! | `length PATH DELTA` | announce a length that is off by DELTA, then close |
//! | `corrupt PATH` | flip one bit in the middle of the body |
//! | `body PATH TYPE TEXT` | 200 with another body |
//! | `header PATH NAME VALUE` | one more header field |
//! | `no-etag PATH` | no validator |
//! | `html PATH` | the HTML form of the simple index |
//! | `clear [PATH]` | take faults away |
//! | `forget` | empty the log |
//! | `reset` | both |
//! | `log` | answers `METHOD TARGET STATUS` lines |
//! | `count PATH [STATUS]` | answers how often PATH was asked |

pub mod build;
mod control;
mod registries;
mod serve;

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;

pub use serve::Logged;
pub use serve::request::Request;

use serve::Server;

/// A running fixture; it ends when dropped.
pub struct Fixture {
    server: Arc<Server>,
    addresses: [SocketAddr; 2],
}

impl Fixture {
    /// Starts one on two free ports.
    ///
    /// # Panics
    /// When no port on loopback can be bound.
    #[must_use]
    pub fn start() -> Self {
        #[expect(clippy::expect_used, reason = "a test without its server cannot go on")]
        Self::try_start().expect("a port on loopback")
    }

    /// Starts one on two free ports.
    ///
    /// # Errors
    /// When no port on loopback can be bound.
    pub fn try_start() -> io::Result<Self> {
        let bind = || TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let (here, elsewhere) = (bind()?, bind()?);
        let addresses = [here.local_addr()?, elsewhere.local_addr()?];
        let base = format!("http://{}", addresses[0]);
        let routes = registries::Routes::all(&base);
        let own = base.clone();
        let handler = Box::new(move |request: &Request| registries::handle(&own, request));
        let server = Arc::new(Server::new(base, routes.map, handler));
        server.listen(here, false);
        server.listen(elsewhere, true);
        Ok(Self { server, addresses })
    }

    /// The address of the server.
    #[must_use]
    pub fn base(&self) -> String {
        format!("http://{}", self.addresses[0])
    }

    /// A second address of the same server: another origin.
    #[must_use]
    pub fn elsewhere(&self) -> String {
        format!("http://{}", self.addresses[1])
    }

    /// Endpoint names and their addresses.
    #[must_use]
    pub fn endpoints(&self) -> Vec<(&'static str, String)> {
        [
            ("npm", "npm/"),
            ("npm_downloads", "npm-api/"),
            ("cargo", "cargo/index/"),
            ("hex", "hex/"),
            ("hex_api", "hex-api/"),
            ("pypi", "pypi-index/simple/"),
            ("pypi_downloads", "pypistats/"),
            ("github", "github/"),
            ("osv", "osv/"),
            ("osv_export", "osv-export/"),
        ]
        .into_iter()
        .map(|(name, path)| (name, format!("{}/{path}", self.base())))
        .collect()
    }

    /// The address of one endpoint; empty for an unknown name.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        self.endpoints()
            .into_iter()
            .find(|(n, _)| *n == name)
            .map(|(_, u)| u)
            .unwrap_or_default()
    }

    /// The public key (PEM) of the Hex repository.
    #[must_use]
    pub const fn hex_public_key() -> &'static str {
        build::hex::PUBLIC_KEY
    }

    /// Carries out one command (see the [crate] documentation).
    ///
    /// # Panics
    /// For a command that is none.
    pub fn control(&self, line: &str) -> String {
        match control::command(&self.server, line) {
            Ok(said) => said,
            Err(why) => panic!("{line}: {why}"),
        }
    }

    /// How often `path` was asked for.
    #[must_use]
    pub fn count(&self, path: &str) -> usize {
        control::count(&self.server, path, None)
    }

    /// How often `path` was answered with `status`.
    #[must_use]
    pub fn count_status(&self, path: &str, status: u16) -> usize {
        control::count(&self.server, path, Some(status))
    }

    /// Every request so far.
    #[must_use]
    pub fn log(&self) -> Vec<Logged> {
        self.server.log()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        self.server.stop(&self.addresses);
    }
}
