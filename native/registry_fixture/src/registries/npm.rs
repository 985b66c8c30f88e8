//! Packuments, tarballs, the bulk audit and the downloads API.

use serde_json::{Map, Value, json};

use super::{Routes, files};
use crate::build::{File, sha1, sri, tar_gz};
use crate::serve::request::Request;
use crate::serve::response::Response;

pub fn add(routes: &mut Routes) {
    scoped(routes);
    plain(routes);
    paths(routes);
    tree(routes);
    unpublished(routes);
    let downloads = json!({"downloads": 98_765, "start": "2026-10-01", "end": "2026-10-30",
        "package": "@ember/ui"});
    routes.json("/npm-api/downloads/point/last-month/@ember/ui", &downloads);
    let downloads = json!({"downloads": 12, "start": "2026-10-01", "end": "2026-10-30",
        "package": "left-trim"});
    routes.json("/npm-api/downloads/point/last-month/left-trim", &downloads);
}

/// `@ember/ui`: a scope, TypeScript, every form of integrity, a root that is not `package/`.
fn scoped(routes: &mut Routes) {
    let mut versions = Map::new();
    let mut time = Map::new();
    time.insert("created".into(), json!("2024-01-01T00:00:00.000Z"));
    time.insert("modified".into(), json!("2025-03-04T00:00:00.000Z"));
    let all = [
        ("1.0.0", "2024-01-01"),
        ("1.1.0", "2024-05-01"),
        ("2.0.0-rc.1", "2025-01-01"),
        ("2.0.0", "2025-03-04"),
    ];
    for (number, day) in all {
        let manifest = ui_manifest(number);
        let files = files::of(files::UI, number, &[("package.json", manifest.to_string())]);
        let root = if number == "1.0.0" { "ui" } else { "package" };
        let bytes = tar_gz(root, &files);
        let mut dist = json!({"shasum": sha1(&bytes),
            "tarball": format!("{}/npm/@ember/ui/-/ui-{number}.tgz", routes.base)});
        match number {
            "1.0.0" => {}
            "2.0.0" => {
                let several = [
                    sri("sha1", &bytes),
                    sri("sha512", &bytes),
                    sri("sha384", &bytes),
                ];
                dist["integrity"] = json!(several.join(" "));
            }
            _ => dist["integrity"] = json!(sri("sha512", &bytes)),
        }
        let mut version = manifest;
        version["dist"] = dist;
        version["_id"] = json!(format!("@ember/ui@{number}"));
        version["_npmUser"] = json!({"name": "ember", "email": "ember@example.invalid"});
        if number == "1.1.0" {
            version["deprecated"] = json!("memory leak in useState; use 2.0.0");
        }
        versions.insert(number.into(), version);
        time.insert(number.into(), json!(format!("{day}T00:00:00.000Z")));
        routes.put(
            &format!("/npm/@ember/ui/-/ui-{number}.tgz"),
            "application/octet-stream",
            bytes,
            false,
        );
    }
    let packument = json!({"_id": "@ember/ui", "name": "@ember/ui", "versions": versions,
        "time": time, "dist-tags": {"latest": "2.0.0", "next": "2.0.0-rc.1"},
        "description": "Components for building user interfaces",
        "maintainers": [{"name": "ember", "email": "ember@example.invalid"}],
        "readme": "# @ember/ui\n\nFrom the packument.", "readmeFilename": "README.md",
        "license": "MIT", "keywords": ["ui", "components"],
        "repository": {"type": "git", "url": "git+https://github.com/ember/ui.git"}});
    routes.json("/npm/@ember%2fui", &packument);
}

fn ui_manifest(version: &str) -> Value {
    json!({"name": "@ember/ui", "version": version, "license": "MIT", "main": "",
        "description": "Components for building user interfaces",
        "keywords": ["ui", "components"], "types": "src/index.ts",
        "engines": {"node": ">=18"}, "author": {"name": "Ember"},
        "repository": {"type": "git", "url": "git+https://github.com/ember/ui.git"},
        "dependencies": {"left-trim": "^1.0.0"}, "devDependencies": {"@types/node": "*"},
        "peerDependencies": {"typescript": ">=5"},
        "peerDependenciesMeta": {"typescript": {"optional": true}},
        "optionalDependencies": {"fast-diff": "npm:left-trim@^1"}})
}

/// `left-trim`: old habits; `deprecated` that deprecates nothing, shorthand repository.
fn plain(routes: &mut Routes) {
    let mut versions = Map::new();
    for number in ["0.1.0", "1.0.0"] {
        let manifest = json!({"name": "left-trim", "version": number, "main": "index.js",
            "license": {"type": "MIT", "url": "https://example.invalid"},
            "repository": "ember/left-trim", "bin": "cli.js", "deprecated": ""});
        let files: Vec<File> = [
            ("package.json", manifest.to_string()),
            (
                "README",
                "left-trim\n=========\nTrims on the left.\n".to_owned(),
            ),
            ("index.js", INDEX.to_owned()),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into_bytes()))
        .collect();
        let bytes = tar_gz("package", &files);
        let mut version = manifest;
        version["dist"] = json!({"shasum": sha1(&bytes), "integrity": sri("sha512", &bytes),
            "tarball": format!("{}/npm/left-trim/-/left-trim-{number}.tgz", routes.base)});
        versions.insert(number.into(), version);
        routes.put(
            &format!("/npm/left-trim/-/left-trim-{number}.tgz"),
            "application/octet-stream",
            bytes,
            false,
        );
    }
    // No `time`, no `readme`, no maintainers: what a mirror leaves of a packument.
    let packument = json!({"name": "left-trim", "versions": versions,
        "dist-tags": {"latest": "1.0.0"}});
    routes.json("/npm/left-trim", &packument);
}

