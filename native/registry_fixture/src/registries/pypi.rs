//! The JSON API, both forms of the simple index, sdists and wheels.

use serde_json::{Map, Value, json};

use super::{Routes, files};
use crate::build::{File, md5, sha256, tar_gz, zip};
use crate::serve::request::Request;
use crate::serve::response::Response;

struct Upload {
    filename: String,
    kind: &'static str,
    bytes: Vec<u8>,
}

pub fn add(routes: &mut Routes) {
    client(routes);
    accel(routes);
    odd(routes);
    private(routes);
    let recent = json!({"data": {"last_day": 10, "last_week": 70, "last_month": 300},
        "package": "ember-client", "type": "recent_downloads"});
    routes.json("/pypistats/api/packages/ember-client/recent", &recent);
}

/// `ember-client`: sdists beside wheels, a yanked version, one without files, a prerelease.
fn client(routes: &mut Routes) {
    let all = [
        ("0.9", "2023-02-01"),
        ("1.0.0", "2024-01-01"),
        ("1.1.0", "2024-06-01"),
        ("2.0rc1", "2025-01-01"),
        ("2.0", "2025-02-02"),
    ];
    let mut releases = Map::new();
    // Version keys are not normalised, and may have no file at all.
    releases.insert("0.01.0".into(), json!([]));
    let mut simple = Vec::new();
    let mut urls = Vec::new();
    for (number, day) in all {
        let metadata = metadata("ember-client", number, README);
        let files = files::of(
            files::EMBER_CLIENT,
            number,
            &[
                ("PKG-INFO", metadata.clone()),
                ("pyproject.toml", "[project]\n".to_owned()),
            ],
        );
        let root = format!("ember_client-{number}");
        let uploads = [
            Upload {
                filename: format!("{root}-py3-none-any.whl"),
                kind: "bdist_wheel",
                bytes: wheel(&root, &metadata, &files),
            },
            Upload {
                filename: format!("{root}.tar.gz"),
                kind: "sdist",
                bytes: tar_gz(&root, &files),
            },
        ];
        urls = uploads
            .iter()
            .map(|u| file(routes, u, day, number == "0.9"))
            .collect();
        simple.extend(urls.iter().cloned());
        releases.insert(number.into(), json!(urls));
        for upload in uploads {
            publish(routes, upload);
        }
    }
    let mut project = json!({"info": info("ember-client", "2.0"), "last_serial": 42,
        "releases": releases, "urls": urls, "vulnerabilities": [],
        "ownership": {"roles": [{"role": "Owner", "user": "ember"}], "organization": null}});
    routes.json("/pypi-index/pypi/ember-client/json", &project);
    project["info"] = info("ember-client", "1.0.0");
    project["urls"] = project["releases"]["1.0.0"].clone();
    project["vulnerabilities"] = json!([
        {"id": "PYSEC-2024-9001", "aliases": ["CVE-2024-90001", "GHSA-ember-clnt-0001"],
         "summary": null, "details": "Sessions leak headers over redirects.",
         "fixed_in": ["1.1.0"], "link": "https://osv.invalid/PYSEC-2024-9001", "source": "osv",
         "withdrawn": null},
        {"id": "PYSEC-2024-9002", "aliases": [], "summary": null, "details": "Taken back.",
         "fixed_in": [], "link": "https://osv.invalid/PYSEC-2024-9002", "source": "osv",
         "withdrawn": "2024-03-01T00:00:00Z"}]);
    if let Some(map) = project.as_object_mut() {
        map.remove("releases");
    }
    routes.json("/pypi-index/pypi/ember-client/1.0.0/json", &project);
    simple_index(routes, "ember-client", &simple);
}

/// `ember-accel`: wheels only; only in the simple index, as on a mirror without the JSON API.
fn accel(routes: &mut Routes) {
    let metadata = metadata("ember-accel", "0.3.1", "# ember-accel\n\nFaster loops.\n");
    let stub = "def sum_all(values: list[float]) -> float:\n    \"\"\"Add all values.\"\"\"\n";
    let files: Vec<File> = vec![("ember_accel/__init__.py".into(), stub.into())];
    let mut listed = Vec::new();
    for tag in ["cp312-cp312-manylinux_2_28_x86_64", "py3-none-any"] {
        let upload = Upload {
            filename: format!("ember_accel-0.3.1-{tag}.whl"),
            kind: "bdist_wheel",
            bytes: wheel("ember_accel-0.3.1", &metadata, &files),
        };
        listed.push(file(routes, &upload, "2025-05-05", false));
        publish(routes, upload);
    }
    simple_index(routes, "ember-accel", &listed);
}

/// `ember-odd`: one of its files makes the Python grammar take all memory there is and abort.
fn odd(routes: &mut Routes) {
    let metadata = metadata(
        "ember-odd",
        "1.0",
        "# ember-odd\n\nDo not parse in the house.\n",
    );
    let good = "def sane(value: int) -> int:\n    \"\"\"Is.\"\"\"\n    return value\n";
    let files: Vec<File> = vec![
        ("PKG-INFO".into(), metadata.into()),
        ("ember_odd/__init__.py".into(), good.into()),
        ("ember_odd/poison.py".into(), "/*a".repeat(4000).into()),
    ];
    let upload = Upload {
        filename: "ember_odd-1.0.tar.gz".into(),
        kind: "sdist",
        bytes: tar_gz("ember_odd-1.0", &files),
    };
    let listed = [file(routes, &upload, "2026-01-01", false)];
    publish(routes, upload);
    simple_index(routes, "ember-odd", &listed);
}

