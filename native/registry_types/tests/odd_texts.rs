//! Versions, requirements, names and purls are foreign texts: none may panic, hang or be misordered.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod oracle;

use std::time::{Duration, Instant};

use oracle::{Random, pairs};
use registry_types::version::{Requirement, Version, VersionSpec, compare};
use registry_types::{Ecosystem, Purl, check_name, normalize_name};

const PIECES: [&str; 44] = [
    "0",
    "1",
    "2",
    "10",
    "01",
    "99999999999999999999",
    "18446744073709551615",
    ".",
    ".",
    ".",
    "-",
    "+",
    "*",
    "x",
    "X",
    "v",
    "=",
    "<",
    ">",
    "^",
    "~",
    "!",
    ",",
    " ",
    " ",
    "||",
    " - ",
    " or ",
    " and ",
    "a",
    "rc",
    "dev",
    "post",
    "e",
    "é",
    "\u{feff}",
    "\0",
    "\n",
    "/",
    "@",
    "%2f",
    ":",
    "1!",
    "===",
];

fn text(r: &mut Random) -> String {
    (0..r.below(12)).map(|_| r.pick(&PIECES)).collect()
}

#[test]
fn nothing_panics() {
    let mut r = Random::new(3);
    for _ in 0..pairs() {
        let (a, b) = (text(&mut r), text(&mut r));
        let _ = a.parse::<Purl>();
        let _ = format!("pkg:npm/{a}@{b}").parse::<Purl>();
        for ecosystem in Ecosystem::ALL {
            let _ = (check_name(ecosystem, &a), normalize_name(ecosystem, &a));
            let _ = VersionSpec::parse(ecosystem, &a);
            let version = Version::parse(ecosystem, &b);
            if let (Ok(requirement), Ok(version)) = (Requirement::parse(ecosystem, &a), version) {
                // Including prereleases takes everything that is taken without.
                if requirement.matches(&version)
                    && ecosystem != Ecosystem::Npm
                    && ecosystem != Ecosystem::Github
                {
                    assert!(
                        requirement.matches_including_prerelease(&version),
                        "{ecosystem} {a:?} {b:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn order_is_total() {
    let mut r = Random::new(8);
    for ecosystem in Ecosystem::ALL {
        let mut texts: Vec<String> = (0..1500).map(|_| text(&mut r)).collect();
        // The standard library's sort panics when it meets an order that is not total.
        texts.sort_by(|a, b| compare(ecosystem, a, b));
        for pair in texts.windows(2) {
            assert!(compare(ecosystem, &pair[0], &pair[1]).is_le());
        }
    }
}

#[test]
fn length_costs_nothing() {
    let start = Instant::now();
    for unit in [
        "9", "1.", "a", "-", "v", "=", " ", "||", "1 ", ">1 ", "1,", "~>", " or ", "1-a.", "*",
        "^ ", "!",
    ] {
        for length in [250, 1000, 1_000_000] {
            let text = unit.repeat(length / unit.len());
            for ecosystem in Ecosystem::ALL {
                let _ = (
                    Version::parse(ecosystem, &text),
                    Requirement::parse(ecosystem, &text),
                );
                let _ = (
                    VersionSpec::parse(ecosystem, &text),
                    check_name(ecosystem, &text),
                );
            }
            let _ = text.parse::<Purl>();
        }
    }
    assert!(
        start.elapsed() < Duration::from_secs(10),
        "{:?}",
        start.elapsed()
    );
}
