mod endpoints;
mod packument;
mod shapes;

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::Response;
use registry_types::DependencyKind::{Dev, Optional, Peer, Runtime};
use registry_types::Ecosystem::Npm;
use registry_types::version::VersionSpec;
use registry_types::{ErrorKind, Severity, Timestamp};
use serde_json::{Value, json};

pub(super) use super::*;
use crate::{Algorithm, ArchiveRoot, Checksum, Metadata};

fn response(status: u16, body: impl Into<Vec<u8>>) -> Response<Bytes> {
    let body: Vec<u8> = body.into();
    Response::builder()
        .status(status)
        .body(Bytes::from(body))
        .unwrap()
}

fn read(packument: &Value) -> Metadata {
    parse_metadata("demo", &response(200, packument.to_string())).unwrap_or_else(|e| panic!("{e}"))
}

fn version(more: Value) -> Value {
    let mut object = json!({"name": "demo", "dist": {"tarball": "https://t.invalid/demo/-/demo-1.0.0.tgz", "shasum": "a".repeat(40)}});
    merge(&mut object, more);
    object
}

fn merge(object: &mut Value, more: Value) {
    for (key, value) in more.as_object().unwrap() {
        object[key] = value.clone();
    }
}

fn one(more: Value) -> Metadata {
    read(&json!({"name": "demo", "versions": {"1.0.0": version(more)}}))
}

fn sri(algorithm: Algorithm, bytes: &[u8]) -> String {
    format!(
        "{}-{}",
        algorithm.as_str(),
        STANDARD.encode(algorithm.digest(bytes))
    )
}
