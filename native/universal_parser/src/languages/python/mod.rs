//! Python: names by import path, `__all__` and the underscore, docstrings, overloads as one.
//!
//! - A property is a [`SnippetKind::Field`]; its setter and deleter are no items of their own.
//! - Overloads (`typing.overload`) are one item, its signature theirs joined by `; `, without that of
//!   the implementation, which no caller sees.
//! - `self.x = …` in `__init__` are fields of the class.
//! - A dataclass (or attrs class) without an `__init__` gets the one that its decorator makes.
//! - What stands under `if` or `except` says so in its condition, unless the other branch has it too.
//! - Files called `test*` and directories beside the package (docs, examples) are internal.

mod assign;
mod branches;
mod dataclass;
mod decorators;
mod exports;
mod finish;
mod imports;
mod literal;
mod long;
mod module_path;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};
use module_path::is_public_name;

/// Functions are methods here, assignments fields.
const CLASS: u32 = 1;
/// The body of `__init__`: only what it assigns to `self` counts.
const INIT: u32 = 2;
/// Under `if`, `try` and the like.
const CONDITIONAL: u32 = 4;
/// Under `if sys.version_info < …`.
const OUTDATED: u32 = 8;

/// Under `except …`.
const FALLBACK: u32 = 16;

/// The mark of what stands under [`OUTDATED`], until the file is known.
const FOR_OLD_PYTHON: Marks = Marks(1 << 15);
/// The mark of what stands under [`FALLBACK`], until the file is known.
const IN_FALLBACK: Marks = Marks(1 << 14);

pub(super) struct Python;

impl Rules for Python {
    fn name(&self) -> &'static str {
        "python"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_python::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["py", "pyi", "pyw"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["python", "pypy"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let (path, _) = module_path::module_path(file.path, file.package);
        let public =
            module_path::is_public_path(&path) && !module_path::is_aside(file.path, file.package);
        let doc = docstring(walk, root);
        walk.outline.module_doc.clone_from(&doc);
        let name = path.rsplit('.').next().unwrap_or(&path).to_owned();
        let def = Def::new(SnippetKind::Module, name, root)
            .qualified(path.clone())
            .signature(format!("module {path}"))
            .doc(doc)
            .public(public);
        let item = walk.define(def);
        let visibility = if public {
            Visibility::Public
        } else {
            Visibility::Internal
        };
        Scope {
            path,
            visibility,
            item,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let flags = walk.scope().flags;
        match node.kind() {
            "comment" => assign::comment(walk, node),
            "expression_statement" => assign::statement(walk, node),
            "elif_clause" | "else_clause" if flags & OUTDATED != 0 => {
                branches::with_flags(walk, flags & !OUTDATED)
            }
            "block" | "elif_clause" | "else_clause" | "finally_clause" | "case_clause"
            | "with_statement" => Step::Enter,
            "except_clause" | "except_group_clause" => branches::fallback(walk, node),
            "if_statement" => branches::conditional(walk, node),
            "try_statement" | "match_statement" | "for_statement" | "while_statement" => {
                branches::with_flags(walk, flags | CONDITIONAL)
            }
            _ if flags & INIT != 0 => Step::Skip,
            "function_definition" => function(walk, node),
            "class_definition" => class(walk, node),
            "decorated_definition" => Step::Enter,
            "decorator" => decorators::read(walk, node),
            "type_alias_statement" => assign::type_alias(walk, node),
            "import_statement" | "import_from_statement" => imports::read(walk, node),
            "delete_statement" => exports::delete(walk, node),
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

fn function(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let lead = walk.lead.flags;
    let scope = walk.scope();
    let member = scope.flags & CLASS != 0;
    let kind = match member {
        // An accessor joins its property, be it of this class or of a base.
        true if lead & (decorators::PROPERTY | decorators::ACCESSOR) != 0 => SnippetKind::Field,
        true => SnippetKind::Method,
        false => SnippetKind::Function,
    };
    let members = (member && name == "__init__").then(|| Scope {
        flags: INIT,
        ..scope.clone()
    });
    let doc = node
        .child_by_field_name("body")
        .and_then(|body| docstring(walk, body));
    define(walk, node, kind, &name, doc, decorators::marks(lead));
    members.map_or(Step::Skip, Step::Scope)
}

fn class(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let doc = node
        .child_by_field_name("body")
        .and_then(|body| docstring(walk, body));
    let flags = walk.lead.flags;
    let marks = decorators::marks(flags);
    let Some(item) = define(walk, node, SnippetKind::Class, &name, doc, marks) else {
        return Step::Skip;
    };
    dataclass::init(walk, node, item, flags);
    Step::Scope(walk.scope_of(&name, Some(item), CLASS))
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: &str,
    doc: Option<String>,
    marks: Marks,
) -> Option<u32> {
    let mut cursor = node.walk();
    let colon = node.children(&mut cursor).find(|child| child.kind() == ":");
    let mut def = Def::new(kind, name, node)
        .body(colon)
        .doc(doc)
        .public(is_public_name(name))
        .marks(marks.with(conditional(walk)));
    if let Some(text) = colon.and_then(|colon| long::signature(walk, node, colon.start_byte())) {
        def = def.signature(text);
    }
    walk.define(def)
}

/// The marks of the branch that the walk is in.
fn conditional(walk: &Walk<'_>) -> Marks {
    let flags = walk.scope().flags;
    Marks::when(flags & CONDITIONAL != 0, Marks::CONDITIONAL)
        .with(Marks::when(flags & OUTDATED != 0, FOR_OLD_PYTHON))
        .with(Marks::when(flags & FALLBACK != 0, IN_FALLBACK))
}

/// The string that is the first statement of a body.
fn docstring(walk: &Walk<'_>, body: Node<'_>) -> Option<String> {
    let mut cursor = body.walk();
    let first = body
        .named_children(&mut cursor)
        .find(|child| !child.is_extra())?;
    if first.kind() != "expression_statement" {
        return None;
    }
    literal::value(walk, first.named_child(0)?)
        .as_deref()
        .and_then(literal::cleandoc)
}
