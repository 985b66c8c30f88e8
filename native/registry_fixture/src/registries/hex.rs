//! A signed repository and the API beside it.

use serde_json::{Value, json};

use super::{Routes, files};
use crate::build::hex::{Tarball, signed, tarball};
use crate::build::protobuf::Message;

struct Version {
    number: &'static str,
    seconds: u64,
    retired: Option<(u64, &'static str)>,
    advisory: bool,
}

const fn version(number: &'static str, seconds: u64) -> Version {
    Version {
        number,
        seconds,
        retired: None,
        advisory: false,
    }
}

pub fn add(routes: &mut Routes) {
    routes.put(
        "/hex/public_key",
        "application/x-pem-file",
        crate::build::hex::PUBLIC_KEY.as_bytes().to_vec(),
        true,
    );
    router(routes);
    wire(routes);
    stranger(routes);
}

/// `ember_router`: Elixir, a retired version, a prerelease, an advisory.
fn router(routes: &mut Routes) {
    let versions = [
        Version {
            retired: Some((3, "see 1.0.0")),
            ..version("0.1.0", 1_650_000_000)
        },
        Version {
            advisory: true,
            ..version("1.0.0", 1_680_000_000)
        },
        version("1.1.0-rc.0", 1_700_000_000),
        version("1.1.0", 1_710_000_000),
    ];
    let mut message = Message::new();
    let mut listed = Vec::new();
    for v in &versions {
        let files = files::of(files::EMBER_ROUTER, v.number, &[]);
        let tarball = tarball(&router_metadata(v.number), &files);
        let dependency = Message::new()
            .bytes(1, "ember_wire")
            .bytes(2, "~> 0.2")
            .number(3, 1)
            .bytes(4, "ember_wire_app");
        message = message.bytes(1, release(v, &tarball, Some(dependency)).finish());
        listed.push(json!({"version": v.number, "has_docs": true,
            "inserted_at": "2024-03-09T00:00:00.000000Z",
            "url": format!("{}/hex-api/packages/ember_router/releases/{}", routes.base, v.number)}));
        store(routes, "ember_router", v.number, tarball);
    }
    let advisory = Message::new()
        .bytes(1, "EEF-CVE-2026-0001")
        .bytes(2, "Path traversal in ember_router")
        .bytes(3, "https://example.invalid/EEF-CVE-2026-0001")
        .number(4, 4)
        .float(5, 8.1)
        .bytes(7, "CVE-2026-0001");
    let payload = message
        .bytes(2, "ember_router")
        .bytes(3, "hexpm")
        .bytes(4, advisory.finish())
        .finish();
    resource(routes, "ember_router", &payload);
    listed.reverse();
    let package = json!({"name": "ember_router", "repository": "hexpm",
        "inserted_at": "2022-04-15T00:00:00.000000Z", "updated_at": "2024-03-09T00:00:00.000000Z",
        "latest_version": "1.1.0", "latest_stable_version": "1.1.0",
        "docs_html_url": "https://docs.invalid/ember_router/",
        "meta": {"description": "Routes requests to functions", "licenses": ["Apache-2.0"],
            "links": {"GitHub": "https://github.com/ember/ember_router"}, "maintainers": []},
        "releases": listed, "retirements": {"0.1.0": {"reason": "deprecated", "message": "see 1.0.0"}},
        "downloads": {"all": 54_321, "recent": 1234, "week": 99, "day": 9},
        "owners": [{"username": "ember", "email": null,
            "url": format!("{}/hex-api/users/ember", routes.base)}]});
    api(routes, "ember_router", &package);
}

fn router_metadata(version: &str) -> String {
    format!(
        "{{<<\"name\">>,<<\"ember_router\">>}}.\n{{<<\"version\">>,<<\"{version}\">>}}.\n\
         {{<<\"description\">>,<<\"Routes requests to functions – by path\"/utf8>>}}.\n\
         {{<<\"app\">>,<<\"ember_router\">>}}.\n{{<<\"elixir\">>,<<\"~> 1.14\">>}}.\n\
         {{<<\"licenses\">>,[<<\"Apache-2.0\">>]}}.\n\
         {{<<\"links\">>,[{{<<\"GitHub\">>,<<\"https://github.com/ember/ember_router\">>}}]}}.\n\
         {{<<\"requirements\">>,\n [[{{<<\"name\">>,<<\"ember_wire\">>}},\n   \
         {{<<\"app\">>,<<\"ember_wire_app\">>}},\n   {{<<\"optional\">>,true}},\n   \
         {{<<\"requirement\">>,<<\"~> 0.2\">>}},\n   {{<<\"repository\">>,<<\"hexpm\">>}}]]}}.\n\
         {{<<\"build_tools\">>,[<<\"mix\">>]}}.\n\
         {{<<\"files\">>,[<<\"mix.exs\">>,<<\"README.md\">>]}}.\n"
    )
}

/// `ember_wire`: Erlang, the other shape of requirements, no build tools named.
fn wire(routes: &mut Routes) {
    let mut message = Message::new();
    for v in [
        version("0.2.0", 1_690_000_000),
        version("0.3.0", 1_705_000_000),
    ] {
        let metadata = format!(
            "{{<<\"name\">>,<<\"ember_wire\">>}}.\n{{<<\"version\">>,<<\"{}\">>}}.\n\
             {{<<\"description\">>,<<\"Length-prefixed frames\">>}}.\n\
             {{<<\"app\">>,<<\"ember_wire_app\">>}}.\n\
             {{<<\"licenses\">>,[<<\"MIT\">>]}}.\n\
             {{<<\"requirements\">>,[{{<<\"telemetry\">>,[{{<<\"app\">>,<<\"telemetry\">>}},\
             {{<<\"optional\">>,false}},{{<<\"requirement\">>,<<\"~> 1.0\">>}}]}}]}}.\n",
            v.number
        );
        let tarball = tarball(&metadata, &files::of(files::EMBER_WIRE, v.number, &[]));
        let dependency = Message::new().bytes(1, "telemetry").bytes(2, "~> 1.0");
        message = message.bytes(1, release(&v, &tarball, Some(dependency)).finish());
        store(routes, "ember_wire", v.number, tarball);
    }
    let payload = message.bytes(2, "ember_wire").bytes(3, "hexpm").finish();
    resource(routes, "ember_wire", &payload);
}

/// `impostor`: validly signed, but the payload is another package's.
fn stranger(routes: &mut Routes) {
    let payload = Message::new()
        .bytes(2, "somebody_else")
        .bytes(3, "hexpm")
        .finish();
    resource(routes, "impostor", &payload);
    let payload = Message::new()
        .bytes(2, "other_repo")
        .bytes(3, "acme")
        .finish();
    resource(routes, "other_repo", &payload);
}

fn release(v: &Version, tarball: &Tarball, dependency: Option<Message>) -> Message {
    let mut release = Message::new().bytes(1, v.number).bytes(2, &tarball.inner);
    if let Some(dependency) = dependency {
        release = release.bytes(3, dependency.finish());
    }
    if let Some((reason, message)) = v.retired {
        release = release.bytes(
            4,
            Message::new().number(1, reason).bytes(2, message).finish(),
        );
    }
    release = release.bytes(5, &tarball.outer);
    if v.advisory {
        release = release.number(6, 0);
    }
    release.bytes(7, Message::new().number(1, v.seconds).finish())
}

fn store(routes: &mut Routes, name: &str, version: &str, tarball: Tarball) {
    let path = format!("/hex/tarballs/{name}-{version}.tar");
    routes.put(&path, "application/octet-stream", tarball.bytes, false);
}

fn resource(routes: &mut Routes, name: &str, payload: &[u8]) {
    let path = format!("/hex/packages/{name}");
    routes.put(&path, "application/octet-stream", signed(payload), false);
    routes.unquote(&path);
}

fn api(routes: &mut Routes, name: &str, package: &Value) {
    let path = format!("/hex-api/packages/{name}");
    routes.json(&path, package);
    routes.unquote(&path);
}
