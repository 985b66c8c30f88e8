//! Speed of the outline beside that of the bare parse, per language, over a directory:
//! `cargo run --release -p universal_parser --example throughput -- DIRECTORY…`
//!
//! CPU time of one thread; best of three runs; files that are skipped by rule are left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use package_api::{FileOutline, into_snippets};
use rustix::time::{ClockId, clock_gettime};
use universal_parser::{Language, Options, Outliner, detect};

struct File {
    path: String,
    source: Vec<u8>,
    language: Language,
}

fn main() {
    let mut by_language: BTreeMap<&str, Vec<File>> = BTreeMap::new();
    let mut directories: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let options = Options {
        timeout: Duration::from_secs(60),
        data_files: true,
        ..Options::default()
    };
    let mut outliner = Outliner::new();
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).into_iter().flatten().flatten() {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                directories.push(path);
            } else if let Some(file) = read(&path)
                && outliner
                    .outline(&file.path, "p", &file.source, &options)
                    .is_ok()
            {
                by_language
                    .entry(file.language.name())
                    .or_default()
                    .push(file);
            }
        }
    }
    println!(
        "language      files      MB   parse MB/s   outline MB/s   ratio   items   with errors"
    );
    for (name, files) in by_language {
        report(name, &files, &options);
    }
}

fn read(path: &Path) -> Option<File> {
    let text = path.to_string_lossy().into_owned();
    // Cheap first: most files of a cache are of no language at all.
    path.extension()?;
    let source = fs::read(path).ok()?;
    let language = detect(&text, &source)?;
    Some(File {
        path: text,
        source,
        language,
    })
}

fn report(name: &str, files: &[File], options: &Options) {
    let bytes: usize = files.iter().map(|file| file.source.len()).sum();
    let mut outliner = Outliner::new();
    let mut parser = tree_sitter::Parser::new();
    let (mut parse, mut outline) = (f64::MAX, f64::MAX);
    let (mut items, mut errors) = (0, 0);
    for _ in 0..3 {
        parse = parse.min(seconds(|| {
            for file in files {
                let _ = parser.set_language(&file.language.grammar());
                drop(parser.parse(&file.source, None));
            }
        }));
        (items, errors) = (0, 0);
        outline = outline.min(seconds(|| {
            for file in files {
                if let Ok(outline) = outliner.outline(&file.path, "p", &file.source, options) {
                    errors += usize::from(outline.has_errors);
                    let path = file.path.clone();
                    items += into_snippets(FileOutline { path, outline }, &file.source).len();
                }
            }
        }));
    }
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{name:12} {:6} {megabytes:7.1} {:12.1} {:14.1} {:6.0}% {items:7} {errors:6}",
        files.len(),
        megabytes / parse,
        megabytes / outline,
        100.0 * parse / outline,
    );
}

fn seconds(work: impl FnOnce()) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let start = now();
    work();
    now() - start
}
