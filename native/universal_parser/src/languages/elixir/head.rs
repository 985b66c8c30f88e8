//! The head of a function, spec or type: its name and arity.

use tree_sitter::Node;

use crate::walk::Walk;

/// Arguments of a function (the VM allows 255).
const MAX_ARITY: usize = 255;
/// `when`s and parentheses around a head.
const MAX_LAYERS: usize = 8;

/// Name, number of arguments, and how many of them have defaults.
pub(super) struct Head {
    pub name: String,
    pub arity: usize,
    pub defaults: usize,
    /// First byte.
    pub start: usize,
    /// Byte after the head, the guard excluded.
    pub end: usize,
}

impl Head {
    /// Reads `name(a, b \\ 1) when …`, `name`, `a + b`, `-a`. `None` for what `unquote` names.
    pub fn read(walk: &Walk<'_>, mut node: Node<'_>) -> Option<Self> {
        for _ in 0..MAX_LAYERS {
            match node.kind() {
                "binary_operator" if operator(walk, node) == b"when" => {
                    node = node.child_by_field_name("left")?;
                }
                "block" => node = node.named_child(0)?,
                _ => break,
            }
        }
        let (start, end) = (node.start_byte(), node.end_byte());
        let head = |name: String, arity, defaults| Self {
            name,
            arity,
            defaults,
            start,
            end,
        };
        match node.kind() {
            "identifier" => Some(head(walk.text(node).into_owned(), 0, 0)),
            "call" => {
                let target = node.child_by_field_name("target")?;
                let name = walk.text(target);
                let name = match target.kind() {
                    "identifier" if name != "unquote" => name.into_owned(),
                    "call" => unquoted_atom(walk, target)?,
                    _ => return None,
                };
                let mut cursor = node.walk();
                let arguments = node
                    .named_children(&mut cursor)
                    .find(|child| child.kind() == "arguments");
                let (arity, defaults) =
                    arguments.map_or((0, 0), |arguments| count(walk, arguments));
                Some(head(name, arity, defaults))
            }
            // `first..last//step` is one operator of three.
            "binary_operator" if is_stepped_range(walk, node) => {
                Some(head("..//".to_owned(), 3, 0))
            }
            "binary_operator" => {
                let name = String::from_utf8_lossy(operator(walk, node)).into_owned();
                Some(head(name, 2, 0))
            }
            "unary_operator" => {
                let name = String::from_utf8_lossy(operator(walk, node)).into_owned();
                Some(head(name, 1, 0))
            }
            _ => None,
        }
    }
}

fn is_stepped_range(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let left = node.child_by_field_name("left");
    operator(walk, node) == b"//"
        && left
            .is_some_and(|left| left.kind() == "binary_operator" && operator(walk, left) == b"..")
}

/// `name` of `unquote(:name)`.
fn unquoted_atom(walk: &Walk<'_>, call: Node<'_>) -> Option<String> {
    let target = call.child_by_field_name("target")?;
    let argument = super::first_argument(call).filter(|_| walk.bytes(target) == b"unquote")?;
    let text = walk.text(argument);
    let name = text.strip_prefix(':')?.trim_matches('"');
    (!name.is_empty()).then(|| name.to_owned())
}

/// The operator of an operator node.
pub(super) fn operator<'s>(walk: &Walk<'s>, node: Node<'_>) -> &'s [u8] {
    node.child_by_field_name("operator")
        .map_or(b"", |operator| walk.bytes(operator))
}

fn count(walk: &Walk<'_>, arguments: Node<'_>) -> (usize, usize) {
    let mut cursor = arguments.walk();
    let mut counts = (0, 0);
    for argument in arguments
        .named_children(&mut cursor)
        .filter(|child| !child.is_extra())
        .take(MAX_ARITY)
    {
        counts.0 += 1;
        if argument.kind() == "binary_operator" && operator(walk, argument) == b"\\\\" {
            counts.1 += 1;
        }
    }
    counts
}
