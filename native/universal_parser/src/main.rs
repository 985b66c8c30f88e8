//! `universal-parser`: outlines of source files; with `--worker`, the sandboxed parser that
//! `parser_pool` drives.

mod allocator;
mod arguments;
mod sandbox;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arguments::{Arguments, Mode};
use package_api::{Context, FileOutline, into_snippets, resolve};
use universal_parser::{Language, Options, outline_text, render, render_links, tree_text};

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
    if arguments.mode == Mode::Languages {
        return print(&languages());
    }
    if arguments.mode == Mode::Tree {
        return each(&arguments.files, tree);
    }
    if arguments.resolve {
        return package(&arguments);
    }
    each(&arguments.files, |file| {
        let (file, source) = read(file, &arguments)?;
        text(file, &source, &arguments)
    })
}

/// Prints what `show` makes of each file.
fn each(files: &[PathBuf], show: impl Fn(&Path) -> Result<String, String>) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for file in files {
        match show(file) {
            Ok(text) => {
                if print(&text) != ExitCode::SUCCESS {
                    return ExitCode::FAILURE;
                }
            }
            Err(message) => code = complain(file, &message),
        }
    }
    code
}

/// All files as one package.
fn package(arguments: &Arguments) -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    let (mut files, mut sources) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        match read(file, arguments) {
            Ok((file, source)) => {
                files.push(file);
                sources.push(source);
            }
            Err(message) => code = complain(file, &message),
        }
    }
    let context = Context {
        package: &arguments.package,
        manifest: &|path| std::fs::read(path).ok(),
    };
    resolve(&context, &mut files);
    for (file, source) in files.into_iter().zip(&sources) {
        match text(file, source, arguments) {
            Ok(text) if print(&text) == ExitCode::SUCCESS => {}
            _ => return ExitCode::FAILURE,
        }
    }
    code
}

fn complain(file: &Path, message: &str) -> ExitCode {
    eprintln!("universal-parser: {}: {message}", file.display());
    ExitCode::FAILURE
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

fn languages() -> String {
    let mut lines = String::new();
    for language in Language::all() {
        let endings = language
            .extensions()
            .iter()
            .map(|ending| format!(".{ending}"));
        let names = language.file_names().iter().map(|name| (*name).to_owned());
        let programs = language
            .interpreters()
            .iter()
            .map(|name| format!("#!{name}"));
        let known: Vec<_> = endings.chain(names).chain(programs).collect();
        lines += &format!("{:16} {}\n", language.name(), known.join(" "));
    }
    lines
}

fn tree(file: &Path) -> Result<String, String> {
    let source = std::fs::read(file).map_err(|error| error.to_string())?;
    tree_text(&file.to_string_lossy(), &source).map_err(|failure| failure.message)
}

fn read(file: &Path, arguments: &Arguments) -> Result<(FileOutline, Vec<u8>), String> {
    let source = std::fs::read(file).map_err(|error| error.to_string())?;
    let path = file.to_string_lossy().into_owned();
    let options = Options {
        timeout: arguments.timeout,
        data_files: arguments.data,
        ..Options::default()
    };
    let outline = outline_text(&path, &arguments.package, &source, &options)
        .map_err(|failure| failure.message)?;
    Ok((FileOutline { path, outline }, source))
}

fn text(file: FileOutline, source: &[u8], arguments: &Arguments) -> Result<String, String> {
    if arguments.mode != Mode::Json {
        let mut text = render(&file.outline);
        if arguments.links {
            text += &render_links(&file.outline);
        }
        return Ok(text);
    }
    let mut lines = String::new();
    for snippet in into_snippets(file, source) {
        lines += &serde_json::to_string(&snippet).map_err(|error| error.to_string())?;
        lines.push('\n');
    }
    Ok(lines)
}

/// A closed pipe (`| head`) is no error worth words.
fn print(text: &str) -> ExitCode {
    match io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
