//! `collect`.

use std::sync::Arc;

use registry_indexer::{CollectRequest, Config, Endpoints, Indexer, Outcome, TreeOptions};
use registry_types::version::VersionSpec;
use registry_types::{Error, ErrorKind, Limits, Release};
use serde::Serialize;
use tokio_util::sync::CancellationToken;

use super::WithPurl;
use crate::arguments::{Collect, CollectTree, Global};
use crate::failure::{Failure, Result, say};
use crate::locate;
use crate::output::escape::one_line;
use crate::output::text::cut;
use crate::output::{Output, Style, number};
use crate::progress::Bars;
use crate::target::{Known, Named};

/// Warnings shown of one release; `show` has all of them.
const WARNINGS: usize = 5;

pub(crate) fn run(
    global: Global,
    limits: Limits,
    arguments: &Collect,
    output: &mut Output,
) -> Result<()> {
    let requests = requests(arguments)?;
    let outcomes = collecting(global, limits, arguments, |indexer, cancelled| {
        let bars = Bars::new(requests.iter().map(|request| request.name.as_str()));
        let outcomes = indexer.collect_many_blocking(
            &requests,
            usize::from(arguments.concurrency),
            &|at, progress| bars.show(at, &progress),
            cancelled,
        );
        bars.clear();
        outcomes
    })?;
    report(&requests, outcomes, output)
}

/// Each package with its dependencies.
pub(crate) fn tree(
    global: Global,
    limits: Limits,
    arguments: &CollectTree,
    output: &mut Output,
) -> Result<()> {
    let requests = requests(&arguments.collect)?;
    let options = TreeOptions {
        depth: arguments.depth,
        releases: arguments.releases,
        dev: arguments.dev,
    };
    let trees = collecting(global, limits, &arguments.collect, |indexer, cancelled| {
        let collect = |request: &CollectRequest| {
            // One bar, for what is collected of a tree is known only as it goes.
            let bars = Bars::new(std::iter::once(request.name.as_str()));
            let tree = indexer.collect_tree_blocking(
                request,
                &options,
                usize::from(arguments.collect.concurrency),
                &|_, progress| bars.show(0, &progress),
                cancelled,
            );
            bars.clear();
            tree
        };
        requests.iter().map(collect).collect::<Vec<_>>()
    })?;
    let mut failed = false;
    for (request, tree) in requests.iter().zip(trees) {
        let tree = tree.map_err(|error| named(error, request))?;
        for outcome in &tree.outcomes {
            write(outcome, output)?;
        }
        for (request, error) in tree.failed {
            failed = true;
            say(&named(error, &request));
        }
        if tree.truncated {
            let message = format!(
                "{}: the tree is cut short: raise --depth or --releases",
                request.name
            );
            failed = true;
            say(&Error::limit("releases", message));
        }
    }
    if failed {
        return Err(Failure::Reported);
    }
    Ok(())
}

/// Runs `work` with an indexer on the store of the arguments, and closes both.
fn collecting<T>(
    global: Global,
    limits: Limits,
    arguments: &Collect,
    work: impl FnOnce(&Indexer, &CancellationToken) -> T,
) -> Result<T> {
    let config = Config {
        endpoints: endpoints(&arguments.endpoints)?,
        limits: limits.clone(),
        parser_program: locate::parser_program(),
        concurrency: usize::from(arguments.concurrency),
        ..Config::default()
    };
    let store = Arc::new(locate::create(global.store, &limits)?);
    let indexer = Indexer::new(Arc::clone(&store), config)?;
    let cancelled = cancelled_by_signals()?;
    let done = work(&indexer, &cancelled);
    indexer.close();
    store.close()?;
    Ok(done)
}

/// Writes every release in the order in which they were asked for, and says what failed.
fn report(
    requests: &[CollectRequest],
    outcomes: Vec<registry_types::Result<Outcome>>,
    output: &mut Output,
) -> Result<()> {
    let single = requests.len() == 1;
    let mut failed = false;
    for (request, outcome) in requests.iter().zip(outcomes) {
        match outcome {
            Ok(outcome) => write(&outcome, output)?,
            Err(error) if single => return Err(named(error, request).into()),
            Err(error) => {
                failed = true;
                say(&named(error, request));
            }
        }
    }
    if failed {
        return Err(Failure::Reported);
    }
    Ok(())
}

/// Several packages are collected at once: each failure says whose it is.
fn named(error: Error, request: &CollectRequest) -> Error {
    if error.message.contains(&request.name) {
        return error;
    }
    error.context(format!("{} ({})", request.name, request.ecosystem))
}

