//! Comments: RDoc and YARD, and what they say about visibility.

use tree_sitter::Node;

use super::{CONDITIONAL, STOPPED};
use crate::doc::Style;
use crate::outline::Marks;
use crate::rules::Step;
use crate::text::{begins_line, contains_any, rest_of_line};
use crate::walk::Walk;

pub(super) static STYLE: Style = Style {
    line: &["##", "#"],
    blocks: &[("=begin", "=end")],
};

/// First words of comments that are for tools.
const TOOLS: [&str; 8] = [
    "!",
    " frozen_string_literal:",
    " -*-",
    " encoding:",
    " coding:",
    " typed:",
    " rubocop:",
    " warn_indent:",
];

/// What the comments before a definition say.
pub(super) struct Doc {
    pub text: Option<String>,
    pub marks: Marks,
}

pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if !begins_line(walk.source, node.start_byte()) {
        return Step::Lead;
    }
    let bytes = walk.bytes(node);
    let text = bytes.strip_prefix(b"#").unwrap_or_default();
    if TOOLS.iter().any(|word| text.starts_with(word.as_bytes())) {
        return Step::Lead;
    }
    let text = text.trim_ascii();
    let flags = walk.scope().flags;
    if text == b":stopdoc:" {
        walk.set_scope_flags(flags | STOPPED);
    } else if text == b":startdoc:" {
        walk.set_scope_flags(flags & !STOPPED);
    } else {
        walk.lead.push_adjacent(node);
    }
    Step::Lead
}

/// The documentation of the definition `node`, the lead's own.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Doc {
    // RDoc and YARD look over one empty line.
    let row = node.start_position().row;
    walk.lead.drop_detached(row.saturating_sub(1));
    let text = walk.lead.doc(walk.source);
    let line = rest_of_line(walk.source, node.start_byte());
    let said = text.as_deref().unwrap_or_default();
    let hidden =
        contains_any(line, &[":nodoc:"]) || says(said, &["@private", "@api private", ":nodoc:"]);
    let deprecated = says(said, &["@deprecated"]);
    let conditional = walk.scope().flags & CONDITIONAL != 0;
    let marks = Marks::when(hidden, Marks::HIDDEN)
        .with(Marks::when(deprecated, Marks::DEPRECATED))
        .with(Marks::when(conditional, Marks::CONDITIONAL));
    Doc { text, marks }
}

/// Whether a line begins with one of `words`.
fn says(text: &str, words: &[&str]) -> bool {
    text.contains(['@', ':'])
        && text.lines().any(|line| {
            words.iter().any(|word| {
                line.strip_prefix(word).is_some_and(|rest| {
                    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
                })
            })
        })
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn tags_are_whole_words_at_the_start_of_a_line() {
        assert!(says("A\n@private", &["@private"]));
        assert!(!says("A @private", &["@private"]) && !says("@privately", &["@private"]));
    }
}
