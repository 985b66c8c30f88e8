//! The purl specification's own tests, for the types that are ecosystems of ours.
//!
//! `PURL_SPEC_TESTS` names the specification's `tests/types` directory, or its older
//! `test-suite-data.json`; without it that part is skipped. [`CASES`] are ours: the same rules on
//! other packages.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::path::Path;

use registry_types::{Ecosystem, Purl};
use serde_json::Value;

/// Input, canonical form, name, version, qualifiers, subpath.
type Case = (
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    &'static [(&'static str, &'static str)],
    Option<&'static str>,
);

const CASES: &[Case] = &[
    (
        "pkg:cargo/serde@1.0.200",
        "pkg:cargo/serde@1.0.200",
        "serde",
        Some("1.0.200"),
        &[],
        None,
    ),
    (
        "pkg:cargo/serde_json",
        "pkg:cargo/serde_json",
        "serde_json",
        None,
        &[],
        None,
    ),
    (
        "pkg:CARGO/Inflector@0.11.4",
        "pkg:cargo/Inflector@0.11.4",
        "Inflector",
        Some("0.11.4"),
        &[],
        None,
    ),
    (
        "pkg:cargo/a@1.0.0?arch=x86_64&OS=linux#/src/./lib.rs/",
        "pkg:cargo/a@1.0.0?arch=x86_64&os=linux#src/lib.rs",
        "a",
        Some("1.0.0"),
        &[("arch", "x86_64"), ("os", "linux")],
        Some("src/lib.rs"),
    ),
    (
        "pkg:npm/%40types/node@20.1.0",
        "pkg:npm/%40types/node@20.1.0",
        "@types/node",
        Some("20.1.0"),
        &[],
        None,
    ),
    (
        "pkg:npm/@types/node#lib/",
        "pkg:npm/%40types/node#lib",
        "@types/node",
        None,
        &[],
        Some("lib"),
    ),
    (
        "pkg:npm/left-pad@1.3.0?vcs_url=git://h.test/o/r.git%40abc",
        "pkg:npm/left-pad@1.3.0?vcs_url=git:%2F%2Fh.test%2Fo%2Fr.git%40abc",
        "left-pad",
        Some("1.3.0"),
        &[("vcs_url", "git://h.test/o/r.git@abc")],
        None,
    ),
    (
        "pkg:npm/a@1.0.0?empty=&x=1",
        "pkg:npm/a@1.0.0?x=1",
        "a",
        Some("1.0.0"),
        &[("x", "1")],
        None,
    ),
    (
        "pkg:hex/Plug_Cowboy@2.7.0",
        "pkg:hex/plug_cowboy@2.7.0",
        "plug_cowboy",
        Some("2.7.0"),
        &[],
        None,
    ),
    (
        "pkg:hex/acme/secret@0.1.0",
        "pkg:hex/acme/secret@0.1.0",
        "acme/secret",
        Some("0.1.0"),
        &[],
        None,
    ),
    (
        "pkg:hex/jason@1.4.1#priv/x.js",
        "pkg:hex/jason@1.4.1#priv/x.js",
        "jason",
        Some("1.4.1"),
        &[],
        Some("priv/x.js"),
    ),
    (
        "pkg:pypi/Zope.Interface_.-X@6.0",
        "pkg:pypi/zope-interface-x@6.0",
        "zope-interface-x",
        Some("6.0"),
        &[],
        None,
    ),
    (
        "pkg:PyPI/requests@2.31.0?file_name=requests-2.31.0.tar.gz",
        "pkg:pypi/requests@2.31.0?file_name=requests-2.31.0.tar.gz",
        "requests",
        Some("2.31.0"),
        &[("file_name", "requests-2.31.0.tar.gz")],
        None,
    ),
    (
        "pkg:github/Rust-Lang/Cargo@0.80.0",
        "pkg:github/rust-lang/cargo@0.80.0",
        "rust-lang/cargo",
        Some("0.80.0"),
        &[],
        None,
    ),
    (
        "pkg://github/o/r@main#a/b",
        "pkg:github/o/r@main#a/b",
        "o/r",
        Some("main"),
        &[],
        Some("a/b"),
    ),
];

#[test]
fn our_cases_are_read_and_printed() {
    for (input, canonical, name, version, qualifiers, subpath) in CASES {
        let purl: Purl = input.parse().unwrap_or_else(|e| panic!("{input}: {e}"));
        assert_eq!(normal(&purl), *name, "{input}");
        assert_eq!(purl.version.as_deref(), *version, "{input}");
        let read: Vec<(&str, &str)> = purl
            .qualifiers
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        assert_eq!(read, *qualifiers, "{input}");
        assert_eq!(purl.subpath.as_deref(), *subpath, "{input}");
        assert_eq!(purl.to_string(), *canonical, "{input}");
        let again: Purl = canonical.parse().unwrap();
        assert_eq!(again.to_string(), *canonical);
    }
    for input in [
        "pkg:npm/a@1?in%20production=true",
        "pkg:cargo/",
        "pkg:/a",
        "cargo/a@1",
        "pkg:github/cargo",
    ] {
        assert!(input.parse::<Purl>().is_err(), "{input}");
    }
    let built = Purl::new(Ecosystem::Npm, "a", Some("1.0.0"));
    assert!(
        built
            .clone()
            .with_qualifier("in production", "true")
            .is_err()
    );
    let built = built.with_qualifier("Arch", "any").unwrap();
    assert_eq!(built.to_string(), "pkg:npm/a@1.0.0?arch=any");
}

