//! `search` and `similar`.

use registry_store::Store;
use registry_types::{SearchHit, SearchQuery, SimilarQuery};

use super::WithPurl;
use crate::arguments::{Search, Similar};
use crate::failure::Result;
use crate::output::escape::one_line;
use crate::output::text::{columns, cut, pad, widest};
use crate::output::{Output, number};

/// Longer names are shown whole, but do not push all descriptions aside.
const NAME: usize = 36;
const VERSION: usize = 16;

pub(crate) fn run(store: &Store, arguments: Search, output: &mut Output) -> Result<()> {
    let hits = store.search(&SearchQuery {
        text: arguments.query,
        ecosystems: arguments.ecosystem,
        fields: arguments.field,
        limit: arguments.page.limit,
        offset: arguments.page.offset,
        explain: arguments.explain,
    })?;
    show(&hits, output)
}

/// `similar`.
pub(crate) fn similar(store: &Store, arguments: Similar, output: &mut Output) -> Result<()> {
    let found = arguments.target.find(store)?;
    let hits = store.similar(&SimilarQuery {
        ecosystem: found.ecosystem,
        name: found.name,
        ecosystems: arguments.ecosystems,
        limit: arguments.limit,
        explain: arguments.explain,
    })?;
    show(&hits, output)
}

fn show(hits: &[SearchHit], output: &mut Output) -> Result<()> {
    if output.is_json() {
        for hit in hits {
            output.json(&WithPurl {
                purl: hit.package.purl(),
                value: hit,
            })?;
        }
        return Ok(());
    }
    if hits.is_empty() {
        eprintln!("nothing found");
    }
    write(hits, output)
}

fn write(hits: &[SearchHit], output: &mut Output) -> Result<()> {
    let rows: Vec<(String, String, &SearchHit)> = hits
        .iter()
        .map(|hit| (one_line(&hit.package.name), version(hit), hit))
        .collect();
    let name_width = widest(rows.iter().map(|row| row.0.as_str()), NAME);
    let version_width = widest(rows.iter().map(|row| row.1.as_str()), VERSION);
    for (name, version, hit) in &rows {
        let head = format!(
            "{}  {}  {}  ",
            pad(name, name_width),
            pad(version, version_width),
            pad(hit.package.ecosystem.as_str(), 6)
        );
        let indent = columns(&head);
        let left = output.width().saturating_sub(indent);
        let description = hit.package.description.as_deref().map(one_line);
        let flag = flag(hit);
        let description = format!("{flag}{}", description.unwrap_or_default());
        output.line(&format!(
            "{}  {}  {}  {}",
            output.strong(&pad(name, name_width)),
            pad(version, version_width),
            output.dim(&pad(hit.package.ecosystem.as_str(), 6)),
            cut(&description, left)
        ))?;
        let facts = cut(&facts(hit), left);
        output.line(&format!("{}{}", " ".repeat(indent), output.dim(&facts)))?;
        for why in &hit.why {
            output.why(indent, why)?;
        }
    }
    Ok(())
}

fn version(hit: &SearchHit) -> String {
    let package = &hit.package;
    let version = package
        .latest_stable_version
        .as_deref()
        .or(package.latest_version.as_deref());
    version.map(one_line).unwrap_or_default()
}

fn flag(hit: &SearchHit) -> String {
    let successors = one_line(&hit.replaced_by.join(", "));
    match (hit.package.deprecated.is_some(), successors.is_empty()) {
        (_, false) => format!("[replaced by {successors}] "),
        (true, true) => "[deprecated] ".to_owned(),
        (false, true) => String::new(),
    }
}

/// Why it was found, and what speaks for it.
fn facts(hit: &SearchHit) -> String {
    let package = &hit.package;
    let mut facts = Vec::new();
    if !hit.matched.is_empty() {
        facts.push(format!("in {}", one_line(&hit.matched.join(", "))));
    }
    if !hit.missing.is_empty() {
        facts.push(format!("without {}", one_line(&hit.missing.join(", "))));
    }
    match (package.downloads.recent, package.downloads.total) {
        (Some(recent), _) => facts.push(format!("{} recent downloads", number::short(recent))),
        (None, Some(total)) => facts.push(format!("{} downloads", number::short(total))),
        (None, None) => {}
    }
    if let Some(stars) = package.stars {
        facts.push(format!("{} stars", number::short(stars)));
    }
    if let Some(license) = &package.license {
        facts.push(cut(&one_line(license), 32));
    }
    facts.join(" · ")
}
