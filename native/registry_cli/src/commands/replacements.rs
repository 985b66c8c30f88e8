//! `replacements`: what to take in place of a dead package.

use registry_indexer::replacements;
use registry_store::Store;

use crate::arguments::Target;
use crate::failure::Result;
use crate::output::Output;
use crate::output::escape::one_line;

pub(crate) fn run(store: &Store, target: &Target, output: &mut Output) -> Result<()> {
    let known = target.find(store)?;
    let found = replacements(store, known.ecosystem, &known.name)?;
    for replacement in &found {
        if output.is_json() {
            output.json(replacement)?;
            continue;
        }
        output.line(&format!(
            "{}  {}  {}",
            output.strong(&one_line(&replacement.name)),
            replacement.ecosystem,
            output.dim(replacement.source.as_str())
        ))?;
        output.line(&format!("    {}", one_line(&replacement.sentence)))?;
    }
    if found.is_empty() && !output.is_json() {
        output.line(&format!(
            "nothing stored of {} names one",
            one_line(&known.name)
        ))?;
    }
    Ok(())
}
