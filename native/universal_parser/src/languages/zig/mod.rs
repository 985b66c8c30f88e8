//! Zig: what says `pub` is public, fields of public containers too.
//!
//! - A file is a struct named by its path; `pub const S = struct { … }` is a container, and so are
//!   the types that functions of types return (`fn List(T) type { return struct { … } }`).
//! - `///` documents what follows, `//!` the file or container. Tests are left out.
//! - `pub usingnamespace` and `pub const x = @import("x.zig")` are exports (links).

mod containers;
mod file;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::languages::restart;
use crate::outline::{Link, LinkKind, Marks};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// A constant with a longer value shows its head only.
const SHORT: usize = 80;

pub(super) struct Zig;

impl Rules for Zig {
    fn name(&self) -> &'static str {
        "zig"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_zig::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["zig"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["//"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let path = file::module_path(file.path, file.package);
        let aside = crate::paths::is_in_aside(file.path) || file.path == "build.zig";
        let doc = file::doc(walk, root);
        walk.outline.module_doc.clone_from(&doc);
        let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
        let item = walk.define_file(&path, &name, format!("// {}", file.path), doc, root);
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
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        if walk.scope().flags & containers::RETURNED != 0
            && matches!(node.kind(), "variable_declaration" | "function_declaration")
        {
            return Step::Skip;
        }
        match node.kind() {
            "comment" => {
                let text = walk.bytes(node);
                if text.starts_with(b"///") && !text.starts_with(b"////") {
                    walk.lead.push(node);
                }
                Step::Lead
            }
            "function_declaration" => function(walk, node),
            "variable_declaration" => variable(walk, node),
            "container_field" => containers::field(walk, node),
            "identifier" => containers::error(walk, node),
            "using_namespace_declaration" => {
                let name = node.named_child(0).map(|n| walk.text(n).into_owned());
                if is_public(walk, node) {
                    link(walk, name.unwrap_or_default(), "*", None);
                }
                Step::Skip
            }
            // On the way from a function to the container it returns.
            "block" | "expression_statement" | "return_expression"
                if walk.scope().flags & containers::RETURNED != 0 =>
            {
                Step::Enter
            }
            kind if containers::is_container(kind) => {
                // Members are entered from here on; their bodies are not.
                let mut scope = walk.scope().clone();
                scope.flags &= !containers::RETURNED;
                Step::Scope(scope)
            }
            // A piece of a broken declaration.
            _ if node.has_error() => {
                restart::at_margin(walk, node, restart::is_declaration, b'/', false)
                    .unwrap_or(Step::Skip)
            }
            _ => Step::Skip,
        }
    }
}

/// Whether `pub` stands before it, or `export`, which makes it a symbol of the library.
fn is_public(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let text = walk.bytes(node);
    text.starts_with(b"pub ") || text.starts_with(b"pub\n") || text.starts_with(b"export ")
}

fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name").map(|name| unquoted(&name)) else {
        return Step::Skip;
    };
    let body = node.child_by_field_name("body");
    let makes_type = walk.field(node, "type").is_some_and(|text| text == "type");
    let member = walk.scope().flags & containers::CONTAINER != 0;
    let kind = if member {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    let def = Def::new(kind, name.clone(), node)
        .body(body)
        .public(is_public(walk, node));
    let item = walk.define(def);
    // A generic type: its members are those of the container it returns.
    if makes_type && let (Some(item), Some(body)) = (item, body) {
        return containers::returned(walk, &name, item, body);
    }
    Step::Skip
}

fn variable(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let children: Vec<_> = node.named_children(&mut cursor).take(16).collect();
    let Some(name) = children.iter().find(|child| child.kind() == "identifier") else {
        return Step::Skip;
    };
    let name = unquoted(&walk.text(*name));
    let public = is_public(walk, node);
    let value = children.last().copied().filter(|_| children.len() > 1);
    if let Some(container) = value.filter(|value| containers::is_container(value.kind())) {
        return containers::container(walk, node, name, container, public);
    }
    let text = value.map(|value| walk.text(value)).unwrap_or_default();
    if text.starts_with("@import(") {
        let from = text.split('"').nth(1).unwrap_or_default().to_owned();
        if public {
            link(walk, from, &name, None);
        } else {
            return Step::Skip;
        }
    }
    // `const Self = @This();` is a name for what has one.
    if text.starts_with("@This()") && !public {
        return Step::Skip;
    }
    let alias = value.is_some_and(|value| {
        matches!(
            value.kind(),
            "field_expression" | "identifier" | "builtin_function"
        ) && name.starts_with(|c: char| c.is_ascii_uppercase())
    });
    let kind = if alias {
        SnippetKind::Type
    } else {
        SnippetKind::Constant
    };
    let body = value.filter(|value| value.byte_range().len() > SHORT);
    let def = Def::new(kind, name, node).body(body).public(public);
    walk.define(def.marks(Marks::default()));
    Step::Skip
}

/// `@"an odd name"` as it is written without need of quoting.
fn unquoted(name: &str) -> String {
    let inside = name.strip_prefix("@\"").and_then(|n| n.strip_suffix('"'));
    inside.unwrap_or(name).to_owned()
}

fn link(walk: &mut Walk<'_>, from: String, name: &str, alias: Option<String>) {
    let scope = walk.scope().path.clone();
    walk.link(Link {
        kind: LinkKind::Export,
        scope,
        from: Some(from),
        name: name.to_owned(),
        alias,
        visibility: Visibility::Public,
    });
}
