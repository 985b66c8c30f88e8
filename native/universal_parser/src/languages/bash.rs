//! Bash and POSIX shell: functions, constants, aliases.
//!
//! A leading underscore is internal. The grammar sees an ASCII copy of the text: its scanner asks the
//! C library about code points and crashes on those far up.

use std::borrow::Cow;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::signature;
use crate::text::begins_line;
use crate::walk::{File, Scope, Walk};

/// Bytes of a value that is shown.
const SHOWN: usize = 160;
/// Names in one declaration.
const MAX_NAMES: usize = 256;
/// Under an `if` or `case`.
const CONDITIONAL: u32 = 1;

pub(super) struct Bash;

impl Rules for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_bash::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["sh", "bash", "ksh", "ebuild", "eclass"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &[
            ".bashrc",
            ".bash_profile",
            ".profile",
            "PKGBUILD",
            "APKBUILD",
        ]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["bash", "sh", "dash", "ksh", "ash"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        if source.is_ascii() {
            return Cow::Borrowed(source);
        }
        let ascii = |byte: &u8| if byte.is_ascii() { *byte } else { b'x' };
        Cow::Owned(source.iter().map(ascii).collect())
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let visibility = if crate::paths::is_aside(file.path) {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        if root.has_error() {
            presume(walk, visibility);
        }
        Scope {
            path: String::new(),
            visibility,
            item: None,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment(walk, node),
            "function_definition" => function(walk, node),
            "declaration_command" => declaration(walk, node),
            "command" => alias(walk, node),
            "if_statement" | "case_statement" => {
                let scope = walk.scope().clone();
                Step::Scope(Scope {
                    flags: CONDITIONAL,
                    ..scope
                })
            }
            // `cond && f() { … }`, and what an error makes of the text after it.
            "list"
            | "subshell"
            | "compound_statement"
            | "else_clause"
            | "elif_clause"
            | "case_item"
            | "do_group"
            | "redirected_statement" => Step::Body,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        super::rescue::settle(outline);
        super::same::merge(outline, false);
    }
}

/// Functions by their first lines, where the grammar did not understand all of the file.
fn presume(walk: &mut Walk<'_>, visibility: Visibility) {
    super::rescue::presume(walk, |line| {
        let keyword = line.strip_prefix("function ");
        let rest = keyword.unwrap_or(line).trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || "(){};&|<>'\"$=`".contains(c))?;
        let (name, after) = rest.split_at(end);
        let called = after.trim_start().starts_with("()");
        if name.is_empty() || !(called || keyword.is_some()) {
            return None;
        }
        let private = name.starts_with('_');
        Some(super::rescue::Head {
            kind: SnippetKind::Function,
            name: name.to_owned(),
            qualified: name.to_owned(),
            visibility: if private {
                Visibility::Internal
            } else {
                visibility
            },
        })
    });
}

fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    let tool = text.starts_with(b"#!") || text.starts_with(b"# shellcheck ");
    if !tool && begins_line(walk.source, node.start_byte()) {
        walk.lead.push_adjacent(node);
    }
    Step::Lead
}

/// Adds an item with the comments right above as its documentation.
fn add(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, name: String, signature: String) {
    walk.lead.drop_detached(node.start_position().row);
    let doc = walk.lead.doc(walk.source);
    let conditional = walk.scope().flags & CONDITIONAL != 0;
    let deprecated = doc
        .as_deref()
        .is_some_and(|doc| doc.contains("@deprecated"));
    let def = Def::new(kind, name.as_str(), node)
        .signature(signature)
        .public(!name.starts_with('_'))
        .marks(Marks::when(conditional, Marks::CONDITIONAL))
        .marks(Marks::when(deprecated, Marks::DEPRECATED))
        .doc(doc);
    walk.define(def);
}

fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = walk.field(node, "name") {
        let name = name.into_owned();
        let end = node
            .child_by_field_name("body")
            .map_or(node.end_byte(), |body| body.start_byte());
        let text = signature::cut(walk.source, node.start_byte()..end, node, &[" #"]);
        add(walk, node, SnippetKind::Function, name, text);
    }
    // A function that was not understood may have swallowed those after it.
    if node.has_error() {
        return Step::Body;
    }
    Step::Skip
}

/// `readonly A=1`, `declare -r A=1 B`, `export A=1`.
fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let mut children = node.children(&mut cursor).take(MAX_NAMES);
    let Some(word) = children.next() else {
        return Step::Skip;
    };
    let mut head = walk.text(word).into_owned();
    let mut constant = matches!(head.as_str(), "readonly" | "export");
    for child in children {
        match child.kind() {
            "word" => {
                let option = walk.text(child);
                constant |= option.starts_with('-') && option.contains(['r', 'x']);
                head.push(' ');
                head.push_str(&option);
            }
            "variable_assignment" if constant => {
                let Some(name) = child.child_by_field_name("name") else {
                    continue;
                };
                let short = child.end_byte() - child.start_byte() <= SHOWN;
                let range = if short { child } else { name }.byte_range();
                let text = signature::cut(walk.source, range, child, &[" #"]);
                let text = format!("{head} {text}");
                let name = walk.text(name).into_owned();
                add(walk, node, SnippetKind::Constant, name, text);
            }
            _ => {}
        }
    }
    Step::Skip
}

/// `alias name=…`.
fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    if text.starts_with(b"alias ") && text.len() <= SHOWN {
        let text = walk.text(node);
        let words = text.strip_prefix("alias ").unwrap_or_default();
        if let Some((name, _)) = words.trim_start().split_once('=')
            && !name.contains(|c: char| c.is_whitespace() || c == '$')
        {
            let signature = signature::fold(&text);
            add(
                walk,
                node,
                SnippetKind::Function,
                name.to_owned(),
                signature,
            );
        }
    }
    Step::Skip
}

#[cfg(test)]
mod tests {
    use super::{Bash, Rules};

    #[test]
    fn the_grammar_sees_ascii_of_the_same_length() {
        let text = "f() { echo 🎉; }".as_bytes();
        let seen = Bash.mask(text);
        assert!(seen.is_ascii() && seen.len() == text.len());
        assert_eq!(Bash.mask(b"f()").as_ref(), b"f()");
    }
}
