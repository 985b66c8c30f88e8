//! The pool with the real worker: ordinary files, and every input known to hang a grammar of
//! these languages or to eat its memory.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::HashMap;
use std::time::{Duration, Instant};

use parser_pool::{PoolOptions, WorkerPool};
use registry_types::{ParseAnswer, ParseFailureKind, ParseRequest};

const PATHS: [&str; 9] = [
    "a.rs", "a.js", "a.ts", "a.tsx", "a.py", "a.ex", "a.erl", "a.c", "a.cpp",
];

fn options() -> PoolOptions {
    PoolOptions::new(env!("CARGO_BIN_EXE_universal-parser"))
}

fn request(id: u64, path: &str, source: impl Into<Vec<u8>>) -> ParseRequest {
    let (path, source) = (path.to_owned(), source.into());
    ParseRequest {
        id,
        path,
        package: "p".to_owned(),
        source,
        timeout_ms: 300,
    }
}

fn parse(pool: &WorkerPool, requests: Vec<ParseRequest>) -> HashMap<u64, ParseAnswer> {
    let mut answers = HashMap::new();
    let count = requests.len();
    pool.parse(requests, &|| false, &mut |answer| {
        assert!(
            answers.insert(answer.id, answer).is_none(),
            "answered twice"
        );
    })
    .unwrap();
    assert_eq!(answers.len(), count);
    answers
}

fn failure(answer: &ParseAnswer) -> (ParseFailureKind, &str) {
    let failure = answer.outcome.as_ref().unwrap_err();
    (failure.kind, &failure.message)
}

#[test]
fn ordinary_files_come_back_as_snippets() {
    let pool = WorkerPool::new(options());
    let files = (0..200).map(|id| request(id, "src/lib.rs", format!("pub fn f{id}() {{}}")));
    let answers = parse(&pool, files.collect());
    for (id, answer) in answers {
        assert_eq!(answer.language.as_deref(), Some("rust"));
        let outline = answer.outcome.unwrap();
        assert_eq!(outline.items[1].qualified_name, format!("p::f{id}"));
        assert_eq!(outline.items[1].signature, format!("pub fn f{id}()"));
    }
    let broken = parse(&pool, vec![request(1, "a.rs", "pub fn ok() {}\npub fn (")]);
    assert!(broken[&1].outcome.as_ref().unwrap().has_errors);
    assert_eq!(broken[&1].outcome.as_ref().unwrap().items[0].name, "ok");
}

#[test]
fn files_skipped_by_rule_say_why() {
    use ParseFailureKind::{Generated, LimitExceeded, NotText, UnknownLanguage};
    let pool = WorkerPool::new(options());
    let answers = parse(
        &pool,
        vec![
            request(1, "a.bin", "x"),
            request(2, "a.js", "a\0b"),
            request(3, "a.js", vec![b'a'; 250_000]),
            request(4, "a.min.js", "a"),
            request(5, "a.py", "x = 1\n".repeat(400_000)),
        ],
    );
    let kind = |id| failure(&answers[&id]).0;
    assert_eq!(
        [kind(1), kind(2), kind(3)],
        [UnknownLanguage, NotText, Generated]
    );
    assert_eq!([kind(4), kind(5)], [Generated, LimitExceeded]);
}

