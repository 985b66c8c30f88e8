//! The pool against workers that misbehave: each is a shell script of a line or two.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parser_pool::{PoolOptions, WorkerPool};
use registry_types::{ErrorKind, ParseAnswer, ParseFailureKind, ParseRequest};

/// An answer to request 0: no snippets.
const ANSWER: &str = r"printf '\12\0\0\0\0\0\0\0\0\0\0\0\0\0'";
/// Reads one of our requests: 24 bytes, of which 10 are the source.
const READ: &str = "head -c 24 >/dev/null";

struct Script {
    directory: tempfile::TempDir,
}

impl Script {
    fn new(lines: &str) -> Self {
        let script = Self {
            directory: tempfile::tempdir().unwrap(),
        };
        let home = script.directory.path().display();
        let text = format!("#!/bin/sh\nPATH=/usr/bin:/bin\ncd {home}\n{lines}\n");
        fs::write(script.path(), text).unwrap();
        fs::set_permissions(script.path(), fs::Permissions::from_mode(0o755)).unwrap();
        script
    }

    /// Answers each request with no snippets.
    fn honest() -> Self {
        Self::new(&format!(
            "while [ $(head -c 24 | wc -c) = 24 ]; do {ANSWER}; done"
        ))
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("worker")
    }

    fn pool(&self, workers: usize) -> WorkerPool {
        let options = PoolOptions::new(self.path());
        let kill_after = Duration::from_millis(300);
        WorkerPool::new(PoolOptions {
            workers,
            kill_after,
            ..options
        })
    }

    /// One worker that is never killed for being late.
    fn patient_pool(&self) -> WorkerPool {
        let options = PoolOptions::new(self.path());
        let kill_after = Duration::from_secs(100);
        WorkerPool::new(PoolOptions {
            workers: 1,
            kill_after,
            ..options
        })
    }
}

fn requests(count: usize, size: usize) -> Vec<ParseRequest> {
    let request = |_| ParseRequest {
        id: 0,
        path: "a.rs".into(),
        package: "p".into(),
        source: vec![b' '; size],
        timeout_ms: 0,
    };
    (0..count).map(request).collect()
}

fn parse(pool: &WorkerPool, requests: Vec<ParseRequest>) -> Vec<ParseAnswer> {
    let mut answers = Vec::new();
    pool.parse(requests, &|| false, &mut |answer| answers.push(answer))
        .unwrap();
    answers
}

/// The causes of death of `count` files.
fn causes(lines: &str, count: usize) -> Vec<String> {
    let script = Script::new(lines);
    let answers = parse(&script.pool(2), requests(count, 10));
    let cause = |answer: ParseAnswer| {
        let failure = answer.outcome.unwrap_err();
        assert_eq!(failure.kind, ParseFailureKind::WorkerDied);
        failure.message
    };
    answers.into_iter().map(cause).collect()
}

/// Children of this process that nobody has waited for.
fn zombies() -> usize {
    let own = std::process::id().to_string();
    let is_ours = |stat: &String| {
        let Some((_, rest)) = stat.rsplit_once(") ") else {
            return false;
        };
        let mut fields = rest.split(' ');
        fields.next() == Some("Z") && fields.next() == Some(&own)
    };
    let processes = fs::read_dir("/proc").unwrap();
    let stats = processes.filter_map(|p| fs::read_to_string(p.ok()?.path().join("stat")).ok());
    stats.filter(is_ours).count()
}

fn soon(what: impl Fn() -> bool) -> bool {
    let patience = Instant::now() + Duration::from_secs(5);
    while !what() && Instant::now() < patience {
        std::thread::sleep(Duration::from_millis(10));
    }
    what()
}

#[test]
fn answers_come_back() {
    let script = Script::honest();
    let pool = script.pool(2);
    assert_eq!(pool.workers(), 0);
    let answers = parse(&pool, requests(9, 10));
    assert_eq!(answers.len(), 9);
    assert!(answers.iter().all(|answer| {
        answer
            .outcome
            .as_ref()
            .is_ok_and(|outline| outline.items.is_empty())
    }));
    assert!((1..=2).contains(&pool.workers()));
    pool.close();
    assert_eq!(pool.workers(), 0);
    let error = pool
        .parse(requests(1, 1), &|| false, &mut |_| {})
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Cancelled);
}

#[test]
fn a_crash_costs_its_file_and_names_the_signal() {
    assert_eq!(causes("kill -SEGV $$", 3), ["crashed (SIGSEGV)"; 3]);
    assert_eq!(
        causes("head -c 1 >/dev/null; exit 3", 2),
        ["the worker exited with code 3"; 2]
    );
    assert_eq!(
        causes("exit 86", 1),
        ["out of memory: it needs more than 2048 MiB"]
    );
}

#[test]
fn a_hanging_worker_is_killed_and_reaped() {
    let start = Instant::now();
    assert_eq!(causes("exec sleep 1000", 2), ["killed after 0.3 s"; 2]);
    assert_eq!(
        causes("trap '' TERM; exec cat >/dev/null", 1),
        ["killed: it closed its pipes"]
    );
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    assert!(soon(|| zombies() == 0), "{} zombies", zombies());
}

