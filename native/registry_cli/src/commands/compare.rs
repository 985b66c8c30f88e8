//! `compare-api`: what changed in a package's public API between two releases.

use registry_indexer::compare_api;
use registry_store::Store;
use registry_types::version::VersionSpec;
use registry_types::{ApiChange, ApiDiff, Impact};

use super::WithPurl;
use crate::arguments::CompareApi;
use crate::failure::Result;
use crate::output::escape::one_line;
use crate::output::text::cut;
use crate::output::{Output, Style};
use crate::target::Named;

pub(crate) fn run(store: &Store, arguments: &CompareApi, output: &mut Output) -> Result<()> {
    // Clap demands one of the two.
    let text = arguments.package.as_deref().or(arguments.named.as_deref());
    let known = Named::parse(text.unwrap_or_default(), arguments.ecosystem, None)?.find(store)?;
    let spec = |text: &str| VersionSpec::parse(known.ecosystem, text);
    let (from, to) = (spec(&arguments.from)?, spec(&arguments.to)?);
    let diff = compare_api(store, known.ecosystem, &known.name, &from, &to)?;
    if output.is_json() {
        return output.json(&WithPurl {
            purl: diff.purl(),
            value: &diff,
        });
    }
    show(&diff, output)
}

fn show(diff: &ApiDiff, output: &mut Output) -> Result<()> {
    let head = format!("{} {} to {}", diff.package, diff.from, diff.to);
    let head = output.strong(&one_line(&head));
    output.line(&format!("{head}  {}", diff.ecosystem))?;
    for (title, changes) in [
        ("removed", &diff.removed),
        ("changed", &diff.changed),
        ("moved", &diff.moved),
        ("added", &diff.added),
    ] {
        if changes.is_empty() {
            continue;
        }
        output.line("")?;
        output.line(&output.strong(&format!("{title} ({})", changes.len())))?;
        for change in changes {
            show_change(change, output)?;
        }
    }
    output.line("")?;
    for gap in &diff.incomplete {
        let gap = format!("not all was parsed of {}", one_line(gap));
        output.line(&output.style(Style::Notable, &gap))?;
    }
    let style = match diff.verdict.allowed {
        Some(true) => Style::Good,
        Some(false) => Style::Bad,
        None => Style::Notable,
    };
    let verdict = match diff.verdict.allowed {
        Some(true) => "allowed",
        Some(false) => "not allowed",
        None => "no verdict",
    };
    let verdict = format!("{verdict}: {}", one_line(&diff.verdict.reason));
    output.line(&output.style(style, &verdict))
}

/// The name with its impact and the reason; how it was and how it is.
fn show_change(change: &ApiChange, output: &mut Output) -> Result<()> {
    let impact = match change.impact {
        Impact::Breaking => output.style(Style::Bad, "breaking"),
        Impact::PossiblyBreaking => output.style(Style::Notable, "possibly breaking"),
        Impact::Compatible => output.style(Style::Good, "compatible"),
    };
    output.line(&format!(
        "  {}  {}  {impact}: {}",
        one_line(&change.qualified_name),
        output.dim(change.kind.as_str()),
        one_line(&change.reason)
    ))?;
    let width = output.width().saturating_sub(6);
    let signatures = [("-", &change.before), ("+", &change.after)];
    for (mark, state) in signatures {
        if let Some(state) = state {
            let signature = cut(&one_line(&state.signature), width);
            output.line(&format!(
                "    {}",
                output.dim(&format!("{mark} {signature}"))
            ))?;
        }
    }
    Ok(())
}
