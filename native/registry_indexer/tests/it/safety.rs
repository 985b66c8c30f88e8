//! Redirects, addresses, credentials.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use registry_indexer::endpoints::Environment;
use registry_types::{Ecosystem, ErrorKind};

use crate::support::{World, limits};

const NPM: &str = "/npm/left-trim";

#[test]
fn redirects_are_followed_a_few_times() {
    let world = World::new();
    world.fixture.control("redirect /npm/one /npm/two");
    world.fixture.control("redirect /npm/two /npm/left-trim");
    let e = world.collect(Ecosystem::Npm, "one", "latest").unwrap_err();
    assert_eq!(
        e.kind,
        ErrorKind::Protocol,
        "the answer is about another package: {e}"
    );
    assert_eq!(world.fixture.count(NPM), 1);
    world.fixture.control("redirect /npm/loop /npm/loop");
    let e = world.collect(Ecosystem::Npm, "loop", "latest").unwrap_err();
    assert_eq!(e.kind, ErrorKind::LimitExceeded, "{e}");
    assert_eq!(
        world.fixture.count("/npm/loop"),
        6,
        "the first and five redirects"
    );
}

#[test]
fn nobody_sends_us_into_the_private_network() {
    for inside in [
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fd00::1]/",
        "http://192.168.1.1:8080/x",
    ] {
        let world = World::new();
        world.fixture.control(&format!("redirect {NPM} {inside}"));
        let e = world
            .collect(Ecosystem::Npm, "left-trim", "latest")
            .unwrap_err();
        assert_eq!(e.kind, ErrorKind::Protocol, "{inside}: {e}");
        assert!(e.message.contains("address"), "{e}");
    }
}

#[test]
fn an_archive_may_not_lie_there_either() {
    let world = World::new();
    let packument = "{\"name\":\"inside\",\"dist-tags\":{\"latest\":\"1.0.0\"},\"versions\":{\"1.0.0\":{\
        \"name\":\"inside\",\"version\":\"1.0.0\",\"dist\":{\"shasum\":\
        \"0123456789012345678901234567890123456789\",\"tarball\":\"http://169.254.169.254/x.tgz\"}}}}";
    world
        .fixture
        .control(&format!("body /npm/inside application/json {packument}"));
    let e = world
        .collect(Ecosystem::Npm, "inside", "latest")
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Protocol, "{e}");
    assert!(e.message.contains("link-local"), "{e}");
}

struct WithToken {
    npmrc: String,
}

impl Environment for WithToken {
    fn var(&self, _name: &str) -> Option<String> {
        None
    }
    fn read(&self, path: &Path) -> Option<String> {
        path.ends_with(".npmrc").then(|| self.npmrc.clone())
    }
    fn home(&self) -> Option<PathBuf> {
        Some("/home/me".into())
    }
    fn directory(&self) -> Option<PathBuf> {
        Some("/work".into())
    }
    fn pip_default(&self) -> Option<String> {
        None
    }
}

#[test]
fn credentials_go_to_their_own_host_only() {
    let world = World::with(limits(), |_| {});
    let fixture = &world.fixture;
    let host = fixture.base().replace("http:", "");
    let npmrc = format!(
        "registry={}\n{host}/npm/:_authToken=hunter2\n",
        fixture.url("npm")
    );
    let mut endpoints = crate::support::endpoints(fixture);
    endpoints.npm = None;
    let config = registry_indexer::Config {
        endpoints,
        environment: Arc::new(WithToken { npmrc }),
        parser_program: Some(crate::support::parser().to_owned()),
        ..Default::default()
    };
    let indexer = registry_indexer::Indexer::new(Arc::clone(&world.store), config).unwrap();
    let elsewhere = fixture.elsewhere();
    fixture.control(&format!(
        "redirect /npm/left-trim/-/left-trim-1.0.0.tgz {elsewhere}/npm/left-trim/-/left-trim-1.0.0.tgz times=1"
    ));
    let request = crate::support::request(Ecosystem::Npm, "left-trim", "1.0.0");
    indexer
        .collect_blocking(&request, &|_| {}, &Default::default())
        .unwrap();
    let log = fixture.log();
    let secret =
        |l: &registry_fixture::Logged| l.request.header("authorization").map(str::to_owned);
    let packument = log.iter().find(|l| l.request.path() == NPM).unwrap();
    assert_eq!(secret(packument).as_deref(), Some("Bearer hunter2"));
    let tarballs: Vec<_> = log
        .iter()
        .filter(|l| l.request.path().ends_with(".tgz"))
        .collect();
    assert_eq!(tarballs.len(), 2);
    assert_eq!(
        secret(tarballs[0]).as_deref(),
        Some("Bearer hunter2"),
        "the registry's own"
    );
    assert!(
        tarballs[1].request.elsewhere && secret(tarballs[1]).is_none(),
        "not after the redirect"
    );
    for other in log
        .iter()
        .filter(|l| !l.request.path().starts_with("/npm/"))
    {
        assert_eq!(secret(other), None, "{}", other.request.path());
    }
    fixture.control("status /npm/* 401");
    let e = indexer
        .collect_blocking(
            &crate::support::request(Ecosystem::Npm, "@ember/ui", "1.0.0"),
            &|_| {},
            &Default::default(),
        )
        .unwrap_err();
    assert_eq!(e.kind, ErrorKind::Unauthorized);
    assert!(!format!("{e} {e:?}").contains("hunter2"));
}

#[test]
fn every_request_says_who_asks() {
    let world = World::new();
    for (ecosystem, name) in [
        (Ecosystem::Cargo, "ember-rt"),
        (Ecosystem::Pypi, "ember-client"),
        (Ecosystem::Hex, "ember_router"),
        (Ecosystem::Npm, "@ember/ui"),
    ] {
        world.collect(ecosystem, name, "latest").unwrap();
    }
    for logged in world.fixture.log() {
        let agent = logged.request.header("user-agent").unwrap_or_default();
        assert!(
            agent.starts_with("package-registry-indexer/") && agent.contains("http"),
            "{agent}"
        );
    }
}
