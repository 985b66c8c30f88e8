//! `export`.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::function::{bare, is_function, signature_end};
use super::reference::{self, Reference};
use super::{CLASS, DEFAULT, EXPORTED, after_decorators, comment, unquoted};
use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks};
use crate::rules::Step;
use crate::walk::{Walk, Wrap};

/// The name under which `export = x` and `module.exports = x` are remembered: the module is that
/// thing. No name of the language can be written so.
pub(super) const WHOLE: &str = "export=";

/// An exported declaration is found as child; exports by name become links.
pub(super) fn statement(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let default = has_token(node, "default");
    if node.child_by_field_name("declaration").is_some() {
        let flags = EXPORTED | if default { DEFAULT } else { 0 };
        return Step::Wrap(Wrap::from(node, after_decorators(node), flags));
    }
    let source = walk
        .field(node, "source")
        .map(|source| unquoted(&source).to_owned());
    if let Some(value) = node.child_by_field_name("value") {
        return default_value(walk, node, value);
    }
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        match child.kind() {
            "export_clause" => clause(walk, child, source.as_deref()),
            "*" => add(walk, source.as_deref(), "*", None),
            "namespace_export" => {
                let Some(name) = child.named_child(0) else {
                    continue;
                };
                let name = unquoted(&walk.text(name)).to_owned();
                add(walk, source.as_deref(), "*", Some(&name));
                walk.define(Def::new(SnippetKind::Module, name, node));
            }
            // `export = name`; `export as namespace name` is no export of the module.
            "identifier" | "member_expression" if has_token(node, "=") => {
                if let Some(target) = reference::read(walk, child) {
                    refer(walk, &target, WHOLE);
                }
            }
            _ => {}
        }
    }
    Step::Skip
}

/// Whether it exports what is declared elsewhere, or a value.
pub(super) fn is_list(node: Node<'_>) -> bool {
    node.child_by_field_name("declaration").is_none() && !has_token(node, "namespace")
}

/// Among the first children: `export default …`, `export = …`.
fn has_token(node: Node<'_>, token: &str) -> bool {
    const MAX_BEFORE: u32 = 6;
    (0..MAX_BEFORE)
        .map_while(|index| node.child(index))
        .any(|child| !child.is_named() && child.kind() == token)
}

/// `{ a, b as c }`
fn clause(walk: &mut Walk<'_>, clause: Node<'_>, source: Option<&str>) {
    let mut cursor = clause.walk();
    for specifier in clause.named_children(&mut cursor) {
        let Some(name) = walk.field(specifier, "name") else {
            continue;
        };
        let alias = walk.field(specifier, "alias");
        add(
            walk,
            source,
            unquoted(&name),
            alias.as_deref().map(unquoted),
        );
    }
}

/// `export default <expression>`: a name is a link, all else an item called `default`.
fn default_value(walk: &mut Walk<'_>, node: Node<'_>, value: Node<'_>) -> Step {
    let value = bare(value);
    if let Some(target) = reference::read(walk, value) {
        refer(walk, &target, "default");
        return Step::Skip;
    }
    let class = value.kind() == "class";
    let name = walk
        .field(value, "name")
        .filter(|_| class || is_function(value));
    let name = name.map_or("default".to_owned(), |name| name.into_owned());
    let (kind, body) = if is_function(value) {
        (SnippetKind::Function, signature_end(value))
    } else if class {
        (SnippetKind::Class, value.child_by_field_name("body"))
    } else {
        (
            SnippetKind::Constant,
            Some(value).filter(super::variable::is_long),
        )
    };
    let marks = comment::marks(walk);
    let def = Def::new(kind, name.clone(), node)
        .body(body)
        .marks(marks.with(Marks::DEFAULT))
        .public(!marks.has(Marks::HIDDEN));
    match walk.define(def) {
        Some(item) if class => Step::Scope(walk.scope_of(&name, Some(item), CLASS)),
        _ => Step::Skip,
    }
}

/// What `target` names can be imported as `alias`.
pub(super) fn refer(walk: &mut Walk<'_>, target: &Reference, alias: &str) {
    match target {
        Reference::Here(name) => add(walk, None, name, Some(alias)),
        Reference::There { from, name } => add(walk, Some(from), name, Some(alias)),
    }
}

/// A name that others can import.
pub(super) fn add(walk: &mut Walk<'_>, from: Option<&str>, name: &str, alias: Option<&str>) {
    walk.link(Link {
        kind: LinkKind::Export,
        scope: walk.scope().path.clone(),
        from: from.map(str::to_owned),
        name: name.to_owned(),
        alias: alias.filter(|alias| *alias != name).map(str::to_owned),
        visibility: Visibility::Public,
    });
}
