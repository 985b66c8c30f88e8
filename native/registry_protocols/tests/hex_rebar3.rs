//! Reads what rebar3's own hex_core made: registry resources it signed, tarball metadata it
//! printed. Where rebar3 is not installed, this says so and tests nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

use bytes::Bytes;
use http::Response;
use registry_protocols::hex::{PublicKey, Repository, parse_metadata, read_metadata_config};
use registry_types::ErrorKind;
use url::Url;

struct Made(tempfile::TempDir);

impl Made {
    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.path().join(name)).unwrap()
    }

    fn repository(&self, name: &str) -> Repository {
        let pem = String::from_utf8(self.read("public_key.pem")).unwrap();
        let url = Url::parse("http://127.0.0.1:1/repo").unwrap();
        Repository::new(url, name, PublicKey::from_pem(&pem).unwrap())
    }

    fn response(&self, name: &str) -> Response<Bytes> {
        Response::new(Bytes::from(self.read(name)))
    }
}

fn made() -> Option<Made> {
    let Some(rebar3) = find("rebar3").filter(|_| find("escript").is_some()) else {
        eprintln!("SKIPPED: rebar3 and escript are not installed, hex_core made nothing to read");
        return None;
    };
    let directory = tempfile::tempdir().unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hex_rebar3/make.escript");
    let output = Command::new("escript")
        .args([&script, &rebar3, &directory.path().to_path_buf()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    Some(Made(directory))
}

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file())
}

#[test]
fn resources_and_metadata_made_by_hex_core() {
    let Some(made) = made() else { return };

    let metadata =
        parse_metadata(&made.repository("hexpm"), "demo", &made.response("package")).unwrap();
    assert_eq!(
        metadata.package.latest_stable_version.as_deref(),
        Some("1.1.0")
    );
    let retired = metadata.package.versions[1].retired.as_ref().unwrap();
    assert_eq!(
        (retired.reason.as_str(), retired.message.as_deref()),
        ("security", Some("use 1.1"))
    );
    let release = metadata.release("1.1.0").unwrap();
    assert_eq!(release.release.dependencies.len(), 2);
    assert_eq!(
        release.release.dependencies[1].rename.as_deref(),
        Some("plug_app")
    );
    assert!(release.release.dependencies[1].optional);
    assert_eq!(
        release.artifacts[0].url.path(),
        "/repo/tarballs/demo-1.1.0.tar"
    );
    assert_eq!(release.artifacts[0].checksums[0].digest[31], 4);

    let kind = |repository: &str, name: &str, file: &str| {
        parse_metadata(&made.repository(repository), name, &made.response(file))
            .map(|_| ())
            .map_err(|e| e.kind)
    };
    assert_eq!(kind("acme", "demo", "organization"), Ok(()));
    assert_eq!(
        kind("hexpm", "demo", "organization"),
        Err(ErrorKind::Integrity)
    );
    assert_eq!(kind("hexpm", "demo2", "package"), Err(ErrorKind::Integrity));
    assert_eq!(
        kind("hexpm", "demo", "other_key"),
        Err(ErrorKind::Integrity)
    );

    for n in 1..=200 {
        let config = read_metadata_config(&made.read(&format!("{n}.config"))).unwrap();
        let text = String::from_utf8(made.read(&format!("{n}.text"))).unwrap();
        assert_eq!(config.description.unwrap_or_default(), text.trim(), "{n}");
        assert_eq!(config.links[0].0, text, "{n}");
        assert_eq!(config.requirements[0].name, "jason");
        assert!(config.requirements[0].optional);
        assert_eq!(config.build_tools, ["rebar3"]);
    }
}
