//! `list` and `delete`.

use registry_store::{ListQuery, Store};
use registry_types::{Error, Purl};

use super::WithPurl;
use crate::arguments::{Delete, List};
use crate::failure::Result;
use crate::output::escape::one_line;
use crate::output::text::{cut, pad, widest};
use crate::output::{Output, number};

pub(crate) fn run(store: &Store, arguments: List, output: &mut Output) -> Result<()> {
    let page = store.list_packages(&ListQuery {
        ecosystem: arguments.ecosystem,
        limit: arguments.limit,
        after: arguments.after,
    })?;
    let names: Vec<String> = page.packages.iter().map(|p| one_line(&p.name)).collect();
    let width = widest(names.iter().map(String::as_str), 40);
    for (package, name) in page.packages.iter().zip(&names) {
        if output.is_json() {
            output.json(&WithPurl {
                purl: package.purl(),
                value: package,
            })?;
            continue;
        }
        let version = package
            .latest_stable_version
            .as_deref()
            .or(package.latest_version.as_deref())
            .unwrap_or_default();
        let description = one_line(package.description.as_deref().unwrap_or_default());
        let left = output.width().saturating_sub(width + 28);
        output.line(&format!(
            "{}  {}  {}  {}",
            output.dim(&pad(package.ecosystem.as_str(), 6)),
            output.strong(&pad(name, width)),
            pad(&one_line(version), 16),
            cut(&description, left)
        ))?;
    }
    if let Some(next) = &page.next {
        output.finish()?;
        eprintln!("more: list --after {}", one_line(next));
    }
    Ok(())
}

pub(crate) fn delete(store: &Store, arguments: &Delete, output: &mut Output) -> Result<()> {
    let known = arguments.target.find(store)?;
    let version = match &known.version {
        Some(_) if arguments.all => {
            return Err(Error::invalid_argument("a version and --all: give one of them").into());
        }
        Some(_) => Some(known.release(store)?),
        None if arguments.all => None,
        None => {
            return Err(Error::invalid_argument(format!(
                "which release of {}? Give --version, or --all for all of them",
                known.name
            ))
            .into());
        }
    };
    let deleted = store.delete(known.ecosystem, &known.name, version.as_deref())?;
    let purl = Purl::new(known.ecosystem, &known.name, version.as_deref()).to_string();
    if output.is_json() {
        return output.json(&serde_json::json!({"purl": purl, "deleted": deleted}));
    }
    output.line(&format!(
        "deleted {} of {}",
        number::count(deleted, "release", "releases"),
        one_line(&known.name)
    ))
}
