//! Java: what a package offers to other packages.
//!
//! - `public` and `protected` are public, members of interfaces are unless `private`, all else is
//!   internal: package-private is for the package. Nothing below `src/test` is public.
//! - Names as in an import: `java.util.Map.Entry.getKey`; a constructor is `java.util.Date.Date`.
//!   Overloads are one item with all their signatures.
//! - Components of a record are fields of it. Annotations are left out of signatures.
//! - `package-info.java` gives the item of its package, `module-info.java` that of its module.

mod members;
mod types;

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::block_doc;
use super::modifiers::Modifiers;
use crate::define::Def;
use crate::outline::{Marks, Outline};
#[cfg(feature = "java")]
use crate::rules::Rules;
use crate::rules::Step;
use crate::walk::{File, Scope, Walk};

/// Scope: members are public unless they say otherwise.
const INTERFACE: u32 = 1;

/// Scope: the language is Groovy, where what says nothing is public; goes to all scopes inside.
pub(super) const GROOVY: u32 = 2;

#[cfg(feature = "java")]
pub(super) struct Java;

#[cfg(feature = "java")]
impl Rules for Java {
    fn name(&self) -> &'static str {
        "java"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_java::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["java"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        file_scope(walk, file, root)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        visit(walk, node)
    }

    fn finish(&self, outline: &mut Outline) {
        finish(outline);
    }
}

/// The scope of a file, and the item of its package when the file is there to document it.
pub(super) fn file_scope(walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
    let package = package(walk, root).unwrap_or_default();
    if file.path.ends_with("package-info.java")
        && let Some(doc) = walk.lead.doc(walk.source)
    {
        walk.outline.module_doc = Some(doc.clone());
        let name = package.rsplit('.').next().unwrap_or(&package).to_owned();
        let signature = format!("package {package}");
        walk.define_file(&package, &name, signature, Some(doc), root);
    }
    Scope::of_file(package, block_doc::is_aside(file.path))
}

/// What each node means.
pub(super) fn visit(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    match node.kind() {
        "line_comment" | "block_comment" => block_doc::comment(walk, node),
        "class_declaration"
        | "interface_declaration"
        | "enum_declaration"
        | "record_declaration"
        | "annotation_type_declaration" => types::definition(walk, node),
        "enum_constant" => types::constant(walk, node),
        "method_declaration"
        | "constructor_declaration"
        | "compact_constructor_declaration"
        | "annotation_type_element_declaration"
        | "function_definition" => members::method(walk, node),
        "field_declaration" | "constant_declaration" => members::fields(walk, node),
        "module_declaration" => module(walk, node),
        "class_body"
        | "interface_body"
        | "enum_body"
        | "enum_body_declarations"
        | "annotation_type_body" => Step::Enter,
        "modifiers" | "marker_annotation" | "annotation" => Step::Lead,
        _ => Step::Skip,
    }
}

/// `@deprecated` in the documentation counts as the annotation does.
pub(super) fn finish(outline: &mut Outline) {
    for item in &mut outline.items {
        let said = |doc: &str| doc.lines().any(|line| line.starts_with("@deprecated"));
        let deprecated = item.doc.as_deref().is_some_and(said);
        item.marks = item.marks.with(Marks::when(deprecated, Marks::DEPRECATED));
    }
    super::same::join_overloads(outline);
}

/// Whether a member of the current scope can be seen from other packages.
fn is_public(walk: &Walk<'_>, modifiers: &Modifiers<'_, '_>) -> bool {
    let open = walk.scope().flags & (INTERFACE | GROOVY) != 0 && !modifiers.has("private");
    open || modifiers.has_any(&["public", "protected"])
}

fn marks(modifiers: &Modifiers<'_, '_>) -> Marks {
    let deprecated = modifiers.annotated("Deprecated");
    let implements = modifiers.annotated("Override");
    Marks::when(deprecated, Marks::DEPRECATED).with(Marks::when(implements, Marks::IMPLEMENTS))
}

/// The package's name; leaves the comments above its clause in the lead.
fn package(walk: &mut Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    for child in root.named_children(&mut cursor) {
        match child.kind() {
            "line_comment" | "block_comment" => {
                block_doc::comment(walk, child);
            }
            "package_declaration" => {
                let mut cursor = child.walk();
                let name = child
                    .named_children(&mut cursor)
                    .find(|name| matches!(name.kind(), "identifier" | "scoped_identifier"))?;
                return Some(walk.text(name).split_whitespace().collect());
            }
            _ => break,
        }
    }
    walk.lead.clear();
    None
}

fn module(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default().into_owned();
    let def = Def::new(SnippetKind::Module, name.clone(), node)
        .qualified(name)
        .body(node.child_by_field_name("body"));
    walk.define(def);
    Step::Skip
}
