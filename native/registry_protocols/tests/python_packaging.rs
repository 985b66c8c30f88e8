//! Requirement lines as pip's own `packaging` reads them. Where python3 with pip is not installed,
//! this says so and tests nothing.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use registry_protocols::pypi::requirement;
use serde::Deserialize;

#[derive(Debug, Deserialize, PartialEq)]
struct Parts {
    name: String,
    extras: BTreeSet<String>,
    specifier: BTreeSet<String>,
    url: Option<String>,
    marker: bool,
}

fn parts(line: &str) -> Option<Parts> {
    let read = requirement(line)?;
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    Some(Parts {
        name: read.name,
        extras: read.extras.into_iter().collect(),
        specifier: read
            .specifier
            .split(',')
            .map(squeezed)
            .filter(|part| !part.is_empty())
            .collect(),
        url: read.url,
        marker: read.marker.is_some(),
    })
}

#[test]
fn what_pip_reads_we_read_alike() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python_packaging/make.py");
    let output = Command::new("python3").arg(&script).arg("4000").output();
    let Ok(output) = output else {
        eprintln!("SKIPPED: python3 is not installed, nothing to compare with");
        return;
    };
    if String::from_utf8_lossy(&output.stderr).contains("No module named") {
        eprintln!("SKIPPED: python3 has no pip, nothing to compare with");
        return;
    }
    assert!(output.status.success(), "{output:?}");
    let lines: Vec<(String, Option<Parts>)> = serde_json::from_slice(&output.stdout).unwrap();
    // What pip refuses we may still read: a registry publishes what older tools let pass.
    let readable: Vec<_> = lines
        .into_iter()
        .filter(|(_, theirs)| theirs.is_some())
        .collect();
    assert!(
        readable.len() > 1000,
        "only {} readable lines",
        readable.len()
    );
    for (line, theirs) in readable {
        let mut ours = parts(&line);
        if let (Some(ours), Some(theirs)) = (&mut ours, &theirs) {
            // `packaging` keeps one of two specifiers that mean the same.
            if ours.specifier.is_superset(&theirs.specifier) {
                ours.specifier.clone_from(&theirs.specifier);
            }
        }
        assert_eq!(ours, theirs, "{line:?}");
    }
}
