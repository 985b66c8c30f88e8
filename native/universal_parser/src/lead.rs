//! What stands before a definition and belongs to it: comments and attributes.

use std::ops::Range;

use tree_sitter::Node;

use crate::doc::Style;

/// Collected while the walk passes comments and attributes; cleared by the first other node.
pub(crate) struct Lead {
    comments: Vec<Range<usize>>,
    /// Row after the last comment: for languages whose plain comments count as documentation only
    /// right above the definition.
    next_row: usize,
    /// Documentation that is not a comment (`@doc """…"""`, `#[doc = "…"]`).
    pub text: Option<String>,
    /// The language's own bits for attributes seen.
    pub flags: u32,
    style: &'static Style,
    /// The compile-time condition the attributes tell.
    pub condition: Option<String>,
}

impl Lead {
    /// Nothing yet, of a language that writes comments in `style`.
    pub fn new(style: &'static Style) -> Self {
        Self {
            comments: Vec::new(),
            next_row: 0,
            text: None,
            flags: 0,
            style,
            condition: None,
        }
    }

    /// Adds a comment to those before it (`///` lines).
    pub fn push(&mut self, comment: Node<'_>) {
        self.comments.push(comment.byte_range());
        let end = comment.end_position();
        self.next_row = end.row + usize::from(end.column > 0);
    }

    /// The comment replaces those before it (`/** … */`: the last one counts).
    pub fn replace(&mut self, comment: Node<'_>) {
        self.comments.clear();
        self.push(comment);
    }

    /// Adds a plain comment (`# …`, `// …` in C): an empty line between two separates them, and
    /// one before the definition makes it no documentation ([`Lead::drop_detached`]).
    pub fn push_adjacent(&mut self, comment: Node<'_>) {
        if comment.start_position().row > self.next_row {
            self.comments.clear();
        }
        self.push(comment);
    }

    /// A comment that is no documentation but does not part it from the definition (`//go:noinline`).
    pub fn pass(&mut self, comment: Node<'_>) {
        if comment.start_position().row <= self.next_row {
            let end = comment.end_position();
            self.next_row = end.row + usize::from(end.column > 0);
        }
    }

    /// Forgets comments that end above an empty line before `row`.
    pub fn drop_detached(&mut self, row: usize) {
        if row > self.next_row {
            self.comments.clear();
        }
    }

    /// Whether there is no comment.
    pub fn has_comments(&self) -> bool {
        !self.comments.is_empty()
    }

    /// Adds a line of documentation that is not a comment.
    pub fn push_text(&mut self, text: &str) {
        match &mut self.text {
            Some(all) => {
                all.push('\n');
                all.push_str(text);
            }
            None => self.text = Some(text.to_owned()),
        }
    }

    /// Makes text of the comments so far, so that text added later stands behind them.
    pub fn settle(&mut self, source: &[u8]) {
        let Some(last) = self.comments.last().cloned() else {
            return;
        };
        let comments = self.comments.iter();
        let comments = comments.filter_map(|range| source.get(range.clone()));
        let doc = crate::doc::strip_as(self.style, comments).unwrap_or_default();
        let last = source.get(last).unwrap_or_default();
        let blank = last.iter().all(|b| b.is_ascii_whitespace() || *b == b'/');
        self.comments.clear();
        self.push_text(&doc);
        if blank && !doc.is_empty() {
            self.push_text("");
        }
    }

    pub fn clear(&mut self) {
        self.comments.clear();
        self.text = None;
        self.flags = 0;
        self.condition = None;
    }

    /// The documentation: text set by the language first, else the comments without markers.
    pub fn doc(&self, source: &[u8]) -> Option<String> {
        if self.text.is_some() && self.comments.is_empty() {
            return self.text.clone().filter(|text| !text.trim().is_empty());
        }
        let comments = self
            .comments
            .iter()
            .filter_map(|range| source.get(range.clone()));
        let doc = crate::doc::strip_as(self.style, comments);
        match (&self.text, doc) {
            (Some(text), Some(doc)) => Some(format!("{doc}\n{text}")),
            (None, doc) => doc,
            (Some(text), None) => Some(text.clone()),
        }
    }
}
