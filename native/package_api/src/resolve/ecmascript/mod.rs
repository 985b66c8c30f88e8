//! JavaScript and TypeScript: what the entries of `package.json` lead to.
//!
//! Exports are followed through imports, stars, namespaces and `require` to the items they name;
//! each gets the shortest path that a user can write, `<package>.<name>` for the main entry,
//! `<package>/<subpath>.<name>` for others. All else is internal.

mod apply;
mod entries;
mod locate;
mod manifest;
mod modules;
mod names;
mod publish;
mod reach;
mod scopes;

use super::{Context, FileOutline};
use entries::Entries;
use locate::Files;
use manifest::Manifest;
use modules::Modules;
use names::Names;
use publish::{Published, Publisher};
use scopes::Scopes;

pub use reach::{Reached, reached};

pub(super) fn resolve(context: &Context<'_>, files: &mut [FileOutline]) {
    if !files.iter().any(is_ours) {
        return;
    }
    match published(context, files) {
        Some(published) if !published.is_empty() => apply::apply(files, published),
        // Nothing says where users enter: each file speaks for itself.
        _ => apply::by_file(files),
    }
}

fn is_ours(file: &FileOutline) -> bool {
    matches!(
        file.outline.language.as_str(),
        "javascript" | "typescript" | "tsx"
    )
}

fn published(context: &Context<'_>, files: &[FileOutline]) -> Option<Published> {
    let read = |path: &str| Manifest::read(&(context.manifest)(path)?);
    let manifest = read("package.json").filter(|manifest| !manifest.is_workspace())?;
    let ours = files.iter().enumerate().filter(|(_, file)| is_ours(file));
    let paths: Vec<(usize, &str)> = ours
        .map(|(index, file)| (index, file.path.as_str()))
        .collect();
    let located = Files::new(paths.iter().copied());
    let entries = Entries::new(&manifest, &located, &paths, &read);
    let package = described(context.package);
    let scopes = Scopes::new(files, is_ours);
    let modules = Modules::new(files, scopes, &manifest, &located, &entries, &package);
    let names = Names::new(&modules, files);
    Some(Publisher::new(&names, files).run(&package, &entries))
}

/// `@types/babel__core` describes `@babel/core`.
fn described(name: &str) -> String {
    match name.strip_prefix("@types/") {
        Some(name) => match name.split_once("__") {
            Some((scope, name)) => format!("@{scope}/{name}"),
            None => name.to_owned(),
        },
        None => name.to_owned(),
    }
}
