//! YAML: the keys of each document's outermost mapping.

use tree_sitter::Node;

use super::super::plain::{comment, scope};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Levels of indentation; the grammar's scanner aborts the process at 254.
const MAX_LEVELS: usize = 200;

pub(in super::super) struct Yaml;

impl Rules for Yaml {
    fn name(&self) -> &'static str {
        "yaml"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_yaml::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["yaml", "yml"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn is_data(&self) -> bool {
        true
    }

    fn refuse(&self, source: &[u8]) -> Option<String> {
        let deep = levels(source) > MAX_LEVELS;
        deep.then(|| format!("more than {MAX_LEVELS} levels of indentation"))
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment(walk, node),
            "document" | "block_node" | "block_mapping" | "flow_node" | "flow_mapping" => {
                Step::Body
            }
            "block_mapping_pair" | "flow_pair" => match node.child_by_field_name("key") {
                Some(key) => super::key(walk, node, key, node.child_by_field_name("value")),
                None => Step::Skip,
            },
            _ => Step::Skip,
        }
    }
}

/// Levels that the scanner may hold at once, at most: one for each line's indentation, and one for
/// each `- `, `? ` and `: ` on it, while no line is less indented.
fn levels(source: &[u8]) -> usize {
    let mut columns: Vec<usize> = Vec::new();
    let mut most = 0;
    for line in source.split(|byte| matches!(byte, b'\n' | b'\r')) {
        let text = line.trim_ascii_start();
        if text.is_empty() {
            continue;
        }
        let indent = line.len() - text.len();
        while columns.last().is_some_and(|column| *column >= indent) {
            columns.pop();
        }
        columns.push(indent);
        for at in memchr::memchr3_iter(b'-', b'?', b':', text) {
            if text.get(at + 1).is_none_or(u8::is_ascii_whitespace) {
                columns.push(indent + at + 1);
            }
        }
        most = most.max(columns.len());
        if most > MAX_LEVELS {
            break;
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deep_text_never_reaches_the_grammar() {
        let nested: String = (0..300)
            .map(|level| format!("{}a:\n", " ".repeat(level)))
            .collect();
        assert!(Yaml.refuse(nested.as_bytes()).is_some());
        assert!(Yaml.refuse("- ".repeat(254).as_bytes()).is_some());
        assert!(
            Yaml.refuse("a:\n  - b: 1\n".repeat(1000).as_bytes())
                .is_none()
        );
    }
}
