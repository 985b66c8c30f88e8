//! What a head names: `f` of `f(x)::T where S`.

use tree_sitter::Node;

use crate::walk::Walk;

/// Layers around the name.
const MAX_LAYERS: usize = 8;

/// Whether this left side is the head of a function.
pub(super) fn is_head(mut node: Node<'_>) -> bool {
    for _ in 0..MAX_LAYERS {
        match node.kind() {
            "call_expression" => return true,
            "where_expression" | "typed_expression" => match node.named_child(0) {
                Some(inner) => node = inner,
                None => return false,
            },
            _ => return false,
        }
    }
    false
}

/// The name, with the module it is said to be of: `Base.show`.
pub(super) fn of(walk: &Walk<'_>, mut node: Node<'_>) -> Option<String> {
    for _ in 0..MAX_LAYERS {
        match node.kind() {
            "identifier" | "operator" => return Some(walk.text(node).into_owned()),
            "field_expression" => {
                let text = walk.text(node);
                // `Base.:(==)`, `Base.:+`.
                let name: String = text.chars().filter(|c| !"():".contains(*c)).collect();
                let fits = !name.is_empty() && !name.contains(char::is_whitespace);
                return fits.then_some(name);
            }
            "call_expression"
            | "where_expression"
            | "typed_expression"
            | "type_head"
            | "parametrized_type_expression"
            | "assignment"
            | "named_argument"
            | "signature"
            | "const_statement" => node = node.named_child(0)?,
            "binary_expression" => {
                // `A <: B` names A; a call such as `a + b` defines the operator.
                let subtype = node
                    .named_child(1)
                    .is_some_and(|op| walk.bytes(op) == b"<:");
                node = node.named_child(if subtype { 0 } else { 1 })?;
            }
            _ => return None,
        }
    }
    None
}
