//! Collect, then ask: what people see and what programs get.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::process::Stdio;

use common::{Ran, Setup};
use serde_json::Value;

/// One store with a package of each ecosystem, asked in every way. One test, since the collect
/// costs more than all the questions.
#[test]
fn a_package_of_each_ecosystem() {
    let setup = Setup::new();
    let collected = setup.json(&[
        "collect",
        "pkg:cargo/ember-rt@1.0.0",
        "pkg:npm/%40ember/ui",
        "--package",
        "pkg:hex/ember_router",
        "-p",
        "pkg:pypi/ember-client",
    ]);
    let purls: Vec<&str> = collected
        .iter()
        .map(|r| r["purl"].as_str().unwrap())
        .collect();
    assert_eq!(
        purls,
        [
            "pkg:cargo/ember-rt@1.0.0",
            "pkg:npm/%40ember/ui@2.0.0",
            "pkg:hex/ember_router@1.1.0",
            "pkg:pypi/ember-client@2.0"
        ],
        "in the order in which they were asked for"
    );
    for release in &collected {
        assert!(release["snippet_count"].as_u64().unwrap() > 0, "{release}");
        assert!(release["timings"]["total"].is_u64());
        assert_eq!(release["not_modified"], false);
    }

    search(&setup);
    snippets(&setup);
    show(&setup);
    docs(&setup);
    advisories(&setup);
    dependencies(&setup);
    advice(&setup);
    list_and_stats(&setup);
    a_reader_that_leaves(&setup);
    upkeep(&setup);
    delete(&setup);
}

