//! Lua: what a module returns, and globals.
//!
//! - Names as after `require`: the file `src/grid/shelf.lua` is the module `grid.shelf`, its
//!   functions are `grid.shelf.open` and `grid.shelf:close`; globals stand alone.
//! - Locals are internal unless the returned table holds them; so are names with a leading
//!   underscore and what `@private`, `@package` or `@local` says.
//! - Comments right above are documentation, `---` or not.

mod finish;
mod table;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::doc::Style;
use crate::outline::{Link, LinkKind, Marks, Outline};
use crate::rules::{Rules, Step};
use crate::signature;
use crate::text::begins_line;
use crate::walk::{File, Scope, Walk};

/// Under an `if`.
const CONDITIONAL: u32 = 1;
/// Inside of a table.
const TABLE: u32 = 2;
/// What the returned table's own members are called until its name is known: no identifier.
const RETURNED: &str = "return";
/// An item that stands only if something is a member of it.
const PRESUMED: Marks = Marks(1 << 15);

static STYLE: Style = Style {
    // With their space: annotations (`---@param`) have none, beside prose that has.
    line: &["---- ", "--- ", "-- ", "----", "---", "--"],
    blocks: &[
        ("--[[--", "]]"),
        ("--[[", "]]"),
        ("--[=[", "]=]"),
        ("--[==[", "]==]"),
        ("--[===[", "]===]"),
    ],
};

pub(super) struct Lua;

impl Rules for Lua {
    fn name(&self) -> &'static str {
        "lua"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_lua::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["lua", "rockspec"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["lua", "luajit", "texlua"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["--"]
    }

    fn comments(&self) -> &'static Style {
        &STYLE
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let aside = crate::paths::is_aside(file.path)
            || file.path.ends_with("_spec.lua")
            || file.path.ends_with(".rockspec");
        let visibility = if aside {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        // The scope's path is that of tables; the module's is known to `finish` only.
        note(walk, LinkKind::Module, module(file.path), None);
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
            "function_declaration" => function(walk, node),
            "assignment_statement" => table::assign(walk, node, false),
            "variable_declaration" => table::local(walk, node),
            "return_statement" => table::returned(walk, node),
            "function_call" => {
                let name = walk.field(node, "name").unwrap_or_default();
                if name == "module" {
                    note(walk, LinkKind::Export, "_G".to_owned(), None);
                }
                Step::Skip
            }
            "field" => table::field(walk, node),
            "table_constructor" | "arguments" | "block" => Step::Body,
            "expression_list" | "do_statement" | "elseif_statement" | "else_statement" => {
                Step::Enter
            }
            "if_statement" => {
                let scope = walk.scope().clone();
                Step::Scope(Scope {
                    flags: scope.flags | CONDITIONAL,
                    ..scope
                })
            }
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// `grid.shelf` of `src/grid/shelf.lua` and of `grid/shelf/init.lua`.
fn module(path: &str) -> String {
    let path = path.strip_suffix(".lua").unwrap_or(path);
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if parts.len() > 1 && parts.last() == Some(&"init") {
        parts.pop();
    }
    let roots = ["src", "lua", "lib", "share", "5.1", "5.2", "5.3", "5.4"];
    let from = parts
        .iter()
        .take(parts.len().saturating_sub(1))
        .rposition(|part| roots.contains(part))
        .map_or(0, |at| at + 1);
    parts.get(from..).unwrap_or_default().join(".")
}

/// Something for `finish` to know.
fn note(walk: &mut Walk<'_>, kind: LinkKind, name: String, alias: Option<String>) {
    walk.link(Link {
        kind,
        scope: String::new(),
        from: None,
        name,
        alias,
        visibility: Visibility::Internal,
    });
}

fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if !begins_line(walk.source, node.start_byte()) {
        return Step::Lead;
    }
    walk.lead.push_adjacent(node);
    let bytes = walk.bytes(node);
    if let Some(rest) = bytes.strip_prefix(b"---@alias ") {
        let text = crate::text::lossy(rest);
        let name = text.split_ascii_whitespace().next().unwrap_or_default();
        let def = Def::new(SnippetKind::Type, name, node)
            .qualified(name.to_owned())
            .signature(signature::fold(&format!("alias {text}")))
            .doc(None);
        walk.define(def);
    } else if walk.outline.module_doc.is_none() && bytes.starts_with(b"---") {
        let first = walk.outline.items.is_empty();
        walk.outline.module_doc = first.then(|| walk.lead.doc(walk.source)).flatten();
    }
    Step::Lead
}

/// Documentation before a definition and what it says.
struct Doc {
    text: Option<String>,
    marks: Marks,
    public: bool,
}

fn doc(walk: &mut Walk<'_>, node: Node<'_>) -> Doc {
    walk.lead.drop_detached(node.start_position().row);
    let text = walk.lead.doc(walk.source);
    let said = text.as_deref().unwrap_or_default();
    let says = |words: &[&str]| {
        said.contains('@')
            && said
                .lines()
                .any(|line| words.contains(&line.split(' ').next().unwrap_or_default()))
    };
    let hidden = says(&["@private", "@local", "@package"]);
    let marks = Marks::when(hidden, Marks::HIDDEN)
        .with(Marks::when(says(&["@deprecated"]), Marks::DEPRECATED))
        .with(Marks::when(
            walk.scope().flags & CONDITIONAL != 0,
            Marks::CONDITIONAL,
        ));
    Doc {
        text,
        marks,
        public: !hidden,
    }
}

fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    let local = walk.bytes(node).starts_with(b"local");
    let path = signature::fold(&walk.text(name));
    if local {
        note(walk, LinkKind::Import, path.clone(), None);
    }
    let method = name.kind() == "method_index_expression";
    let kind = if method {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    let end = node.child_by_field_name("parameters").unwrap_or(name);
    add(walk, node, kind, path, end);
    Step::Skip
}

/// Adds an item with the path as written, its signature up to the end of `end`.
fn add(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    path: String,
    end: Node<'_>,
) -> Option<u32> {
    let doc = doc(walk, node);
    let range = node.start_byte()..end.end_byte();
    let text = signature::cut(walk.source, range, node, &["--"]);
    let name = path.rsplit(['.', ':']).next().unwrap_or(&path).to_owned();
    let def = Def::new(kind, name, node)
        .qualified(path)
        .signature(text)
        .public(doc.public)
        .marks(doc.marks)
        .doc(doc.text);
    walk.define(def)
}

#[cfg(test)]
mod tests {
    use super::module;

    #[test]
    fn modules_are_named_as_in_require() {
        assert_eq!(module("src/grid/shelf.lua"), "grid.shelf");
        assert_eq!(module("lua/grid/init.lua"), "grid");
        assert_eq!(module("inspect.lua"), "inspect");
        assert_eq!(module("init.lua"), "init");
        assert_eq!(module("/usr/share/lua/5.1/a/b.lua"), "a.b");
    }
}
