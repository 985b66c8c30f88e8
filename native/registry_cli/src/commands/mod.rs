//! One file for each command, or for a few that are alike.

mod advisories;
mod collect;
mod compare;
mod dependencies;
mod docs;
mod feeds;
mod list;
mod quality;
mod recommend;
mod replacements;
mod search;
mod show;
mod snippets;
mod upkeep;

use serde::Serialize;

use registry_store::Store;
use registry_types::Limits;

use crate::arguments::{Cli, Command, Global};
use crate::failure::Result;
use crate::output::Output;
use crate::{limits, locate};

/// A result with the package URL of what it is about.
#[derive(Serialize)]
struct WithPurl<'a, T> {
    purl: String,
    #[serde(flatten)]
    value: &'a T,
}

pub(crate) fn run(cli: Cli, output: &mut Output) -> Result<()> {
    let Cli { global, command } = cli;
    let limits = limits::parse(&global.limits)?;
    match command {
        Command::Collect(arguments) => collect::run(global, limits, &arguments, output),
        Command::CollectTree(arguments) => collect::tree(global, limits, &arguments, output),
        Command::Delete(arguments) => reading(global, &limits, |store| {
            list::delete(store, &arguments, output)
        }),
        Command::Search(arguments) => reading(global, &limits, |store| {
            search::run(store, arguments, output)
        }),
        Command::Similar(arguments) => reading(global, &limits, |store| {
            search::similar(store, arguments, output)
        }),
        Command::Snippets(arguments) => reading(global, &limits, |store| {
            snippets::list(store, &arguments, output)
        }),
        Command::SearchSnippets(arguments) => reading(global, &limits, |store| {
            snippets::search(store, arguments, output)
        }),
        Command::Show(arguments) => reading(global, &limits, |store| {
            show::run(store, &arguments, output)
        }),
        Command::Docs(arguments) => reading(global, &limits, |store| {
            docs::run(store, &arguments, output)
        }),
        Command::Advisories(arguments) => reading(global, &limits, |store| {
            advisories::run(store, &arguments, output)
        }),
        Command::ImportAdvisories(arguments) => feeds::import(global, limits, &arguments, output),
        Command::RefreshAdvisories(arguments) => feeds::refresh(global, limits, &arguments, output),
        Command::CompareApi(arguments) => reading(global, &limits, |store| {
            compare::run(store, &arguments, output)
        }),
        Command::RecommendVersion(arguments) => reading(global, &limits, |store| {
            recommend::version(store, &arguments, output)
        }),
        Command::Recommend(arguments) => reading(global, &limits, |store| {
            recommend::purpose(store, arguments, output)
        }),
        Command::Quality(target) => reading(global, &limits, |store| {
            quality::quality(store, &target, output)
        }),
        Command::Frameworks(target) => reading(global, &limits, |store| {
            quality::frameworks(store, &target, output)
        }),
        Command::DependencyChain(arguments) => reading(global, &limits, |store| {
            dependencies::chain(store, &arguments, output)
        }),
        Command::DependencyPaths(arguments) => reading(global, &limits, |store| {
            dependencies::paths(store, &arguments, output)
        }),
        Command::Dependents(arguments) => reading(global, &limits, |store| {
            dependencies::dependents(store, &arguments, output)
        }),
        Command::Replacements(target) => reading(global, &limits, |store| {
            replacements::run(store, &target, output)
        }),
        Command::List(arguments) => {
            reading(global, &limits, |store| list::run(store, arguments, output))
        }
        Command::Stats => reading(global, &limits, |store| upkeep::stats(store, output)),
        Command::Reindex => reading(global, &limits, |store| upkeep::reindex(store, output)),
        Command::Check => reading(global, &limits, |store| upkeep::check(store, output)),
        Command::Compact => reading(global, &limits, |store| upkeep::compact(store, output)),
    }
}

/// Does something with a store that must be there, and closes it.
fn reading(global: Global, limits: &Limits, work: impl FnOnce(&Store) -> Result<()>) -> Result<()> {
    let store = locate::existing(global.store, limits)?;
    let result = work(&store);
    let closed = store.close();
    result?;
    closed?;
    Ok(())
}
