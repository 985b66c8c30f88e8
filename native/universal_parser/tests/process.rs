//! The worker as a process: what it inherits, and when it ends. In a file of its own, so that its
//! children are the only ones.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use parser_pool::{PoolOptions, WorkerPool};
use registry_types::ParseRequest;

const PROGRAM: &str = env!("CARGO_BIN_EXE_universal-parser");

fn child() -> Option<u32> {
    let own = format!("PPid:\t{}\n", std::process::id());
    let names = fs::read_dir("/proc")
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let mut pids = names.filter_map(|name| name.into_string().unwrap().parse::<u32>().ok());
    pids.find(|pid| {
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        status.contains(&own) && status.starts_with("Name:\tuniversal-parse")
    })
}

fn is_alive(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z ")
}

fn soon(what: impl Fn() -> bool) -> bool {
    let patience = Instant::now() + Duration::from_secs(5);
    while !what() && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(10));
    }
    what()
}

#[test]
fn it_holds_nothing_of_its_parent_and_ends_with_it() {
    holds_nothing();
    ends_with_its_parent();
}

fn holds_nothing() {
    let pool = WorkerPool::new(PoolOptions {
        workers: 1,
        ..PoolOptions::new(PROGRAM)
    });
    let request = ParseRequest {
        id: 1,
        path: "a.rs".into(),
        package: "p".into(),
        source: Vec::new(),
        timeout_ms: 500,
    };
    pool.parse(vec![request], &|| false, &mut |_| {}).unwrap();
    let pid = child().unwrap();
    let read = |name: &str| fs::read(format!("/proc/{pid}/{name}")).unwrap();
    assert_eq!(read("environ"), b"", "the environment may hold secrets");
    let limits = String::from_utf8(read("limits")).unwrap();
    let limit = |name: &str| limits.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(limit("Max address space").contains("2147483648"));
    assert!(limit("Max core file size").contains(" 0 "));
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd")).unwrap();
    let descriptors: Vec<_> = descriptors
        .map(|entry| fs::read_link(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(descriptors.len(), 3, "{descriptors:?}");
    drop(pool);
    assert!(
        !Path::new(&format!("/proc/{pid}")).exists(),
        "dropping the pool ends its workers"
    );
}

/// Killed without a chance to clean up, the parent takes the worker along although the pipe to
/// its stdin stays open.
fn ends_with_its_parent() {
    let script = "exec 3<&0; \"$0\" --worker <&3 & echo $!; wait";
    let mut parent = Command::new("/bin/sh")
        .args(["-c", script, PROGRAM])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(parent.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let pid: u32 = line.trim().parse().unwrap();
    let limits = || fs::read_to_string(format!("/proc/{pid}/limits")).unwrap_or_default();
    assert!(soon(|| limits().contains("2147483648")));
    std::thread::sleep(Duration::from_millis(100));
    assert!(is_alive(pid));
    parent.kill().unwrap();
    assert!(soon(|| !is_alive(pid)), "the worker outlives its parent");
    parent.wait().unwrap();
}
