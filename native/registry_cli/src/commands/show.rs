//! `show`: a package, or one release of it.

use std::fmt::Write as _;

use registry_store::Store;
use registry_types::{
    Dependency, DependencyKind, Package, Release, Timestamp, VersionEntry, Warning,
};
use serde::Serialize;

use super::WithPurl;
use crate::arguments::Show;
use crate::failure::Result;
use crate::output::escape::{lines, one_line};
use crate::output::text::{pad, wrap};
use crate::output::{Output, Style, number};

const LABEL: usize = 14;
/// Versions shown of a package with hundreds.
const VERSIONS: usize = 12;

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    package: WithPurl<'a, Package>,
    /// Versions whose releases the store holds, newest first.
    stored: Vec<&'a str>,
}

pub(crate) fn run(store: &Store, arguments: &Show, output: &mut Output) -> Result<()> {
    let known = arguments.target.find(store)?;
    if known.version.is_none() && !arguments.readme {
        let package = store.get_package(known.ecosystem, &known.name)?;
        let stored = store.stored_versions(known.ecosystem, &known.name)?;
        return show_package(&package, &stored, output);
    }
    let version = known.release(store)?;
    let release = store.get_release(known.ecosystem, &known.name, &version)?;
    show_release(&release, arguments.readme, output)
}

fn show_package(package: &Package, stored: &[VersionEntry], output: &mut Output) -> Result<()> {
    let stored: Vec<&str> = stored.iter().map(|entry| entry.version.as_str()).collect();
    if output.is_json() {
        return output.json(&Shown {
            package: WithPurl {
                purl: package.purl(),
                value: package,
            },
            stored,
        });
    }
    let version = package
        .latest_stable_version
        .as_deref()
        .or(package.latest_version.as_deref());
    head(&package.name, version, package.ecosystem.as_str(), output)?;
    paragraph(package.description.as_deref(), output)?;
    let mut facts = Facts(output);
    facts.bad("deprecated", package.deprecated.as_deref())?;
    facts.add("license", package.license.as_deref())?;
    facts.add("homepage", package.homepage.as_deref())?;
    facts.add("repository", package.repository.as_deref())?;
    facts.add("documentation", package.documentation.as_deref())?;
    facts.add("keywords", joined(&package.keywords).as_deref())?;
    facts.add("categories", joined(&package.categories).as_deref())?;
    let owners: Vec<&str> = package.owners.iter().map(|o| o.name.as_str()).collect();
    facts.add("owners", joined(&owners).as_deref())?;
    facts.add("downloads", downloads(package).as_deref())?;
    facts.add("stars", package.stars.map(number::grouped).as_deref())?;
    facts.add(
        "dependents",
        package.dependents_count.map(number::grouped).as_deref(),
    )?;
    facts.add(
        "quality",
        package.quality.map(|q| format!("{q:.2}")).as_deref(),
    )?;
    facts.add("created", package.created_at.map(day).as_deref())?;
    facts.add("updated", package.updated_at.map(day).as_deref())?;
    facts.add("versions", versions(&package.versions).as_deref())?;
    facts.add("stored", joined(&stored).as_deref())?;
    facts.add(
        "collected",
        package.collected_at.map(|t| t.to_string()).as_deref(),
    )
}

fn show_release(release: &Release, readme: bool, output: &mut Output) -> Result<()> {
    if output.is_json() {
        return output.json(&WithPurl {
            purl: release.purl(),
            value: release,
        });
    }
    head(
        &release.name,
        Some(&release.version),
        release.ecosystem.as_str(),
        output,
    )?;
    paragraph(release.description.as_deref(), output)?;
    let mut facts = Facts(output);
    facts.bad("yanked", release.yanked.then_some("yes"))?;
    facts.bad("deprecated", release.deprecated.as_deref())?;
    let retired = release.retired.as_ref().map(|retired| {
        let message = retired.message.as_deref().unwrap_or_default();
        format!("{} {message}", retired.reason)
    });
    facts.bad("retired", retired.as_deref())?;
    facts.bad("advisories", joined(&release.advisories).as_deref())?;
    facts.add("license", release.license.as_deref())?;
    facts.add("published", release.published_at.map(day).as_deref())?;
    let runtime: Vec<String> = release
        .runtime
        .iter()
        .map(|(name, requirement)| format!("{name} {requirement}"))
        .collect();
    facts.add("runs on", joined(&runtime).as_deref())?;
    facts.add("languages", joined(&release.languages).as_deref())?;
    facts.add("snippets", Some(&number::grouped(release.snippet_count)))?;
    let skipped: Vec<String> = release
        .skipped
        .iter()
        .map(|(reason, count)| format!("{count} {}", reason.as_str().replace('_', " ")))
        .collect();
    facts.add("files left out", joined(&skipped).as_deref())?;
    facts.add("size", release.size.map(number::bytes).as_deref())?;
    facts.add("checksum", release.checksum.as_deref())?;
    let features: Vec<&String> = release.features.keys().collect();
    facts.add("features", joined(&features).as_deref())?;
    for (kind, label) in [
        (DependencyKind::Runtime, "needs"),
        (DependencyKind::Peer, "needs beside"),
        (DependencyKind::Optional, "may use"),
        (DependencyKind::Build, "builds with"),
        (DependencyKind::Dev, "developed with"),
    ] {
        facts.add(label, dependencies(release, kind).as_deref())?;
    }
    facts.add(
        "collected",
        release.collected_at.map(|t| t.to_string()).as_deref(),
    )?;
    facts.add(
        "from",
        Some(release.source.endpoint.as_str()).filter(|s| !s.is_empty()),
    )?;
    for entry in &release.warnings {
        facts.notable("warning", &warning(entry))?;
    }
    if let Some(text) = release.readme.as_deref().filter(|_| readme) {
        output.line("")?;
        output.raw(&lines(text))?;
    }
    Ok(())
}

