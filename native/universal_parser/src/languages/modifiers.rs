//! Modifiers and annotations at the start of a declaration.

use tree_sitter::Node;

use crate::walk::Walk;

/// Children of a declaration looked at; more annotations than that are no declaration.
const MAX_CHILDREN: usize = 256;
/// Bytes of one modifier or annotation looked at.
const MAX_TEXT: usize = 256;

/// What stands before the keyword or the type of a declaration.
#[derive(Default)]
pub(super) struct Modifiers<'s, 't> {
    words: Vec<&'s str>,
    annotations: Vec<&'s str>,
    /// The first child that is no annotation: the signature starts here.
    pub start: Option<Node<'t>>,
}

impl Modifiers<'_, '_> {
    /// Whether there is this modifier.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    /// Whether there is this modifier, with a scope (`private[ui]`) or without.
    pub fn has_scoped(&self, word: &str) -> bool {
        let scoped = |text: &&str| {
            text.strip_prefix(word)
                .is_some_and(|rest| rest.starts_with('['))
        };
        self.has(word) || self.words.iter().any(scoped)
    }

    /// Whether there is one of these modifiers.
    pub fn has_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// Whether an annotation of this name is there, whatever its package and arguments.
    pub fn annotated(&self, name: &str) -> bool {
        let inside = |c: char| c.is_alphanumeric() || c == '_';
        self.annotations.iter().any(|text| {
            text.match_indices(name).any(|(at, _)| {
                let before = text.get(..at).and_then(|text| text.chars().next_back());
                let after = text.get(at + name.len()..).and_then(|t| t.chars().next());
                !before.is_some_and(inside) && !after.is_some_and(inside)
            })
        })
    }
}

/// Reads them from the first children of `node`, until something else comes.
pub(super) fn read<'s, 't>(walk: &Walk<'s>, node: Node<'t>) -> Modifiers<'s, 't> {
    let mut found = Modifiers::default();
    let mut cursor = node.walk();
    for child in node.children(&mut cursor).take(MAX_CHILDREN) {
        if child.is_extra() {
            continue;
        }
        match child.kind() {
            "modifiers" => {
                let mut cursor = child.walk();
                for inner in child.children(&mut cursor).take(MAX_CHILDREN) {
                    if !inner.is_extra() {
                        add(walk, inner, &mut found);
                    }
                }
            }
            kind if is_annotation(kind) || kind.ends_with("modifier") => {
                add(walk, child, &mut found);
            }
            _ => {
                found.start = found.start.or(Some(child));
                break;
            }
        }
    }
    found
}

fn is_annotation(kind: &str) -> bool {
    matches!(
        kind,
        "annotation" | "marker_annotation" | "attribute_list" | "attribute"
    )
}

fn add<'s, 't>(walk: &Walk<'s>, node: Node<'t>, found: &mut Modifiers<'s, 't>) {
    let bytes = walk.bytes(node);
    let text = std::str::from_utf8(bytes.get(..MAX_TEXT).unwrap_or(bytes)).unwrap_or_default();
    if is_annotation(node.kind()) {
        found.annotations.push(text);
    } else {
        found.words.push(text);
        found.start = found.start.or(Some(node));
    }
}
