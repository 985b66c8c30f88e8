//! What an expression names: something of this file, a module, or a member of either.

use tree_sitter::Node;

use super::function::bare;
use super::unquoted;
use crate::walk::Walk;

/// Longest dotted name.
const MAX_NAME: usize = 256;

/// The target of an export or import.
pub(super) enum Reference {
    /// `name`, `name.member`
    Here(String),
    /// `require("from")` has the name `*`, `require("from").name` its own.
    There { from: String, name: String },
}

/// What `value` names, if it does no more than that.
pub(super) fn read(walk: &Walk<'_>, value: Node<'_>) -> Option<Reference> {
    let value = bare(value);
    match value.kind() {
        "identifier" => Some(Reference::Here(walk.text(value).into_owned())),
        "member_expression" | "nested_identifier" => {
            member(walk, value).or_else(|| dotted(walk, value).map(Reference::Here))
        }
        "call_expression" => call(walk, value),
        _ => None,
    }
}

/// A name or names joined by dots, nothing else.
pub(super) fn dotted(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let text = walk.text(node);
    let fits = text.len() <= MAX_NAME
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$'));
    fits.then(|| text.into_owned())
}

/// `require("from").name`, `__importDefault(require("from")).name`
fn member(walk: &Walk<'_>, value: Node<'_>) -> Option<Reference> {
    let object = value.child_by_field_name("object").map(bare)?;
    let call = Some(object).filter(|object| object.kind() == "call_expression")?;
    match self::call(walk, call)? {
        Reference::There { from, name } if name == "*" => Some(Reference::There {
            from,
            name: walk.field(value, "property")?.into_owned(),
        }),
        _ => None,
    }
}

/// `require("from")`, also in the helpers that compilers put around it.
fn call(walk: &Walk<'_>, call: Node<'_>) -> Option<Reference> {
    const MAX_HELPERS: usize = 4;
    let mut call = call;
    for _ in 0..MAX_HELPERS {
        let function = walk.field(call, "function")?;
        let argument = call.child_by_field_name("arguments")?.named_child(0)?;
        if function == "require" {
            return (argument.kind() == "string").then(|| Reference::There {
                from: unquoted(&walk.text(argument)).to_owned(),
                name: "*".to_owned(),
            });
        }
        if !is_helper(&function) {
            return None;
        }
        match argument.kind() {
            "call_expression" => call = argument,
            "identifier" => return Some(Reference::Here(walk.text(argument).into_owned())),
            _ => return None,
        }
    }
    None
}

fn is_helper(function: &str) -> bool {
    let name = function.rsplit('.').next().unwrap_or(function);
    matches!(
        name,
        "__importDefault"
            | "__importStar"
            | "_interopRequireDefault"
            | "_interopRequireWildcard"
            | "__toESM"
            | "__toCommonJS"
            | "_interopDefault"
    )
}

/// The value that a function does nothing but give: `() => name`, `function () { return name }`.
pub(super) fn returned<'t>(function: Node<'t>) -> Option<Node<'t>> {
    let body = function.child_by_field_name("body")?;
    if body.kind() != "statement_block" {
        return Some(bare(body));
    }
    let only = body
        .named_child(0)
        .filter(|_| body.named_child_count() == 1)?;
    let value = only.named_child(0)?;
    (only.kind() == "return_statement").then(|| bare(value))
}
