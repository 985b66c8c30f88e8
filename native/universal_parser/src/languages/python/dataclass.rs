//! The `__init__` that `@dataclass` and attrs make of a class's annotated fields.
//!
//! Fields of base classes are added when the package is known: a base may stand in another file.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::decorators::{ATTRS, DATACLASS, KW_ONLY, NO_INIT};
use crate::define::Def;
use crate::outline::Marks;
use crate::signature;
use crate::walk::Walk;

/// A longer default value is shown as `...`.
const LONG: usize = 80;
/// Fields of one class, arguments of one `field(…)`.
const MAX_FIELDS: usize = 500;

/// One parameter, as it is written.
struct Field {
    name: String,
    text: String,
    kw_only: bool,
}

/// Adds the `__init__` to the class `item`, if its decorators make one and it has none of its own.
pub(super) fn init(walk: &mut Walk<'_>, class: Node<'_>, item: u32, flags: u32) {
    if flags & (DATACLASS | ATTRS) == 0 || flags & NO_INIT != 0 {
        return;
    }
    let (Some(body), Some(name)) = (
        class.child_by_field_name("body"),
        class.child_by_field_name("name"),
    ) else {
        return;
    };
    let Some(fields) = fields(walk, body, flags) else {
        return;
    };
    let mut text = "def __init__(self".to_owned();
    for field in fields.iter().filter(|field| !field.kw_only) {
        text = text + ", " + &field.text;
    }
    if fields.iter().any(|field| field.kw_only) {
        text += ", *";
    }
    for field in fields.iter().filter(|field| field.kw_only) {
        text = text + ", " + &field.text;
    }
    text += ") -> None";
    let Some(parent) = walk.outline.items.get(item as usize) else {
        return;
    };
    let public = parent.visibility == Visibility::Public;
    let qualified = format!("{}.__init__", parent.qualified_name);
    let def = Def::new(SnippetKind::Method, "__init__", name)
        .qualified(qualified)
        .signature(signature::fold(&text))
        .doc(None)
        .public(public)
        .marks(Marks::GENERATED);
    let made = walk.define(def);
    if let Some(made) = made.and_then(|made| walk.outline.items.get_mut(made as usize)) {
        made.parent = Some(item);
        made.declared = Visibility::Public;
    }
}

/// The fields that are parameters. `None` when the class has an `__init__`.
fn fields(walk: &Walk<'_>, body: Node<'_>, flags: u32) -> Option<Vec<Field>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut kw_only = flags & KW_ONLY != 0;
    let mut cursor = body.walk();
    for statement in body.named_children(&mut cursor) {
        let (function, assignment) = match statement.kind() {
            "function_definition" => (Some(statement), None),
            "decorated_definition" => (statement.child_by_field_name("definition"), None),
            "expression_statement" => (None, statement.named_child(0)),
            _ => (None, None),
        };
        let name = function.and_then(|function| function.child_by_field_name("name"));
        if name.is_some_and(|name| walk.bytes(name) == b"__init__") {
            return None;
        }
        let Some(assignment) = assignment.filter(|node| node.kind() == "assignment") else {
            continue;
        };
        if walk
            .field(assignment, "type")
            .is_some_and(|kind| kind.ends_with("KW_ONLY"))
        {
            kw_only = true;
        } else if fields.len() < MAX_FIELDS
            && let Some(field) = field(walk, assignment, kw_only, flags)
        {
            match fields.iter_mut().find(|known| known.name == field.name) {
                Some(known) => *known = field,
                None => fields.push(field),
            }
        }
    }
    Some(fields)
}

fn field(walk: &Walk<'_>, node: Node<'_>, kw_only: bool, flags: u32) -> Option<Field> {
    let left = node
        .child_by_field_name("left")
        .filter(|left| left.kind() == "identifier")?;
    let annotation = node.child_by_field_name("type");
    let value = node.child_by_field_name("right");
    let call = value.filter(|value| is_field_call(walk, *value));
    let told = call.map_or_else(Arguments::default, |call| Arguments::read(walk, call));
    let annotated = annotation.map(|annotation| fold(walk, annotation));
    let is_class_variable = annotated.as_deref().is_some_and(|text| {
        text.split('[')
            .next()
            .is_some_and(|head| head.ends_with("ClassVar"))
    });
    if is_class_variable
        || told.no_init
        || annotated.is_none() && (flags & ATTRS == 0 || call.is_none())
    {
        return None;
    }
    let name = walk.text(left).into_owned();
    let shown = match told.alias {
        Some(alias) => alias,
        // Parameters of attrs lose the underscore of a private field.
        None if flags & ATTRS != 0 => name.trim_start_matches('_').to_owned(),
        None => name.clone(),
    };
    let default = match (call, value) {
        (Some(_), _) => told.default,
        (None, value) => value.map(|value| short(fold(walk, value))),
    };
    let text = match (annotated, default) {
        (Some(annotation), Some(default)) => format!("{shown}: {annotation} = {default}"),
        (Some(annotation), None) => format!("{shown}: {annotation}"),
        (None, Some(default)) => format!("{shown}={default}"),
        (None, None) => shown,
    };
    Some(Field {
        name,
        text,
        kw_only: told.kw_only.unwrap_or(kw_only),
    })
}

/// `field(…)` of dataclasses or attrs, `attr.ib(…)`.
fn is_field_call(walk: &Walk<'_>, value: Node<'_>) -> bool {
    let function = (value.kind() == "call")
        .then(|| value.child_by_field_name("function"))
        .flatten();
    let Some(function) = function else {
        return false;
    };
    let text = walk.bytes(function);
    let last = text.rsplit(|b| *b == b'.').next().unwrap_or(text);
    matches!(last, b"field" | b"ib" | b"attrib")
}

/// What the call of `field` says.
#[derive(Default)]
struct Arguments {
    no_init: bool,
    kw_only: Option<bool>,
    default: Option<String>,
    alias: Option<String>,
}

impl Arguments {
    fn read(walk: &Walk<'_>, call: Node<'_>) -> Self {
        let mut told = Self::default();
        let Some(arguments) = call.child_by_field_name("arguments") else {
            return told;
        };
        let mut cursor = arguments.walk();
        for argument in arguments.named_children(&mut cursor).take(MAX_FIELDS) {
            let (Some(name), Some(value)) = (
                argument.child_by_field_name("name"),
                argument.child_by_field_name("value"),
            ) else {
                continue;
            };
            let text = walk.bytes(value);
            match walk.bytes(name) {
                b"init" => told.no_init = text == b"False",
                b"kw_only" => told.kw_only = Some(text == b"True"),
                b"default" => told.default = Some(short(fold(walk, value))),
                b"default_factory" | b"factory" => {
                    let factory = fold(walk, value);
                    told.default = Some(short(if value.kind() == "lambda" {
                        format!("({factory})()")
                    } else {
                        format!("{factory}()")
                    }));
                }
                b"alias" => told.alias = super::literal::value(walk, value),
                _ => {}
            }
        }
        told
    }
}

fn fold(walk: &Walk<'_>, node: Node<'_>) -> String {
    signature::cut(walk.source, node.byte_range(), node, &["#"])
}

fn short(value: String) -> String {
    if value.len() > LONG {
        "...".to_owned()
    } else {
        value
    }
}
