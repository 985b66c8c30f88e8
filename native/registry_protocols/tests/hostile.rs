//! Foreign bytes never panic and never take long: each parser reads thousands of damaged copies of
//! what it expects.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use registry_protocols::{github, hex, manifest, osv, pypi};
use registry_types::{Advisory, Ecosystem, Package, Release, is_affected, merge_advisories};
use url::Url;

/// A small generator: the same damage on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    /// Cuts, swaps, doubles and overwrites pieces of `bytes`.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        const BITS: [&[u8]; 12] = [
            b"\"", b"{", b"}", b"[", b"null", b"\\", b"\xff", b"\x00", b"<<", b"-1", b"9e999",
            b"\xc3",
        ];
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let from = self.below(bytes.len() + 1);
            let to = (from + self.below(12)).min(bytes.len());
            match self.below(4) {
                0 => drop(bytes.drain(from..to)),
                1 => {
                    let piece = bytes.get(from..to).unwrap().to_vec();
                    let at = self.below(bytes.len() + 1);
                    drop(bytes.splice(at..at, piece));
                }
                2 => bytes.truncate(from.max(1)),
                _ => {
                    let bit = BITS[self.below(BITS.len())];
                    drop(bytes.splice(from..to, bit.iter().copied()));
                }
            }
        }
        bytes
    }
}

fn torment(seeds: &[&str], rounds: usize, mut read: impl FnMut(Vec<u8>)) {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..rounds {
        let seed = seeds.get(round % seeds.len()).unwrap();
        let bytes = random.damage(seed.as_bytes());
        let started = Instant::now();
        read(bytes);
        assert!(started.elapsed() < Duration::from_secs(2), "round {round}");
    }
}

fn response(bytes: Vec<u8>, content_type: &str) -> Response<Bytes> {
    Response::builder()
        .header("content-type", content_type)
        .body(Bytes::from(bytes))
        .unwrap()
}

const RECORD: &str = r#"{"id":"GHSA-1","modified":"2024-01-01T00:00:00Z","aliases":["CVE-1"],"severity":[{"type":"CVSS_V3",
  "score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],"affected":[{"package":{"name":"a","ecosystem":"npm"},
  "ranges":[{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.3-rc.1+b"}]}],"versions":["1.0.0"],
  "database_specific":{"informational":"notice"}}],"references":[{"type":"WEB","url":"https://x"}]}"#;

#[test]
fn osv_records_and_vectors() {
    torment(&[RECORD], 5_000, |bytes| {
        let Ok(record) = osv::Record::parse(&bytes) else {
            return;
        };
        let advisories: Vec<Advisory> = record.advisory(Ecosystem::Npm, "a").into_iter().collect();
        for advisory in merge_advisories(Ecosystem::Npm, advisories) {
            let _ = is_affected(Ecosystem::Npm, &advisory, "1.2.3-rc.0");
        }
    });
    let vectors = [
        "AV:N/AC:L/Au:N/C:P/I:P/A:P/E:U/RL:OF/RC:UC",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O/MAV:L",
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A/MSI:S",
    ];
    torment(&vectors, 20_000, |bytes| {
        let text = String::from_utf8_lossy(&bytes);
        if let Some(cvss) = osv::score(&text) {
            assert!((0.0..=10.0).contains(&cvss.score), "{text}");
        }
    });
}

const PROJECT: &str = r#"{"info":{"name":"a","version":"1.0","summary":"s","keywords":"x,y","license":"MIT","project_urls":{"Source":"https://github.com/o/r"},
  "requires_dist":["b[x] (>=1,<2) ; extra == 'y'"],"provides_extra":["y"],"classifiers":["License :: OSI Approved :: MIT License"]},
  "releases":{"1.0":[{"filename":"a-1.0.tar.gz","packagetype":"sdist","url":"http://127.0.0.1/a","size":1,"digests":{"sha256":"00"},"yanked":false}]},
  "vulnerabilities":[{"id":"P","fixed_in":["1"]}]}"#;

const SIMPLE: &str = r#"{"meta":{"api-version":"1.4"},"name":"a","versions":["1.0"],"files":[{"filename":"a-1.0.tar.gz","url":"a-1.0.tar.gz",
  "hashes":{"sha256":"00"},"yanked":"why","requires-python":">=3"}]}"#;

