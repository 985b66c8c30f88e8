//! `parser_bench LANGUAGE FILE…`: CPU seconds of one thread over the same files, best of three, for
//! the bare tree-sitter parse, our outline of it, and tree-sitter-tags. One line of JSON, with the
//! files measured: those that our rules skip (minified, too large) are measured with nobody.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use tree_sitter::{Language, Parser};
use tree_sitter_tags::{TagsConfiguration, TagsContext};
use universal_parser::{Options, Outliner};

type Failure = Box<dyn std::error::Error>;

const RUNS: usize = 3;

struct File {
    path: String,
    source: Vec<u8>,
}

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments
        .next()
        .ok_or("usage: parser_bench LANGUAGE FILE…")?;
    let language = universal_parser::Language::by_name(&name).ok_or("no such language")?;
    let options = Options {
        timeout: Duration::from_secs(60),
        language: Some(language),
        ..Options::default()
    };
    let mut outliner = Outliner::new();
    let mut files = Vec::new();
    for path in arguments {
        let source = std::fs::read(&path)?;
        if outliner.outline(&path, "p", &source, &options).is_ok() {
            files.push(File { path, source });
        }
    }

    let (mut items, mut tags) = (0, 0);
    let parse = best(&files, &mut parser(&language.grammar())?);
    let outline = best(&files, &mut |file| {
        let outline = outliner.outline(&file.path, "p", &file.source, &options);
        items += outline.map_or(0, |outline| outline.items.len());
    });
    let configuration = TagsConfiguration::new(language.grammar(), &tags_query(&name)?, "")?;
    let mut context = TagsContext::new();
    let tagging = best(&files, &mut |file| {
        if let Ok((found, _)) = context.generate_tags(&configuration, &file.source, None) {
            tags += found
                .filter(|tag| tag.as_ref().is_ok_and(|tag| tag.is_definition))
                .count();
        }
    });
    let bytes: usize = files.iter().map(|file| file.source.len()).sum();
    let report = serde_json::json!({
        "language": name,
        "bytes": bytes,
        "seconds": { "parse": parse, "outline": outline, "tree-sitter-tags": tagging },
        "found": { "outline": items / RUNS, "tree-sitter-tags": tags / RUNS },
        "files": files.iter().map(|file| &file.path).collect::<Vec<_>>(),
    });
    println!("{report}");
    Ok(())
}

fn parser(grammar: &Language) -> Result<impl FnMut(&File), Failure> {
    let mut parser = Parser::new();
    parser.set_language(grammar)?;
    Ok(move |file: &File| drop(parser.parse(&file.source, None)))
}

/// The queries the grammars come with; TypeScript's holds only what JavaScript's lacks.
fn tags_query(language: &str) -> Result<String, Failure> {
    Ok(match language {
        "c" => tree_sitter_c::TAGS_QUERY.to_owned(),
        "javascript" => tree_sitter_javascript::TAGS_QUERY.to_owned(),
        "python" => tree_sitter_python::TAGS_QUERY.to_owned(),
        "rust" => tree_sitter_rust_orchard::TAGS_QUERY.to_owned(),
        "typescript" => [
            tree_sitter_javascript::TAGS_QUERY,
            tree_sitter_typescript::TAGS_QUERY,
        ]
        .join("\n"),
        _ => return Err("no tags query for it".into()),
    })
}

fn best(files: &[File], work: &mut dyn FnMut(&File)) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let mut best = f64::MAX;
    for _ in 0..RUNS {
        let start = now();
        files.iter().for_each(&mut *work);
        best = best.min(now() - start);
    }
    best
}
