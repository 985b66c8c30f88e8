//! Other implementations as judges: each runs once, as a child process that reads tab-separated
//! questions on stdin and writes one answer per line.

#![allow(dead_code, reason = "each judge uses its part")]

use std::io::Write;
use std::process::{Command, Stdio};

/// xorshift64*: the same pairs on every run and every machine.
pub struct Random(u64);

impl Random {
    /// `ORACLE_SEED` gives other pairs.
    pub fn new(seed: u64) -> Self {
        Self((seed ^ setting("ORACLE_SEED", 0).rotate_left(17)) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap() % bound
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// How many pairs each judge is asked: 10 000, or `ORACLE_PAIRS`.
pub fn pairs() -> usize {
    usize::try_from(setting("ORACLE_PAIRS", 10_000)).unwrap()
}

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

/// The judge's answers, or `None` (said loudly) where it is not installed.
pub fn ask(name: &str, command: &[&str], questions: &[String]) -> Option<Vec<String>> {
    let mut child = match Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
    {
        Ok(child) => child,
        Err(error) => {
            eprintln!("SKIPPED: no judge {name} on this machine ({error})");
            return None;
        }
    };
    let mut stdin = child.stdin.take().unwrap();
    let text = questions.join("\n") + "\n";
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    let written = writer.join().unwrap();
    if !output.status.success() {
        eprintln!(
            "SKIPPED: the judge {name} does not run on this machine ({})",
            output.status
        );
        return None;
    }
    written.unwrap();
    let answers: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        answers.len(),
        questions.len(),
        "{name}: an answer per question"
    );
    Some(answers)
}

/// Compares answers and fails with the first differences.
pub fn judge(name: &str, questions: &[String], ours: &[String], theirs: &[String]) {
    let differences: Vec<String> = questions
        .iter()
        .zip(ours.iter().zip(theirs))
        .filter(|(_, (ours, theirs))| ours != theirs)
        .map(|(question, (ours, theirs))| format!("{question:?}: ours {ours}, {name} {theirs}"))
        .collect();
    let sure = theirs
        .iter()
        .filter(|answer| !answer.contains("invalid"))
        .count();
    eprintln!(
        "{name}: {} questions, {sure} of them valid, {} differences",
        questions.len(),
        differences.len()
    );
    assert!(
        differences.is_empty(),
        "{} differences:\n{}",
        differences.len(),
        differences[..differences.len().min(25)].join("\n")
    );
}

pub fn order(ordering: std::cmp::Ordering) -> &'static str {
    match ordering {
        std::cmp::Ordering::Less => "lt",
        std::cmp::Ordering::Equal => "eq",
        std::cmp::Ordering::Greater => "gt",
    }
}