/// `ember-private`: its public names are handed on from a private module.
fn private(routes: &mut Routes) {
    let metadata = metadata(
        "ember-private",
        "1.0",
        "# ember-private\n\nNothing to see.\n",
    );
    let files = files::of(files::EMBER_PRIVATE, "1.0", &[("PKG-INFO", metadata)]);
    let upload = Upload {
        filename: "ember_private-1.0.tar.gz".into(),
        kind: "sdist",
        bytes: tar_gz("ember_private-1.0", &files),
    };
    let listed = [file(routes, &upload, "2026-01-01", false)];
    publish(routes, upload);
    simple_index(routes, "ember-private", &listed);
}

const README: &str = include_str!("../../packages/pypi/ember_client/README.rst");

fn metadata(name: &str, version: &str, readme: &str) -> String {
    let kind = if readme.starts_with('#') {
        "text/markdown"
    } else {
        "text/x-rst"
    };
    format!(
        "Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n\
         Summary: An HTTP client for humans in a hurry\nLicense-Expression: MIT\n\
         Requires-Python: >=3.9\nRequires-Dist: idna<4,>=2.5\n\
         Requires-Dist: brotli>=1; extra == \"br\"\nProvides-Extra: br\n\
         Description-Content-Type: {kind}\n\n{readme}"
    )
}

fn info(name: &str, version: &str) -> Value {
    json!({"name": name, "version": version, "summary": "An HTTP client for humans in a hurry",
        "description": README, "description_content_type": "text/x-rst", "author": "Ember",
        "author_email": "ember@example.invalid", "license": "UNKNOWN",
        "license_expression": "MIT", "keywords": "http,client", "home_page": "",
        "project_urls": {"Source": "https://github.com/ember/ember-client", "Download": "UNKNOWN"},
        "classifiers": ["Topic :: Internet :: WWW/HTTP"], "requires_python": ">=3.9",
        "requires_dist": ["idna<4,>=2.5", "brotli>=1; extra == \"br\""],
        "provides_extra": ["br"], "yanked": false, "yanked_reason": null,
        "downloads": {"last_day": -1, "last_month": -1, "last_week": -1}})
}

fn wheel(root: &str, metadata: &str, files: &[File]) -> Vec<u8> {
    let mut inside: Vec<File> = files
        .iter()
        .filter(|(path, _)| path.starts_with("ember_"))
        .cloned()
        .collect();
    inside.push((format!("{root}.dist-info/METADATA"), metadata.into()));
    inside.push((
        format!("{root}.dist-info/WHEEL"),
        b"Wheel-Version: 1.0\n".to_vec(),
    ));
    zip(&inside)
}

fn file(routes: &Routes, upload: &Upload, day: &str, yanked: bool) -> Value {
    json!({"filename": upload.filename, "packagetype": upload.kind, "size": upload.bytes.len(),
        "url": format!("{}/pypi-files/{}", routes.base, upload.filename),
        "digests": {"sha256": sha256(&upload.bytes), "md5": md5(&upload.bytes)},
        "md5_digest": md5(&upload.bytes), "requires_python": ">=3.9",
        "upload_time_iso_8601": format!("{day}T12:00:00.000000Z"), "yanked": yanked,
        "yanked_reason": yanked.then_some("broken on 3.12"), "core-metadata": false})
}

fn publish(routes: &mut Routes, upload: Upload) {
    let path = format!("/pypi-files/{}", upload.filename);
    routes.put(&path, "application/octet-stream", upload.bytes, false);
}

fn simple_index(routes: &mut Routes, name: &str, files: &[Value]) {
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let as_json: Vec<Value> = files
        .iter()
        .map(|f| {
            let yanked = match f["yanked"].as_bool() {
                Some(true) => f["yanked_reason"].clone(),
                _ => json!(false),
            };
            json!({"filename": f["filename"], "url": f["url"], "size": f["size"],
                "hashes": {"sha256": f["digests"]["sha256"]}, "yanked": yanked,
                "requires-python": f["requires_python"], "upload-time": f["upload_time_iso_8601"]})
        })
        .collect();
    let index = json!({"meta": {"api-version": "1.4", "project-status": {"status": "active"}},
        "name": name, "files": as_json});
    let path = format!("/pypi-index/simple/{name}/");
    let json_type = "application/vnd.pypi.simple.v1+json";
    routes.put(&path, json_type, index.to_string().into_bytes(), true);
    let links: String = files
        .iter()
        .map(|f| {
            let yanked = match f["yanked"].as_bool() {
                Some(true) => format!(" data-yanked=\"{}\"", text(&f["yanked_reason"])),
                _ => String::new(),
            };
            // Mirrors write relative addresses.
            format!(
                "    <a href=\"../../../pypi-files/{0}#sha256={1}\" \
                 data-requires-python=\"&gt;=3.9\"{yanked}>{0}</a><br/>\n",
                text(&f["filename"]),
                text(&f["digests"]["sha256"]),
            )
        })
        .collect();
    let html = format!(
        "<!DOCTYPE html>\n<html>\n  <head><title>Links for {name}</title></head>\n  <body>\n\
         {links}  </body>\n</html>\n"
    );
    routes.put(
        &format!("{path}#html"),
        "text/html",
        html.into_bytes(),
        true,
    );
}

/// Names that are not normalised are sent to where they are.
pub fn redirect(base: &str, request: &Request) -> Option<Response> {
    let rest = request.path().strip_prefix("/pypi-index/")?;
    let (kind, rest) = rest.split_once('/')?;
    let (name, rest) = rest.split_once('/')?;
    let normal = name.to_lowercase().replace(['_', '.'], "-");
    (normal != name).then(|| {
        let to = format!("{base}/pypi-index/{kind}/{normal}/{rest}");
        Response::new(301, "text/plain", "moved").with("location", &to)
    })
}
