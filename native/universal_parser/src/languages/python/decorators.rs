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
            _ if last.ends_with("property") || last.ends_with("Property") => PROPERTY,
            _ => 0,
        };
    }
    Step::Lead
}

/// The marks of flags that [`read`] set.
pub(super) fn marks(flags: u32) -> Marks {
    Marks::when(flags & OVERLOAD != 0, Marks::DECLARATION)
        .with(Marks::when(flags & DEPRECATED != 0, Marks::DEPRECATED))
}
