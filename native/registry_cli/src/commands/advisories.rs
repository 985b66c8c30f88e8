//! `advisories`.

use registry_store::Store;
use registry_types::version::VersionSpec;
use registry_types::{Advisory, AdvisoryReport, AdvisoryStatus, Ecosystem, FeedScope, Severity};
use serde::Serialize;

use crate::arguments::Advisories;
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

/// A report with what it is about.
#[derive(Serialize)]
struct Reported<'a> {
    ecosystem: Ecosystem,
    package: &'a str,
    version: Option<&'a str>,
    #[serde(flatten)]
    report: &'a AdvisoryReport,
}

pub(crate) fn run(store: &Store, arguments: &Advisories, output: &mut Output) -> Result<()> {
    let known = arguments.target.find(store)?;
    let (ecosystem, name) = (known.ecosystem, known.name.as_str());
    let version = match &known.version {
        // An exact version need not be in the store: feeds answer for all packages.
        Some(text) => match VersionSpec::parse(ecosystem, text)? {
            VersionSpec::Exact(version) => Some(version),
            _ => Some(known.release(store)?),
        },
        None => None,
    };
    let report = store.advisory_report(ecosystem, name, version.as_deref())?;
    if output.is_json() && arguments.report {
        return output.json(&Reported {
            ecosystem,
            package: name,
            version: version.as_deref(),
            report: &report,
        });
    }
    let lists = [&report.malicious, &report.advisories, &report.informational];
    for advisory in lists.into_iter().flatten() {
        if output.is_json() {
            output.json(&Owned {
                ecosystem,
                package: name,
                advisory,
            })?;
        } else {
            write(advisory, output)?;
        }
    }
    if !output.is_json() {
        conclude(&report, output)?;
    }
    Ok(())
}

/// What follows, and from whom it is known.
fn conclude(report: &AdvisoryReport, output: &mut Output) -> Result<()> {
    let (style, words) = match report.status {
        AdvisoryStatus::Affected => (Style::Bad, "affected"),
        AdvisoryStatus::Clean => (Style::Good, "no vulnerability is known"),
        AdvisoryStatus::Unknown => (
            Style::Notable,
            "unknown: no feed was asked that would know (collect the package, or refresh-advisories)",
        ),
    };
    output.line(&output.style(style, words))?;
    for feed in &report.feeds {
        let when = match feed.asked_at {
            Some(at) => format!("asked {at}"),
            None => "never asked".to_owned(),
        };
        let what = match &feed.scope {
            FeedScope::Ecosystem => "about the whole ecosystem".to_owned(),
            FeedScope::Package => "about the package".to_owned(),
            FeedScope::Version(version) => format!("about {version}"),
        };
        let state = feed.snapshot.as_ref().map(|s| format!(", as of {s}"));
        let line = match feed.asked_at {
            Some(_) => format!(
                "  {}  {when} {what}{}",
                feed.source,
                state.unwrap_or_default()
            ),
            None => format!("  {}  {when}", feed.source),
        };
        output.line(&output.dim(&one_line(&line)))?;
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
