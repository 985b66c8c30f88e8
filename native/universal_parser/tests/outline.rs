//! Source text to outline text: every file under `tests/outline/<language>/<package>/` has its
//! expected outline beside it, in `<file>.outline`.
//!
//! `UPDATE_OUTLINES=1 cargo test -p universal_parser --test outline` writes them; read the result.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};

use universal_parser::{Options, outline_text, render, render_links};

fn files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path
            .extension()
            .is_none_or(|extension| extension != "outline")
        {
            found.push(path);
        }
    }
}

#[test]
fn outlines_are_as_expected() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outline");
    let update = std::env::var_os("UPDATE_OUTLINES").is_some();
    let mut sources = Vec::new();
    files(&base, &mut sources);
    sources.sort();
    let mut failures = Vec::new();
    for source in &sources {
        let inside = source.strip_prefix(&base).unwrap().to_str().unwrap();
        let mut parts = inside.splitn(3, '/');
        let (language, package, path) = (
            parts.next().unwrap(),
            parts.next().unwrap(),
            parts.next().unwrap(),
        );
        let text = fs::read(source).unwrap();
        let options = Options {
            data_files: true,
            ..Options::default()
        };
        let outline = outline_text(path, package, &text, &options).unwrap();
        let same_family = language.split('+').any(|name| name == outline.language);
        assert!(same_family, "{inside} was taken for {}", outline.language);
        let got = render(&outline) + &render_links(&outline);
        let expected_path = PathBuf::from(format!("{}.outline", source.display()));
        if update {
            fs::write(&expected_path, &got).unwrap();
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        if got != expected {
            failures.push(format!(
                "{inside}\n--- expected\n{expected}\n--- got\n{got}"
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(
        sources.len() > 3,
        "no fixtures found under {}",
        base.display()
    );
}