/// A warning on one line.
pub(crate) fn warning(warning: &Warning) -> String {
    let path = warning.path.as_deref().map(|path| format!(" ({path})"));
    one_line(&format!(
        "{}: {}{}",
        warning.kind.as_str(),
        warning.message,
        path.unwrap_or_default()
    ))
}

fn head(name: &str, version: Option<&str>, ecosystem: &str, output: &mut Output) -> Result<()> {
    let title = one_line(&format!("{name} {}", version.unwrap_or_default()));
    output.line(&format!(
        "{} {}",
        output.strong(&title),
        output.dim(ecosystem)
    ))
}

fn paragraph(text: Option<&str>, output: &mut Output) -> Result<()> {
    for line in wrap(&one_line(text.unwrap_or_default()), output.width(), 6) {
        output.line(&line)?;
    }
    output.line("")
}

/// Facts under each other, their labels aligned; what is unknown is left out.
struct Facts<'o>(&'o mut Output);

impl Facts<'_> {
    fn add(&mut self, label: &str, value: Option<&str>) -> Result<()> {
        self.styled(label, value, None)
    }

    fn bad(&mut self, label: &str, value: Option<&str>) -> Result<()> {
        self.styled(label, value, Some(Style::Bad))
    }

    fn notable(&mut self, label: &str, value: &str) -> Result<()> {
        self.styled(label, Some(value), Some(Style::Notable))
    }

    fn styled(&mut self, label: &str, value: Option<&str>, style: Option<Style>) -> Result<()> {
        let Some(value) = value else {
            return Ok(());
        };
        let width = self.0.width().saturating_sub(LABEL + 2);
        for (at, line) in wrap(&one_line(value), width, 8).iter().enumerate() {
            let label = pad(if at == 0 { label } else { "" }, LABEL);
            let line = style.map_or_else(|| line.clone(), |style| self.0.style(style, line));
            let line = format!("{}  {line}", self.0.dim(&label));
            self.0.line(&line)?;
        }
        Ok(())
    }
}

fn joined(values: &[impl AsRef<str>]) -> Option<String> {
    let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

fn downloads(package: &Package) -> Option<String> {
    let parts: Vec<String> = [
        package
            .downloads
            .total
            .map(|n| format!("{} in all", number::grouped(n))),
        package
            .downloads
            .recent
            .map(|n| format!("{} recently", number::grouped(n))),
    ]
    .into_iter()
    .flatten()
    .collect();
    joined(&parts)
}

fn versions(entries: &[VersionEntry]) -> Option<String> {
    let mut text = String::new();
    for entry in entries.iter().take(VERSIONS) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&entry.version);
        let flags = [
            (entry.yanked, " (yanked)"),
            (entry.deprecated.is_some(), " (deprecated)"),
            (entry.retired.is_some(), " (retired)"),
        ];
        text.extend(flags.iter().filter(|(is, _)| *is).map(|(_, flag)| *flag));
    }
    if let Some(more) = entries.len().checked_sub(VERSIONS).filter(|more| *more > 0) {
        let _infallible = write!(text, " and {more} more");
    }
    (!text.is_empty()).then_some(text)
}

fn dependencies(release: &Release, kind: DependencyKind) -> Option<String> {
    let of_kind: Vec<String> = release
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind == kind)
        .map(dependency)
        .collect();
    joined(&of_kind)
}

fn dependency(dependency: &Dependency) -> String {
    let mut text = dependency.name.clone();
    if !matches!(dependency.requirement.as_str(), "" | "*") {
        text.push(' ');
        text.push_str(&dependency.requirement);
    }
    if dependency.optional && dependency.kind != DependencyKind::Optional {
        text.push_str(" (optional)");
    }
    text
}

/// `2023-12-08`.
fn day(time: Timestamp) -> String {
    let text = time.to_string();
    text.get(..10).unwrap_or(&text).to_owned()
}
