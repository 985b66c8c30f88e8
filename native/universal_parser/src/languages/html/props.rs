//! What a component's script says of it: properties, events, exposed members.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::super::plain::{child, remove, unquoted};
use crate::define::Def;
use crate::outline::Outline;
use crate::walk::Walk;

/// Statements of a script looked at.
const MAX_STATEMENTS: usize = 5000;
/// Members of one type or object.
const MAX_MEMBERS: usize = 1000;
/// Compiler macros of one script.
const MAX_MACROS: usize = 50;
/// Types that one is put together from: `A & B`.
const MAX_TYPES: usize = 32;

/// What the members of a type or object are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Prop,
    Event,
    Slot,
    Exposed,
}

impl Role {
    fn name(self, name: &str) -> String {
        match self {
            Self::Prop | Self::Exposed => name.to_owned(),
            Self::Event => format!("@{name}"),
            Self::Slot => format!("#{name}"),
        }
    }
}

/// `defineProps`, `defineEmits` and so on; `export default { props, emits, expose }`.
pub(super) fn vue(walk: &mut Walk<'_>, root: Node<'_>, inner: &mut Outline) {
    let mut comment = None;
    let mut macros = 0;
    let mut cursor = root.walk();
    for statement in root.named_children(&mut cursor).take(MAX_STATEMENTS) {
        match statement.kind() {
            "comment" => {
                comment = Some(statement).filter(|it| walk.bytes(*it).starts_with(b"/**"));
                continue;
            }
            "expression_statement" if macros < MAX_MACROS => {
                if let Some(call) = statement.named_child(0) {
                    macros += usize::from(compiler_macro(walk, root, call).is_some());
                }
            }
            "lexical_declaration" | "variable_declaration" if macros < MAX_MACROS => {
                let mut cursor = statement.walk();
                for declarator in statement.named_children(&mut cursor).take(MAX_TYPES) {
                    if let Some(call) = declarator.child_by_field_name("value") {
                        macros += usize::from(compiler_macro(walk, root, call).is_some());
                    }
                }
            }
            "export_statement" => {
                if let Some(value) = statement.child_by_field_name("value") {
                    options(walk, value);
                    document(walk, comment);
                    // The component itself, which has an item.
                    remove(inner, |item| item.name == "default");
                }
            }
            _ => {}
        }
        comment = None;
    }
}

/// The comment before `export default` documents the component, unless the file began with one.
fn document(walk: &mut Walk<'_>, comment: Option<Node<'_>>) {
    let text = comment.map(|comment| walk.bytes(comment));
    let item = walk.scope().item.map(|item| item as usize);
    let item = item.and_then(|item| walk.outline.items.get_mut(item));
    if let Some((item, text)) = item.zip(text)
        && item.doc.is_none()
    {
        item.doc = crate::doc::strip(std::iter::once(text));
    }
}

/// Reads `defineProps` and its like; `None` for any other call.
fn compiler_macro(walk: &mut Walk<'_>, root: Node<'_>, mut call: Node<'_>) -> Option<()> {
    let mut name = function(walk, call)?;
    if name == "withDefaults" {
        call = first_argument(call)?;
        name = function(walk, call)?;
    }
    let role = match name.as_str() {
        "defineProps" => Role::Prop,
        "defineEmits" => Role::Event,
        "defineSlots" => Role::Slot,
        "defineExpose" => Role::Exposed,
        "defineModel" => {
            let first = first_argument(call).filter(|first| first.kind() == "string");
            let name = first.map(|first| unquoted(&walk.text(first)).to_owned());
            let name = name.unwrap_or_else(|| "modelValue".to_owned());
            member(walk, Role::Prop, &name, call);
            member(walk, Role::Event, &format!("update:{name}"), call);
            return Some(());
        }
        _ => return None,
    };
    let of = call
        .child_by_field_name("type_arguments")
        .and_then(|types| types.named_child(0));
    match (of, first_argument(call)) {
        (Some(of), _) => of_type(walk, root, role, of),
        (None, Some(value)) => of_value(walk, role, value),
        (None, None) => {}
    }
    Some(())
}

