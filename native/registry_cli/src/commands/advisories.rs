//! `advisories`.

use registry_store::Store;
use registry_types::{Advisory, Ecosystem, Severity};
use serde::Serialize;

use crate::arguments::Target;
use crate::failure::Result;
use crate::output::escape::one_line;
use crate::output::text::{pad, wrap};
use crate::output::{Output, Style};

/// An advisory with the package it was asked for.
#[derive(Serialize)]
struct Owned<'a> {
    ecosystem: Ecosystem,
    package: &'a str,
    #[serde(flatten)]
    advisory: &'a Advisory,
}

pub(crate) fn run(store: &Store, target: &Target, output: &mut Output) -> Result<()> {
    let known = target.find(store)?;
    let version = match known.version {
        Some(_) => Some(known.release(store)?),
        None => None,
    };
    let found = store.advisories(known.ecosystem, &known.name, version.as_deref())?;
    if found.is_empty() && !output.is_json() {
        eprintln!("no advisories are known");
    }
    for advisory in &found {
        if output.is_json() {
            output.json(&Owned {
                ecosystem: known.ecosystem,
                package: &known.name,
                advisory,
            })?;
        } else {
            write(advisory, output)?;
        }
    }
    Ok(())
}

fn write(advisory: &Advisory, output: &mut Output) -> Result<()> {
    let (style, severity) = match advisory.severity {
        Severity::Critical => (Style::Bad, "critical"),
        Severity::High => (Style::Bad, "high"),
        Severity::Medium => (Style::Notable, "medium"),
        Severity::Low => (Style::Notable, "low"),
        Severity::None => (Style::Dim, "none"),
        Severity::Unknown => (Style::Dim, "unknown"),
    };
    let severity = if advisory.malicious {
        output.style(Style::Bad, "malware ")
    } else if advisory.informational.is_some() {
        output.style(Style::Dim, "notice  ")
    } else {
        output.style(style, &pad(severity, 8))
    };
    let summary = advisory.summary.as_deref().unwrap_or_default();
    output.line(&format!(
        "{severity}  {}  {}",
        output.strong(&one_line(&advisory.id)),
        one_line(summary)
    ))?;
    let mut facts = Vec::new();
    if let Some(cvss) = &advisory.cvss {
        facts.push(format!("CVSS {} {:.1}", cvss.version, cvss.score));
    }
    if !advisory.fixed_versions.is_empty() {
        facts.push(format!("fixed in {}", advisory.fixed_versions.join(", ")));
    }
    if advisory.withdrawn_at.is_some() {
        facts.push("withdrawn".to_owned());
    }
    if !advisory.aliases.is_empty() {
        facts.push(format!("also {}", advisory.aliases.join(", ")));
    }
    facts.extend(advisory.references.first().cloned());
    let width = output.width().saturating_sub(10);
    for line in wrap(&one_line(&facts.join(" · ")), width, 4) {
        output.line(&format!("          {}", output.dim(&line)))?;
    }
    Ok(())
}
