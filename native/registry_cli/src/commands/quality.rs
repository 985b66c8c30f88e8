//! `quality` and `frameworks`: what is thought of a package, and what it belongs to.

use registry_indexer::{frameworks as belongs, quality as judge};
use registry_store::Store;
use registry_types::quality::Quality;

use super::WithPurl;
use crate::arguments::Target;
use crate::failure::Result;
use crate::output::Output;
use crate::output::escape::one_line;

pub(crate) fn quality(store: &Store, target: &Target, output: &mut Output) -> Result<()> {
    let known = target.find(store)?;
    let quality = judge(store, known.ecosystem, &known.name)?;
    if output.is_json() {
        return output.json(&WithPurl {
            purl: quality.purl(),
            value: &quality,
        });
    }
    show(&quality, output)
}

fn show(quality: &Quality, output: &mut Output) -> Result<()> {
    let number = |score: Option<f64>| score.map_or("unknown".to_owned(), |s| format!("{s:.2}"));
    let name = output.strong(&one_line(&quality.package));
    output.line(&format!("{name}  {}", number(quality.score)))?;
    for part in &quality.parts {
        output.line(&format!(
            "  {}  {}  {}",
            part.part.as_str(),
            number(part.score),
            output.dim(&format!("weight {:.2}", part.weight))
        ))?;
        for evidence in &part.evidence {
            let date = evidence
                .date
                .map_or_else(String::new, |date| format!("  at {date}"));
            let text = format!("{}: {}", evidence.name, one_line(&evidence.value));
            let figures = format!("{} × {:.2}{date}", number(evidence.score), evidence.weight);
            output.line(&format!("    {text}  {}", output.dim(&figures)))?;
        }
    }
    for (name, share) in &quality.percentiles {
        output.line(&format!(
            "  {name}: more than {:.0} % of the stored packages of {}",
            share * 100.0,
            quality.ecosystem
        ))?;
    }
    Ok(())
}

pub(crate) fn frameworks(store: &Store, target: &Target, output: &mut Output) -> Result<()> {
    let known = target.find(store)?;
    let found = belongs(store, known.ecosystem, &known.name)?;
    for framework in &found {
        if output.is_json() {
            output.json(framework)?;
            continue;
        }
        let evidence = framework.evidence.iter();
        let evidence = evidence.map(|e| format!("{} {}", e.sign.as_str(), one_line(&e.value)));
        let evidence: Vec<String> = evidence.collect();
        output.line(&format!(
            "{}  {:.2}  {}",
            output.strong(&framework.name),
            framework.confidence,
            output.dim(&evidence.join(", "))
        ))?;
    }
    if found.is_empty() && !output.is_json() {
        output.line(&format!(
            "{} belongs to no known framework",
            one_line(&known.name)
        ))?;
    }
    Ok(())
}
