//! OCaml: implementations (`.ml`) and interfaces (`.mli`), `Module.name` by the file's name.
//!
//! - An interface is the API: what an `.ml` beside one defines is internal (`package_api` knows both
//!   files). A module's own signature hides its structure likewise.
//! - Constructors and fields are members of their type, under the name of its module.
//! - Documentation is `(** … *)` right before or right after; `(**/**)` hides what follows.
//! - `[@@deprecated]`; tests (`let%test`) are left out.

mod comment;
mod modules;
mod types;
mod values;

use registry_types::Visibility;
use tree_sitter::Node;

use crate::doc::Style;
use crate::outline::Marks;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members of a type.
const TYPE: u32 = 1;
/// Scope: a module with a signature, whose structure is nobody's business.
const SEALED: u32 = 2;
/// Scope: of an interface file.
const INTERFACE: u32 = 4;

/// Scope: constructors added to a type of elsewhere.
const EXTENSION: u32 = 8;

/// Scope: between `let` and the object of a class.
const LOCAL: u32 = 16;

/// Comments inside each other: the grammar's scanner is recursive.
const MAX_NESTING: usize = 1000;

static COMMENTS: Style = Style {
    line: &[],
    blocks: &[("(**", "*)"), ("(*", "*)")],
};
const MARKERS: &[&str] = &["(*"];

/// The rules of both grammars: of structures, and of signatures.
pub(super) struct OCaml {
    interface: bool,
}

pub(super) static IMPLEMENTATION: OCaml = OCaml { interface: false };
pub(super) static INTERFACES: OCaml = OCaml { interface: true };

impl Rules for OCaml {
    fn name(&self) -> &'static str {
        "ocaml"
    }

    fn grammar(&self) -> tree_sitter::Language {
        if self.interface {
            tree_sitter_ocaml::LANGUAGE_OCAML_INTERFACE.into()
        } else {
            tree_sitter_ocaml::LANGUAGE_OCAML.into()
        }
    }

    fn extensions(&self) -> &'static [&'static str] {
        if self.interface {
            &["mli"]
        } else {
            &["ml", "eliom"]
        }
    }

    fn interpreters(&self) -> &'static [&'static str] {
        if self.interface { &[] } else { &["ocaml"] }
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        MARKERS
    }

    fn comments(&self) -> &'static Style {
        &COMMENTS
    }

    fn refuse(&self, source: &[u8]) -> Option<String> {
        nests_deeper(source, MAX_NESTING)
            .then(|| format!("comments nested deeper than {MAX_NESTING}"))
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let path = module_name(file.path);
        let aside = crate::paths::is_in_aside(file.path);
        let doc = comment::module_doc(walk, root);
        walk.outline.module_doc.clone_from(&doc);
        let item = walk.define_file(&path, &path, format!("module {path}"), doc, root);
        let visibility = if aside {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        if let Some(item) = item.and_then(|index| walk.outline.items.get_mut(index as usize)) {
            item.visibility = visibility;
            item.declared = visibility;
        }
        Scope {
            path,
            visibility,
            item,
            flags: if self.interface { INTERFACE } else { 0 },
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => comment::comment(walk, node),
            // What they hold begins with them.
            "value_definition" if walk.scope().flags & LOCAL != 0 => Step::Skip,
            "value_definition" => values::definition(walk, node),
            "type_definition"
            | "exception_definition"
            | "module_definition"
            | "class_definition"
            | "class_type_definition"
            | "variant_declaration"
            | "record_declaration"
            | "functor_type" => Step::Body,
            "structure" if walk.scope().flags & SEALED != 0 => Step::Skip,
            "structure"
            | "signature"
            | "object_expression"
            | "class_body_type"
            | "class_function_type"
            | "class_function"
            | "parenthesized_module_expression"
            | "parenthesized_module_type" => Step::Enter,
            // Its bindings are local to it.
            "let_class_expression" => {
                let mut scope = walk.scope().clone();
                scope.flags |= LOCAL;
                Step::Scope(scope)
            }
            "polymorphic_variant_type" if walk.scope().flags & TYPE != 0 => Step::Enter,
            "tag_specification" => types::tag(walk, node),
            "let_binding" => values::binding(walk, node),
            "value_specification" | "external" => values::specification(walk, node),
            "type_binding" => types::binding(walk, node),
            "constructor_declaration" => types::constructor(walk, node),
            "field_declaration" => types::field(walk, node),
            "module_binding" => modules::module(walk, node),
            "module_type_definition" => modules::module_type(walk, node),
            "class_binding" | "class_type_binding" => modules::class(walk, node),
            "method_definition" | "method_specification" => modules::method(walk, node),
            "item_attribute" | "attribute" | "floating_attribute" => Step::Lead,
            _ => Step::Skip,
        }
    }
}

/// `Foo_bar` of `lib/foo_bar.ml`.
fn module_name(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    let mut chars = stem.chars();
    match chars.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + chars.as_str(),
        None => String::new(),
    }
}

/// Whether `(*` opens more often than `*)` closes, by more than `limit` somewhere.
fn nests_deeper(source: &[u8], limit: usize) -> bool {
    let mut depth = 0usize;
    for at in memchr::memchr_iter(b'*', source) {
        if at > 0 && source.get(at - 1) == Some(&b'(') {
            depth += 1;
            if depth > limit {
                return true;
            }
        } else if source.get(at + 1) == Some(&b')') {
            depth = depth.saturating_sub(1);
        }
    }
    false
}

/// The text from `start` to `end` on one line, without what opens a body.
fn head(walk: &Walk<'_>, node: Node<'_>, range: std::ops::Range<usize>) -> String {
    let text = crate::signature::cut(walk.source, range, node, MARKERS);
    text.trim_end_matches(['=', ':', ' ']).to_owned()
}

/// Where the attributes after `node` begin, and what they say.
fn attributes(walk: &Walk<'_>, node: Node<'_>) -> (usize, Marks) {
    let mut cursor = node.walk();
    let mut end = node.end_byte();
    let mut marks = Marks::default();
    for child in node.named_children(&mut cursor) {
        if child.kind() == "item_attribute" {
            end = end.min(child.start_byte());
            let text = walk.bytes(child);
            let text = text.get(..text.len().min(64)).unwrap_or_default();
            let deprecated = memchr::memmem::find(text, b"deprecated").is_some();
            marks = marks.with(Marks::when(deprecated, Marks::DEPRECATED));
        }
    }
    (end, marks)
}

#[cfg(test)]
mod tests {
    use super::{module_name, nests_deeper};

    #[test]
    fn modules_of_files() {
        assert_eq!(module_name("lib/foo_bar.ml"), "Foo_bar");
        assert_eq!(module_name("a.pp.ml"), "A");
        assert_eq!(module_name(""), "");
    }

    #[test]
    fn deep_comments_are_refused() {
        assert!(nests_deeper(&b"(*".repeat(1001), 1000));
        assert!(!nests_deeper(&b"(* a *)".repeat(5000), 1000));
        assert!(!nests_deeper(b"(*)", 1) && !nests_deeper(b"*)", 0));
    }
}
