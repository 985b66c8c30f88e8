//! D: everything is public but what `private`, `package` or `protected` say is not, before a
//! declaration, around a block or as a label for the rest of a scope.
//!
//! - Names go by the module's (`module std.stdio;`), else by the path.
//! - Documentation is `///`, `/** */` and `/++ +/`, before an item or after it on its line; `ditto`
//!   repeats the one before.
//! - `version`, `debug` and `static if` are conditions; `version (unittest)` and unit tests are left
//!   out. What string mixins make is not seen.

mod aggregates;
mod attributes;
mod comments;
mod functions;
mod variables;

use registry_types::Visibility;
use tree_sitter::Node;

use crate::define::Def;
use crate::languages::restart;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};
use registry_types::SnippetKind;

/// Scope or wrap: not public.
const PRIVATE: u32 = 1;
/// Wrap: deprecated.
const DEPRECATED: u32 = 2;
/// Scope: of a class, struct, union or interface.
const TYPE: u32 = 4;
/// Scope: constants of a named enum.
const ENUM: u32 = 8;
/// Wrap: public in spite of a label before it.
const PUBLIC: u32 = 16;

pub(super) struct D;

impl Rules for D {
    fn name(&self) -> &'static str {
        "d"
    }

    fn grammar(&self) -> tree_sitter::Language {
        arborium_d::language().into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["d", "di"]
    }

    fn claims(&self, _path: &str, source: &[u8]) -> bool {
        // Dependencies of object files, and scripts of DTrace.
        let head = source.get(..200).unwrap_or(source);
        let line = head.split(|b| *b == b'\n').next().unwrap_or_default();
        let depends = memchr::memmem::find(line, b".o:").is_some();
        !depends && memchr::memmem::find(line, b"dtrace").is_none()
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["rdmd", "dub"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let visibility = if crate::paths::is_in_aside(file.path) {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        let declared = comments::module_declaration(walk, root);
        let path = declared
            .and_then(|node| aggregates::child(node, "module_fully_qualified_name"))
            .map_or_else(
                || module_path(file.path),
                |name| walk.text(name).into_owned(),
            );
        let doc = walk.lead.doc(walk.source).filter(|_| declared.is_some());
        walk.outline.module_doc.clone_from(&doc);
        let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
        let def = Def::new(SnippetKind::Module, name, declared.unwrap_or(root))
            .qualified(path.clone())
            .signature(format!("module {path}"))
            .public(visibility == Visibility::Public)
            .doc(doc);
        let item = walk.define(def);
        Scope {
            path,
            visibility,
            item,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let branch = walk.conditions.take_alternative(node.start_byte());
        walk.conditions.push(&branch, node.byte_range());
        match node.kind() {
            "line_comment" | "block_comment" | "nesting_block_comment" => {
                comments::comment(walk, node)
            }
            "module" | "decl_defs" | "enum_members" | "anonymous_enum_members" => Step::Body,
            "aggregate_body" | "enum_body" | "declaration_block" | "declarators" => Step::Enter,
            "attribute_specifier" => attributes::specifier(walk, node),
            "visibility_attribute"
            | "deprecated_attribute"
            | "attribute"
            | "linkage_attribute"
            | "at_attribute"
            | "property"
            | "user_defined_attribute"
            | "pragma"
            | "align_attribute" => Step::Lead,
            "conditional_declaration" => attributes::conditional(walk, node),
            "static_foreach_declaration" => Step::Enter,
            "func_declaration" | "auto_func_declaration" => functions::function(walk, node),
            "constructor" | "constructor_template" => functions::constructor(walk, node),
            "class_declaration" | "class_template_declaration" => {
                aggregates::aggregate(walk, node, SnippetKind::Class)
            }
            "struct_declaration"
            | "struct_template_declaration"
            | "union_declaration"
            | "union_template_declaration" => {
                aggregates::aggregate(walk, node, SnippetKind::Struct)
            }
            "interface_declaration" | "interface_template_declaration" => {
                aggregates::aggregate(walk, node, SnippetKind::Interface)
            }
            "template_declaration" | "template_mixin_declaration" => {
                aggregates::template(walk, node)
            }
            "enum_declaration" => aggregates::enumeration(walk, node),
            "anonymous_enum_declaration" | "anon_struct_declaration" | "anon_union_declaration" => {
                Step::Enter
            }
            "enum_member" | "anonymous_enum_member" => aggregates::enum_member(walk, node),
            "var_declarations" => variables::declarations(walk, node),
            "auto_declaration" => variables::automatic(walk, node),
            // `immutable a = b[0 .. 1];`: the grammar takes the slice for a type.
            "alias_assign" if walk.wrap.is_some() => variables::assigned(walk, node),
            "alias_declaration" => variables::alias(walk, node),
            _ => Step::Skip,
        }
    }

    fn error(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let mut cursor = node.walk();
        // Where whole declarations are among the pieces, those are all there is.
        let pieces = !node
            .named_children(&mut cursor)
            .take(100)
            .any(|child| matches!(child.kind(), "decl_defs" | "module" | "aggregate_body"));
        let again = if pieces {
            restart::at_margin(walk, node, restart::is_declaration, b'/', true)
        } else {
            None
        };
        again.unwrap_or(Step::Enter)
    }
}

/// `std.stdio` of `source/std/stdio.d`, `std` of `std/package.d`.
fn module_path(path: &str) -> String {
    let path = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let path = path
        .strip_prefix("source/")
        .or_else(|| path.strip_prefix("src/"))
        .or_else(|| path.strip_prefix("import/"))
        .unwrap_or(path);
    path.strip_suffix("/package")
        .unwrap_or(path)
        .replace('/', ".")
}

/// An item with the visibility and marks of where it stands.
fn add(walk: &mut Walk<'_>, def: Def<'_>) -> Option<u32> {
    let scope = walk.scope().flags;
    let wrap = walk.wrap.map_or(0, |wrap| wrap.flags);
    let private = wrap & PRIVATE != 0 || (scope & PRIVATE != 0 && wrap & PUBLIC == 0);
    let deprecated = (scope | wrap) & DEPRECATED != 0;
    let ditto = walk.lead.flags & comments::DITTO != 0;
    let before = ditto.then(|| walk.outline.items.last().and_then(|item| item.doc.clone()));
    let mut def = def.public(!private).marks(crate::outline::Marks::when(
        deprecated,
        crate::outline::Marks::DEPRECATED,
    ));
    if let Some(doc) = before {
        def = def.doc(doc);
    }
    walk.define(def)
}

#[cfg(test)]
mod tests {
    use super::module_path;

    #[test]
    fn paths_of_modules() {
        assert_eq!(module_path("source/a/b.d"), "a.b");
        assert_eq!(module_path("std/package.d"), "std");
        assert_eq!(module_path("b"), "b");
    }
}
