//! Groovy: what is not `private`, read by Java's rules.
//!
//! A best effort: the grammar is Java's with additions, and fails at much of what makes Groovy short:
//! command expressions (`println "x"`), parameters without a type, most of the DSLs. Bodies with such
//! errors do no harm, as they are not read; but after one between members, some of those are missed.
//!
//! - Classes, methods and properties are public unless they say otherwise, as are functions of a
//!   script. Build scripts (`.gradle`, `Jenkinsfile`) offer nothing to others.
//! - A `trait` is shown to the grammar as a class.

use std::borrow::Cow;

use registry_types::Visibility;
use tree_sitter::Node;

use super::java;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

pub(super) struct Groovy;

impl Rules for Groovy {
    fn name(&self) -> &'static str {
        "groovy"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_groovy::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["groovy", "gvy", "gradle"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["Jenkinsfile"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["groovy"]
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        let mut out = Cow::Borrowed(source);
        for at in memchr::memmem::find_iter(source, b"trait ") {
            if starts_declaration(source, at)
                && let Some(word) = out.to_mut().get_mut(at..at + 5)
            {
                word.copy_from_slice(b"class");
            }
        }
        out
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let mut scope = java::file_scope(walk, file, root);
        if file.path.ends_with(".gradle") || file.path.ends_with("Jenkinsfile") {
            scope.visibility = Visibility::Internal;
        }
        scope.flags = java::GROOVY;
        scope
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        java::visit(walk, node)
    }

    fn finish(&self, outline: &mut Outline) {
        java::finish(outline);
    }
}

/// Whether only modifiers stand before `at` on its line.
fn starts_declaration(source: &[u8], at: usize) -> bool {
    let before = source.get(at.saturating_sub(64)..at).unwrap_or_default();
    let line = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
    let modifier = |word: &[u8]| {
        let known: [&[u8]; 6] = [b"", b"public", b"private", b"static", b"final", b"abstract"];
        known.contains(&word)
    };
    line.split(u8::is_ascii_whitespace).all(modifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traits_are_shown_as_classes() {
        let text = b"trait A {}\n  public trait B {}\nString trait = x\n// a trait \n";
        assert_eq!(
            Groovy.mask(text).as_ref(),
            b"class A {}\n  public class B {}\nString trait = x\n// a trait \n"
        );
    }
}
