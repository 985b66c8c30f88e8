//! Go: what a package exports.
//!
//! - Capitals are public; a method is when its type is, too. Nothing of `package main`, of tests, or
//!   below a directory `internal` is, and neither is what `//go:build ignore` keeps out of the build.
//! - Names begin with that of the `package` clause: `bytes.Buffer.Write`.
//! - Comments that touch a declaration document it, those at the end of its line otherwise; lines for
//!   tools (`//go:noinline`) are dropped. A file with a package comment has an item for the package.
//! - Build constraints, in comments or in the file's name, are the condition of each item.

mod constraint;
mod types;
mod values;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::beside;
use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk, Wrap};

pub(super) struct Go;

impl Rules for Go {
    fn name(&self) -> &'static str {
        "go"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_go::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["go"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let constraint = constraint::of_file(file.path, walk.source);
        let ignored = constraint.as_deref() == Some("ignore");
        if let Some(constraint) = constraint {
            walk.conditions.push(&constraint, 0..usize::MAX);
        }
        let package = package(walk, root).unwrap_or_default();
        let internal = ignored
            || package == "main"
            || file.path.ends_with("_test.go")
            || file.path.split('/').any(|part| part == "internal")
            || crate::paths::is_in_aside(file.path);
        let mut item = None;
        if let Some(doc) = walk.lead.doc(walk.source) {
            walk.outline.module_doc = Some(doc.clone());
            let signature = format!("package {package}");
            item = walk.define_file(&package, &package, signature, Some(doc), root);
        }
        let visibility = if internal {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        if let Some(item) = item.and_then(|at| walk.outline.items.get_mut(at as usize)) {
            item.visibility = visibility;
            item.declared = visibility;
        }
        Scope {
            path: package,
            visibility,
            item,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment(walk, node),
            "function_declaration" => function(walk, node),
            "method_declaration" => method(walk, node),
            "type_declaration" | "var_declaration" if !is_group(node) => {
                Step::Wrap(Wrap::new(node, 0))
            }
            "type_declaration" | "var_declaration" | "var_spec_list" | "field_declaration_list" => {
                Step::Enter
            }
            "const_declaration" => values::constants(walk, node),
            "type_spec" | "type_alias" => types::definition(walk, node),
            "struct_type" | "interface_type" => Step::Enter,
            "field_declaration" => types::field(walk, node),
            "method_elem" => types::interface_method(walk, node),
            "var_spec" => values::variable(walk, node),
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        types::adopt_methods(outline);
        for item in &mut outline.items {
            let deprecated = item.doc.as_deref().is_some_and(is_deprecated);
            item.marks = item.marks.with(Marks::when(deprecated, Marks::DEPRECATED));
        }
    }
}

/// Whether a name is exported.
fn is_exported(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_uppercase)
}

/// `( … )` after the keyword.
fn is_group(node: Node<'_>) -> bool {
    node.child(1)
        .is_some_and(|child| matches!(child.kind(), "(" | "var_spec_list"))
}

/// The package's name; leaves the comments above its clause in the lead.
fn package(walk: &mut Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    for child in root.named_children(&mut cursor) {
        match child.kind() {
            "comment" => {
                comment(walk, child);
            }
            "package_clause" => {
                walk.lead.drop_detached(child.start_position().row);
                return Some(walk.text(child.named_child(0)?).into_owned());
            }
            _ => break,
        }
    }
    walk.lead.clear();
    None
}

fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if beside::comment(walk, node) {
        return Step::Lead;
    }
    if is_directive(walk.bytes(node)) {
        walk.lead.pass(node);
    } else {
        walk.lead.push_adjacent(node);
    }
    Step::Lead
}

/// `//go:embed x`, `//nolint:x`, `//export x`: for tools, not for readers.
fn is_directive(text: &[u8]) -> bool {
    let Some(text) = text.strip_prefix(b"//") else {
        return false;
    };
    if [b"line ".as_slice(), b"extern ", b"export "]
        .iter()
        .any(|word| text.starts_with(word))
    {
        return true;
    }
    let word = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let length = text.iter().take_while(|b| word(b)).count();
    length > 0 && text.get(length) == Some(&b':') && text.get(length + 1).is_some_and(word)
}

/// A paragraph that begins so is the language's own way to say it.
fn is_deprecated(doc: &str) -> bool {
    let mut blank = true;
    doc.lines().any(|line| {
        let starts = blank && line.starts_with("Deprecated:");
        blank = line.trim().is_empty();
        starts
    })
}

fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    settle(walk, node);
    let name = walk.field(node, "name").unwrap_or_default();
    if name != "_" && name != "init" {
        let def = Def::new(SnippetKind::Function, name.as_ref(), node)
            .body(node.child_by_field_name("body"))
            .public(is_exported(&name));
        walk.define(def);
    }
    Step::Skip
}

fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    settle(walk, node);
    let name = walk.field(node, "name").unwrap_or_default();
    let receiver = node
        .child_by_field_name("receiver")
        .and_then(|list| list.named_child(0))
        .and_then(|parameter| parameter.child_by_field_name("type"))
        .and_then(types::base_name)
        .map(|base| walk.text(base));
    if let Some(receiver) = receiver
        && name != "_"
    {
        let qualified = walk.qualify_in(&walk.qualify(&receiver), &name);
        let def = Def::new(SnippetKind::Method, name.as_ref(), node)
            .qualified(qualified)
            .body(node.child_by_field_name("body"))
            .public(is_exported(&name) && is_exported(&receiver));
        walk.define(def);
    }
    Step::Skip
}

/// Before a definition: comments above an empty line are not about it.
fn settle(walk: &mut Walk<'_>, node: Node<'_>) {
    let row = walk.wrap.map_or(node.start_position().row, |wrap| wrap.row);
    walk.lead.drop_detached(row);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_are_told_from_text() {
        assert!(is_directive(b"//go:build linux"));
        assert!(is_directive(b"//nolint:errcheck"));
        assert!(is_directive(b"//export Name"));
        assert!(!is_directive(b"// go:build"));
        assert!(!is_directive(b"//TODO: x"));
        assert!(!is_directive(b"//note: x"));
        assert!(!is_directive(b"/*go:x*/"));
    }

    #[test]
    fn deprecation_is_a_paragraph() {
        assert!(is_deprecated("A.\n\nDeprecated: use B."));
        assert!(!is_deprecated("A.\nDeprecated: use B."));
    }
}
