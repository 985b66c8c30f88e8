//! Imports: what a package's `__init__` may hand on.

use registry_types::Visibility;
use tree_sitter::Node;

use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::Walk;

/// `import a.b as c` (an empty name: the module itself), `from .a import b as c`, `from a import *`.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let module = walk
        .field(node, "module_name")
        .map(std::borrow::Cow::into_owned);
    let mut cursor = node.walk();
    let mut names = Vec::new();
    for child in node.children_by_field_name("name", &mut cursor) {
        let name = child.child_by_field_name("name").unwrap_or(child);
        let name = walk.text(name).into_owned();
        let alias = walk.field(child, "alias").map(std::borrow::Cow::into_owned);
        names.push((name, alias));
    }
    let mut cursor = node.walk();
    if node
        .named_children(&mut cursor)
        .any(|child| child.kind() == "wildcard_import")
    {
        names.push(("*".to_owned(), None));
    }
    for (name, alias) in names {
        // PEP 484: `import a as a` and `from a import *` hand the name on.
        let handed_on = name == "*" || alias.as_deref() == Some(name.as_str());
        let (from, name) = match &module {
            Some(module) => (module.clone(), name),
            None => (name, String::new()),
        };
        let scope = walk.scope().path.clone();
        walk.link(Link {
            kind: LinkKind::Import,
            scope,
            from: Some(from),
            name,
            alias,
            visibility: if handed_on {
                Visibility::Public
            } else {
                Visibility::Internal
            },
        });
    }
    Step::Skip
}