fn first_argument(call: Node<'_>) -> Option<Node<'_>> {
    call.child_by_field_name("arguments")?.named_child(0)
}

/// The name of a called function.
fn function(walk: &Walk<'_>, call: Node<'_>) -> Option<String> {
    let call = (call.kind() == "call_expression").then_some(call)?;
    walk.field(call, "function").map(|name| name.into_owned())
}

/// `{ props: …, emits: …, expose: … }`, in a call or not.
fn options(walk: &mut Walk<'_>, value: Node<'_>) {
    let object = match value.kind() {
        "object" => Some(value),
        "call_expression" => value
            .child_by_field_name("arguments")
            .and_then(|arguments| child(arguments, "object")),
        _ => None,
    };
    let Some(object) = object else {
        return;
    };
    let mut cursor = object.walk();
    for pair in object.named_children(&mut cursor).take(MAX_MEMBERS) {
        let role = match walk.field(pair, "key").as_deref() {
            Some("props") => Role::Prop,
            Some("emits") => Role::Event,
            Some("slots") => Role::Slot,
            Some("expose") => Role::Exposed,
            _ => continue,
        };
        if let Some(value) = pair.child_by_field_name("value") {
            of_value(walk, role, value);
        }
    }
}

/// The keys of an object, the strings of an array.
fn of_value(walk: &mut Walk<'_>, role: Role, value: Node<'_>) {
    let mut cursor = value.walk();
    walk.lead.clear();
    for part in value.named_children(&mut cursor).take(MAX_MEMBERS) {
        let name = match (value.kind(), part.kind()) {
            (_, "comment") => {
                walk.lead.replace(part);
                continue;
            }
            ("array", "string") | ("object", "shorthand_property_identifier") => Some(part),
            ("object", "pair") => part.child_by_field_name("key"),
            ("object", "method_definition") => part.child_by_field_name("name"),
            _ => None,
        };
        if let Some(name) = name.map(|name| walk.text(name)) {
            member(walk, role, unquoted(&name), part);
        }
        walk.lead.clear();
    }
}

/// The members of an object type, of one declared in the same script, of several together.
fn of_type(walk: &mut Walk<'_>, root: Node<'_>, role: Role, of: Node<'_>) {
    let mut todo = vec![of];
    for _ in 0..MAX_TYPES {
        let Some(of) = todo.pop() else {
            return;
        };
        match of.kind() {
            "object_type" | "interface_body" => of_body(walk, role, of),
            "intersection_type" | "parenthesized_type" => {
                let mut cursor = of.walk();
                todo.extend(of.named_children(&mut cursor).take(MAX_TYPES));
            }
            "function_type" => event(walk, role, of),
            "type_identifier" => todo.extend(declared(walk, root, walk.bytes(of))),
            _ => {}
        }
    }
}

/// The body of a type declared in the script.
fn declared<'t>(walk: &Walk<'_>, root: Node<'t>, name: &[u8]) -> Option<Node<'t>> {
    let mut cursor = root.walk();
    for statement in root.named_children(&mut cursor).take(MAX_STATEMENTS) {
        let node = match statement.kind() {
            "export_statement" => statement.child_by_field_name("declaration"),
            _ => Some(statement),
        };
        let body = match node.map(|node| (node.kind(), node)) {
            Some(("interface_declaration", node)) => (node, node.child_by_field_name("body")),
            Some(("type_alias_declaration", node)) => (node, node.child_by_field_name("value")),
            _ => continue,
        };
        if body.0.child_by_field_name("name").map(|n| walk.bytes(n)) == Some(name) {
            return body.1;
        }
    }
    None
}

fn of_body(walk: &mut Walk<'_>, role: Role, body: Node<'_>) {
    let mut cursor = body.walk();
    walk.lead.clear();
    for part in body.named_children(&mut cursor).take(MAX_MEMBERS) {
        match part.kind() {
            "comment" => {
                walk.lead.replace(part);
                continue;
            }
            "property_signature" | "method_signature" => {
                if let Some(name) = walk.field(part, "name") {
                    member(walk, role, unquoted(&name), part);
                }
            }
            "call_signature" => event(walk, role, part),
            _ => {}
        }
        walk.lead.clear();
    }
}

/// `(e: "select" | "close", cell: number): void`
fn event(walk: &mut Walk<'_>, role: Role, node: Node<'_>) {
    let parameters = node.child_by_field_name("parameters");
    let first = parameters.and_then(|parameters| parameters.named_child(0));
    let kind = first.and_then(|first| first.child_by_field_name("type"));
    let Some(kind) = kind.filter(|_| role == Role::Event) else {
        return;
    };
    let text = walk.text(kind);
    for name in text.split(['"', '\'']).skip(1).step_by(2).take(MAX_TYPES) {
        member(walk, role, name, node);
    }
}

fn member(walk: &mut Walk<'_>, role: Role, name: &str, node: Node<'_>) {
    let def = Def::new(SnippetKind::Field, role.name(name), node);
    walk.define(def);
}

/// `export let` and `$props()`.
pub(super) fn svelte(walk: &mut Walk<'_>, root: Node<'_>, inner: &mut Outline) {
    for item in &mut inner.items {
        let public = item.visibility == Visibility::Public;
        if public && item.kind == SnippetKind::Constant {
            item.kind = SnippetKind::Field;
        }
        if public && item.kind == SnippetKind::Function && item.parent.is_none() {
            item.kind = SnippetKind::Method;
        }
    }
    let mut cursor = root.walk();
    for statement in root.named_children(&mut cursor).take(MAX_STATEMENTS) {
        if statement.kind() != "lexical_declaration" {
            continue;
        }
        let Some(declarator) = child(statement, "variable_declarator") else {
            continue;
        };
        let value = declarator.child_by_field_name("value");
        let Some(call) = value.filter(|call| function(walk, *call).as_deref() == Some("$props"))
        else {
            continue;
        };
        let annotation = declarator.child_by_field_name("type");
        let typed = annotation.and_then(|annotation| annotation.named_child(0));
        let typed = typed.or_else(|| {
            let types = call.child_by_field_name("type_arguments");
            types.and_then(|types| types.named_child(0))
        });
        match (typed, declarator.child_by_field_name("name")) {
            (Some(of), _) => of_type(walk, root, Role::Prop, of),
            (None, Some(pattern)) => destructured(walk, pattern),
            (None, None) => {}
        }
    }
}

/// `let { title, size: width = 3 } = $props()`
fn destructured(walk: &mut Walk<'_>, pattern: Node<'_>) {
    let mut cursor = pattern.walk();
    for part in pattern.named_children(&mut cursor).take(MAX_MEMBERS) {
        let name = match part.kind() {
            "shorthand_property_identifier_pattern" => Some(part),
            "pair_pattern" => part.child_by_field_name("key"),
            "object_assignment_pattern" => part.child_by_field_name("left"),
            _ => None,
        };
        if let Some(name) = name.map(|name| walk.text(name)) {
            member(walk, Role::Prop, unquoted(&name), part);
        }
    }
}

/// The type called `Props`, and the comment at the start.
pub(super) fn astro(walk: &mut Walk<'_>, root: Node<'_>) {
    document(
        walk,
        root.named_child(0)
            .filter(|first| first.kind() == "comment"),
    );
    if let Some(body) = declared(walk, root, b"Props") {
        of_type(walk, root, Role::Prop, body);
    }
}
