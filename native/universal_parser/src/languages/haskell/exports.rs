//! The export list, as links: the name, and in `alias` which members come along.

use registry_types::Visibility;
use tree_sitter::Node;

use crate::outline::{Link, LinkKind};
use crate::walk::Walk;

/// Everything the module defines.
pub(super) const ALL: &str = "*";
/// `T(..)`.
pub(super) const MEMBERS: &str = "..";

pub(super) fn read(walk: &mut Walk<'_>, header: Node<'_>, path: &str) {
    let Some(list) = header.child_by_field_name("exports") else {
        return push(walk, path, ALL, None);
    };
    let mut cursor = list.walk();
    let entries: Vec<_> = list.named_children(&mut cursor).collect();
    for entry in entries {
        match entry.kind() {
            "module_export" => {
                let module = walk.field(entry, "module").unwrap_or_default().into_owned();
                if module == path {
                    push(walk, path, ALL, None);
                } else {
                    walk.link(link(path, ALL, None, Some(module)));
                }
            }
            "export" => {
                let name = ["variable", "type", "operator"]
                    .iter()
                    .find_map(|field| walk.field(entry, field));
                let Some(name) = name.map(|name| bare(&name).to_owned()) else {
                    continue;
                };
                let members = entry.child_by_field_name("children");
                let members = members.map(|children| members_of(walk, children));
                push(walk, path, &name, members);
            }
            _ => {}
        }
    }
}

fn members_of(walk: &Walk<'_>, children: Node<'_>) -> String {
    let mut cursor = children.walk();
    let mut names = Vec::new();
    for element in children.children_by_field_name("element", &mut cursor) {
        if element.kind() == "all_names" {
            return MEMBERS.to_owned();
        }
        names.push(bare(&walk.text(element)).to_owned());
    }
    names.join(" ")
}

/// An operator without its parentheses, a name without its module.
pub(super) fn bare(name: &str) -> &str {
    let name = name.trim();
    if let Some(operator) = name.strip_prefix('(').and_then(|n| n.strip_suffix(')')) {
        return operator.trim();
    }
    match name.rsplit_once('.') {
        Some((module, name)) if module.starts_with(char::is_uppercase) && !name.is_empty() => name,
        _ => name,
    }
}

pub(super) fn push(walk: &mut Walk<'_>, path: &str, name: &str, members: Option<String>) {
    walk.link(link(path, name, members, None));
}

fn link(path: &str, name: &str, alias: Option<String>, from: Option<String>) -> Link {
    Link {
        kind: LinkKind::Export,
        scope: path.to_owned(),
        from,
        name: name.to_owned(),
        alias,
        visibility: Visibility::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn names() {
        assert_eq!(bare("( <+> )"), "<+>");
        assert_eq!(bare("(.)"), ".");
        assert_eq!(bare("Map.insert"), "insert");
        assert_eq!(bare("a.b"), "a.b");
        assert_eq!(bare(""), "");
    }
}
