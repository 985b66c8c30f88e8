//! Compares two lists of snippets, as `universal-parser --json --resolve` prints them:
//! `compare_api cargo 1.0.0 before.jsonl 1.1.0 after.jsonl`.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader};

use package_api::{Releases, compare};
use registry_types::Snippet;

fn read(path: &str) -> Result<Vec<Snippet>, Box<dyn Error>> {
    let lines = BufReader::new(File::open(path)?).lines();
    lines
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [ecosystem, from, before, to, after] = arguments.as_slice() else {
        return Err("compare_api ECOSYSTEM VERSION SNIPPETS VERSION SNIPPETS".into());
    };
    let (before, after) = (read(before)?, read(after)?);
    let start = std::time::Instant::now();
    let diff = compare(&Releases {
        ecosystem: ecosystem.parse()?,
        package: "package",
        from,
        to,
        before: &before,
        after: &after,
    });
    let took = start.elapsed();
    for (title, changes) in [
        ("removed", &diff.removed),
        ("changed", &diff.changed),
        ("moved", &diff.moved),
        ("added", &diff.added),
    ] {
        for change in changes {
            let impact = change.impact.as_str();
            println!(
                "{title} {} {impact}: {}",
                change.qualified_name, change.reason
            );
        }
    }
    println!("{} and {} snippets in {took:?}", before.len(), after.len());
    println!("{:?}", diff.verdict);
    Ok(())
}
