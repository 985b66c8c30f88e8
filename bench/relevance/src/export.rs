use std::io::Write;

use registry_store::{ListQuery, Store};
use registry_types::{DependencyKind, Informational, Package};

use crate::row::Row;

/// Writes every package of the store as a line of JSON.
pub fn run(store: &Store, mut output: impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let mut query = ListQuery::default();
    loop {
        let page = store.list_packages(&query)?;
        for package in page.packages {
            serde_json::to_writer(&mut output, &row(store, package)?)?;
            output.write_all(b"\n")?;
        }
        if page.next.is_none() {
            output.flush()?;
            return Ok(());
        }
        query.after = page.next;
    }
}

fn row(store: &Store, package: Package) -> Result<Row, Box<dyn std::error::Error>> {
    let (ecosystem, name) = (package.ecosystem, &package.name);
    let stored = store.stored_versions(ecosystem, name)?;
    let newest = stored.first().ok_or("a package without a release")?;
    let release = store.get_release(ecosystem, name, &newest.version)?;
    let advisories = store.advisories(ecosystem, name, None)?;
    let unmaintained = advisories
        .into_iter()
        .find(|a| a.informational == Some(Informational::Unmaintained))
        .map(|a| a.summary.unwrap_or(a.id));
    let needed = release.dependencies.into_iter();
    Ok(Row {
        ecosystem,
        dependencies: needed
            .filter(|d| d.kind == DependencyKind::Runtime)
            .map(|d| d.name)
            .collect(),
        features: release.features,
        version: release.version,
        readme: release.readme,
        published_at: release.published_at.or(package.updated_at),
        yanked: !package.versions.is_empty() && package.versions.iter().all(|v| v.yanked),
        downloads: package.downloads.recent.or(package.downloads.total),
        dependents: package.dependents_count,
        retired: retired(&package),
        deprecated: package.deprecated,
        unmaintained,
        name: package.name,
        description: package.description,
        keywords: package.keywords,
        categories: package.categories,
    })
}

/// The words of the newest version's retirement, where all are retired.
fn retired(package: &Package) -> Option<String> {
    let mut retirements = package.versions.iter().map(|v| v.retired.as_ref());
    let newest = retirements.next()??;
    let all = retirements.all(|retirement| retirement.is_some());
    all.then(|| {
        newest
            .message
            .clone()
            .unwrap_or_else(|| newest.reason.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_store::StoreOptions;

    const LINES: &str = r#"{"ecosystem":"cargo","name":"async-std","version":"1.13.2","description":"Async standard library","keywords":["async"],"categories":["asynchronous"],"readme":"Use it.","dependencies":["futures-core"],"features":{"default":["std"]},"downloads":7,"dependents":3,"published_at":"2025-08-15T00:00:00Z","deprecated":null,"yanked":false,"retired":null,"unmaintained":"discontinued: use smol"}
{"ecosystem":"hex","name":"arc","version":"0.11.0","description":null,"keywords":[],"categories":[],"readme":null,"dependencies":[],"features":{},"downloads":null,"dependents":null,"published_at":null,"deprecated":null,"yanked":false,"retired":"use waffle","unmaintained":null}
{"ecosystem":"npm","name":"left-pad","version":"1.3.0","description":"String left pad","keywords":[],"categories":[],"readme":null,"dependencies":[],"features":{},"downloads":0,"dependents":null,"published_at":null,"deprecated":"use padStart","yanked":true,"retired":null,"unmaintained":null}
"#;

    #[test]
    fn what_is_imported_is_exported() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("s.redb");
        let store = Store::open(path, &StoreOptions::default()).unwrap().store;
        crate::import::run(&store, LINES.as_bytes()).unwrap();
        let mut exported = Vec::new();
        run(&store, &mut exported).unwrap();
        let rows = |text: &str| -> Vec<Row> {
            let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
            let mut rows: Vec<Row> = rows.collect();
            rows.sort_by(|a, b| a.name.cmp(&b.name));
            rows
        };
        assert_eq!(rows(std::str::from_utf8(&exported).unwrap()), rows(LINES));
    }
}
