//! Why a result stands where it stands.

use std::fmt::Write;

use registry_types::{Package, Result, Why};

use crate::index::prior::{Prior, is_alive};
use crate::search::cursor::Wanted;
use crate::search::packages::{EXACT, Pin, Ranked, Search};

impl Search<'_> {
    /// The parts of a score.
    pub(crate) fn why(
        &self,
        package: &Package,
        ranked: &Ranked,
        wanted: &[Wanted],
    ) -> Result<Vec<Why>> {
        let part = |part: &str, value: f64, evidence: String| Why {
            part: part.to_owned(),
            value,
            evidence,
        };
        let mut why = Vec::new();
        if let Some(pin) = &ranked.pin {
            let (name, evidence) = match pin {
                Pin::Name => (
                    "exact_name",
                    "the query is its name, and it is alive".to_owned(),
                ),
                Pin::Replaces(dead) => ("replaces", format!("{dead}, which is dead, names it")),
            };
            why.push(part(name, f64::from(EXACT), evidence));
        }
        let standing = self.snapshot.standing(package)?;
        let prior = Prior::of(package, standing);
        if let Some(found) = ranked.found {
            why.push(part(
                "text",
                f64::from(found.text),
                "sum of the words".to_owned(),
            ));
            let words = self.query.words.words.iter().zip(wanted);
            for (bit, (word, wanted)) in words.enumerate() {
                let has = found.words >> bit & 1 == 1;
                let share = if has {
                    wanted.share(&self.snapshot.packages, &found)?
                } else {
                    0.0
                };
                why.push(part(
                    "word",
                    f64::from(wanted.idf * share),
                    if has {
                        format!(
                            "{}: rarity {:.2} × weight {share:.2}",
                            word.surface, wanted.idf
                        )
                    } else {
                        format!("{}: not found", word.surface)
                    },
                ));
            }
            let evidence = "part of the query that was found, by rarity".to_owned();
            why.push(part("coverage", f64::from(found.coverage), evidence));
        }
        let mut evidence = match prior.popularity {
            Some(popularity) => format!(
                "popularity {popularity:.2}: {} recent downloads, {} dependents",
                known(package.downloads.recent),
                known(package.dependents_count)
            ),
            None => "no figures from the registry".to_owned(),
        };
        write!(evidence, "; {} stored packages need it", prior.dependents).ok();
        why.push(part("popularity", prior.popularity_factor(), evidence));
        let evidence = match prior.age {
            Some(years) => format!("{years:.1} years without a release when it was collected"),
            None => "the day of its newest release is not known".to_owned(),
        };
        why.push(part("freshness", prior.freshness(), evidence));
        let evidence = match &package.deprecated {
            Some(message) => format!("deprecated: {message}"),
            None if !is_alive(package) => "every version is withdrawn".to_owned(),
            None if standing.unmaintained => "an advisory says nobody maintains it".to_owned(),
            None => "in use".to_owned(),
        };
        why.push(part("flag", prior.flag, evidence));
        if let Some(found) = ranked.found.filter(|found| found.repeats < 1.0) {
            let evidence = "a better result has its description or its repository".to_owned();
            why.push(part("repeats", f64::from(found.repeats), evidence));
        }
        if ranked.lifted > 1.0 {
            let evidence = "the names that stood before it begin with its own".to_owned();
            why.push(part("head", f64::from(ranked.lifted), evidence));
        }
        Ok(why)
    }
}

fn known(figure: Option<u64>) -> String {
    figure.map_or_else(|| "unknown".to_owned(), |n| n.to_string())
}
