use std::time::Instant;

use super::{Found, Plan, fact};
use crate::Result;
use crate::corpus::Random;
use crate::engines::{self, ours::Ours};
use crate::measure::{self, Timing};
use crate::question::{Class, read};
use crate::resources;

/// Package look-ups measured.
const LOOKUPS: usize = 20_000;

/// Asks an engine everything.
pub fn run(name: &str, plan: &Plan) -> Result<Found> {
    let questions = read(&plan.questions())?;
    let mut found = Found::default();
    {
        let mut engine = engines::open(name, &plan.directory)?;
        for class in Class::ALL {
            let timing = measure::class(class, &questions, |q| engine.ask(q))?;
            found.timings.extend(timing);
        }
    }
    found.facts.push(fact(
        "memory after the questions",
        resources::resident()? as f64 / 1e6,
        "MB",
    ));
    if name == "ours" {
        found.timings.push(lookups(plan)?);
    }
    Ok(found)
}

/// `get_package` of packages all over the store.
fn lookups(plan: &Plan) -> Result<Timing> {
    let corpus = plan.corpus();
    let ours = Ours::open(&plan.store())?;
    let mut random = Random::new(5);
    let names: Vec<_> = (0..LOOKUPS)
        .map(|_| random.below(plan.packages))
        .map(|number| (corpus.ecosystem(number), corpus.name(number)))
        .collect();
    for (ecosystem, name) in &names {
        ours.store.get_package(*ecosystem, name)?;
    }
    let mut times = Vec::with_capacity(LOOKUPS);
    for (ecosystem, name) in &names {
        let begun = Instant::now();
        ours.store.get_package(*ecosystem, name)?;
        times.push(begun.elapsed());
    }
    Ok(Timing::of("get_package", times, LOOKUPS))
}
