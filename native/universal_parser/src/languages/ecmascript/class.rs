//! Classes and the members of classes, interfaces and object types.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::function::{bare, is_function, signature_end};
use super::{CLASS, after_decorators, comment, is_default, is_exported, property_name};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// `class Name { … }`; without a name only as default export.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk
        .field(node, "name")
        .map_or("default".to_owned(), |name| name.into_owned());
    let marks = comment::marks(walk).with(Marks::when(is_default(walk), Marks::DEFAULT));
    let def = Def::new(SnippetKind::Class, name.clone(), node)
        .start(after_decorators(node))
        .body(node.child_by_field_name("body"))
        .public(is_exported(walk) && !marks.has(Marks::HIDDEN))
        .marks(marks);
    match walk.define(def) {
        Some(item) => Step::Scope(walk.scope_of(&name, Some(item), CLASS)),
        None => Step::Skip,
    }
}

/// A method; accessors (`get x()`) are fields.
pub(super) fn method(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.scope().flags & CLASS == 0 {
        return Step::Skip;
    }
    let head = Head::of(walk, node);
    let name = head.name.or_else(|| node.child_by_field_name("name"));
    let Some(name) = name.and_then(|name| property_name(walk, name)) else {
        return Step::Skip;
    };
    let kind = if head.accessor {
        SnippetKind::Field
    } else {
        SnippetKind::Method
    };
    let body = node.child_by_field_name("body");
    let declaration = Marks::when(body.is_none(), Marks::DECLARATION);
    let is_constructor = name == "constructor";
    member(walk, node, kind, (name, head), body, declaration);
    if is_constructor && let Some(parameters) = node.child_by_field_name("parameters") {
        parameter_properties(walk, parameters);
    }
    Step::Skip
}

/// A field or property; one that holds a function is a method.
pub(super) fn field(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if walk.scope().flags & CLASS == 0 {
        return Step::Skip;
    }
    let head = Head::of(walk, node);
    let name = head
        .name
        .or_else(|| node.child_by_field_name("name"))
        .or_else(|| node.child_by_field_name("property"));
    let Some(name) = name.and_then(|name| property_name(walk, name)) else {
        return Step::Skip;
    };
    // To ask for a field takes as long as all else here.
    let value = (node.kind() != "property_signature")
        .then(|| node.child_by_field_name("value").map(bare))
        .flatten();
    let function = value.filter(|value| is_function(*value));
    let kind = if function.is_some() {
        SnippetKind::Method
    } else {
        SnippetKind::Field
    };
    let body = function
        .and_then(signature_end)
        .or_else(|| value.filter(super::variable::is_long));
    member(walk, node, kind, (name, head), body, Marks::default());
    Step::Skip
}

fn member(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    (name, head): (String, Head<'_>),
    body: Option<Node<'_>>,
    marks: Marks,
) {
    let marks = marks.with(comment::marks(walk));
    let def = Def::new(kind, name, node)
        .start(head.decorated.then(|| after_decorators(node)).flatten())
        .body(body)
        .public(head.accessible && !marks.has(Marks::HIDDEN))
        .marks(marks.with(Marks::when(head.is_static, Marks::STATIC)));
    walk.define(def);
}

/// A member up to its name, read in one pass: there are many members.
struct Head<'t> {
    /// Unless too much stands before it.
    name: Option<Node<'t>>,
    decorated: bool,
    /// `get` or `set`.
    accessor: bool,
    /// Neither `private` nor `protected`.
    accessible: bool,
    is_static: bool,
}

impl<'t> Head<'t> {
    fn of(walk: &Walk<'_>, node: Node<'t>) -> Self {
        const MAX_BEFORE: u32 = 10;
        let mut head = Self {
            name: None,
            decorated: false,
            accessor: false,
            accessible: true,
            is_static: false,
        };
        for child in (0..MAX_BEFORE).map_while(|index| node.child(index)) {
            match child.kind() {
                "property_identifier"
                | "private_property_identifier"
                | "string"
                | "computed_property_name"
                | "number"
                    if child.is_named() =>
                {
                    head.name = Some(child);
                    break;
                }
                "decorator" => head.decorated = true,
                "get" | "set" => head.accessor |= !child.is_named(),
                "static" => head.is_static = true,
                "accessibility_modifier" => head.accessible = walk.bytes(child) == b"public",
                _ => {}
            }
        }
        head
    }
}

/// `constructor(public name: string)` declares a field.
fn parameter_properties(walk: &mut Walk<'_>, parameters: Node<'_>) {
    let mut cursor = parameters.walk();
    for parameter in parameters.named_children(&mut cursor) {
        let mut inner = parameter.walk();
        let declares = parameter
            .children(&mut inner)
            .any(|child| matches!(child.kind(), "accessibility_modifier" | "readonly"));
        let name = parameter
            .child_by_field_name("pattern")
            .filter(|_| declares);
        if let Some(name) = name {
            let name = walk.text(name).into_owned();
            let def = Def::new(SnippetKind::Field, name, parameter)
                .public(Head::of(walk, parameter).accessible)
                .doc(None);
            walk.define(def);
        }
    }
}
