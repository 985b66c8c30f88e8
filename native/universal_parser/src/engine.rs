//! The tree-sitter parser under a deadline.

use std::ops::ControlFlow;
use std::time::Instant;

use tree_sitter::{ParseOptions, Parser, Range, Tree};

use crate::language::Language;

/// Parses of one file: the file, stretches of it again, text of other languages in it.
pub(crate) struct Engine {
    parser: Parser,
    deadline: Instant,
    language: Option<Language>,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            parser: Parser::new(),
            deadline: Instant::now(),
            language: None,
        }
    }
}

impl Engine {
    /// To be called before each file. `false` when the grammar does not fit this tree-sitter.
    pub fn start(&mut self, language: Language, deadline: Instant) -> bool {
        self.deadline = deadline;
        self.switch(language)
    }

    /// To another language within one file.
    pub fn switch(&mut self, language: Language) -> bool {
        if self.language == Some(language) {
            return true;
        }
        self.language = None;
        if self.parser.set_language(&language.0.grammar()).is_err() {
            return false;
        }
        self.language = Some(language);
        true
    }

    /// Whether the time is over. The parser itself does not ask on short texts, of which a file
    /// can hold many.
    pub fn is_late(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// Parses `ranges` of `source`, or all of it when there are none. `None` when the time is over.
    pub fn parse(&mut self, source: &[u8], ranges: &[Range]) -> Option<Tree> {
        self.read(|byte| source.get(byte..).unwrap_or_default(), ranges)
    }

    /// As [`Engine::parse`], of a text that `at` gives from an offset on.
    pub fn read<'a>(&mut self, at: impl Fn(usize) -> &'a [u8], ranges: &[Range]) -> Option<Tree> {
        self.parser.set_included_ranges(ranges).ok()?;
        let deadline = self.deadline;
        let mut late = |_: &tree_sitter::ParseState| {
            if Instant::now() >= deadline {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let options = ParseOptions::new().progress_callback(&mut late);
        let mut read = |byte: usize, _| at(byte);
        let tree = self
            .parser
            .parse_with_options(&mut read, None, Some(options));
        if tree.is_none() {
            // A stopped parse would otherwise be resumed with the next file's text.
            self.parser.reset();
        }
        tree
    }
}