/// The name as the specification normalises it; ours keeps the spelling of Python projects.
fn normal(purl: &Purl) -> String {
    match purl.ecosystem {
        Ecosystem::Pypi => registry_types::normalize_name(purl.ecosystem, &purl.name),
        _ => purl.name.clone(),
    }
}

#[test]
fn the_specifications_tests_pass() {
    let Some(place) = std::env::var_os("PURL_SPEC_TESTS") else {
        eprintln!("SKIPPED: PURL_SPEC_TESTS names no test data of the purl specification");
        return;
    };
    let place = Path::new(&place);
    let mut tests: Vec<Value> = Vec::new();
    if place.is_dir() {
        for ecosystem in Ecosystem::ALL {
            let file = place.join(format!("{ecosystem}-test.json"));
            let suite: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
            tests.extend(suite["tests"].as_array().unwrap().iter().cloned());
        }
    } else {
        let suite: Value = serde_json::from_slice(&std::fs::read(place).unwrap()).unwrap();
        let ours = suite.as_array().unwrap().iter().filter(|test| {
            let kind = test["type"].as_str().unwrap_or_default();
            kind.parse::<Ecosystem>().is_ok()
        });
        tests.extend(ours.flat_map(of_older_suite));
    }
    let mut differences = Vec::new();
    for test in &tests {
        let (got, wanted) = (answer(test), expected(test));
        if got != wanted && !keeps_case(test) {
            differences.push(format!("{}: {got:?} for {wanted:?}", test["input"]));
        }
    }
    let aside = tests.iter().filter(|test| keeps_case(test)).count();
    eprintln!(
        "purl-spec: {} tests, {} differences, {aside} about the case of npm names set aside",
        tests.len(),
        differences.len()
    );
    assert!(
        !tests.is_empty() && differences.is_empty(),
        "{differences:#?}"
    );
}

/// Old npm names have capitals, and `JSONStream` is another package than `jsonstream`.
fn keeps_case(test: &Value) -> bool {
    let input = test["input"].as_str().unwrap_or_default();
    let name = input.split(['?', '#', '@']).next().unwrap_or(input);
    name.strip_prefix("pkg:npm/")
        .is_some_and(|name| name.contains(|c: char| c.is_ascii_uppercase()))
}

/// One test of the suite before its types had files of their own, as those of today.
fn of_older_suite(test: &Value) -> Vec<Value> {
    let one = |kind: &str, input: &Value, output: &Value| {
        serde_json::json!({"test_type": kind, "input": input, "expected_output": output,
            "expected_failure": test["is_invalid"]})
    };
    let parts = serde_json::json!({"type": test["type"], "namespace": test["namespace"],
        "name": test["name"], "version": test["version"], "qualifiers": test["qualifiers"],
        "subpath": test["subpath"]});
    let canonical = &test["canonical_purl"];
    vec![
        one("parse", &test["purl"], &parts),
        one("roundtrip", &test["purl"], canonical),
        one("build", &parts, canonical),
    ]
}

fn expected(test: &Value) -> Option<Value> {
    match test["test_type"].as_str().unwrap() {
        _ if test["expected_failure"] == true => None,
        "validation" => Some(Value::from(
            test["expected_output"] == serde_json::json!([]),
        )),
        _ => Some(test["expected_output"].clone()),
    }
}

fn answer(test: &Value) -> Option<Value> {
    let input = &test["input"];
    match test["test_type"].as_str().unwrap() {
        "parse" => {
            let purl: Purl = input.as_str()?.parse().ok()?;
            let name = normal(&purl);
            let (namespace, name) = match name.rsplit_once('/') {
                Some((namespace, name)) => (Some(namespace), name),
                None => (None, name.as_str()),
            };
            let qualifiers = (!purl.qualifiers.is_empty()).then_some(&purl.qualifiers);
            Some(
                serde_json::json!({"type": purl.ecosystem.as_str(), "namespace": namespace,
                "name": name, "version": purl.version, "qualifiers": qualifiers,
                "subpath": purl.subpath}),
            )
        }
        "roundtrip" => {
            let purl: Purl = input.as_str()?.parse().ok()?;
            Some(Value::from(purl.to_string()))
        }
        "build" => {
            let text = |key: &str| input[key].as_str();
            let name = match text("namespace") {
                Some(namespace) => format!("{namespace}/{}", text("name")?),
                None => text("name")?.to_owned(),
            };
            let ecosystem = text("type")?.parse().ok()?;
            let mut purl = Purl::new(ecosystem, &name, text("version"));
            for (key, value) in input["qualifiers"].as_object().into_iter().flatten() {
                purl = purl.with_qualifier(key, value.as_str()?).ok()?;
            }
            purl.subpath = text("subpath").map(str::to_owned);
            Some(Value::from(purl.to_string()))
        }
        "validation" => Some(Value::from(input.as_str()?.parse::<Purl>().is_ok())),
        other => panic!("a test of the unknown kind {other}"),
    }
}
