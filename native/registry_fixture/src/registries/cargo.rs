//! A sparse index, its downloads and its web API.

use serde_json::{Value, json};

use super::{Routes, files};
use crate::build::{File, sha256, tar_gz};

struct Version {
    number: &'static str,
    day: &'static str,
    yanked: bool,
    extra: Value,
}

const fn version(number: &'static str, day: &'static str) -> Version {
    Version {
        number,
        day,
        yanked: false,
        extra: Value::Null,
    }
}

pub fn add(routes: &mut Routes) {
    let base = routes.base.clone();
    let config = json!({"dl": format!("{base}/cargo/dl"), "api": format!("{base}/cargo")});
    routes.json("/cargo/index/config.json", &config);
    ember_rt(routes);
    ember_shape(routes);
    small(
        routes,
        "ember-macros",
        "em/be/ember-macros",
        "Attributes for ember-rt.",
    );
    small(
        routes,
        "http_cache",
        "ht/tp/http_cache",
        "An HTTP cache that keeps to RFC 9111.",
    );
    let gone = json!({"errors": [{"detail": "gone"}]});
    routes.json("/cargo/api/v1/crates/removed", &gone);
}

fn ember_rt(routes: &mut Routes) {
    let versions = [
        Version {
            yanked: true,
            ..version("0.9.0", "2023-01-05")
        },
        version("1.0.0", "2023-06-01"),
        Version {
            // Features of the second kind stand apart in the index.
            extra: json!({"features2": {"net": ["dep:mio", "ember-macros?/net"]}, "v": 2}),
            ..version("1.1.0", "2024-02-03")
        },
        version("1.2.0-beta.1", "2024-08-01"),
        version("1.2.0", "2024-09-10"),
        // A row of a later format, which today's clients pass over.
        Version {
            extra: json!({"v": 3}),
            ..version("9.9.9", "2025-01-01")
        },
    ];
    let deps = json!([
        {"name": "ember-macros", "req": "^0.1", "features": [], "optional": true,
         "default_features": true, "target": null, "kind": "normal"},
        {"name": "poll", "package": "mio", "req": "^1.0", "features": ["os-poll"],
         "optional": false, "default_features": true, "target": "cfg(unix)", "kind": "normal"},
        {"name": "loom", "req": "^0.7", "features": [], "optional": false,
         "default_features": true, "target": null, "kind": "dev"},
        {"name": "autocfg", "req": "^1", "features": [], "optional": false,
         "default_features": true, "target": null, "kind": "build"},
    ]);
    let features = json!({"default": ["macros"], "macros": ["dep:ember-macros"]});
    let mut rows = String::new();
    let mut listed = Vec::new();
    for v in &versions {
        let files = files::of(
            files::EMBER_RT,
            v.number,
            &[("Cargo.toml", manifest(v.number))],
        );
        let cksum = publish(routes, "ember-rt", v.number, &files);
        let mut row = json!({"name": "ember-rt", "vers": v.number, "deps": deps, "cksum": cksum,
            "features": features, "yanked": v.yanked, "links": null, "rust_version": "1.80",
            "pubtime": format!("{}T10:00:00Z", v.day)});
        merge(&mut row, &v.extra);
        rows.push_str(&format!("{row}\n"));
        let message = v.yanked.then_some("unsound timer");
        listed.push(
            json!({"num": v.number, "yanked": v.yanked, "yank_message": message,
            "license": "MIT OR Apache-2.0", "created_at": format!("{}T10:00:00Z", v.day)}),
        );
    }
    routes.put(
        "/cargo/index/em/be/ember-rt",
        "text/plain",
        rows.into_bytes(),
        true,
    );
    routes.json("/cargo/api/v1/crates/ember-rt", &json!({
        "crate": {"id": "ember-rt", "name": "ember-rt", "downloads": 123_456,
            "recent_downloads": 4567, "created_at": "2023-01-05T10:00:00Z",
            "updated_at": "2024-09-10T10:00:00Z",
            "description": "A small async runtime", "homepage": null,
            "documentation": "https://docs.invalid/ember-rt",
            "repository": "https://github.com/ember/ember-rt", "keywords": ["async", "runtime"],
            "categories": ["asynchronous"], "max_version": "1.2.0", "newest_version": "1.2.0",
            "max_stable_version": "1.2.0", "versions": null},
        "versions": listed,
        "keywords": [{"id": "async", "keyword": "async"}, {"id": "runtime", "keyword": "runtime"}],
        "categories": [{"id": "asynchronous", "category": "Asynchronous", "slug": "asynchronous"}],
    }));
}

fn manifest(version: &str) -> String {
    format!(
        "[package]\nname = \"ember-rt\"\nversion = \"{version}\"\nedition = \"2021\"\n\
         rust-version = \"1.80\"\ndescription = \"A small async runtime\"\n\
         readme = \"README.md\"\nkeywords = [\"async\", \"runtime\"]\n\
         categories = [\"asynchronous\"]\nlicense = \"MIT OR Apache-2.0\"\n\
         repository = \"https://github.com/ember/ember-rt\"\n"
    )
}

/// A crate whose public API changes from one release to the next.
fn ember_shape(routes: &mut Routes) {
    let mut rows = String::new();
    for (number, root) in ["1.0.0", "1.1.0"].into_iter().zip(files::EMBER_SHAPE_ROOTS) {
        let manifest = format!(
            "[package]\nname = \"ember-shape\"\nversion = \"{number}\"\nreadme = false\n\
             description = \"Shapes\"\nlicense = \"MIT\"\n"
        );
        let more = [("Cargo.toml", manifest), ("src/lib.rs", root.to_owned())];
        let files = files::of(files::EMBER_SHAPE, number, &more);
        let cksum = publish(routes, "ember-shape", number, &files);
        let row = json!({"name": "ember-shape", "vers": number, "deps": [], "cksum": cksum,
            "features": {}, "yanked": false});
        rows.push_str(&format!("{row}\n"));
    }
    let path = "/cargo/index/em/be/ember-shape";
    routes.put(path, "text/plain", rows.into(), true);
}

/// A crate with one version, without README and without an entry in the web API.
fn small(routes: &mut Routes, name: &str, index: &str, description: &str) {
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nreadme = false\n\
         description = \"{description}\"\nlicense = \"MIT\"\n"
    );
    let source = format!("//! {description}\n\n/// Does it.\npub fn apply() {{}}\n");
    let files = [
        ("Cargo.toml".to_owned(), manifest.into_bytes()),
        ("src/lib.rs".to_owned(), source.into_bytes()),
    ];
    let cksum = publish(routes, name, "0.1.0", &files);
    let row = json!({"name": name, "vers": "0.1.0", "deps": [], "cksum": cksum, "features": {},
        "yanked": false});
    routes.put(
        &format!("/cargo/index/{index}"),
        "text/plain",
        format!("{row}\n").into(),
        true,
    );
}

fn publish(routes: &mut Routes, name: &str, version: &str, files: &[File]) -> String {
    let bytes = tar_gz(&format!("{name}-{version}"), files);
    let cksum = sha256(&bytes);
    let path = format!("/cargo/dl/{name}/{version}/download");
    routes.put(&path, "application/gzip", bytes, false);
    cksum
}

fn merge(row: &mut Value, extra: &Value) {
    if let (Some(row), Some(extra)) = (row.as_object_mut(), extra.as_object()) {
        row.extend(extra.iter().map(|(k, v)| (k.clone(), v.clone())));
    }
}