#[test]
fn nonsense_is_a_death() {
    let cause = |lines: &str| causes(lines, 1).remove(0);
    assert_eq!(
        cause(&format!("{READ}; exec yes")),
        "killed: it sent a frame too long"
    );
    let garbage = cause(&format!(r"{READ}; printf '\2\0\0\0\377\377'; sleep 5"));
    assert_eq!(garbage, "killed: it sent a frame that cannot be read");
    let other = cause(&format!(
        r"{READ}; printf '\12\0\0\0\7\0\0\0\0\0\0\0\0\0'; sleep 5"
    ));
    assert_eq!(other, "killed: it answered another request");
}

#[test]
fn full_pipes_do_not_block() {
    // Never reads, and writes more than a pipe holds.
    let script = Script::new("head -c 10000000 /dev/zero; exec sleep 100");
    let start = Instant::now();
    let answers = parse(&script.pool(1), requests(1, 1024 * 1024));
    assert!(answers[0].outcome.is_err());
    assert!(start.elapsed() < Duration::from_secs(3));
}

#[test]
fn a_used_worker_that_dies_gets_its_file_a_second_try() {
    // Serves one file per life.
    let script = Script::new(&format!("{READ}; {ANSWER}; head -c 1 >/dev/null"));
    let answers = parse(&script.pool(1), requests(4, 10));
    assert!(
        answers.iter().all(|answer| answer.outcome.is_ok()),
        "{answers:?}"
    );
}

#[test]
fn after_many_deaths_the_rest_is_given_up() {
    let script = Script::new("echo >>lives; exit 1");
    let answers = parse(&script.pool(2), requests(500, 10));
    assert_eq!(answers.len(), 500);
    let lives = fs::read(script.directory.path().join("lives"))
        .unwrap()
        .len();
    assert!((32..=33).contains(&lives), "{lives}");
}

#[test]
fn cancelled_calls_return_at_once_and_free_the_worker() {
    let script = Script::new("exec sleep 1000");
    let pool = script.patient_pool();
    let flag = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(100));
            flag.store(true, Ordering::Relaxed);
        });
        let cancelled = || flag.load(Ordering::Relaxed);
        let error = pool
            .parse(requests(5, 10), &cancelled, &mut |_| {})
            .unwrap_err();
        assert_eq!(error.kind, ErrorKind::Cancelled);
    });
    assert!(soon(|| pool.workers() == 0));
}

#[test]
fn closing_ends_calls_in_progress() {
    let script = Script::new("exec sleep 1000");
    let pool = script.patient_pool();
    for files in [1, 3] {
        let pool = if files == 1 {
            &script.patient_pool()
        } else {
            &pool
        };
        std::thread::scope(|scope| {
            let call = scope.spawn(move || pool.parse(requests(files, 10), &|| false, &mut |_| {}));
            std::thread::sleep(Duration::from_millis(100));
            let start = Instant::now();
            pool.close();
            assert_eq!(call.join().unwrap().unwrap_err().kind, ErrorKind::Cancelled);
            assert!(start.elapsed() < Duration::from_secs(2));
        });
    }
}

#[test]
fn batches_take_turns() {
    let script = Script::new(&format!(
        "while [ $(head -c 24 | wc -c) = 24 ]; do sleep 0.02; {ANSWER}; done"
    ));
    let pool = script.pool(1);
    std::thread::scope(|scope| {
        let large = scope.spawn(|| {
            parse(&pool, requests(60, 10));
            Instant::now()
        });
        std::thread::sleep(Duration::from_millis(200));
        parse(&pool, requests(3, 10));
        let small = Instant::now();
        assert!(
            small < large.join().unwrap(),
            "the small batch waited for the large one"
        );
    });
}

#[test]
fn a_missing_program_is_named() {
    let pool = WorkerPool::new(PoolOptions::new("/nonexistent/universal-parser"));
    let error = pool
        .parse(requests(3, 10), &|| false, &mut |_| {})
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unconfigured);
    assert!(
        error.message.contains("/nonexistent/universal-parser"),
        "{error}"
    );
}

#[test]
fn idle_workers_are_ended() {
    let script = Script::honest();
    let options = PoolOptions::new(script.path());
    let idle_after = Duration::from_millis(100);
    let pool = WorkerPool::new(PoolOptions {
        workers: 1,
        idle_after,
        ..options
    });
    parse(&pool, requests(2, 10));
    assert!(soon(|| pool.workers() == 0));
    assert_eq!(parse(&pool, requests(2, 10)).len(), 2);
}

#[test]
fn a_panicking_callback_leaves_the_pool_usable() {
    let script = Script::honest();
    let pool = script.pool(1);
    let call = std::panic::AssertUnwindSafe(|| {
        let _ = pool.parse(requests(50, 10), &|| false, &mut |_| panic!("on purpose"));
    });
    assert!(std::panic::catch_unwind(call).is_err());
    assert_eq!(parse(&pool, requests(2, 10)).len(), 2);
}
