//! `universal-parser`: outlines of source files; with `--worker`, the sandboxed parser that
//! `parser_pool` drives.

mod allocator;
mod arguments;
mod sandbox;

use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use arguments::{Arguments, Mode};
use universal_parser::{Options, outline_text, render, render_links, tree_text};

fn main() -> ExitCode {
    let arguments = match Arguments::read() {
        Ok(Some(arguments)) => arguments,
        Ok(None) => return print(arguments::HELP),
        Err(message) => {
            eprintln!("universal-parser: {message}\n\n{}", arguments::HELP);
            return ExitCode::from(2);
        }
    };
    if arguments.mode == Mode::Worker {
        return worker(arguments.memory_bytes);
    }
    let mut code = ExitCode::SUCCESS;
    for file in &arguments.files {
        match show(file, &arguments) {
            Ok(text) => {
                if print(&text) != ExitCode::SUCCESS {
                    return ExitCode::FAILURE;
                }
            }
            Err(message) => {
                eprintln!("universal-parser: {}: {message}", file.display());
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn worker(memory_bytes: u64) -> ExitCode {
    allocator::install();
    let done = sandbox::enter(memory_bytes).and_then(|()| universal_parser::worker::run());
    // Nobody reads a worker's stderr: the parent sees the exit code.
    if done.is_ok() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn show(file: &Path, arguments: &Arguments) -> Result<String, String> {
    let source = std::fs::read(file).map_err(|error| error.to_string())?;
    let path = file.to_string_lossy();
    if arguments.mode == Mode::Tree {
        return tree_text(&path, &source).map_err(|failure| failure.message);
    }
    let options = Options {
        timeout: arguments.timeout,
        ..Options::default()
    };
    let outline = outline_text(&path, &arguments.package, &source, &options)
        .map_err(|failure| failure.message)?;
    if arguments.mode == Mode::Json {
        let mut lines = String::new();
        for snippet in outline.into_snippets(&path, &source) {
            lines += &serde_json::to_string(&snippet).map_err(|error| error.to_string())?;
            lines.push('\n');
        }
        return Ok(lines);
    }
    Ok(render(&outline)
        + &if arguments.links {
            render_links(&outline)
        } else {
            String::new()
        })
}

/// A closed pipe (`| head`) is no error worth words.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