/// The uninterruptible ones: the worker dies, the file is named with the cause, and the files
/// after it are parsed by the next worker.
#[test]
fn memory_eaters_cost_their_file_only() {
    let pool = WorkerPool::new(PoolOptions {
        workers: 1,
        ..options()
    });
    let start = Instant::now();
    let mut files = vec![request(0, "ok.py", "def before(): pass\n")];
    for (id, count) in [(1, 1000), (2, 2000), (3, 3000), (4, 4000)] {
        files.push(request(id, "a.py", "/*a".repeat(count)));
        files.push(request(id + 100, "ok.py", "def after(): pass\n"));
    }
    let answers = parse(&pool, files);
    for id in [0, 101, 102, 103, 104] {
        assert!(answers[&id].outcome.is_ok(), "{:?}", answers[&id]);
    }
    let (kind, message) = failure(&answers[&4]);
    assert_eq!(kind, ParseFailureKind::WorkerDied);
    assert!(
        message.starts_with("killed after") || message.contains("memory"),
        "{message}"
    );
    assert!(
        start.elapsed() < Duration::from_secs(30),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn the_memory_limit_is_named_as_cause() {
    let memory_bytes = 512 * 1024 * 1024;
    let kill_after = Duration::from_secs(60);
    let pool = WorkerPool::new(PoolOptions {
        workers: 1,
        memory_bytes,
        kill_after,
        ..options()
    });
    let answers = parse(&pool, vec![request(1, "a.py", "/*a".repeat(4000))]);
    let cause = (
        ParseFailureKind::WorkerDied,
        "out of memory: it needs more than 512 MiB",
    );
    assert_eq!(failure(&answers[&1]), cause);
    let answers = parse(&pool, vec![request(2, "a.py", "def after(): pass\n")]);
    assert!(answers[&2].outcome.is_ok());
}

/// Deep, flat and broken inputs in every language: each is answered in bounded time, and a file
/// after each is parsed.
#[test]
fn hostile_inputs_are_answered_in_time() {
    let pool = WorkerPool::new(options());
    let patterns: [&str; 24] = [
        "(", "[", "{", "<", "a<", "a(", "{a:", "if(a)", "a=>", "/*", "/*a", "//", "\"", "'", "`",
        "`${", "#", "\\", "a.", "-", "!", "@a ", "<a>", "fn f(){",
    ];
    let mut files = Vec::new();
    let paths = || {
        PATHS
            .into_iter()
            .filter(|path| universal_parser::detect(path, b"").is_some())
    };
    for path in paths() {
        for pattern in patterns {
            // Below the size from which one long line counts as minified, and in lines.
            let id = files.len() as u64;
            files.push(request(id, path, pattern.repeat(15_000 / pattern.len())));
            let line = pattern.repeat(300 / pattern.len()) + "\n";
            files.push(request(id + 1, path, line.repeat(300)));
        }
        // Many lines, to get past the rule on long ones: 600 KB overflowed the stack of `reset`.
        for line in ["(\n", "{\n", "a<\n", "[a,\n", "\"a\n", "/*a\n", "if a:\n "] {
            let id = files.len() as u64;
            files.push(request(id, path, line.repeat(600_000 / line.len())));
        }
        let id = files.len() as u64;
        files.push(request(id, path, random_bytes(100_000)));
        files.push(request(
            id + 1,
            path,
            "🙂\u{202e}\u{48000}{\u{68000}".repeat(2000),
        ));
    }
    let count = files.len();
    for file in &mut files {
        file.timeout_ms = 100;
    }
    let start = Instant::now();
    let answers = parse(&pool, files);
    let time = start.elapsed();
    let mut kinds: HashMap<String, usize> = HashMap::new();
    for answer in answers.values() {
        let kind = match &answer.outcome {
            Ok(_) => "parsed".to_owned(),
            Err(failure) => format!("{:?}", failure.kind),
        };
        *kinds.entry(kind).or_default() += 1;
        assert!(answer.outcome.as_ref().is_err() || answer.language.is_some());
    }
    println!("{count} inputs in {time:?}: {kinds:?}");
    // A worker may be lost to some; most of them the callback stops.
    assert!(
        kinds.get("WorkerDied").copied().unwrap_or(0) < 32,
        "{kinds:?}"
    );
    let good: Vec<_> = (0..)
        .zip(paths())
        .map(|(id, path)| request(id, path, "\n"))
        .collect();
    assert!(
        parse(&pool, good)
            .values()
            .all(|answer| answer.outcome.is_ok())
    );
}

/// No NUL: such files are not parsed at all.
fn random_bytes(count: usize) -> Vec<u8> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        u8::try_from(state % 255).unwrap() + 1
    };
    (0..count).map(|_| next()).collect()
}

/// Nested containers repeat their members' text and names: what comes out stays bounded.
#[test]
fn nesting_does_not_multiply() {
    let pool = WorkerPool::new(options());
    let sources = [
        (
            "a.rs",
            "pub mod abcdefghijklmnopqrstuvwxyz {\n".repeat(20_000),
        ),
        (
            "a.ts",
            "namespace abcdefghijklmnopqrstuvwxyz {\n".repeat(20_000),
        ),
        (
            "a.py",
            (0..500)
                .map(|depth| " ".repeat(depth) + "class A:\n")
                .collect(),
        ),
        (
            "a.rs",
            "cfg_a! { ".repeat(10_000) + "\n" + &"}".repeat(10_000),
        ),
        ("b.rs", "pub const A: u8 = 1; ".repeat(9_000)),
        ("a.js", "exports.a = b;\n".repeat(60_000)),
        (
            "b.js",
            format!("function b() {{}}\n{}", "exports.a = b;\n".repeat(60_000)),
        ),
        (
            "c.rs",
            format!("use {}a{};", "a::{".repeat(20_000), "}".repeat(20_000)),
        ),
    ];
    let files = (0..).zip(sources).map(|(id, (path, text))| ParseRequest {
        timeout_ms: 2_000,
        ..request(id, path, text)
    });
    for (id, answer) in parse(&pool, files.collect()) {
        let outline = match answer.outcome {
            Ok(outline) => outline,
            Err(failure) => {
                assert_ne!(
                    failure.kind,
                    ParseFailureKind::WorkerDied,
                    "{id}: {failure:?}"
                );
                continue;
            }
        };
        let bytes: usize = outline
            .items
            .iter()
            .map(|s| s.qualified_name.len() + s.signature.len())
            .sum();
        assert!(bytes < 40 * 1024 * 1024, "{id}: {bytes} bytes");
        assert!(
            outline.items.len() <= 22_000,
            "{id}: {} items",
            outline.items.len()
        );
    }
}
