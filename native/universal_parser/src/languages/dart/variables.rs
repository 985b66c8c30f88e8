//! Fields and variables.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{TYPE, is_public, marks};
use crate::define::Def;
use crate::languages::block_doc;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Names of one declaration.
const MAX_NAMES: usize = 256;
/// Words before the first node of a variable at the top level.
const WORDS: [&[u8]; 4] = [b"late", b"external", b"static", b"covariant"];

/// Nodes that stand before the names of a variable at the top level, beside them.
pub(super) fn is_head(kind: &str) -> bool {
    matches!(
        kind,
        "const_builtin"
            | "final_builtin"
            | "inferred_type"
            | "late_builtin"
            | "type_identifier"
            | "type_arguments"
            | "nullable_type"
            | "void_type"
            | "function_type"
            | "record_type"
    )
}

/// Nodes that hold the names.
pub(super) fn is_list(kind: &str) -> bool {
    matches!(
        kind,
        "static_final_declaration_list" | "initialized_identifier_list" | "identifier_list"
    )
}

/// Remembers where the variable starts.
pub(super) fn head(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.state == 0 && walk.scope().flags & TYPE == 0 {
        let start = before_words(walk.source, node.start_byte());
        walk.state = u32::try_from(start + 1).unwrap_or(0);
    }
    Step::Lead
}

/// Where the words that are no nodes begin.
fn before_words(source: &[u8], start: usize) -> usize {
    let mut start = start;
    for _ in 0..WORDS.len() {
        let before = source.get(..start).unwrap_or_default().trim_ascii_end();
        let Some(word) = WORDS.iter().find(|word| before.ends_with(word)) else {
            break;
        };
        start = before.len() - word.len();
    }
    start
}

impl Walk<'_> {
    /// Where the text of a declaration begins, annotations excluded.
    pub(super) fn lead_start(&self, node: Node<'_>) -> usize {
        let first = super::types::after_annotations(node).unwrap_or(node);
        before_words(self.source, first.start_byte())
    }
}

/// Names at the top level, whose type and modifiers are the nodes before.
pub(super) fn top_level(walk: &mut Walk<'_>, list: Node<'_>) -> Step {
    let start = match walk.state {
        0 => before_words(walk.source, list.start_byte()),
        state => state as usize - 1,
    };
    walk.state = 0;
    define(walk, start.min(list.start_byte()), list, list);
    Step::Skip
}

/// Fields of a type.
pub(super) fn members(walk: &mut Walk<'_>, node: Node<'_>, list: Node<'_>) -> Step {
    let start = super::types::after_annotations(node).unwrap_or(node);
    define(walk, start.start_byte(), list, node);
    Step::Skip
}

fn define(walk: &mut Walk<'_>, start: usize, list: Node<'_>, node: Node<'_>) {
    let range = start..list.start_byte().max(start);
    let head = signature::cut(walk.source, range, node, &["//", "/*"]);
    let mut words = head.split_ascii_whitespace();
    let fixed = words.any(|word| matches!(word, "const" | "static"));
    let member = walk.scope().flags & TYPE != 0;
    let kind = if member && !fixed {
        SnippetKind::Field
    } else {
        SnippetKind::Constant
    };
    let mut cursor = list.walk();
    for one in list.named_children(&mut cursor).take(MAX_NAMES) {
        let name = if one.kind() == "identifier" {
            Some(one)
        } else {
            one.named_child(0)
                .filter(|name| name.kind() == "identifier")
        };
        let Some(name) = name else {
            continue;
        };
        let long = block_doc::long_value(walk, Some(one)).is_some();
        let text = if long {
            walk.text(name)
        } else {
            walk.text(one)
        };
        let separator = if head.is_empty() { "" } else { " " };
        let text = signature::fold(&format!("{head}{separator}{text}"));
        let name = walk.text(name);
        let def = Def::new(kind, name.as_ref(), node)
            .start(super::types::after_annotations(node))
            .signature(text)
            .public(is_public(walk, &name))
            .marks(marks(walk));
        walk.define(def);
    }
}

#[cfg(test)]
mod tests {
    use super::before_words;

    #[test]
    fn words_before_a_variable_belong_to_it() {
        let source = b"int a;\nexternal late  String b;";
        assert_eq!(before_words(source, 22), 7);
        assert_eq!(before_words(b"String b", 0), 0);
    }
}
