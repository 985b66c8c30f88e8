//! A process that is killed in the middle of its writes.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use registry_store::{Bundle, Store};
use registry_types::{Ecosystem, SnippetKind};

use crate::support::{assert_stored, bundle, names, open, snippet};

const CHILD: &str = "STORE_CRASH_TEST_PATH";
const KILLS: u64 = 24;

/// Write number `n`: new packages, and now and then one of before again.
fn write(n: u64) -> Bundle {
    let name = format!("package{}", if n.is_multiple_of(5) { n / 2 } else { n });
    let mut put = bundle(
        Ecosystem::Cargo,
        &name,
        "1.0.0",
        &format!("write{n} of many"),
    );
    put.snippets = (0..n % 40)
        .map(|s| snippet(&format!("symbol{s}_of_{n}"), SnippetKind::Function))
        .collect();
    put
}

/// All that was written up to `n` must be there as it was last written.
fn verify(store: &Store, n: u64) {
    let generation = store.stats().unwrap().generation;
    assert!(
        generation == n || generation == n + 1,
        "{n} writes were acknowledged, the store has {generation}"
    );
    let mut last = std::collections::HashMap::new();
    for n in 1..=generation {
        let put = write(n);
        last.insert(put.package.name.clone(), put);
    }
    assert_eq!(store.stats().unwrap().packages, last.len() as u64);
    for put in last.values() {
        assert_stored(store, put);
    }
    let newest = write(generation);
    if generation > 0 {
        assert_eq!(
            names(store, &format!("write{generation}")),
            [newest.package.name]
        );
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_the_index_follows() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let mut acknowledged = 0;
    let mut pause = 7;
    for _ in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "crash::child_writes", "--ignored", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let numbers = lines.map_while(Result::ok);
        let mut numbers = numbers.filter_map(|line| line.strip_prefix("wrote ")?.parse().ok());
        // Uneven pauses, so that the kill meets every part of a write.
        pause = pause * 37 % 101;
        for _ in 0..pause % 5 {
            acknowledged = numbers.next().unwrap_or(acknowledged);
        }
        thread::sleep(Duration::from_micros(pause * 150));
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged = numbers.last().unwrap_or(acknowledged);
        let store = open(&path);
        verify(&store, acknowledged);
        acknowledged = store.stats().unwrap().generation;
    }
    assert!(acknowledged > KILLS, "only {acknowledged} writes");
    let store = open(&path);
    let report = store.check().unwrap();
    assert!(report.is_ok(), "{report:?}");
}

#[test]
#[ignore = "the process that is killed"]
fn child_writes() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let store = open(Path::new(&path));
    let first = store.stats().unwrap().generation + 1;
    for n in first.. {
        store.put(&write(n)).unwrap();
        println!("wrote {n}");
    }
}

#[test]
fn a_reindex_that_was_killed_is_done_again() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("cache.redb");
    let store = open(&path);
    let all: Vec<Bundle> = (1..=60).map(write).collect();
    for put in &all {
        store.put(put).unwrap();
    }
    let before = names(&store, "many");
    store.close().unwrap();
    for round in 0..8 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "crash::child_reindexes",
                "--ignored",
                "--nocapture",
            ])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        lines.map_while(Result::ok).find(|line| line == "begins");
        thread::sleep(Duration::from_millis(round * 7));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = open(&path);
        assert_eq!(names(&store, "many"), before);
        assert_eq!(names(&store, "write60"), [write(60).package.name]);
        let report = store.check().unwrap();
        assert!(report.is_ok(), "{report:?}");
    }
}

#[test]
#[ignore = "the process that is killed"]
fn child_reindexes() {
    let Some(path) = std::env::var_os(CHILD) else {
        return;
    };
    let store = open(Path::new(&path));
    println!("begins");
    loop {
        store.reindex().unwrap();
    }
}
