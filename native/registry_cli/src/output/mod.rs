//! What goes to standard output: lines for people, or JSON for programs.

pub(crate) mod escape;
pub(crate) mod number;
pub(crate) mod text;

use std::env;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

use serde::Serialize;

use crate::failure::Result;
use registry_types::{Error, Why};

/// Lines are not longer than this even on a wide terminal: nobody reads them.
const WIDEST: usize = 140;
/// Where the width is unknown.
const WIDTH: usize = 100;

/// Standard output.
pub(crate) struct Output {
    to: BufWriter<Stdout>,
    json: bool,
    colour: bool,
    width: usize,
}

/// How a piece of text stands out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    /// What the line is about.
    Strong,
    /// What is looked at second.
    Dim,
    /// Good.
    Good,
    /// Bad.
    Bad,
    /// Worth a look.
    Notable,
}

impl Output {
    pub(crate) fn stdout(json: bool) -> Self {
        let stdout = io::stdout();
        let terminal = stdout.is_terminal();
        Self {
            json,
            colour: terminal && wants_colour(),
            width: width(terminal),
            to: BufWriter::with_capacity(64 * 1024, stdout),
        }
    }

    /// Whether JSON is asked for.
    pub(crate) const fn is_json(&self) -> bool {
        self.json
    }

    /// Columns of a line.
    pub(crate) const fn width(&self) -> usize {
        self.width
    }

    /// Writes one result as JSON on a line of its own.
    pub(crate) fn json(&mut self, value: &impl Serialize) -> Result<()> {
        let text = serde_json::to_string(value)
            .map_err(|e| Error::internal(format!("a result could not be written as JSON: {e}")))?;
        writeln!(self.to, "{}", escape::json(&text))?;
        Ok(())
    }

    /// Writes a line, which must have been escaped.
    pub(crate) fn line(&mut self, line: &str) -> Result<()> {
        writeln!(self.to, "{}", line.trim_end())?;
        Ok(())
    }

    /// Writes one part of a score.
    pub(crate) fn why(&mut self, indent: usize, why: &Why) -> Result<()> {
        self.line(&format!(
            "{}{} {:>9.4}  {}",
            " ".repeat(indent),
            text::pad(&escape::one_line(&why.part), 12),
            why.value,
            self.dim(&escape::one_line(&why.evidence))
        ))
    }

    /// Writes text as it is, which must have been escaped.
    pub(crate) fn raw(&mut self, text: &str) -> Result<()> {
        self.to.write_all(text.as_bytes())?;
        Ok(())
    }

    /// Lets what is written so far be seen.
    pub(crate) fn finish(&mut self) -> Result<()> {
        self.to.flush()?;
        Ok(())
    }

    /// `text` in a style, where colours are wanted.
    pub(crate) fn style(&self, style: Style, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        let code = match style {
            Style::Strong => "1",
            Style::Dim => "2",
            Style::Good => "32",
            Style::Bad => "1;31",
            Style::Notable => "33",
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// `text` dimmed.
    pub(crate) fn dim(&self, text: &str) -> String {
        self.style(Style::Dim, text)
    }

    /// `text` emphasised.
    pub(crate) fn strong(&self, text: &str) -> String {
        self.style(Style::Strong, text)
    }
}

fn wants_colour() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

fn width(terminal: bool) -> usize {
    let columns = env::var("COLUMNS").ok().and_then(|text| text.parse().ok());
    let width = columns.or_else(|| {
        let (_, columns) = console::Term::stdout()
            .size_checked()
            .filter(|_| terminal)?;
        Some(usize::from(columns))
    });
    width.unwrap_or(WIDTH).clamp(40, WIDEST)
}
