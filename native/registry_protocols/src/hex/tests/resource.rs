use http::StatusCode;
use registry_types::{Ecosystem, ErrorKind, Severity, Timestamp, is_affected};

use super::*;
use crate::hex::{metadata_request, parse_metadata};
use crate::{ArchiveFormat, Metadata};

fn read(response: &Response<Bytes>) -> registry_types::Result<Metadata> {
    parse_metadata(&repository(), "demo", response)
}

fn kind(response: &Response<Bytes>) -> ErrorKind {
    read(response).unwrap_err().kind
}

#[test]
fn a_signed_package() {
    let metadata = read(&resource(&demo())).unwrap();
    let package = &metadata.package;
    let versions: Vec<&str> = package
        .versions
        .iter()
        .map(|v| v.version.as_str())
        .collect();
    assert_eq!(versions, ["2.0.0-rc.1", "1.10.0", "1.2.0", "1.0.0"]);
    assert_eq!(package.latest_version.as_deref(), Some("2.0.0-rc.1"));
    // 1.10.0 is retired: not gone, but not what a newcomer gets.
    assert_eq!(package.latest_stable_version.as_deref(), Some("1.2.0"));
    let release = metadata.release("1.0.0").unwrap();
    assert_eq!(
        release.release.published_at,
        Some(Timestamp::from_micros(1_700_000_000_000_005))
    );
    assert_eq!(
        release.release.checksum,
        Some(format!("sha256:{}", "ab".repeat(32)))
    );
    let [jason, plug] = release.release.dependencies.as_slice() else {
        panic!("two dependencies");
    };
    assert_eq!(
        (jason.requirement.as_str(), jason.optional),
        ("~> 1.0", false)
    );
    assert_eq!(jason.rename, None);
    assert_eq!(
        (plug.requirement.as_str(), plug.optional),
        (">= 0.0.0", true)
    );
    assert_eq!(plug.rename.as_deref(), Some("plug_app"));
    let artifact = &release.artifacts[0];
    assert_eq!(
        artifact.url.as_str(),
        "http://127.0.0.1:1/tarballs/demo-1.0.0.tar"
    );
    assert_eq!(artifact.format, ArchiveFormat::HexTar);
    assert_eq!(artifact.checksums.len(), 1);
}

#[test]
fn unknown_numbers_are_tolerated() {
    let metadata = read(&resource(&demo())).unwrap();
    let retired = metadata.release("1.10.0").unwrap().release.retired.unwrap();
    assert_eq!((retired.reason.as_str(), retired.message), ("9", None));
    // A release without an outer checksum promises nothing, and so cannot be verified.
    assert!(
        metadata.release("1.10.0").unwrap().artifacts[0]
            .checksums
            .is_empty()
    );
    assert_eq!(
        metadata.release("9.9.9").unwrap_err().kind,
        ErrorKind::VersionNotFound
    );
}

#[test]
fn fields_to_come_are_ignored() {
    let mut payload = demo().encode_to_vec();
    // Field 100, length-delimited.
    payload.extend_from_slice(&[0xa2, 0x06, 0x03, 1, 2, 3]);
    assert!(read(&response(gzip(&sign(payload)))).is_ok());
}

#[test]
fn advisories_belong_to_the_releases_that_name_them() {
    let metadata = read(&resource(&demo())).unwrap();
    let ids = |version: &str| {
        let advisories = metadata.advisories(version);
        advisories.into_iter().map(|a| a.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("1.0.0"), ["GHSA-1"]);
    assert_eq!(ids("1.10.0"), ["EEF-CVE-1", "GHSA-1"]);
    assert_eq!(ids("1.2.0"), [""; 0]);
    let advisories = metadata.advisories("1.10.0");
    assert_eq!(advisories[0].severity, Severity::Unknown);
    // The score says more than the word.
    assert_eq!(advisories[1].severity, Severity::Critical);
    assert_eq!(advisories[1].references, ["https://h.example"]);
    assert!(is_affected(Ecosystem::Hex, &advisories[1], "1.0.0"));
    assert!(!is_affected(Ecosystem::Hex, &advisories[1], "1.2.0"));
}

#[test]
fn a_body_which_the_transport_has_unpacked() {
    assert!(read(&response(sign(demo().encode_to_vec()))).is_ok());
}

#[test]
fn signatures_are_checked() {
    let signed = sign(demo().encode_to_vec());
    for at in [3, 60, signed.len() - 1] {
        let mut forged = signed.clone();
        forged[at] ^= 1;
        let error = read(&response(gzip(&forged))).unwrap_err();
        assert!(
            matches!(error.kind, ErrorKind::Integrity | ErrorKind::Protocol),
            "{error}"
        );
    }
    let mut unsigned = Signed::decode(signed.as_slice()).unwrap();
    unsigned.signature.clear();
    assert_eq!(
        kind(&response(unsigned.encode_to_vec())),
        ErrorKind::Integrity
    );
    let other = Repository::hexpm(Url::parse("http://127.0.0.1:1/").unwrap()).unwrap();
    let error = parse_metadata(&other, "demo", &resource(&demo())).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Integrity);
    assert!(error.message.contains("public key"), "{}", error.message);
}

#[test]
fn a_signed_answer_about_something_else_is_refused() {
    let other_name = Package {
        name: "demo2".into(),
        ..demo()
    };
    let other_repository = Package {
        repository: "acme".into(),
        ..demo()
    };
    assert_eq!(kind(&resource(&other_name)), ErrorKind::Integrity);
    assert_eq!(kind(&resource(&other_repository)), ErrorKind::Integrity);
    let acme = repository().organization("acme").unwrap();
    assert!(parse_metadata(&acme, "demo", &resource(&other_repository)).is_ok());
}

#[test]
fn a_missing_package_is_403_or_404() {
    for status in [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND] {
        let mut response = response("");
        *response.status_mut() = status;
        assert_eq!(kind(&response), ErrorKind::NotFound);
    }
}

#[test]
fn damaged_and_hostile_bodies() {
    let whole = gzip(&sign(demo().encode_to_vec()));
    assert_eq!(
        kind(&response(whole[..whole.len() / 2].to_vec())),
        ErrorKind::Protocol
    );
    assert_eq!(kind(&response("<html>")), ErrorKind::Protocol);
    assert_eq!(kind(&response(gzip(b"\xff\xff\xff"))), ErrorKind::Protocol);
    assert_eq!(
        kind(&response(gzip(&sign(b"\xff\xff".to_vec())))),
        ErrorKind::Protocol
    );
    assert_eq!(kind(&response("")), ErrorKind::Integrity);
    let bomb = gzip(&vec![0; 65 * 1024 * 1024]);
    assert!(bomb.len() < 100_000);
    assert_eq!(kind(&response(bomb)), ErrorKind::LimitExceeded);
}

#[test]
fn names_are_checked_before_they_are_asked_for() {
    assert!(metadata_request(&repository(), "").is_err());
    let request = metadata_request(&repository(), "ecto_sql").unwrap();
    assert_eq!(request.uri().path(), "/packages/ecto_sql");
}