/// `@ember/paths`: what its users may import is said by `exports`.
fn paths(routes: &mut Routes) {
    let manifest = json!({"name": "@ember/paths", "version": "1.0.0", "type": "module",
        "license": "MIT", "exports": {
            ".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"},
            "./extra": {"types": "./dist/extra.d.ts", "default": "./dist/extra.js"}}});
    let files = files::of(
        files::PATHS,
        "1.0.0",
        &[("package.json", manifest.to_string())],
    );
    let bytes = tar_gz("package", &files);
    let mut version = manifest;
    version["dist"] = json!({"integrity": sri("sha512", &bytes),
        "tarball": format!("{}/npm/@ember/paths/-/paths-1.0.0.tgz", routes.base)});
    routes.put(
        "/npm/@ember/paths/-/paths-1.0.0.tgz",
        "application/octet-stream",
        bytes,
        false,
    );
    let packument = json!({"name": "@ember/paths", "versions": {"1.0.0": version},
        "dist-tags": {"latest": "1.0.0"}});
    routes.json("/npm/@ember%2fpaths", &packument);
}

/// A tree: `tree-root` needs `tree-left` and `tree-right`, which both need `tree-base` (a diamond), which
/// needs `tree-left` again (a cycle); `tree-base` is vulnerable, `tree-right` deprecated, `tree-tool` for
/// development only.
fn tree(routes: &mut Routes) {
    for (name, dependencies, dev, deprecated) in [
        (
            "tree-root",
            json!({"tree-left": "^1.0.0", "tree-right": "~1.0.0"}),
            json!({"tree-tool": "*"}),
            None,
        ),
        ("tree-left", json!({"tree-base": "^1.0.0"}), json!({}), None),
        (
            "tree-right",
            json!({"tree-base": ">=1"}),
            json!({}),
            Some("use tree-left instead"),
        ),
        ("tree-base", json!({"tree-left": "1.x"}), json!({}), None),
        ("tree-tool", json!({}), json!({}), None),
    ] {
        let manifest = json!({"name": name, "version": "1.0.0", "license": "MIT", "main": "index.js",
            "dependencies": dependencies, "devDependencies": dev});
        let files: Vec<File> = [
            ("package.json", manifest.to_string()),
            ("index.js", INDEX.to_owned()),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into_bytes()))
        .collect();
        let bytes = tar_gz("package", &files);
        let mut version = manifest;
        version["dist"] = json!({"integrity": sri("sha512", &bytes),
            "tarball": format!("{}/npm/{name}/-/{name}-1.0.0.tgz", routes.base)});
        if let Some(text) = deprecated {
            version["deprecated"] = json!(text);
        }
        routes.put(
            &format!("/npm/{name}/-/{name}-1.0.0.tgz"),
            "application/octet-stream",
            bytes,
            false,
        );
        let packument = json!({"name": name, "versions": {"1.0.0": version},
            "dist-tags": {"latest": "1.0.0"}});
        routes.json(&format!("/npm/{name}"), &packument);
    }
}

const INDEX: &str = "/** Trims white space on the left. */\nfunction leftTrim(text) {\n  \
                     return text.trimStart();\n}\n\nmodule.exports = leftTrim;\n";

fn unpublished(routes: &mut Routes) {
    let packument = json!({"_id": "gone-away", "name": "gone-away", "time": {
        "created": "2020-01-01T00:00:00.000Z", "modified": "2021-01-01T00:00:00.000Z",
        "unpublished": {"name": "ember", "time": "2021-01-01T00:00:00.000Z",
            "tags": {"latest": "1.0.0"}, "versions": ["1.0.0"]}}});
    routes.json("/npm/gone-away", &packument);
}

/// The bulk audit: `left-trim` below 1.0.0 is vulnerable.
pub fn audit(request: &Request) -> Option<Response> {
    if request.path() != "/npm/-/npm/v1/security/advisories/bulk" {
        return None;
    }
    let body = if request.header("content-encoding") == Some("gzip") {
        let mut text = String::new();
        let mut decoder = flate2::read::GzDecoder::new(request.body.as_slice());
        std::io::Read::read_to_string(&mut decoder, &mut text).ok()?;
        text
    } else {
        String::from_utf8(request.body.clone()).ok()?
    };
    let asked: Value = serde_json::from_str(&body).ok()?;
    let answer = if asked.get("left-trim").is_some() {
        json!({"left-trim": [{"id": 1_100_001, "title": "Catastrophic backtracking in left-trim",
            "url": "https://github.com/advisories/GHSA-ember-left-0001", "severity": "high",
            "vulnerable_versions": "<1.0.0", "cwe": ["CWE-1333"],
            "cvss": {"score": 7.5, "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}}]})
    } else {
        json!({})
    };
    Some(Response::new(200, "application/json", answer.to_string()))
}
