use std::fmt;
use std::str::FromStr;
use std::time::{Duration, Instant};

use crate::question::{Class, Question};
use crate::{Failure, Result};

/// How long questions of one kind took.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    pub what: String,
    /// Microseconds.
    pub p50: f64,
    pub p99: f64,
    pub count: usize,
    /// Results per question.
    pub hits: f64,
}

impl Timing {
    #[must_use]
    pub fn of(what: impl Into<String>, mut times: Vec<Duration>, hits: usize) -> Self {
        times.sort();
        let at = |share: f64| {
            let place = (times.len().saturating_sub(1) as f64 * share) as usize;
            times.get(place).map_or(0.0, |t| t.as_secs_f64() * 1e6)
        };
        Self {
            what: what.into(),
            p50: at(0.5),
            p99: at(0.99),
            count: times.len(),
            hits: hits as f64 / times.len().max(1) as f64,
        }
    }
}

impl fmt::Display for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            what,
            p50,
            p99,
            count,
            hits,
        } = self;
        write!(f, "{what}\t{p50:.1}\t{p99:.1}\t{count}\t{hits:.1}")
    }
}

impl FromStr for Timing {
    type Err = Failure;

    fn from_str(line: &str) -> Result<Self> {
        let parts: Vec<&str> = line.split('\t').collect();
        let [what, p50, p99, count, hits] = parts.as_slice() else {
            return Err(format!("no timing: {line:?}").into());
        };
        Ok(Self {
            what: (*what).to_owned(),
            p50: p50.parse()?,
            p99: p99.parse()?,
            count: count.parse()?,
            hits: hits.parse()?,
        })
    }
}

/// Slow engines are asked fewer questions: as many as fit into this, but at least so many.
const PATIENCE: Duration = Duration::from_secs(8);
const LEAST: usize = 20;

/// Asks all questions of a class, after warming up. `ask` says how many results there are; `None`
/// when it cannot answer such questions.
pub fn class(
    class: Class,
    questions: &[Question],
    mut ask: impl FnMut(&Question) -> Result<Option<usize>>,
) -> Result<Option<Timing>> {
    let of_class: Vec<&Question> = questions.iter().filter(|q| q.class == class).collect();
    let begun = Instant::now();
    for question in &of_class {
        if ask(question)?.is_none() {
            return Ok(None);
        }
        if begun.elapsed() > PATIENCE / 2 {
            break;
        }
    }
    let (mut times, mut hits) = (Vec::new(), 0);
    let begun = Instant::now();
    for question in of_class {
        let start = Instant::now();
        hits += ask(question)?.unwrap_or(0);
        times.push(start.elapsed());
        if begun.elapsed() > PATIENCE && times.len() >= LEAST {
            break;
        }
    }
    Ok(Some(Timing::of(class.as_str(), times, hits)))
}
