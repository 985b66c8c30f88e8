//! Every input known to crash or hang a grammar, or to eat its memory, through the worker pool: the
//! file is answered with its cause, and the next one is parsed.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::HashMap;
use std::time::Duration;

use parser_pool::{PoolOptions, WorkerPool};
use registry_types::{ParseAnswer, ParseFailureKind, ParseRequest};

/// What has to become of a file.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// The crash is in the text's way to the grammar: masked, or another grammar.
    Parsed,
    /// Refused before the grammar sees it.
    Refused(ParseFailureKind),
    /// The grammar wants gigabytes inside one step: the worker goes, or its time limit comes first.
    Stopped,
    /// Slow or not, by machine: answered with or without items, and with a cause if it was killed.
    Answered,
}

/// Memory of the workers; the worst inputs want more than 6 GiB.
const MEMORY: u64 = 768 * 1024 * 1024;

fn hazards() -> Vec<(&'static str, String, Fate)> {
    use Fate::{Answered, Parsed, Refused, Stopped};
    let refused = Refused(ParseFailureKind::LimitExceeded);
    let ruby = format!("class A; end\nx = <<~\"{}\"\n", "A".repeat(256));
    let yaml = (0..254).fold(String::new(), |text, depth| {
        text + &" ".repeat(depth) + "a:\n"
    });
    vec![
        ("a.sh", "{\u{4a28a}".into(), Parsed),
        ("b.sh", "f() { echo \u{10ffff}; }\n".into(), Parsed),
        ("a.d", "\u{4a28a}".into(), Parsed),
        ("a.rb", ruby, refused),
        // Workers parse no data; whoever asks the library for it gets a refusal.
        ("a.yaml", yaml, Refused(ParseFailureKind::UnknownLanguage)),
        ("a.ml", "(*".repeat(7_000), refused),
        ("b.ml", "(*\n".repeat(150_000), refused),
        ("a.mli", "(*\n".repeat(150_000), refused),
        ("a.pm", "<<a\n$c".into(), Answered),
        ("a.py", "/*a".repeat(4_000), Stopped),
        ("a.cs", "a<".repeat(7_500) + "b", Stopped),
        ("a.java", "a<".repeat(8_000) + "b", Stopped),
        (
            "a.m",
            "@interface A\n".to_owned() + &"a=>".repeat(5_000),
            Stopped,
        ),
        ("a.groovy", "a=>".repeat(5_000), Stopped),
        ("a.glsl", "a=>".repeat(5_000), Stopped),
        ("a.gleam", "`".repeat(15_000), refused),
        ("a.scala", "`".repeat(15_000), Answered),
        ("a.dart", "`".repeat(15_000), Answered),
        ("a.swift", "#".repeat(15_000), Answered),
        ("c.sh", "`".repeat(15_000), Answered),
        ("a.rkt", "#".repeat(15_000), Answered),
        ("a.svelte", "{".repeat(15_000), Answered),
        // One line of so much text is minified by rule, whatever the language.
        (
            "b.gleam",
            "`".repeat(100_000),
            Refused(ParseFailureKind::Generated),
        ),
        (
            "b.swift",
            "#".repeat(100_000),
            Refused(ParseFailureKind::Generated),
        ),
        (
            "b.svelte",
            "\0".repeat(100_000),
            Refused(ParseFailureKind::NotText),
        ),
    ]
}

#[test]
fn each_costs_its_file_only_and_says_why() {
    let pool = WorkerPool::new(PoolOptions {
        memory_bytes: MEMORY,
        kill_after: Duration::from_secs(3),
        ..PoolOptions::new(env!("CARGO_BIN_EXE_universal-parser"))
    });
    let hazards = hazards();
    let mut requests = Vec::new();
    for (id, (path, source, _)) in (0..).zip(&hazards) {
        requests.push(request(id, path, source.clone()));
        requests.push(request(
            id + 1000,
            "after.rs",
            format!("pub fn after_{id}() {{}}"),
        ));
    }
    let answers = parse(&pool, requests);
    for (id, (path, _, fate)) in (0..).zip(&hazards) {
        let outcome = &answers[&id].outcome;
        let failure = outcome.as_ref().err();
        let fits = match (fate, failure) {
            (Fate::Parsed, failure) => failure.is_none(),
            (Fate::Refused(kind), Some(failure)) => failure.kind == *kind,
            (Fate::Stopped, Some(failure)) => {
                failure.kind == ParseFailureKind::Timeout || died(failure.kind, &failure.message)
            }
            (Fate::Refused(_) | Fate::Stopped, None) => false,
            (Fate::Answered, failure) => failure.is_none_or(|failure| {
                matches!(
                    failure.kind,
                    ParseFailureKind::Timeout | ParseFailureKind::LimitExceeded
                ) || died(failure.kind, &failure.message)
            }),
        };
        assert!(fits, "{path}: wanted {fate:?}, got {failure:?}");
        let after = answers[&(id + 1000)].outcome.as_ref().unwrap();
        assert_eq!(after.items[0].name, format!("after_{id}"), "after {path}");
    }
}

fn died(kind: ParseFailureKind, message: &str) -> bool {
    let told = message.starts_with("killed after")
        || message.contains("memory")
        || message.contains("spent");
    kind == ParseFailureKind::WorkerDied && told
}

fn request(id: u64, path: &str, source: String) -> ParseRequest {
    ParseRequest {
        id,
        path: path.to_owned(),
        package: "p".to_owned(),
        source: source.into_bytes(),
        timeout_ms: 500,
    }
}

fn parse(pool: &WorkerPool, requests: Vec<ParseRequest>) -> HashMap<u64, ParseAnswer> {
    let mut answers = HashMap::new();
    pool.parse(requests, &|| false, &mut |answer| {
        answers.insert(answer.id, answer);
    })
    .unwrap();
    answers
}
