//! A process that writes, merges, reindexes, compacts and deletes is killed, again and again; what it
//! acknowledged must be there, and records and index must agree.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use registry_store::{Bundle, Store};
use registry_types::ErrorKind;

use super::Plan;
use crate::Result;
use crate::corpus::{Corpus, Random};
use crate::engines::ours::Ours;

/// Packages that are written over and over.
const PACKAGES: u64 = 400;

/// What write number `n` does: the same in every process.
enum Step {
    Put(Vec<u64>),
    Delete(u64),
    Reindex,
    Compact,
}

fn step(n: u64) -> Step {
    let mut random = Random::new(n);
    match random.below(40) {
        0 => Step::Reindex,
        1 => Step::Compact,
        2..8 => Step::Delete(random.below(PACKAGES)),
        8..12 => Step::Put((0..200).map(|_| random.below(PACKAGES)).collect()),
        _ => Step::Put(vec![random.below(PACKAGES)]),
    }
}

/// Package `number` as write `n` makes it.
fn bundle(corpus: &Corpus, number: u64, n: u64) -> Bundle {
    let mut bundle = corpus.bundle(number);
    bundle.package.description = Some(format!("as write{n} made it"));
    bundle
}

/// Writes until it is killed; says what it did on its output.
pub fn child(plan: &Plan, first: u64) -> Result<()> {
    let corpus = plan.corpus();
    let ours = Ours::open(&plan.store())?;
    let mut out = std::io::stdout().lock();
    for n in first.. {
        writeln!(out, "begins {n}")?;
        out.flush()?;
        perform(&ours.store, &corpus, n)?;
        writeln!(out, "done {n}")?;
        out.flush()?;
    }
    Ok(())
}

fn perform(store: &Store, corpus: &Corpus, n: u64) -> Result<()> {
    match step(n) {
        Step::Put(numbers) if numbers.len() == 1 => {
            store.put(&bundle(corpus, numbers[0], n))?;
        }
        Step::Put(numbers) => {
            let bundles: Vec<_> = numbers.iter().map(|p| bundle(corpus, *p, n)).collect();
            store.put_many(&bundles)?;
        }
        Step::Delete(number) => {
            match store.delete(corpus.ecosystem(number), &corpus.name(number), None) {
                Err(error) if error.kind != ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Step::Reindex => store.reindex()?,
        Step::Compact => {
            store.compact()?;
        }
    }
    Ok(())
}

/// What must be stored after so many writes: by package, the write that made it.
fn expected(writes: u64) -> BTreeMap<u64, u64> {
    let mut stored = BTreeMap::new();
    for n in 1..=writes {
        match step(n) {
            Step::Put(numbers) => stored.extend(numbers.into_iter().map(|p| (p, n))),
            Step::Delete(number) => {
                stored.remove(&number);
            }
            Step::Reindex | Step::Compact => {}
        }
    }
    stored
}

/// Whether the store is as it was after `writes`.
fn matches(store: &Store, corpus: &Corpus, writes: u64) -> Result<bool> {
    let expected = expected(writes);
    if store.stats()?.packages != expected.len() as u64 {
        return Ok(false);
    }
    for (number, n) in &expected {
        let found = store.get_package(corpus.ecosystem(*number), &corpus.name(*number));
        match found {
            Ok(package) if package == bundle(corpus, *number, *n).package => {}
            Ok(_) => return Ok(false),
            Err(error) if error.kind == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(true)
}

/// Kills so often; says what came of it.
pub fn run(plan: &Plan, kills: u64) -> Result<String> {
    let corpus = plan.corpus();
    let mut random = Random::new(9);
    let (mut written, mut longest) = (0, Duration::ZERO);
    for kill in 1..=kills {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["child", "--snippets", &plan.snippets.to_string()])
            .args(["--packages", &plan.packages.to_string()])
            .args(["--first", &(written + 1).to_string()])
            .arg("--dir")
            .arg(&plan.directory)
            .stdout(Stdio::piped())
            .spawn()?;
        let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut lines = lines.map_while(std::result::Result::ok);
        let mut last = String::new();
        // Uneven pauses, so that the kill meets every part of every step.
        for _ in 0..random.below(30) {
            last = lines.next().unwrap_or(last);
        }
        thread::sleep(Duration::from_micros(random.below(60_000)));
        child.kill()?;
        child.wait()?;
        last = lines.last().unwrap_or(last);
        let begun = Instant::now();
        let ours = Ours::open(&plan.store())?;
        longest = longest.max(begun.elapsed());
        // What was begun may be done, or not; what was acknowledged is done.
        let (acknowledged, possible) = match last.split_once(' ') {
            Some(("begins", n)) => (n.parse::<u64>()? - 1, n.parse()?),
            Some(("done", n)) => (n.parse()?, n.parse::<u64>()? + 1),
            _ => (written, written + 1),
        };
        written = if matches(&ours.store, &corpus, acknowledged)? {
            acknowledged
        } else if matches(&ours.store, &corpus, possible)? {
            possible
        } else {
            return Err(format!("kill {kill}: the store is neither as after write {acknowledged} nor as after {possible}").into());
        };
        let report = ours.store.check()?;
        if !report.is_ok() {
            return Err(format!("kill {kill}, after write {written}: {report:?}").into());
        }
    }
    Ok(format!(
        "{kills} kills over {written} writes: nothing acknowledged was lost, records and index agree; \
         opening took {longest:.1?} at most"
    ))
}
