//! `dependency-chain`, `dependency-paths` and `dependents`.

use std::fmt::Write;

use registry_indexer::{
    ChainOptions, PathOptions, PathStep, TreeFormat, dependency_chain, dependency_paths, render,
};
use registry_store::Store;
use registry_types::version::VersionSpec;
use registry_types::{DependencyTree, Ecosystem, Error, TreeAdvisory};
use serde::Serialize;

use super::WithPurl;
use crate::arguments::{Chain, DependencyChain, DependencyPaths, Dependents};
use crate::failure::Result;
use crate::output::escape::{lines, one_line};
use crate::output::{Output, Style};
use crate::target::{Known, Named};

pub(crate) fn chain(store: &Store, arguments: &DependencyChain, output: &mut Output) -> Result<()> {
    let known = arguments.target.find(store)?;
    let spec = spec(&known)?;
    let options = options(&arguments.chain);
    let tree = dependency_chain(store, known.ecosystem, &known.name, &spec, &options)?;
    if output.is_json() {
        return output.json(&tree);
    }
    output.raw(&lines(&render(&tree, arguments.format)?))?;
    if arguments.format == TreeFormat::Tree {
        summary(&tree, output)?;
    }
    Ok(())
}

/// Licences, advisories, and what the answer does not cover.
fn summary(tree: &DependencyTree, output: &mut Output) -> Result<()> {
    output.line("")?;
    let licenses = tree.licenses.iter().map(|(license, nodes)| {
        let name = if license.is_empty() {
            "unknown"
        } else {
            license
        };
        format!("{} ({})", one_line(name), nodes.len())
    });
    let licenses: Vec<String> = licenses.collect();
    output.line(&format!("licences: {}", licenses.join(", ")))?;
    for (title, list) in [
        ("advisories about it", &tree.advisories.own),
        ("about its dependencies", &tree.advisories.direct),
        ("about theirs", &tree.advisories.transitive),
        ("for development only", &tree.advisories.dev_only),
    ] {
        for advisory in list {
            output.line(&format!("{title}: {}", advisory_line(advisory, output)))?;
        }
    }
    let missing: Vec<String> = tree.missing().map(|n| one_line(&n.name)).collect();
    if !missing.is_empty() {
        let text = format!(
            "not in the store, and so not looked into: {}",
            missing.join(", ")
        );
        output.line(&output.style(Style::Notable, &text))?;
    }
    Ok(())
}

fn advisory_line(advisory: &TreeAdvisory, output: &Output) -> String {
    let mut line = format!(
        "{} {}  {} {}",
        one_line(&advisory.package),
        one_line(&advisory.version),
        output.style(Style::Bad, &one_line(&advisory.id)),
        advisory.severity.as_str()
    );
    if let Some(summary) = &advisory.summary {
        let _ = write!(line, "  {}", one_line(summary));
    }
    line
}

/// A way as one line of JSON.
#[derive(Serialize)]
struct Way<'a> {
    ecosystem: Ecosystem,
    path: &'a [PathStep],
}

pub(crate) fn paths(store: &Store, arguments: &DependencyPaths, output: &mut Output) -> Result<()> {
    let from = Named::parse(&arguments.from, arguments.ecosystem, None)?.find(store)?;
    let to = Named::parse(&arguments.to, Some(from.ecosystem), None)?.known()?;
    let options = PathOptions {
        chain: options(&arguments.chain),
        limit: arguments.limit,
    };
    let spec = spec(&from)?;
    let goal = (to.name.as_str(), to.version.as_deref());
    let ways = dependency_paths(store, from.ecosystem, (&from.name, &spec), goal, &options)?;
    if ways.is_empty() && !output.is_json() {
        let text = format!(
            "{} does not depend on {}, as far as is stored",
            from.name, to.name
        );
        return Err(Error::not_found(one_line(&text)).into());
    }
    for path in &ways {
        if output.is_json() {
            output.json(&Way {
                ecosystem: from.ecosystem,
                path,
            })?;
            continue;
        }
        let steps: Vec<String> = path.iter().map(|step| show_step(step, output)).collect();
        output.line(&steps.join(" → "))?;
    }
    Ok(())
}

fn show_step(step: &PathStep, output: &Output) -> String {
    let name = output.strong(&one_line(&step.name));
    match &step.version {
        Some(version) => format!("{name} {}", output.dim(&one_line(version))),
        None => format!("{name} {}", output.dim("not stored")),
    }
}

pub(crate) fn dependents(store: &Store, arguments: &Dependents, output: &mut Output) -> Result<()> {
    let known = arguments.target.find(store)?;
    for package in store.dependents(known.ecosystem, &known.name, arguments.limit)? {
        if output.is_json() {
            output.json(&WithPurl {
                purl: package.purl(),
                value: &package,
            })?;
            continue;
        }
        let name = output.strong(&one_line(&package.name));
        let version = one_line(package.latest_stable_version.as_deref().unwrap_or_default());
        let about = one_line(package.description.as_deref().unwrap_or_default());
        output.line(&format!("{name} {version}  {}", output.dim(&about)))?;
    }
    Ok(())
}

fn spec(known: &Known) -> Result<VersionSpec> {
    Ok(match &known.version {
        Some(text) => VersionSpec::parse(known.ecosystem, text)?,
        None => VersionSpec::Latest,
    })
}

fn options(chain: &Chain) -> ChainOptions {
    ChainOptions {
        depth: chain.depth,
        nodes: chain.nodes,
        kinds: chain.kinds.clone(),
    }
}
