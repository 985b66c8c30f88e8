use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::*;

pub const HELP: &str = "\
universal-parser FILE…        the outline of each file: public (+) and internal (-) definitions
universal-parser --json FILE… one JSON object per definition
universal-parser --tree FILE… the raw syntax tree
universal-parser --languages  the languages of this build and how their files are known
universal-parser --worker     requests on stdin, answers on stdout (see the crate parser_pool)

Options:
  --package NAME      first part of qualified names where the language wants it
  --timeout-ms N      time per file (default 2000)
  --links             imports and exports too
  --data              JSON, YAML, TOML and XML too: their top keys
  --resolve           the files are one package: follow what they hand on to each other
  --memory-bytes N    memory of a worker (default 2147483648)
";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Text,
    Json,
    Tree,
    Languages,
    Worker,
}

pub struct Arguments {
    pub mode: Mode,
    pub files: Vec<PathBuf>,
    pub package: String,
    pub timeout: Duration,
    pub links: bool,
    pub data: bool,
    pub resolve: bool,
    pub memory_bytes: u64,
}

impl Arguments {
    /// `None` when help is wanted.
    pub fn read() -> Result<Option<Self>, String> {
        Self::parse(std::env::args_os().skip(1)).map_err(|error| error.to_string())
    }

    fn parse(args: impl Iterator<Item = OsString>) -> Result<Option<Self>, lexopt::Error> {
        let mut arguments = Self {
            mode: Mode::Text,
            files: Vec::new(),
            package: String::new(),
            timeout: Duration::from_secs(2),
            links: false,
            data: false,
            resolve: false,
            memory_bytes: 2 * 1024 * 1024 * 1024,
        };
        let mut parser = lexopt::Parser::from_args(args);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("json") => arguments.mode = Mode::Json,
                Long("tree") => arguments.mode = Mode::Tree,
                Long("languages") => arguments.mode = Mode::Languages,
                Long("worker") => arguments.mode = Mode::Worker,
                Long("links") => arguments.links = true,
                Long("data") => arguments.data = true,
                Long("resolve") => arguments.resolve = true,
                Long("package") => arguments.package = parser.value()?.string()?,
                Long("timeout-ms") => {
                    arguments.timeout = Duration::from_millis(parser.value()?.parse()?);
                }
                Long("memory-bytes") => arguments.memory_bytes = parser.value()?.parse()?,
                Long("help") | Short('h') => return Ok(None),
                Value(file) => arguments.files.push(file.into()),
                other => return Err(other.unexpected()),
            }
        }
        let needs_files = !matches!(arguments.mode, Mode::Worker | Mode::Languages);
        if arguments.files.is_empty() && needs_files {
            return Err("no FILE given".into());
        }
        Ok(Some(arguments))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Option<Arguments>, lexopt::Error> {
        Arguments::parse(args.iter().map(OsString::from))
    }

    #[test]
    fn reads_options() {
        let arguments = parse(&["--json", "--package", "p", "a.rs", "b.rs"])
            .unwrap()
            .unwrap();
        assert!(arguments.mode == Mode::Json && arguments.package == "p");
        assert_eq!(arguments.files.len(), 2);
        assert!(parse(&["--help"]).unwrap().is_none());
        assert!(parse(&[]).is_err() && parse(&["--jsn", "a.rs"]).is_err());
        assert!(parse(&["--timeout-ms", "soon", "a.rs"]).is_err());
    }
}
