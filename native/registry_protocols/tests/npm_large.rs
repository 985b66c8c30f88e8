//! What a packument of 10 MB costs. The bound is a regression guard for slow machines and debug
//! builds; `cargo test --release --test npm_large -- --nocapture` shows the figures.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write;
use std::time::{Duration, Instant};

use bytes::Bytes;
use registry_protocols::npm;

fn packument(versions: usize) -> String {
    let padding = "x".repeat(2400);
    let mut text = String::from(r#"{"name":"demo","dist-tags":{"latest":"9.9.9"},"versions":{"#);
    let mut times = String::new();
    for n in 0..versions {
        let version = format!("{}.{}.{}", n / 400, n / 20 % 20, n % 20);
        let comma = if n == 0 { "" } else { "," };
        write!(
            text,
            r#"{comma}"{version}":{{"name":"demo","version":"{version}","description":"A \"demo\"","main":"index.js","scripts":{{"test":"{padding}"}},
            "dependencies":{{"a":"^1.0.0","b":"~2.0.0"}},"devDependencies":{{"c":"*","d":"1 || 2"}},"engines":{{"node":">=14"}},"license":"MIT",
            "maintainers":[{{"name":"alice","email":"a@x.invalid"}}],"dist":{{"tarball":"https://t.invalid/demo-{version}.tgz","shasum":"{}","fileCount":12,"unpackedSize":34567,
            "signatures":[{{"keyid":"SHA256:k","sig":"MEUCIQ"}}]}},"_npmUser":{{"name":"alice"}},"_hasShrinkwrap":false{}}}"#,
            "a".repeat(40),
            if n % 10 == 0 { r#","deprecated":"old""# } else { "" },
        )
        .unwrap();
        write!(times, r#"{comma}"{version}":"2020-01-01T00:00:00.000Z""#).unwrap();
    }
    write!(
        text,
        r#"}},"time":{{{times}}},"readme":"{}"}}"#,
        "r".repeat(60_000)
    )
    .unwrap();
    text
}

#[test]
fn a_packument_of_ten_megabytes() {
    let text = packument(3600);
    let size = text.len();
    let response = http::Response::new(Bytes::from(text));
    let start = Instant::now();
    let metadata = npm::parse_metadata("demo", &response).unwrap();
    let parsed = start.elapsed();
    assert_eq!(metadata.package.versions.len(), 3600);
    let start = Instant::now();
    let release = metadata.release("8.19.19").unwrap().release;
    let read = start.elapsed();
    assert_eq!(release.dependencies.len(), 4);
    eprintln!("{size} bytes: {parsed:?} to read, {read:?} for one release");
    assert!(
        size > 10_000_000 && parsed < Duration::from_secs(5),
        "{parsed:?}"
    );
}
