//! Help, wrong usage and errors.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use std::process::Stdio;
use std::time::Duration;

use common::{Ran, Setup, program};

#[test]
fn help_names_every_command() {
    let directory = tempfile::tempdir().unwrap();
    let ran = Ran::new(program(directory.path()).arg("--help").output().unwrap());
    assert_eq!(ran.code, Some(0));
    for command in [
        "collect",
        "search",
        "snippets",
        "search-snippets",
        "show",
        "docs",
        "advisories",
        "list",
        "stats",
        "delete",
        "reindex",
        "check",
        "compact",
    ] {
        let named = ran
            .out
            .lines()
            .any(|line| line.trim_start().starts_with(command));
        assert!(named, "{command} is missing in\n{}", ran.out);
    }
    let ran = Ran::new(program(directory.path()).output().unwrap());
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("Usage:"));
}

#[test]
fn wrong_usage_is_status_2_and_one_line() {
    let setup = Setup::new();
    for (arguments, word) in [
        (&["serach", "x"][..], "serach"),
        (&["search"], "QUERY"),
        (&["search", "x", "--bogus"], "--bogus"),
        (&["collect"], "PACKAGE"),
        (&["collect", "ember-rt"], "--ecosystem"),
        (&["collect", "-e", "gem", "rails"], "gem"),
        (&["collect", "pkg:gem/rails"], "gem"),
        (
            &["collect", "pkg:cargo/x@1.0.0", "--version", "2.0.0"],
            "--version",
        ),
        (&["collect", "-e", "cargo", "no such name"], "no such name"),
        (
            &["collect", "-e", "cargo", "x", "--version", "not a version"],
            "not a version",
        ),
        (
            &["collect", "-e", "npm", "x", "--timeout", "1h"],
            "--timeout",
        ),
        (
            &[
                "collect",
                "-e",
                "npm",
                "x",
                "--endpoint",
                "nmp=http://127.0.0.1/",
            ],
            "nmp",
        ),
        (&["snippets", "x", "--kind", "verb"], "verb"),
        (&["stats", "--limits", "row=1"], "row"),
    ] {
        let ran = setup.run(arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out, "");
        let error = ran.error();
        assert!(error.starts_with("error[invalid_argument]: "), "{error}");
        assert!(error.contains(word), "{error}");
    }
    assert!(!setup.store().exists(), "wrong usage makes no store");
}

#[test]
fn a_question_to_no_store_makes_none() {
    let setup = Setup::new();
    for arguments in [
        &["stats"][..],
        &["search", "x"],
        &["list"],
        &["show", "pkg:npm/x"],
    ] {
        let ran = setup.run(arguments);
        assert_eq!(ran.code, Some(1));
        assert!(ran.error().starts_with("error[not_found]: no store at "));
        assert!(!setup.store().exists());
    }
}

#[test]
fn failures_of_a_collect_are_status_1_and_one_line() {
    let setup = Setup::new();
    for (arguments, kind, word) in [
        (&["pkg:cargo/unheard-of"][..], "not_found", "unheard-of"),
        (&["pkg:cargo/ember-rt@7.7.7"], "version_not_found", "7.7.7"),
        (&["pkg:hex/impostor"], "integrity", "impostor"),
    ] {
        let arguments: Vec<&str> = ["collect"].iter().chain(arguments).copied().collect();
        let ran = setup.run(&arguments);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert_eq!(ran.out, "");
        let error = ran.error();
        assert!(error.starts_with(&format!("error[{kind}]: ")), "{error}");
        assert!(error.contains(word), "{error}");
    }
    setup.fixture.control("corrupt /cargo/dl/*");
    let ran = setup.run(&["collect", "pkg:cargo/ember-rt"]);
    assert!(ran.error().starts_with("error[integrity]: "));
    assert_eq!(
        setup.json(&["stats"])[0]["packages"],
        0,
        "nothing was stored"
    );
}

#[test]
fn a_collect_that_takes_too_long_says_so() {
    let setup = Setup::new();
    setup.fixture.control("hang /cargo/index/config.json");
    let ran = setup.run(&["collect", "pkg:cargo/ember-rt", "--timeout", "300ms"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.error().starts_with("error[timeout]: "), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn an_interrupt_cancels() {
    let setup = Setup::new();
    setup.fixture.control("hang /cargo/index/config.json");
    let child = setup
        .command(&["collect", "pkg:cargo/ember-rt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    while setup.fixture.count("/cargo/index/config.json") == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success());
    let ran = Ran::new(child.wait_with_output().unwrap());
    assert_eq!(ran.code, Some(1));
    assert!(ran.error().starts_with("error[cancelled]: "), "{}", ran.err);
}

#[test]
fn a_store_that_another_process_has_open_is_named() {
    let setup = Setup::new();
    let options = registry_store::StoreOptions::default();
    let opened = registry_store::Store::open(setup.store(), &options).unwrap();
    let ran = setup.run(&["stats"]);
    assert_eq!(ran.code, Some(1));
    let error = ran.error();
    assert!(error.starts_with("error[store_locked]: "), "{error}");
    assert!(error.contains("store.redb"), "{error}");
    opened.store.close().unwrap();
}

#[test]
fn a_file_that_is_no_store_is_kept_aside() {
    let setup = Setup::new();
    std::fs::write(setup.store(), "no store at all".repeat(1000)).unwrap();
    let ran = setup.run(&["stats", "--json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.error().starts_with("warning: "), "{}", ran.err);
    assert!(ran.err.contains("kept as"), "{}", ran.err);
    assert_eq!(ran.json()[0]["packages"], 0);
}
