//! `docs`.

use registry_store::Store;
use registry_types::{Document, Error, SnippetOwner};
use serde::Serialize;

use crate::arguments::Docs;
use crate::failure::Result;
use crate::output::escape::{lines, one_line};
use crate::output::text::{pad, widest};
use crate::output::{Output, number};

/// A document with its package.
#[derive(Serialize)]
struct Owned<'a> {
    #[serde(flatten)]
    owner: &'a SnippetOwner,
    #[serde(flatten)]
    document: &'a Document,
}

pub(crate) fn run(store: &Store, arguments: &Docs, output: &mut Output) -> Result<()> {
    let known = arguments.target.find(store)?;
    let owner = SnippetOwner {
        version: known.release(store)?,
        ecosystem: known.ecosystem,
        package: known.name,
    };
    let mut documents = store.documents(owner.ecosystem, &owner.package, &owner.version)?;
    if let Some(path) = &arguments.path {
        documents.retain(|document| document.path == *path);
        if documents.is_empty() {
            return Err(Error::not_found(format!(
                "{} {} has no document {path:?}: see `docs --list`",
                owner.package, owner.version
            ))
            .into());
        }
    }
    if output.is_json() {
        for document in &documents {
            output.json(&Owned {
                owner: &owner,
                document,
            })?;
        }
        return Ok(());
    }
    if documents.is_empty() {
        eprintln!(
            "{} {} has no documents",
            one_line(&owner.package),
            one_line(&owner.version)
        );
        return Ok(());
    }
    if arguments.list {
        return list(&documents, output);
    }
    // Without a choice the README is meant; a person asks for the others by their path.
    let Some((first, others)) = documents.split_first() else {
        return Ok(());
    };
    output.raw(&lines(&first.text))?;
    if !others.is_empty() {
        let more = number::count(others.len() as u64, "more document", "more documents");
        eprintln!("{more}: see `docs --list` and `docs --path PATH`");
    }
    Ok(())
}

fn list(documents: &[Document], output: &mut Output) -> Result<()> {
    let paths: Vec<String> = documents.iter().map(|d| one_line(&d.path)).collect();
    let width = widest(paths.iter().map(String::as_str), 60);
    for (document, path) in documents.iter().zip(&paths) {
        let size = number::bytes(document.text.len() as u64);
        output.line(&format!(
            "{}  {}  {}",
            output.strong(&pad(path, width)),
            output.dim(&format!("{size:>8}")),
            one_line(document.title.as_deref().unwrap_or_default())
        ))?;
    }
    Ok(())
}
