//! `use` and `extern crate`: the ties to other modules.

use registry_types::Visibility;
use tree_sitter::Node;

use super::{attributes::Attributes, is_public};
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::Walk;

/// Names brought in by one declaration.
const MAX_NAMES: usize = 2_000;

/// One link per name of the `use` tree.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if Attributes::read(walk, node).test {
        return Step::Skip;
    }
    let Some(argument) = node.child_by_field_name("argument") else {
        return Step::Skip;
    };
    let public = is_public(walk, node);
    let mut todo = vec![(String::new(), argument)];
    let mut names = 0;
    while let Some((prefix, tree)) = todo.pop() {
        let path = tree.child_by_field_name("path");
        match tree.kind() {
            "scoped_use_list" | "use_list" => {
                let prefix = path.map_or(prefix.clone(), |path| join(&prefix, &walk.text(path)));
                let list = tree.child_by_field_name("list").unwrap_or(tree);
                let mut cursor = list.walk();
                let room = MAX_NAMES.saturating_sub(todo.len());
                let children = list
                    .named_children(&mut cursor)
                    .filter(|child| !child.is_extra());
                todo.extend(children.take(room).map(|child| (prefix.clone(), child)));
            }
            "use_as_clause" => {
                let path = path.map(|path| walk.text(path)).unwrap_or_default();
                let alias = walk.field(tree, "alias").map(|alias| alias.into_owned());
                add(walk, &join(&prefix, &path), alias, public);
            }
            _ => {
                let path = walk.text(tree);
                add(walk, &join(&prefix, &path), None, public);
            }
        }
        names += 1;
        if names > MAX_NAMES || prefix.len() > 1024 {
            walk.outline.truncated = true;
            break;
        }
    }
    Step::Skip
}

fn join(prefix: &str, path: &str) -> String {
    if prefix.is_empty() {
        path.to_owned()
    } else {
        format!("{prefix}::{path}")
    }
}

fn add(walk: &mut Walk<'_>, path: &str, alias: Option<String>, public: bool) {
    let path: String = path.chars().filter(|c| !c.is_whitespace()).collect();
    let path = path.strip_suffix("::self").unwrap_or(&path);
    let (from, name) = match path.rsplit_once("::") {
        Some((from, name)) => (Some(from.to_owned()), name),
        None => (None, path),
    };
    walk.link(Link {
        kind: if public {
            LinkKind::Export
        } else {
            LinkKind::Import
        },
        scope: walk.scope().path.clone(),
        from,
        name: name.to_owned(),
        alias,
        visibility: if public {
            Visibility::Public
        } else {
            Visibility::Internal
        },
    });
}
