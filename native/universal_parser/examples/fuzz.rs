//! Odd inputs for each grammar, parsed by real workers, and what became of them:
//! `cargo run --release -p universal_parser --example fuzz -- [--inputs N] [--seed N] [LANGUAGE…]`
//!
//! Half of the inputs are the snapshot tests' sources with bytes changed, dropped, doubled and
//! moved; half are tokens repeated and nested, and random text. The same seed gives the same inputs.

#![expect(clippy::unwrap_used, reason = "a program for developers")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use parser_pool::{PoolOptions, WorkerPool};
use registry_types::{ParseAnswer, ParseFailureKind, ParseRequest};
use universal_parser::{Language, detect};

const TIMEOUT_MS: u32 = 300;
const KILL_AFTER: Duration = Duration::from_secs(2);
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Longest input.
const MAX: usize = 64 * 1024;
const TOKENS: [&str; 40] = [
    "(",
    "[",
    "{",
    "<",
    "`",
    "\"",
    "'",
    "#",
    "\\",
    "@",
    "$",
    "/*",
    "(*",
    "{-",
    "=begin\n",
    "<<~A\n",
    "a<",
    "a=>",
    "a.",
    "a(",
    "fn f(",
    "if ",
    "\n ",
    "\n\t",
    "- ",
    "${",
    "#{",
    "<a>",
    "<!--",
    "```\n",
    "\u{4a28a}",
    "\u{1f600}",
    "e\u{301}",
    "\u{feff}",
    "0x",
    "1e",
    "::",
    "..",
    "\r",
    ";",
];

/// xorshift64*
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        of.get(self.below(of.len())).unwrap()
    }
}

fn main() {
    let (mut inputs, mut seed, mut wanted) = (2000, 1, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--inputs" => inputs = arguments.next().unwrap().parse().unwrap(),
            "--seed" => seed = arguments.next().unwrap().parse().unwrap(),
            _ => wanted.push(argument),
        }
    }
    let program = std::env::current_exe().unwrap();
    let program = program.parent().unwrap().with_file_name("universal-parser");
    let options = PoolOptions {
        memory_bytes: MEMORY,
        kill_after: KILL_AFTER,
        ..PoolOptions::new(program)
    };
    let pool = WorkerPool::new(options);
    let sources = sources();
    println!(
        "| grammar | inputs | parsed | refused | stopped | killed | out of memory | crashed |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let mut last = "";
    for language in Language::all() {
        let name = language.name();
        if name == last || !(wanted.is_empty() || wanted.iter().any(|w| w == name)) {
            continue;
        }
        last = name;
        let mut random = Random(name.bytes().fold(seed, |sum: u64, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1
        }));
        let known = sources.get(name).map_or(&[][..], Vec::as_slice);
        let path = known.first().map_or_else(
            || format!("a.{}", language.extensions().first().unwrap_or(&"x")),
            |(path, _)| path.clone(),
        );
        let requests: Vec<_> = (0..inputs)
            .map(|id| {
                let source = if id % 2 == 0 && !known.is_empty() {
                    mutated(&mut random, known)
                } else {
                    made(&mut random)
                };
                ParseRequest {
                    id,
                    path: path.clone(),
                    package: "p".into(),
                    source,
                    timeout_ms: TIMEOUT_MS,
                }
            })
            .collect();
        report(name, &pool, requests);
    }
}

fn report(name: &str, pool: &WorkerPool, requests: Vec<ParseRequest>) {
    let kept = requests.clone();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut worst: Vec<(usize, u64, String)> = Vec::new();
    pool.parse(requests, &|| false, &mut |answer| {
        let class = class(&answer);
        *counts.entry(class).or_default() += 1;
        if let (true, Err(failure)) = (
            matches!(class, "killed" | "out of memory" | "crashed"),
            &answer.outcome,
        ) {
            let bytes = kept
                .iter()
                .find(|r| r.id == answer.id)
                .map_or(0, |r| r.source.len());
            worst.push((bytes, answer.id, failure.message.clone()));
        }
    })
    .unwrap();
    let count = |class| counts.get(class).copied().unwrap_or_default();
    println!(
        "| {name} | {} | {} | {} | {} | {} | {} | {} |",
        kept.len(),
        count("parsed"),
        count("refused"),
        count("stopped"),
        count("killed"),
        count("out of memory"),
        count("crashed"),
    );
    worst.sort();
    for (bytes, id, message) in worst.into_iter().take(3) {
        let source = kept
            .iter()
            .find(|r| r.id == id)
            .map(|r| r.source.escape_ascii().to_string());
        let text: String = source.unwrap_or_default().chars().take(60).collect();
        eprintln!("{name}: {bytes} bytes, {message}: {text}");
    }
}

fn class(answer: &ParseAnswer) -> &'static str {
    match &answer.outcome {
        Ok(_) => "parsed",
        Err(failure) => match failure.kind {
            ParseFailureKind::Timeout => "stopped",
            ParseFailureKind::WorkerDied if failure.message.contains("memory") => "out of memory",
            ParseFailureKind::WorkerDied if failure.message.starts_with("killed") => "killed",
            ParseFailureKind::WorkerDied => "crashed",
            _ => "refused",
        },
    }
}

/// The snapshot tests' sources by language.
fn sources() -> BTreeMap<&'static str, Vec<(String, Vec<u8>)>> {
    let mut found: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    let mut todo = vec![PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/outline"
    ))];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            let mut inside: Vec<_> = fs::read_dir(&path)
                .unwrap()
                .map(|e| e.unwrap().path())
                .collect();
            inside.sort();
            todo.extend(inside);
        } else if path.extension().is_none_or(|e| e != "outline") {
            let source = fs::read(&path).unwrap();
            let name = path
                .file_name()
                .and_then(|n| Path::new(n).to_str())
                .unwrap()
                .to_owned();
            if let Some(language) = detect(&path.to_string_lossy(), &source) {
                found
                    .entry(language.name())
                    .or_default()
                    .push((name, source));
            }
        }
    }
    found
}

fn mutated(random: &mut Random, known: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut text = random.pick(known).1.clone();
    text.truncate(MAX);
    for _ in 0..=random.below(6) {
        let at = random.below(text.len());
        let end = (at + random.below(40)).min(text.len());
        match random.below(6) {
            0 => drop(text.drain(at..end)),
            1 => {
                let piece = text.get(at..end).unwrap_or_default().to_vec();
                let to = random.below(text.len());
                text.splice(to..to, piece.repeat(1 + random.below(30)));
            }
            2 => drop(text.splice(at..end, random.pick(&TOKENS).bytes())),
            3 => text.truncate(end.max(1)),
            4 => drop(text.splice(
                at..at,
                random.pick(&TOKENS).repeat(random.below(200)).into_bytes(),
            )),
            _ => {
                if let Some(byte) = text.get_mut(at) {
                    *byte = random.next().to_le_bytes()[0];
                }
            }
        }
        if text.is_empty() {
            break;
        }
    }
    text.truncate(MAX);
    text
}

fn made(random: &mut Random) -> Vec<u8> {
    let mut text = String::new();
    let times = 1 << random.below(14);
    let parts: Vec<_> = (0..=random.below(3))
        .map(|_| *random.pick(&TOKENS))
        .collect();
    if random.below(4) == 0 {
        for _ in 0..times.min(4096) {
            text += random.pick::<&str>(&TOKENS);
            if random.below(3) == 0 {
                text.push(char::from_u32(32 + random.below(95) as u32).unwrap());
            }
        }
    } else {
        text = parts.concat().repeat(times);
    }
    let mut text = text.into_bytes();
    text.truncate(MAX);
    text
}
