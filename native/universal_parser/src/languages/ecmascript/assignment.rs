//! Expressions that define: `exports.a = …`, `module.exports = { … }`, `A.prototype.b = …`, and
//! functions called on the spot around a whole script.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::function::{bare, is_function, signature_end};
use super::reference::{self, Reference};
use super::{CALLED, calls, comment, export, property_name, unquoted};
use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks};
use crate::rules::Step;
use crate::walk::{Scope, Walk, Wrap};

/// Members of one exported object.
const MAX_MEMBERS: usize = 5_000;
/// `a = b = c = …`
const MAX_CHAIN: usize = 8;

/// What an assignment's left side is to others.
enum Target {
    /// `exports`, `module.exports`
    Module,
    /// `exports.name`, `module.exports.name`
    Export(String),
    /// `Name.member`, `Name.prototype.member`
    Member {
        of: String,
        name: String,
        prototype: bool,
    },
    /// `Name.prototype`
    Prototype(String),
}

/// A statement that is an expression.
pub(super) fn statement(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(expression) = node.named_child(0).map(bare) else {
        return Step::Skip;
    };
    match expression.kind() {
        "assignment_expression" => {
            assign(walk, node, expression);
            Step::Skip
        }
        // `namespace A {}` is an expression to the grammar.
        "internal_module" => Step::Wrap(Wrap::new(node, 0)),
        "call_expression" if is_called_function(walk, expression) => Step::Scope(Scope {
            flags: walk.scope().flags | CALLED,
            ..walk.scope().clone()
        }),
        "call_expression" => {
            calls::statement(walk, expression);
            Step::Skip
        }
        // esbuild tells Node the names of a module so: `0 && (module.exports = { a, b })`.
        "binary_expression" if guarded(expression).is_some() => {
            if let Some(assignment) = guarded(expression) {
                assign(walk, node, assignment);
            }
            Step::Skip
        }
        // `!function () {…}()`, `development && (function () {…})()`
        "unary_expression" | "binary_expression" | "await_expression" => Step::Scope(Scope {
            flags: walk.scope().flags | CALLED,
            ..walk.scope().clone()
        }),
        _ => Step::Skip,
    }
}

