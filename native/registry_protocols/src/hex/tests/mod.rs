//! The registry resource and the API, with resources signed by a key made for these tests.

mod api;
mod resource;

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::Response;
use prost::Message;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA512, RsaKeyPair};
use url::Url;

use super::proto::{Dependency, Package, Release, Retired, SecurityAdvisory, Signed, Time};
use super::{PublicKey, Repository};

fn key_pair() -> RsaKeyPair {
    let pem = include_str!("key.pem");
    let base64: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    RsaKeyPair::from_pkcs8(&STANDARD.decode(base64).unwrap()).unwrap()
}

fn repository() -> Repository {
    let der = STANDARD.encode(key_pair().public());
    let pem = format!("-----BEGIN RSA PUBLIC KEY-----\n{der}\n-----END RSA PUBLIC KEY-----\n");
    let url = Url::parse("http://127.0.0.1:1/").unwrap();
    Repository::new(url, "hexpm", PublicKey::from_pem(&pem).unwrap())
}

fn sign(payload: Vec<u8>) -> Vec<u8> {
    let pair = key_pair();
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA512,
        &SystemRandom::new(),
        &payload,
        &mut signature,
    )
    .unwrap();
    Signed { payload, signature }.encode_to_vec()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn response(body: impl Into<Bytes>) -> Response<Bytes> {
    Response::new(body.into())
}

fn resource(package: &Package) -> Response<Bytes> {
    response(gzip(&sign(package.encode_to_vec())))
}

fn demo() -> Package {
    Package {
        name: "demo".into(),
        repository: "hexpm".into(),
        releases: vec![
            Release {
                version: "1.0.0".into(),
                inner_checksum: vec![1; 32],
                outer_checksum: Some(vec![0xab; 32]),
                dependencies: vec![
                    Dependency {
                        package: "jason".into(),
                        requirement: "~> 1.0".into(),
                        ..Dependency::default()
                    },
                    Dependency {
                        package: "plug".into(),
                        requirement: String::new(),
                        optional: true,
                        app: Some("plug_app".into()),
                        repository: Some("other".into()),
                    },
                ],
                advisory_indexes: vec![1, 99],
                published_at: Some(Time {
                    seconds: 1_700_000_000,
                    nanos: 5_000,
                }),
                ..Release::default()
            },
            Release {
                version: "1.10.0".into(),
                retired: Some(Retired {
                    reason: 9,
                    message: Some(" ".into()),
                }),
                advisory_indexes: vec![0, 1],
                ..Release::default()
            },
            Release {
                version: "1.2.0".into(),
                published_at: Some(Time {
                    seconds: i64::MAX,
                    nanos: i32::MIN,
                }),
                ..Release::default()
            },
            Release {
                version: "2.0.0-rc.1".into(),
                ..Release::default()
            },
        ],
        advisories: vec![
            SecurityAdvisory {
                id: "EEF-CVE-1".into(),
                summary: "bad".into(),
                severity: Some(77),
                ..SecurityAdvisory::default()
            },
            SecurityAdvisory {
                id: "GHSA-1".into(),
                html_url: "https://h.example".into(),
                severity: Some(3),
                cvss_score: Some(9.8),
                aliases: vec!["CVE-1".into()],
                ..SecurityAdvisory::default()
            },
        ],
    }
}
