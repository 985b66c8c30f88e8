//! What decorators say of the definition below them.

use tree_sitter::Node;

use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// A property, cached or not.
pub(super) const PROPERTY: u32 = 1;
/// Setter, deleter or getter of a property.
pub(super) const ACCESSOR: u32 = 2;
const OVERLOAD: u32 = 4;
const DEPRECATED: u32 = 8;
/// `@dataclass`.
pub(super) const DATACLASS: u32 = 16;
/// `@attrs.define`, `@attr.s` and their kin.
pub(super) const ATTRS: u32 = 32;
/// The decorator says `init=False`.
pub(super) const NO_INIT: u32 = 64;
/// The decorator says `kw_only=True`.
pub(super) const KW_ONLY: u32 = 128;

/// Imports looked at for where `define` comes from.
const MAX_IMPORTS: usize = 500;

/// Notes the decorator for the definition that follows.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let expression = node
        .named_children(&mut cursor)
        .find(|child| !child.is_extra());
    if let Some(expression) = expression {
        let function = expression
            .child_by_field_name("function")
            .unwrap_or(expression);
        let text = walk.text(function);
        let last = text.rsplit('.').next().unwrap_or(&text);
        walk.lead.flags |= match last {
            "overload" => OVERLOAD,
            "setter" | "deleter" | "getter" if text.contains('.') => ACCESSOR,
            "deprecated" => DEPRECATED,
            "dataclass" => DATACLASS | arguments(walk, expression),
            "define" | "mutable" | "frozen" | "s" | "attrs" if is_of_attrs(walk, &text) => {
                ATTRS | arguments(walk, expression)
            }
            _ if last.ends_with("property") || last.ends_with("Property") => PROPERTY,
            _ => 0,
        };
    }
    Step::Lead
}

/// Whether a class decorator is one of attrs.
fn is_of_attrs(walk: &Walk<'_>, decorator: &str) -> bool {
    let is_attrs = |module: &str| matches!(module, "attr" | "attrs");
    match decorator.split_once('.') {
        Some((module, _)) => is_attrs(module),
        None => {
            let mut links = walk.outline.links.iter().take(MAX_IMPORTS);
            links.any(|link| link.name == decorator && link.from.as_deref().is_some_and(is_attrs))
        }
    }
}

/// What a class decorator is called with.
fn arguments(walk: &Walk<'_>, call: Node<'_>) -> u32 {
    let text = call
        .child_by_field_name("arguments")
        .map_or(b"".as_slice(), |arguments| walk.bytes(arguments));
    let says = |what: &[u8]| memchr::memmem::find(text, what).is_some();
    let flag = |yes, flag| if yes { flag } else { 0 };
    flag(says(b"init=False"), NO_INIT) | flag(says(b"kw_only=True"), KW_ONLY)
}

/// The marks of flags that [`read`] set.
pub(super) fn marks(flags: u32) -> Marks {
    Marks::when(flags & OVERLOAD != 0, Marks::DECLARATION)
        .with(Marks::when(flags & DEPRECATED != 0, Marks::DEPRECATED))
}
