//! What is measured, each step in a process of its own: its memory is its own too.

mod ask;
mod build;
mod kill;
mod tables;
mod upkeep;

use std::path::{Path, PathBuf};

use crate::Result;
use crate::corpus::Corpus;
use crate::measure::Timing;

pub use kill::{child as write_until_killed, run as kill};
pub use upkeep::one_by_one as puts;

/// What every step is told.
#[derive(Clone, Debug)]
pub struct Plan {
    pub packages: u64,
    /// Of each package, on average.
    pub snippets: usize,
    /// Where the stores are.
    pub directory: PathBuf,
}

impl Plan {
    #[must_use]
    pub fn corpus(&self) -> Corpus {
        Corpus::new(self.packages, self.snippets)
    }

    #[must_use]
    pub fn questions(&self) -> PathBuf {
        self.directory.join("questions.tsv")
    }

    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.directory.join("ours.redb")
    }

    /// Where the answers of a step are written.
    #[must_use]
    pub fn answers(&self, step: &str) -> PathBuf {
        self.directory
            .join(format!("{}.tsv", step.replace(':', "-")))
    }
}

/// A figure that is no timing.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    pub what: String,
    pub value: f64,
    pub unit: &'static str,
}

#[must_use]
pub fn fact(what: impl Into<String>, value: f64, unit: &'static str) -> Fact {
    Fact {
        what: what.into(),
        value,
        unit,
    }
}

/// What a step found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub timings: Vec<Timing>,
    pub facts: Vec<Fact>,
}

/// Runs a step: `build:ENGINE`, `ask:ENGINE` or `upkeep`.
pub fn run(step: &str, plan: &Plan) -> Result<Found> {
    match step.split_once(':') {
        Some(("build", engine)) => build::run(engine, plan),
        Some(("ask", engine)) => ask::run(engine, plan),
        None if step == "tables" => tables::run(plan),
        None if step == "upkeep" => upkeep::run(plan),
        _ => Err(format!("no step {step:?}").into()),
    }
}

/// One line for each thing found.
pub fn write(found: &Found, path: &Path) -> Result<()> {
    let mut out = String::new();
    for timing in &found.timings {
        out.push_str(&format!("{timing}\n"));
    }
    for Fact { what, value, unit } in &found.facts {
        out.push_str(&format!("#\t{what}\t{value}\t{unit}\n"));
    }
    Ok(std::fs::write(path, out)?)
}

/// What a step of another process found.
pub fn read(path: &Path) -> Result<Found> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut found = Found::default();
    for line in text.lines() {
        match line.strip_prefix("#\t") {
            None => found.timings.push(line.parse()?),
            Some(line) => {
                let parts: Vec<&str> = line.split('\t').collect();
                let [what, value, unit] = parts.as_slice() else {
                    return Err(format!("no fact: {line:?}").into());
                };
                found
                    .facts
                    .push(fact(*what, value.parse()?, known_unit(unit)));
            }
        }
    }
    Ok(found)
}

fn known_unit(unit: &str) -> &'static str {
    let units = ["", "s", "ms", "/s", "B", "MB"];
    units.into_iter().find(|u| *u == unit).unwrap_or("")
}
