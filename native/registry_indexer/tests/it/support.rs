//! An indexer with a store of its own, before the fixture's registries.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use registry_fixture::Fixture;
use registry_indexer::{CollectRequest, Config, Endpoints, Indexer, Outcome};
use registry_store::{Store, StoreOptions};
use registry_types::version::VersionSpec;
use registry_types::{Ecosystem, Limits, Result};
use tempfile::TempDir;

/// The parser program, built once for all tests.
pub fn parser() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args([
                "build",
                "-q",
                "-p",
                "universal_parser",
                "--bin",
                "universal-parser",
            ])
            .status()
            .expect("cargo runs");
        assert!(built.success(), "universal-parser is built");
        let exe = std::env::current_exe().unwrap();
        let profile = exe.parent().and_then(Path::parent).unwrap();
        let program = profile.join("universal-parser");
        assert!(program.exists(), "{}", program.display());
        program
    })
}

pub struct World {
    pub fixture: Fixture,
    pub store: Arc<Store>,
    pub indexer: Indexer,
    _dir: TempDir,
}

pub fn limits() -> Limits {
    Limits {
        request_timeout: Duration::from_secs(20),
        // Debug builds on a busy machine are slow.
        parse_timeout: Duration::from_secs(5),
        ..Limits::default()
    }
}

impl World {
    pub fn new() -> Self {
        Self::with(limits(), |_| {})
    }

    pub fn with(limits: Limits, change: impl FnOnce(&mut Config)) -> Self {
        let fixture = Fixture::start();
        let dir = tempfile::tempdir().unwrap();
        let opened = Store::open(dir.path().join("store.redb"), &StoreOptions::default()).unwrap();
        let store = Arc::new(opened.store);
        let mut config = Config {
            endpoints: endpoints(&fixture),
            limits,
            parser_program: Some(parser().to_owned()),
            ..Config::default()
        };
        change(&mut config);
        let indexer = Indexer::new(Arc::clone(&store), config).unwrap();
        Self {
            fixture,
            store,
            indexer,
            _dir: dir,
        }
    }

    pub fn collect(&self, ecosystem: Ecosystem, name: &str, version: &str) -> Result<Outcome> {
        self.run(&request(ecosystem, name, version))
    }

    pub fn run(&self, request: &CollectRequest) -> Result<Outcome> {
        self.indexer
            .collect_blocking(request, &|_| {}, &Default::default())
    }

    /// Requests so far, and a clean slate.
    pub fn asked(&self) -> Vec<String> {
        let log = self.fixture.control("log");
        self.fixture.control("forget");
        log.lines().map(str::to_owned).collect()
    }
}

pub fn endpoints(fixture: &Fixture) -> Endpoints {
    let mut endpoints = Endpoints::default();
    for (name, url) in fixture.endpoints() {
        endpoints.set(name, &url).unwrap();
    }
    endpoints
        .set("hex_public_key", Fixture::hex_public_key())
        .unwrap();
    endpoints
}

pub fn request(ecosystem: Ecosystem, name: &str, version: &str) -> CollectRequest {
    let version = VersionSpec::parse(ecosystem, version).unwrap();
    CollectRequest::new(ecosystem, name, version)
}
