//! The library's entries: one file in, its outline out.

use std::time::{Duration, Instant};

use registry_types::{ParseAnswer, ParseFailure, ParseFailureKind, ParseRequest};

use crate::detect::detect;
use crate::engine::Engine;
use crate::guard::{self, failure};
use crate::language::Language;
use crate::outline::Outline;
use crate::walk::{File, Walk};

/// Grammars recurse in places (`reset` after a stop needs more than 1 MiB).
pub(crate) const STACK: usize = 64 * 1024 * 1024;

/// What a parse may cost.
#[derive(Clone, Debug)]
pub struct Options {
    /// Time for the parse. Checked between steps of the parser: a single step of a hostile file can
    /// take longer, which only a kill of the process ends.
    pub timeout: Duration,
    /// Larger files are refused.
    pub max_bytes: usize,
    /// The language; otherwise by path and text.
    pub language: Option<Language>,
    /// Parse JSON, YAML, TOML and XML too, for their top keys: a package's data defines nothing, so
    /// that these are else as good as unknown.
    pub data_files: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_millis(500),
            max_bytes: 2 * 1024 * 1024,
            language: None,
            data_files: false,
        }
    }
}

/// Parses one file on a thread of its own with a large stack and answers as the worker does.
///
/// For trusted sources: a hostile file can end the process.
///
/// ```
/// # use registry_types::ParseRequest;
/// let request = ParseRequest {
///     id: 7,
///     path: "src/lib.rs".into(),
///     package: "sum".into(),
///     source: b"pub struct Sum;".to_vec(),
///     timeout_ms: 500,
/// };
/// let answer = universal_parser::outline(&request);
/// assert_eq!(answer.id, 7);
/// assert_eq!(answer.outcome.unwrap().items[1].qualified_name, "sum::Sum");
/// ```
#[must_use]
pub fn outline(request: &ParseRequest) -> ParseAnswer {
    on_large_stack(|| answer(&mut Engine::default(), request)).unwrap_or_else(|failure| {
        ParseAnswer {
            id: request.id,
            language: None,
            outcome: Err(failure),
        }
    })
}

/// Like [`outline`], with more to choose.
///
/// # Errors
/// The reason why the file was not parsed.
pub fn outline_text(
    path: &str,
    package: &str,
    source: &[u8],
    options: &Options,
) -> Result<Outline, ParseFailure> {
    on_large_stack(|| Outliner::new().outline(path, package, source, options))?
}

/// A parser that is kept between files and works on the current thread, which should have a large
/// stack (64 MiB) when the files are not one's own.
#[derive(Default)]
pub struct Outliner(Engine);

impl Outliner {
    /// A new one, of no language yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Like [`outline_text`].
    ///
    /// # Errors
    /// The reason why the file was not parsed.
    pub fn outline(
        &mut self,
        path: &str,
        package: &str,
        source: &[u8],
        options: &Options,
    ) -> Result<Outline, ParseFailure> {
        parse(&mut self.0, File { path, package }, source, options).1
    }
}

/// The answer to a request, on the current thread.
pub(crate) fn answer(engine: &mut Engine, request: &ParseRequest) -> ParseAnswer {
    let options = Options {
        timeout: Duration::from_millis(u64::from(request.timeout_ms)),
        ..Options::default()
    };
    let file = File {
        path: &request.path,
        package: &request.package,
    };
    let (language, outcome) = parse(engine, file, &request.source, &options);
    ParseAnswer {
        id: request.id,
        language: language.map(|language| language.name().to_owned()),
        outcome,
    }
}

fn parse(
    engine: &mut Engine,
    file: File<'_>,
    source: &[u8],
    options: &Options,
) -> (Option<Language>, Result<Outline, ParseFailure>) {
    let Some(language) = options.language.or_else(|| detect(file.path, source)) else {
        let message = "no grammar for this kind of file".to_owned();
        return (
            None,
            Err(failure(ParseFailureKind::UnknownLanguage, message)),
        );
    };
    if language.is_data() && !options.data_files && options.language.is_none() {
        let message = format!("{} is data, which was not asked for", language.name());
        let reason = failure(ParseFailureKind::UnknownLanguage, message);
        return (Some(language), Err(reason));
    }
    if let Some(reason) = guard::check(file.path, source, options.max_bytes) {
        return (Some(language), Err(reason));
    }
    if let Some(message) = language.0.refuse(source) {
        let reason = failure(ParseFailureKind::LimitExceeded, message);
        return (Some(language), Err(reason));
    }
    let outcome = if engine.start(language, Instant::now() + options.timeout) {
        let seen = language.0.mask(source);
        match engine.parse(&seen, &[]) {
            Some(tree) => Ok(Walk::run(file, source, &seen, language, &tree, engine)),
            None => Err(failure(
                ParseFailureKind::Timeout,
                format!("not parsed within {} ms", options.timeout.as_millis()),
            )),
        }
    } else {
        let message = "the grammar does not fit the parser".to_owned();
        Err(failure(ParseFailureKind::UnknownLanguage, message))
    };
    (Some(language), outcome)
}

fn on_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, ParseFailure> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, work);
        match thread.map(|thread| thread.join()) {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(failure(
                ParseFailureKind::WorkerDied,
                "the parser panicked".into(),
            )),
            Err(error) => Err(failure(
                ParseFailureKind::WorkerDied,
                format!("no thread to parse on: {error}"),
            )),
        }
    })
}
