//! Kotlin: what is `public`, as all is that does not say otherwise, or `protected`.
//!
//! - Names as in an import, through the classes: `kotlin.text.Regex.Companion.escape` is written
//!   `Regex.escape`, so members of an unnamed companion go by the class. Extensions carry their
//!   receiver: `kotlin.collections.List.first` for `fun <T> List<T>.first()`.
//! - `private` and `internal` are internal; so is what `override`s nothing public is not known here.
//! - `val` and `var` of a primary constructor are fields of the class; `constructor` is its own name.
//! - Getters, setters and `init` are no items; annotations are left out of signatures.

mod members;
mod types;

use std::borrow::Cow;

use tree_sitter::Node;

use super::block_doc;
use super::modifiers::Modifiers;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members of a class.
const CLASS: u32 = 1;

pub(super) struct Kotlin;

impl Rules for Kotlin {
    fn name(&self) -> &'static str {
        "kotlin"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_kotlin_sg::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["kt", "kts"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["kotlin"]
    }

    /// The grammar takes `@A sealed class B<T> {` for a call, were it not for the annotation: those
    /// that stand alone on a line are blanked. They have no arguments, and none of them matters here.
    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        let mut out = Cow::Borrowed(source);
        for at in memchr::memchr_iter(b'@', source) {
            if let Some(end) = lone_annotation(source, at) {
                let text = out.to_mut().get_mut(at..end).unwrap_or_default();
                text.fill(b' ');
            }
        }
        out
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let script = file.path.ends_with(".kts");
        let package = package(walk, root).unwrap_or_default();
        Scope::of_file(package, script || block_doc::is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "line_comment" | "multiline_comment" => block_doc::comment(walk, node),
            "class_declaration" | "object_declaration" => types::definition(walk, node),
            "companion_object" => types::companion(walk, node),
            "enum_entry" => types::entry(walk, node),
            "type_alias" => types::alias(walk, node),
            "function_declaration" => members::function(walk, node),
            "secondary_constructor" => members::constructor(walk, node),
            "property_declaration" => members::property(walk, node),
            "class_body" | "enum_class_body" => Step::Enter,
            // Left over where a syntax error broke a declaration.
            "modifiers" | "annotation" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        super::same::join_overloads(outline);
    }
}

/// Where the annotation at `at` ends, when nothing else stands on its line.
fn lone_annotation(source: &[u8], at: usize) -> Option<usize> {
    const MAX_LINE: usize = 128;
    let before = source.get(at.saturating_sub(MAX_LINE)..at)?;
    let indent = before.iter().rev().find(|b| !matches!(b, b' ' | b'\t'));
    let rest = source.get(at + 1..)?;
    let rest = rest.get(..MAX_LINE).unwrap_or(rest);
    let name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.');
    let length = rest.iter().take_while(|b| name(b)).count();
    let after = rest
        .iter()
        .skip(length)
        .find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
    let alone = indent.is_none_or(|b| *b == b'\n') && after == Some(&b'\n');
    (alone && length > 0).then_some(at + 1 + length)
}

fn is_public(modifiers: &Modifiers<'_, '_>) -> bool {
    !modifiers.has_any(&["private", "internal"])
}

fn marks(modifiers: &Modifiers<'_, '_>) -> Marks {
    let deprecated = modifiers.annotated("Deprecated");
    let implements = modifiers.has("override");
    Marks::when(deprecated, Marks::DEPRECATED).with(Marks::when(implements, Marks::IMPLEMENTS))
}

fn package(walk: &Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let header = root
        .named_children(&mut cursor)
        .take_while(|child| {
            child.is_extra()
                || matches!(
                    child.kind(),
                    "package_header" | "shebang_line" | "file_annotation"
                )
        })
        .find(|child| child.kind() == "package_header")?;
    let name = header.named_child(0)?;
    Some(walk.text(name).split_whitespace().collect())
}

/// The first child of a kind.
fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() == kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_alone_on_a_line_are_blanked() {
        let masked = Kotlin.mask(b"  @A\nclass B\n@C(1)\n@D class E\n@a.F \nval g = this@H\n");
        let expected = b"    \nclass B\n@C(1)\n@D class E\n     \nval g = this@H\n";
        assert_eq!(masked.as_ref(), expected);
    }
}