const HTML: &str = r#"<!DOCTYPE html><base href="/x/"><meta name="pypi:project-status" content="archived">
  <a href="a-1.0.tar.gz#sha256=00&md5=11" data-requires-python="&gt;=3" data-yanked="">a-1.0.tar.gz</a>
  <a href=a-1.1-py3-none-any.whl><![CDATA[x]]></a><script>"</a>"</script>"#;

#[test]
fn python_projects_in_three_forms() {
    let url = Url::parse("http://127.0.0.1:1/simple/a/").unwrap();
    let release_all = |metadata: registry_protocols::Metadata| {
        for entry in &metadata.package.versions {
            metadata.release(&entry.version).unwrap();
            let _ = metadata.advisories(&entry.version);
        }
    };
    torment(&[PROJECT], 4_000, |bytes| {
        let answer = response(bytes, "application/json");
        pypi::parse_metadata("a", &answer).map(release_all).ok();
        pypi::parse_release("a", "1.0", &answer).ok();
    });
    torment(&[SIMPLE], 4_000, |bytes| {
        pypi::parse_simple("a", &url, &response(bytes, "application/json"))
            .map(release_all)
            .ok();
    });
    torment(&[HTML], 4_000, |bytes| {
        pypi::parse_simple("a", &url, &response(bytes, "text/html"))
            .map(release_all)
            .unwrap();
    });
    torment(
        &[
            "b[x, y] (>=1.0,!=2.*) ; extra == 'y' and os_name != \"nt\"",
            "p @ https://x/y ; z",
        ],
        20_000,
        |bytes| {
            let _ = pypi::requirement(&String::from_utf8_lossy(&bytes));
        },
    );
}

#[test]
fn manifests() {
    let seeds = [
        (
            Ecosystem::Cargo,
            "[package]\nname='a'\ndescription=\"\"\"x\"\"\"\nkeywords=['k']\nlicense='MIT'\n[dependencies]\nb={version='1'}",
        ),
        (
            Ecosystem::Npm,
            r#"{"description":"d","license":[{"type":"MIT"}],"repository":{"url":"git://github.com/o/r"},"engines":{"node":"1"}}"#,
        ),
        (
            Ecosystem::Hex,
            "{<<\"description\">>,<<\"\\x{e4}ö\"/utf8>>}.\n{<<\"links\">>,#{<<\"a\">> => <<104,$t,16#74>>}}.\n{<<\"requirements\">>,[[{<<\"name\">>,<<\"b\">>}]]}.",
        ),
        (
            Ecosystem::Pypi,
            "Name: a\nSummary: s\n  folded\nProject-URL: Source, https://x\nRequires-Dist: b (>=1)\n\nbody",
        ),
    ];
    for (ecosystem, seed) in seeds {
        torment(&[seed], 4_000, |bytes| {
            let mut package = Package::new(ecosystem, "a");
            let mut release = Release::new(ecosystem, "a", "1.0");
            manifest::apply(ecosystem, &mut package, &mut release, &|_| Some(&bytes));
        });
    }
}

#[test]
fn hex_and_github_answers() {
    let repository = hex::Repository::hexpm(Url::parse("http://127.0.0.1:1").unwrap()).unwrap();
    torment(
        &["\n\u{4}abcd\u{12}\u{2}xy", "\u{1f}\u{8b}\u{8}"],
        4_000,
        |bytes| {
            assert!(hex::parse_metadata(&repository, "demo", &response(bytes, "")).is_err());
        },
    );
    torment(
        &["-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----"],
        4_000,
        |bytes| {
            hex::PublicKey::from_pem(&String::from_utf8_lossy(&bytes)).ok();
        },
    );
    let repository = r#"{"full_name":"o/r","topics":["a"],"license":{"spdx_id":"MIT"},"stargazers_count":1,"pushed_at":"2024-01-01T00:00:00Z"}"#;
    let advisory = r#"[{"ghsa_id":"GHSA-1","severity":"high","vulnerabilities":[{"package":{"ecosystem":"npm","name":"a"},
        "vulnerable_version_range":">= 1.0, < 2.0","first_patched_version":"2.0"}]}]"#;
    torment(&[repository, advisory], 8_000, |bytes| {
        let answer = response(bytes, "application/json");
        github::parse_repository("o/r", &answer).ok();
        github::parse_advisories(Ecosystem::Npm, "a", &answer).ok();
        github::parse_releases("o/r", &answer).ok();
    });
}
