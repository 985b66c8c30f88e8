//! `stats`, `reindex`, `check` and `compact`.

use std::time::Instant;

use registry_store::{EcosystemStats, Stats, Store};
use serde_json::json;

use crate::failure::{Failure, Result, warn};
use crate::output::escape::one_line;
use crate::output::text::pad;
use crate::output::{Output, Style, number};

const COLUMNS: [&str; 5] = [
    "packages",
    "releases",
    "snippets",
    "documents",
    "advisories",
];

pub(crate) fn stats(store: &Store, output: &mut Output) -> Result<()> {
    let stats = store.stats()?;
    if output.is_json() {
        return output.json(&as_json(&stats));
    }
    let mut header = pad("", 10);
    for column in COLUMNS {
        header.push_str(&format!("{column:>14}"));
    }
    output.line(&output.dim(&header))?;
    for of in &stats.ecosystems {
        row(of.ecosystem.as_str(), counts(of), output)?;
    }
    let all = [
        stats.packages,
        stats.releases,
        stats.snippets,
        stats.documents,
        stats.advisories,
    ];
    row("all", all, output)?;
    output.line("")?;
    let file = format!(
        "{}  {}, of which documents have {}, snippets {}, their index {}, that of packages {}",
        one_line(&stats.path.display().to_string()),
        number::bytes(stats.file_bytes),
        number::bytes(stats.text_bytes),
        number::bytes(stats.snippet_bytes),
        number::bytes(stats.snippet_index_bytes),
        number::bytes(stats.package_index_bytes),
    );
    output.line(&output.dim(&file))?;
    let each = [
        (stats.bytes_per_package(), "package, snippets left out"),
        (stats.bytes_per_snippet(), "snippet"),
    ];
    for (bytes, what) in each {
        if let Some(bytes) = bytes {
            let line = format!("{} for each {what}", number::bytes(bytes));
            output.line(&output.dim(&line))?;
        }
    }
    Ok(())
}

fn row(name: &str, counts: [u64; 5], output: &mut Output) -> Result<()> {
    let mut line = output.strong(&pad(name, 10));
    for count in counts {
        line.push_str(&format!("{:>14}", number::grouped(count)));
    }
    output.line(&line)
}

const fn counts(of: &EcosystemStats) -> [u64; 5] {
    [
        of.packages,
        of.releases,
        of.snippets,
        of.documents,
        of.advisories,
    ]
}

fn as_json(stats: &Stats) -> serde_json::Value {
    let ecosystems: Vec<serde_json::Value> = stats
        .ecosystems
        .iter()
        .map(|of| {
            json!({
                "ecosystem": of.ecosystem.as_str(),
                "packages": of.packages,
                "releases": of.releases,
                "snippets": of.snippets,
                "documents": of.documents,
                "advisories": of.advisories,
            })
        })
        .collect();
    json!({
        "packages": stats.packages,
        "releases": stats.releases,
        "snippets": stats.snippets,
        "documents": stats.documents,
        "advisories": stats.advisories,
        "ecosystems": ecosystems,
        "file_bytes": stats.file_bytes,
        "index_bytes": stats.index_bytes,
        "package_index_bytes": stats.package_index_bytes,
        "snippet_index_bytes": stats.snippet_index_bytes,
        "text_bytes": stats.text_bytes,
        "snippet_bytes": stats.snippet_bytes,
        "bytes_per_package": stats.bytes_per_package(),
        "bytes_per_snippet": stats.bytes_per_snippet(),
        "path": stats.path.display().to_string(),
    })
}

pub(crate) fn reindex(store: &Store, output: &mut Output) -> Result<()> {
    let started = Instant::now();
    store.reindex()?;
    let stats = store.stats()?;
    let took = started.elapsed();
    if output.is_json() {
        return output.json(&json!({"packages": stats.packages, "milliseconds": took.as_millis()}));
    }
    output.line(&format!(
        "{} indexed in {}",
        number::count(stats.packages, "package", "packages"),
        number::time(took)
    ))
}

/// Faults make it fail: a script must notice.
pub(crate) fn check(store: &Store, output: &mut Output) -> Result<()> {
    let report = store.check()?;
    if output.is_json() {
        output.json(&json!({
            "ok": report.is_ok(),
            "records": report.records,
            "indexed_packages": report.indexed_packages,
            "indexed_snippets": report.indexed_snippets,
            "faults": report.faults,
            "file_intact": report.file_intact,
            "index_intact": report.index_intact,
        }))?;
    } else if report.is_ok() {
        let records = number::count(report.records, "record", "records");
        output.line(&format!(
            "{records}, {} and {} in the index: {}",
            number::count(report.indexed_packages, "package", "packages"),
            number::count(report.indexed_snippets, "snippet", "snippets"),
            output.style(Style::Good, "all intact")
        ))?;
    }
    if report.is_ok() {
        return Ok(());
    }
    for fault in &report.faults {
        warn(fault);
    }
    if !report.index_intact {
        warn("the search index is damaged: `reindex` builds it again");
    }
    if !report.file_intact {
        warn("the file is damaged: collect its packages into a new one");
    }
    Err(Failure::Reported)
}

pub(crate) fn compact(store: &Store, output: &mut Output) -> Result<()> {
    let sizes = store.compact()?;
    if output.is_json() {
        return output.json(&json!({
            "bytes_before": sizes.bytes_before,
            "bytes_after": sizes.bytes_after,
        }));
    }
    output.line(&format!(
        "{} before, {} now",
        number::bytes(sizes.bytes_before),
        number::bytes(sizes.bytes_after)
    ))
}