fn requests(arguments: &Collect) -> Result<Vec<CollectRequest>> {
    let texts: Vec<&String> = arguments.packages.iter().chain(&arguments.named).collect();
    let single = texts.len() == 1;
    let mut requests = Vec::with_capacity(texts.len());
    for text in texts {
        let known = if single {
            Named::parse(text, arguments.ecosystem, arguments.version.as_deref())?.known()?
        } else {
            // The options speak for those that do not say themselves.
            let mut named = Named::parse(text, None, None)?;
            named.ecosystem = named.ecosystem.or(arguments.ecosystem);
            named.version = named.version.or_else(|| arguments.version.clone());
            named.known()?
        };
        requests.push(request(known, arguments)?);
    }
    Ok(requests)
}

fn request(known: Known, arguments: &Collect) -> Result<CollectRequest> {
    registry_types::check_name(known.ecosystem, &known.name)?;
    let version = match &known.version {
        Some(text) => VersionSpec::parse(known.ecosystem, text)?,
        None => VersionSpec::Latest,
    };
    Ok(CollectRequest {
        force: arguments.force,
        snippets: !arguments.no_snippets,
        docs: !arguments.no_docs,
        advisories: !arguments.no_advisories,
        quality: !arguments.no_quality,
        timeout: arguments.timeout,
        ..CollectRequest::new(known.ecosystem, known.name, version)
    })
}

/// `--endpoint NAME=URL`.
pub(super) fn endpoints(settings: &[String]) -> Result<Endpoints> {
    let mut endpoints = Endpoints::default();
    for setting in settings {
        let (name, address) = setting.split_once('=').ok_or_else(|| {
            Error::invalid_argument(format!("--endpoint {setting:?}: write NAME=URL"))
        })?;
        endpoints.set(name.trim(), address.trim())?;
    }
    Ok(endpoints)
}

/// The first Ctrl-C cancels: what is being stored is stored or not, never half. The second ends
/// the program at once.
pub(super) fn cancelled_by_signals() -> Result<CancellationToken> {
    let token = CancellationToken::new();
    let cancelled = token.clone();
    ctrlc::set_handler(move || {
        if cancelled.is_cancelled() {
            std::process::exit(1);
        }
        cancelled.cancel();
    })
    .map_err(|e| {
        Error::new(
            ErrorKind::Internal,
            format!("no handler for Ctrl-C could be set: {e}"),
        )
    })?;
    Ok(token)
}

#[derive(Serialize)]
struct Collected<'a> {
    #[serde(flatten)]
    release: WithPurl<'a, Release>,
    not_modified: bool,
    /// Milliseconds.
    timings: Timings,
}

#[derive(Serialize)]
struct Timings {
    network: u128,
    archive: u128,
    parse: u128,
    store: u128,
    total: u128,
}

fn write(outcome: &Outcome, output: &mut Output) -> Result<()> {
    let Outcome {
        release,
        timings,
        not_modified,
    } = outcome;
    if output.is_json() {
        return output.json(&Collected {
            release: WithPurl {
                purl: release.purl(),
                value: release,
            },
            not_modified: *not_modified,
            timings: Timings {
                network: timings.network.as_millis(),
                archive: timings.archive.as_millis(),
                parse: timings.parse.as_millis(),
                store: timings.store.as_millis(),
                total: timings.total.as_millis(),
            },
        });
    }
    let mut facts = vec![number::count(release.snippet_count, "snippet", "snippets")];
    if !release.languages.is_empty() {
        facts.push(one_line(&release.languages.join(", ")));
    }
    if let Some(size) = release.size {
        facts.push(number::bytes(size));
    }
    if !release.advisories.is_empty() {
        let count = number::count(release.advisories.len() as u64, "advisory", "advisories");
        facts.push(output.style(Style::Bad, &count));
    }
    if *not_modified {
        facts.push("unchanged".to_owned());
    }
    facts.push(number::time(timings.total));
    output.line(&format!(
        "{} {}  {}",
        output.strong(&one_line(&format!("{} {}", release.name, release.version))),
        output.dim(release.ecosystem.as_str()),
        facts.join(" · ")
    ))?;
    if !not_modified {
        let parts = format!(
            "  network {} · archive {} · parse {} · store {}",
            number::time(timings.network),
            number::time(timings.archive),
            number::time(timings.parse),
            number::time(timings.store)
        );
        output.line(&output.dim(&parts))?;
    }
    for warning in release.warnings.iter().take(WARNINGS) {
        let line = cut(
            &super::show::warning(warning),
            output.width().saturating_sub(2),
        );
        output.line(&format!("  {}", output.style(Style::Notable, &line)))?;
    }
    if let Some(more) = release.warnings.len().checked_sub(WARNINGS + 1) {
        let line = format!(
            "  and {}: see `show`",
            number::count(more as u64 + 1, "warning", "warnings")
        );
        output.line(&output.dim(&line))?;
    }
    Ok(())
}