/// The assignment that is the right side of `condition && (…)`.
fn guarded(expression: Node<'_>) -> Option<Node<'_>> {
    let right = expression.child_by_field_name("right").map(bare)?;
    (right.kind() == "assignment_expression").then_some(right)
}

/// `return name` of a function called on the spot: what a script's or module's factory makes.
pub(super) fn factory_result(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let value = node.named_child(0).map(bare);
    match value {
        Some(value) if value.kind() == "object" => members(walk, value, None),
        Some(value) if value.kind() == "identifier" => {
            export::add(walk, None, &walk.text(value), Some(export::WHOLE));
        }
        _ => {}
    }
    Step::Skip
}

/// Inside of an expression that calls a function on the spot: the way to that function's body.
/// Other calls are not entered.
pub(super) fn called(walk: &Walk<'_>, node: Node<'_>) -> Step {
    match node.kind() {
        "call_expression" if is_called_function(walk, node) => Step::Enter,
        // Of a declaration taken for the file's body.
        "variable_declarator" => Step::Enter,
        "parenthesized_expression"
        | "unary_expression"
        | "binary_expression"
        | "member_expression"
        | "function_expression"
        | "arrow_function"
        | "arguments"
        | "await_expression" => Step::Enter,
        _ => Step::Skip,
    }
}

/// A function that holds most of the file is the file's body, whoever calls it: lodash is made by
/// `var runInContext = (function runInContext(context) { … })`.
pub(super) fn is_body(walk: &Walk<'_>, node: Node<'_>) -> bool {
    walk.scope().flags & CALLED != 0 && node.byte_range().len() > walk.source.len() / 2
}

/// The scope of what such a function defines.
pub(super) fn called_scope(walk: &Walk<'_>) -> Scope {
    Scope {
        flags: walk.scope().flags | CALLED,
        ..walk.scope().clone()
    }
}

/// `(function () {…})()`, `(function () {…}).call(this)`, `define([…], function () {…})`
fn is_called_function(walk: &Walk<'_>, call: Node<'_>) -> bool {
    let Some(callee) = call.child_by_field_name("function").map(bare) else {
        return false;
    };
    if walk.bytes(callee) == b"define" {
        return true;
    }
    let callee = match callee.kind() {
        "member_expression" => callee.child_by_field_name("object").map(bare),
        _ => Some(callee),
    };
    callee.is_some_and(is_function)
}

fn target(walk: &Walk<'_>, left: Node<'_>) -> Option<Target> {
    if walk.bytes(left) == b"exports" {
        return Some(Target::Module);
    }
    let (object, name) = match left.kind() {
        "member_expression" => (
            left.child_by_field_name("object")?,
            walk.field(left, "property")?.into_owned(),
        ),
        "subscript_expression" => {
            let index = left.child_by_field_name("index")?;
            let name = (index.kind() == "string").then(|| walk.text(index))?;
            (
                left.child_by_field_name("object")?,
                unquoted(&name).to_owned(),
            )
        }
        _ => return None,
    };
    Some(match walk.bytes(object) {
        b"module" if name == "exports" => Target::Module,
        b"exports" | b"module.exports" => Target::Export(name),
        _ if object.kind() == "identifier" && name == "prototype" => {
            Target::Prototype(walk.text(object).into_owned())
        }
        _ if object.kind() == "identifier" => Target::Member {
            of: walk.text(object).into_owned(),
            name,
            prototype: false,
        },
        _ => {
            let of = object.child_by_field_name("object")?;
            let prototype = walk.field(object, "property")? == "prototype";
            let of = (prototype && of.kind() == "identifier").then(|| walk.text(of))?;
            Target::Member {
                of: of.into_owned(),
                name,
                prototype: true,
            }
        }
    })
}

fn assign(walk: &mut Walk<'_>, statement: Node<'_>, assignment: Node<'_>) {
    let mut at = assignment;
    for _ in 0..MAX_CHAIN {
        let left = at.child_by_field_name("left");
        let Some(right) = at.child_by_field_name("right").map(bare) else {
            return;
        };
        let last = last_value(right);
        match left.and_then(|left| target(walk, left)) {
            Some(Target::Module) => module(walk, statement, last),
            Some(Target::Export(name)) => exported(walk, statement, &name, last),
            Some(Target::Member {
                of,
                name,
                prototype: false,
            }) if last.kind() == "identifier" => {
                attached(walk, &of, &name, &walk.text(last));
            }
            Some(Target::Member {
                of,
                name,
                prototype,
            }) => member(walk, statement, (&of, prototype), &name, last),
            Some(Target::Prototype(of)) if last.kind() == "object" => {
                members(walk, last, Some(&of));
            }
            _ => {}
        }
        if right.kind() != "assignment_expression" {
            return;
        }
        at = right;
    }
}

/// `var name = module.exports = …`
pub(super) fn chain(walk: &mut Walk<'_>, value: Node<'_>, name: &str) {
    let mut at = value;
    for _ in 0..MAX_CHAIN {
        if at.kind() != "assignment_expression" {
            return;
        }
        let left = at.child_by_field_name("left");
        match left.and_then(|left| target(walk, left)) {
            Some(Target::Module) => export::add(walk, None, name, Some(export::WHOLE)),
            Some(Target::Export(alias)) => export::add(walk, None, name, Some(&alias)),
            _ => {}
        }
        let Some(right) = at.child_by_field_name("right") else {
            return;
        };
        at = bare(right);
    }
}

/// The value of `b = c = value`.
fn last_value(mut value: Node<'_>) -> Node<'_> {
    for _ in 0..MAX_CHAIN {
        match value
            .child_by_field_name("right")
            .filter(|_| value.kind() == "assignment_expression")
        {
            Some(right) => value = bare(right),
            None => break,
        }
    }
    value
}

/// `module.exports = value`
fn module(walk: &mut Walk<'_>, statement: Node<'_>, value: Node<'_>) {
    if value.kind() == "object" {
        return members(walk, value, None);
    }
    if is_function(value) || value.kind() == "class" {
        let name = walk.field(value, "name");
        let name = name.map_or("default".to_owned(), |name| name.into_owned());
        export::add(walk, None, &name, Some(export::WHOLE));
        return define(walk, statement, &name, value, None, Marks::DEFAULT);
    }
    if let Some(target) = reference::read(walk, value) {
        return export::refer(walk, &target, export::WHOLE);
    }
    // `module.exports = Object.assign(value, { … })`
    let call = Some(value).filter(|value| value.kind() == "call_expression");
    let arguments = call.and_then(|call| call.child_by_field_name("arguments"));
    let assigns = call.and_then(|call| walk.field(call, "function"));
    if let (Some("Object.assign"), Some(arguments)) = (assigns.as_deref(), arguments) {
        if let Some(target) = arguments.named_child(0) {
            if target.kind() == "object" {
                members(walk, target, None);
            } else if let Some(target) = reference::read(walk, target) {
                export::refer(walk, &target, export::WHOLE);
            }
        }
        calls::assigned(walk, arguments);
    }
}

/// `exports.name = value`
fn exported(walk: &mut Walk<'_>, statement: Node<'_>, name: &str, value: Node<'_>) {
    if name == "__esModule" {
        return;
    }
    match reference::read(walk, value) {
        // `exports.a = undefined` and `exports.a = void 0` only make room.
        Some(Reference::Here(other)) if other == "undefined" => {}
        // A member of something: it may be found, or not.
        Some(Reference::Here(other)) if other.contains('.') => {
            export::add(walk, None, &other, Some(name));
            define(walk, statement, name, value, None, Marks::default());
        }
        Some(target) => export::refer(walk, &target, name),
        None if is_nothing(walk, value) => {}
        None => define(walk, statement, name, value, None, Marks::default()),
    }
}

/// `undefined`, `void 0`
fn is_nothing(walk: &Walk<'_>, value: Node<'_>) -> bool {
    value.kind() == "undefined"
        || value.kind() == "unary_expression" && walk.bytes(value).starts_with(b"void")
}

/// `of.member = name`
pub(super) fn attached(walk: &mut Walk<'_>, of: &str, member: &str, name: &str) {
    walk.link(Link {
        kind: LinkKind::Member,
        scope: walk.scope().path.clone(),
        from: Some(of.to_owned()),
        name: name.to_owned(),
        alias: Some(member.to_owned()),
        visibility: Visibility::Public,
    });
}

/// `of.name = value`, `of.prototype.name = value`
fn member(
    walk: &mut Walk<'_>,
    statement: Node<'_>,
    (of, prototype): (&str, bool),
    name: &str,
    value: Node<'_>,
) {
    let data = matches!(
        value.kind(),
        "object" | "array" | "string" | "number" | "regex" | "new_expression"
    );
    if is_function(value) || value.kind() == "class" || data && !prototype {
        let marks = Marks::ASSIGNED.with(Marks::when(!prototype, Marks::STATIC));
        define(walk, statement, name, value, Some(of), marks);
    }
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    name: &str,
    value: Node<'_>,
    of: Option<&str>,
    marks: Marks,
) {
    let function = is_function(value);
    let (kind, body) = match value.kind() {
        _ if function && of.is_some() => (SnippetKind::Method, signature_end(value)),
        _ if function => (SnippetKind::Function, signature_end(value)),
        "class" => (SnippetKind::Class, value.child_by_field_name("body")),
        _ => (
            SnippetKind::Constant,
            Some(value).filter(super::variable::is_long),
        ),
    };
    let marks = marks.with(comment::marks(walk));
    let mut def = Def::new(kind, name, node)
        .body(body)
        .public(!marks.has(Marks::HIDDEN))
        .marks(marks);
    if let Some(of) = of {
        let container = walk.qualify(of);
        def = def.qualified(walk.qualify_in(&container, name));
    }
    walk.define(def);
}

/// The properties of an exported object, or of a prototype.
pub(super) fn members(walk: &mut Walk<'_>, object: Node<'_>, of: Option<&str>) {
    let marks = Marks::when(of.is_some(), Marks::ASSIGNED);
    let mut cursor = object.walk();
    walk.lead.clear();
    for part in object.named_children(&mut cursor).take(MAX_MEMBERS) {
        match part.kind() {
            "comment" => {
                comment::read(walk, part);
                continue;
            }
            "shorthand_property_identifier" if of.is_none() => {
                export::add(walk, None, &walk.text(part), None);
            }
            "method_definition" => {
                let name = part
                    .child_by_field_name("name")
                    .and_then(|n| property_name(walk, n));
                if let Some(name) = name {
                    let kind = if of.is_some() {
                        SnippetKind::Method
                    } else {
                        SnippetKind::Function
                    };
                    let mut def = Def::new(kind, name.clone(), part)
                        .body(part.child_by_field_name("body"))
                        .marks(marks.with(comment::marks(walk)));
                    if let Some(of) = of {
                        let container = walk.qualify(of);
                        def = def.qualified(walk.qualify_in(&container, &name));
                    }
                    walk.define(def);
                }
            }
            "pair" => {
                let key = part
                    .child_by_field_name("key")
                    .and_then(|key| property_name(walk, key));
                let value = part.child_by_field_name("value").map(bare);
                if let (Some(key), Some(value)) = (key, value) {
                    match of {
                        None => exported(walk, part, &key, value),
                        Some(of) => member(walk, part, (of, true), &key, value),
                    }
                }
            }
            "spread_element" => {
                if let Some(value) = part.named_child(0).filter(|_| of.is_none()) {
                    calls::spread(walk, value);
                }
            }
            _ => {}
        }
        walk.lead.clear();
    }
}