fn search(setup: &Setup) {
    let hits = setup.json(&[
        "search",
        "async runtime",
        "--ecosystem",
        "cargo",
        "--explain",
    ]);
    assert_eq!(hits[0]["package"]["name"], "ember-rt");
    assert_eq!(hits[0]["purl"], "pkg:cargo/ember-rt");
    assert!(!hits[0]["why"].as_array().unwrap().is_empty());
    assert_eq!(
        setup.json(&["search", "async runtime", "-e", "hex"]).len(),
        0
    );

    let ran = setup.run(&["search", "async runtime"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.starts_with("ember-rt"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "no colours in a pipe");

    let ran = setup.run(&["search", "zzzzqqqq"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    assert_eq!(ran.error(), "nothing found");
    let ran = setup.run(&["search", " "]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.error().starts_with("error[invalid_argument]: "));
    let ran = setup.run(&["search", &"x".repeat(2000)]);
    assert!(
        ran.error().starts_with("error[limit_exceeded]: "),
        "{}",
        ran.err
    );
}

fn snippets(setup: &Setup) {
    let found = setup.json(&["snippets", "ember-rt", "--kind", "function"]);
    assert!(!found.is_empty());
    for snippet in &found {
        assert_eq!(snippet["kind"], "function");
        assert_eq!(snippet["package"], "ember-rt");
        assert_eq!(snippet["version"], "1.0.0");
        assert_eq!(snippet["ecosystem"], "cargo");
        assert_eq!(snippet["visibility"], "public");
    }
    let spawn = found.iter().find(|s| s["name"] == "spawn").unwrap();
    let one = setup.json(&["snippets", "pkg:cargo/ember-rt@1.0.0", "--limit", "1"]);
    assert_eq!(one.len(), 1);

    let hits = setup.json(&["search-snippets", "spawn task", "-p", "pkg:cargo/ember-rt"]);
    assert!(hits.iter().any(|hit| hit["name"] == "spawn"), "{hits:?}");
    assert!(hits[0]["score"].as_f64().unwrap() > 0.0);

    let hits = setup.json(&["search-snippets", "-> JoinHandle", "--explain"]);
    assert_eq!(hits[0]["name"], "spawn", "{hits:?}");
    assert_eq!(hits[0]["matched"], serde_json::json!(["types"]));
    assert_eq!(hits[0]["missing"], serde_json::json!([]));
    assert!(hits[0]["why"][0]["part"].is_string());
    let ran = setup.run(&["search-snippets", "spawn", "--explain"]);
    assert!(ran.out.contains("coverage"), "{}", ran.out);
    let ran = setup.run(&["search-snippets", "spawn kind:thing"]);
    let refused = "error[invalid_argument]: ";
    assert!(ran.error().starts_with(refused), "{}", ran.err);

    let ran = setup.run(&["snippets", "ember-rt", "-k", "function", "--source"]);
    let signature = spawn["signature"].as_str().unwrap();
    assert!(ran.out.contains(signature), "{}", ran.out);
    let ran = setup.run(&["snippets", "ember-rt", "--version", "9.9.9"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.error().starts_with("error[version_not_found]: "),
        "{}",
        ran.err
    );
}

fn show(setup: &Setup) {
    let package = &setup.json(&["show", "ember-rt"])[0];
    assert_eq!(package["purl"], "pkg:cargo/ember-rt");
    assert_eq!(package["latest_stable_version"], "1.2.0");
    assert_eq!(package["stored"], serde_json::json!(["1.0.0"]));
    let release = &setup.json(&["show", "ember-rt", "--version", "^1"])[0];
    assert_eq!(release["version"], "1.0.0");
    assert!(release["checksum"].as_str().unwrap().starts_with("sha256:"));

    let ran = setup.run(&["show", "ember-rt"]);
    assert!(ran.out.starts_with("ember-rt 1.2.0 cargo\n"), "{}", ran.out);
    assert!(ran.out.contains("123,456 in all"), "{}", ran.out);
    assert!(ran.out.contains("0.9.0 (yanked)"), "{}", ran.out);
    let ran = setup.run(&["show", "pkg:npm/%40ember/ui@2.0.0", "--readme"]);
    assert!(ran.out.starts_with("@ember/ui 2.0.0 npm\n"), "{}", ran.out);
    assert!(ran.out.contains("needs beside"), "{}", ran.out);
    let ran = setup.run(&["show", "unheard-of"]);
    assert!(ran.error().starts_with("error[not_found]: "), "{}", ran.err);
}

fn docs(setup: &Setup) {
    let documents = setup.json(&["docs", "ember-rt"]);
    assert_eq!(documents[0]["kind"], "readme");
    assert!(
        documents.iter().any(|d| d["kind"] == "changelog"),
        "{documents:?}"
    );
    let readme = documents[0]["text"].as_str().unwrap();
    let ran = setup.run(&["docs", "ember-rt"]);
    assert_eq!(ran.out.trim_end(), readme.trim_end());
    let ran = setup.run(&["docs", "ember-rt", "--list"]);
    assert!(ran.out.contains("CHANGELOG.md"), "{}", ran.out);
    let ran = setup.run(&["docs", "ember-rt", "--path", "CHANGELOG.md"]);
    assert_eq!(ran.code, Some(0));
    let ran = setup.run(&["docs", "ember-rt", "--path", "nothing.md"]);
    assert!(ran.error().starts_with("error[not_found]: "), "{}", ran.err);
}

fn advisories(setup: &Setup) {
    let found = setup.json(&["advisories", "pkg:cargo/ember-rt@1.0.0"]);
    assert_eq!(found[0]["id"], "RUSTSEC-2024-9001");
    assert_eq!(found[0]["package"], "ember-rt");
    let ran = setup.run(&["advisories", "ember-rt"]);
    assert!(ran.out.contains("fixed in 1.1.0"), "{}", ran.out);
}

fn list_and_stats(setup: &Setup) {
    let names = |found: &[Value]| -> Vec<String> {
        found
            .iter()
            .map(|p| p["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(setup.json(&["list"]).len(), 4);
    assert_eq!(
        names(&setup.json(&["list", "-e", "pypi"])),
        ["ember-client"]
    );
    let ran = setup.run(&["list", "--limit", "3"]);
    assert_eq!(ran.out.lines().count(), 3);
    let cursor = ran.error().strip_prefix("more: list --after ").unwrap();
    assert_eq!(setup.json(&["list", "--after", cursor]).len(), 1);

    let stats = &setup.json(&["stats"])[0];
    assert_eq!(
        (&stats["packages"], &stats["releases"]),
        (&4.into(), &4.into())
    );
    let ran = setup.run(&["stats"]);
    assert!(ran.out.contains("store.redb"), "{}", ran.out);
}

/// `… | head`: the pipe is closed before anything is written.
fn a_reader_that_leaves(setup: &Setup) {
    for arguments in [
        &["snippets", "ember-rt", "--source"][..],
        &["list", "--json"],
        &["--help"],
    ] {
        let mut child = setup
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ran = Ran::new(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

fn upkeep(setup: &Setup) {
    assert_eq!(setup.json(&["check"])[0]["ok"], true);
    assert_eq!(setup.json(&["reindex"])[0]["packages"], 4);
    assert!(setup.json(&["compact"])[0]["bytes_after"].is_u64());
    let ran = setup.run(&["check"]);
    assert!(ran.out.ends_with("all intact\n"), "{}", ran.out);
    assert_eq!(
        setup.json(&["search", "async runtime"])[0]["package"]["name"],
        "ember-rt"
    );
}

fn delete(setup: &Setup) {
    let ran = setup.run(&["delete", "ember-rt"]);
    assert_eq!(ran.code, Some(2), "all releases must be asked for");
    assert_eq!(
        setup.json(&["delete", "ember-rt", "--all"])[0]["deleted"],
        1
    );
    let ran = setup.run(&["delete", "pkg:npm/%40ember/ui@2.0.0"]);
    assert_eq!(ran.out, "deleted 1 release of @ember/ui\n");
    assert_eq!(setup.json(&["list"]).len(), 2);
    let ran = setup.run(&["delete", "ember-rt", "--all"]);
    assert_eq!(ran.code, Some(1));
}

#[test]
fn some_may_fail_while_others_are_collected() {
    let setup = Setup::new();
    let ran = setup.run(&[
        "collect",
        "--json",
        "-e",
        "cargo",
        "ember-rt@1.2.0",
        "unheard-of",
        "http_cache",
    ]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.error().starts_with("error[not_found]: "), "{}", ran.err);
    let names: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["name"].clone())
        .collect();
    assert_eq!(names, ["ember-rt", "http_cache"]);
}

#[test]
fn people_get_a_line_for_each_release() {
    let setup = Setup::new();
    let ran = setup.run(&[
        "collect",
        "--ecosystem",
        "cargo",
        "--package",
        "ember-rt",
        "--version",
        "1.0.0",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let first = ran.out.lines().next().unwrap();
    assert!(first.starts_with("ember-rt 1.0.0 cargo  "), "{first}");
    assert!(
        first.contains(" snippet") && first.contains("1 advisory"),
        "{first}"
    );
    assert!(ran.out.contains("network "), "{}", ran.out);
    assert_eq!(ran.err, "", "no bars where there is no terminal");
    let again = setup.run(&["collect", "pkg:cargo/ember-rt@1.0.0"]);
    assert!(again.out.contains("unchanged"), "{}", again.out);
}

#[test]
fn strangers_text_does_not_reach_the_terminal_as_it_is() {
    let setup = Setup::new();
    setup.fixture.control(
        "body /cargo/api/v1/crates/ember-rt application/json {\"crate\":{\"id\":\"ember-rt\",\"name\":\"ember-rt\",\"description\":\"evil \\u001b]0;title\\u0007 \\u009b31m text\"}}",
    );
    let ran = setup.run(&["collect", "pkg:cargo/ember-rt"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for arguments in [
        &["show", "ember-rt"][..],
        &["list"],
        &["search", "ember-rt"],
        &["show", "ember-rt", "--json"],
        &["docs", "ember-rt"],
    ] {
        let ran = setup.run(arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!ran.out.contains(control), "{arguments:?}: {:?}", ran.out);
    }
}

#[test]
fn two_releases_are_compared() {
    let setup = Setup::new();
    let shape = ["pkg:cargo/ember-shape@1.0.0", "pkg:cargo/ember-shape@1.1.0"];
    setup.json(&["collect", shape[0], shape[1]]);
    let diff = &setup.json(&["compare-api", "ember-shape", "--from", "1.0.0"])[0];
    assert_eq!(diff["purl"], "pkg:cargo/ember-shape");
    assert_eq!(
        (&diff["from"], &diff["to"]),
        (&"1.0.0".into(), &"1.1.0".into())
    );
    assert_eq!(diff["removed"][0]["qualified_name"], "ember_shape::leave");
    assert_eq!(diff["removed"][0]["impact"], "breaking");
    assert_eq!(diff["verdict"]["expected"], "major");
    assert_eq!(diff["verdict"]["allowed"], false);
    assert_eq!(diff["incomplete"], serde_json::json!([]));

    let arguments = [
        "compare-api",
        "-p",
        "ember-shape",
        "--from",
        "1.0.0",
        "--to",
        "1.1.0",
    ];
    let ran = setup.run(&arguments);
    for line in [
        "ember-shape 1.0.0 to 1.1.0  cargo",
        "removed (1)",
        "ember_shape::scale  function  breaking: takes 3 parameters instead of 2",
        "not allowed: ",
    ] {
        assert!(ran.out.contains(line), "{line} in {}", ran.out);
    }
    let ran = setup.run(&["snippets", "ember-shape"]);
    for line in [
        "ember_shape::shift  function, deprecated",
        "also ember_shape::units::Meter",
    ] {
        assert!(ran.out.contains(line), "{line} in {}", ran.out);
    }
    let ran = setup.run(&["compare-api", "ember-shape", "--from", "0.1.0"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.error().starts_with("error[version_not_found]: "),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("--version 0.1.0"), "{}", ran.err);
}

fn dependencies(setup: &Setup) {
    let tree = &setup.json(&["dependency-chain", "ember-rt"])[0];
    assert_eq!(tree["nodes"][0]["version"], "1.0.0");
    assert_eq!(tree["nodes"][1]["missing"], "package");
    let ran = setup.run(&["dependency-chain", "ember-rt"]);
    assert!(
        ran.out.contains("├── mio (not stored)  (^1.0)"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("RUSTSEC-2024-9001"), "{}", ran.out);
    let ran = setup.run(&["dependency-chain", "ember-rt", "--format", "svg"]);
    assert!(
        ran.out.starts_with("<svg ") && ran.out.ends_with("</svg>\n"),
        "{}",
        ran.out
    );
    let ran = setup.run(&["dependency-chain", "ember-rt", "--format", "png"]);
    assert_eq!(ran.code, Some(2));

    let way = &setup.json(&["dependency-paths", "ember-rt", "pkg:cargo/mio"])[0];
    assert_eq!(way["path"][1]["requirement"], "^1.0");
    let ran = setup.run(&["dependency-paths", "ember-rt", "pkg:cargo/serde"]);
    assert_eq!(
        (ran.code, ran.error().starts_with("error[not_found]: ")),
        (Some(1), true)
    );

    let needs = setup.json(&["dependents", "pkg:cargo/mio"]);
    assert_eq!(needs[0]["purl"], "pkg:cargo/ember-rt");
    assert_eq!(
        setup.json(&["replacements", "ember-rt"]),
        Vec::<Value>::new()
    );
}

fn advice(setup: &Setup) {
    let asked = ["recommend-version", "ember-rt", "--current", "1.0.0"];
    let advice = &setup.json(&asked)[0];
    assert_eq!(advice["purl"], "pkg:cargo/ember-rt@1.2.0");
    assert_eq!(advice["smallest_upgrade"], "1.1.0");
    let ran = setup.run(&asked);
    assert!(ran.out.contains("RUSTSEC-2024-9001"), "{}", ran.out);
    let ran = setup.run(&["recommend-version", "ember-rt", "--runtime", "node"]);
    assert!(ran.error().contains("node=18"), "{}", ran.err);

    let best = &setup.json(&["recommend", "async runtime", "-e", "cargo"])[0];
    assert_eq!(best["purl"], "pkg:cargo/ember-rt");
    let quality = &setup.json(&["quality", "ember-rt"])[0];
    assert!(quality["score"].as_f64().unwrap() > 0.0);
    let ran = setup.run(&["quality", "ember-rt"]);
    assert!(
        ran.out.contains("recent_downloads: 4567 in 90 days"),
        "{}",
        ran.out
    );
    let ran = setup.run(&["frameworks", "ember-rt"]);
    assert!(ran.out.contains("no known framework"), "{}", ran.out);
}
