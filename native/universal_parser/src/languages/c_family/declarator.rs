//! From a declarator (`*(*name)(int)[3]`) to what it declares.

use tree_sitter::Node;

use crate::signature;
use crate::walk::Walk;

/// Layers of one declarator.
const MAX_LAYERS: usize = 64;

/// What a declarator declares.
pub(super) struct Declared {
    /// The bare name.
    pub name: String,
    /// `Foo::` of a definition outside of its class, without template arguments; may be empty.
    pub path: String,
    pub function: bool,
    /// Byte after the declarator, its value excluded.
    pub end: usize,
}

/// Reads a declarator. `None` for what has no name (`struct s;`, bit fields without one).
pub(super) fn read(walk: &Walk<'_>, declarator: Node<'_>) -> Option<Declared> {
    let mut node = declarator;
    let mut function = false;
    let mut end = declarator.end_byte();
    for _ in 0..MAX_LAYERS {
        let inner = match node.kind() {
            "function_declarator" => {
                function = true;
                node.child_by_field_name("declarator")
            }
            "pointer_declarator" | "array_declarator" => {
                function = false;
                node.child_by_field_name("declarator")
            }
            "init_declarator" => {
                let inner = node.child_by_field_name("declarator");
                end = inner.map_or(end, |inner| inner.end_byte());
                inner
            }
            "reference_declarator" | "parenthesized_declarator" | "attributed_declarator" => {
                first_declarator(node)
            }
            _ => break,
        };
        node = inner?;
    }
    let (name, path, operator) = name(walk, node)?;
    Some(Declared {
        name,
        path,
        function: function || operator,
        end,
    })
}

/// The declarator among the children; call modifiers and attributes stand beside it.
fn first_declarator(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).find(|child| {
        let kind = child.kind();
        kind.ends_with("declarator")
            || kind.ends_with("identifier")
            || kind.ends_with("name")
            || kind == "operator_cast"
    })
}

/// The name, the path before it, and whether it can only be a function's.
fn name(walk: &Walk<'_>, mut node: Node<'_>) -> Option<(String, String, bool)> {
    let mut path = String::new();
    for _ in 0..MAX_LAYERS {
        match node.kind() {
            "identifier"
            | "field_identifier"
            | "type_identifier"
            | "primitive_type"
            | "namespace_identifier" => {
                let name = walk.text(node).into_owned();
                return is_name(&name).then_some((name, path, false));
            }
            "qualified_identifier" => {
                if let Some(scope) = node.child_by_field_name("scope") {
                    let scope = scope.child_by_field_name("name").unwrap_or(scope);
                    path.push_str(&walk.text(scope));
                    path.push_str("::");
                }
                node = node.child_by_field_name("name")?;
            }
            "template_function" | "template_method" | "template_type" => {
                node = node.child_by_field_name("name")?
            }
            "dependent_name" => node = node.named_child(0)?,
            "destructor_name" => return Some((squeeze(&walk.text(node)), path, true)),
            "operator_name" => return Some((squeeze(&walk.text(node)), path, true)),
            "operator_cast" => {
                let end = node
                    .child_by_field_name("declarator")
                    .map_or(node.end_byte(), |rest| rest.start_byte());
                let text = walk.source.get(node.start_byte()..end).unwrap_or_default();
                let text = signature::fold(&String::from_utf8_lossy(text));
                return Some((text, path, true));
            }
            _ => return None,
        }
    }
    None
}

/// After an error a keyword may stand where a name belongs.
fn is_name(text: &str) -> bool {
    const KEYWORDS: [&str; 31] = [
        "auto", "bool", "break", "case", "char", "class", "const", "continue", "default", "do",
        "double", "else", "enum", "extern", "float", "for", "if", "inline", "int", "long",
        "return", "short", "signed", "sizeof", "static", "struct", "switch", "union", "unsigned",
        "void", "while",
    ];
    !text.is_empty() && !KEYWORDS.contains(&text)
}

/// `operator ==` and `operator==` alike; words stay apart.
fn squeeze(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let glued = name.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && word.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if glued {
            name.push(' ');
        }
        name.push_str(word);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn operators_have_one_spelling() {
        assert_eq!(squeeze("operator =="), "operator==");
        assert_eq!(squeeze("operator new []"), "operator new[]");
        assert_eq!(squeeze("~ Foo"), "~Foo");
    }
}
