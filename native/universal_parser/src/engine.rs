//! The tree-sitter parser under a deadline.

use std::ops::ControlFlow;
use std::time::Instant;

use tree_sitter::{ParseOptions, Parser, Range, Tree};

use crate::language::Language;

/// Parses of one file: the file, and stretches of it again.
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

    /// `None` when the time is over.
    pub fn parse(&mut self, source: &[u8], range: Option<Range>) -> Option<Tree> {
        let ranges = range.as_slice();
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
        let mut read = |byte: usize, _| source.get(byte..).unwrap_or_default();
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
