//! `use` and `extern crate`: the ties to other modules.
//!
//! A `pub use` that is `#[doc(hidden)]` is an export that cannot be seen; any other `use` is an
//! import. Before those of a declaration that exists under a condition stands a link that tells it:
//! a member `?`, with their number.

use registry_types::Visibility;
use tree_sitter::Node;

use super::attributes::Attributes;
use super::{BLOCK, is_public, text};
use crate::outline::{Link, LinkKind, Marks};
use crate::rules::Step;
use crate::walk::Walk;

/// Names brought in by one declaration.
const MAX_NAMES: usize = 20_000;
/// Longest path.
const MAX_PATH: usize = 1024;

/// How a declaration's names may be seen.
#[derive(Clone, Copy)]
struct Reach {
    kind: LinkKind,
    visibility: Visibility,
}

impl Reach {
    /// `None` when the declaration makes nothing known.
    fn of(walk: &mut Walk<'_>, node: Node<'_>) -> Option<Self> {
        let attributes = Attributes::read(walk, node);
        if attributes.test || walk.scope().flags & BLOCK != 0 {
            return None;
        }
        let public = is_public(walk, node);
        let hidden = attributes.marks.has(Marks::HIDDEN);
        Some(Self {
            kind: if public {
                LinkKind::Export
            } else {
                LinkKind::Import
            },
            visibility: if public && !hidden {
                Visibility::Public
            } else {
                Visibility::Internal
            },
        })
    }
}

/// One link per name of the `use` tree.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(reach) = Reach::of(walk, node) else {
        return Step::Skip;
    };
    let Some(argument) = node.child_by_field_name("argument") else {
        return Step::Skip;
    };
    let first = conditional(walk, node);
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
                let alias = walk.field(tree, "alias").map(|alias| text::plain(&alias));
                add(walk, &join(&prefix, &path), alias, reach);
            }
            _ => {
                let path = walk.text(tree);
                add(walk, &join(&prefix, &path), None, reach);
            }
        }
        names += 1;
        if names > MAX_NAMES || prefix.len() > MAX_PATH {
            walk.outline.truncated = true;
            break;
        }
    }
    count(walk, first);
    Step::Skip
}

/// Adds the link that tells the condition; gives its place.
fn conditional(walk: &mut Walk<'_>, node: Node<'_>) -> Option<usize> {
    let own = walk.lead.condition.take();
    let condition = super::condition(walk, node, own)?;
    let place = walk.outline.links.len();
    walk.link(Link {
        kind: LinkKind::Member,
        scope: walk.scope().path.clone(),
        from: Some(condition),
        name: "?".to_owned(),
        alias: None,
        visibility: Visibility::Internal,
    });
    Some(place)
}

/// Tells in the link at `first` how many follow it.
fn count(walk: &mut Walk<'_>, first: Option<usize>) {
    let links = &mut walk.outline.links;
    let all = links.len();
    if let Some((place, link)) = first.and_then(|place| Some((place, links.get_mut(place)?))) {
        link.alias = Some((all - place - 1).to_string());
    }
}

/// `extern crate a as b;`: `a` is no path of ours, but `self` is the crate itself.
pub(super) fn extern_crate(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(reach) = Reach::of(walk, node) else {
        return Step::Skip;
    };
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let alias = walk.field(node, "alias").map(|alias| text::plain(&alias));
    let first = conditional(walk, node);
    if name == "self" {
        add(walk, "crate", alias, reach);
    } else {
        add(walk, &format!("::{name}"), alias, reach);
    }
    count(walk, first);
    Step::Skip
}

fn join(prefix: &str, path: &str) -> String {
    if prefix.is_empty() {
        path.to_owned()
    } else {
        format!("{prefix}::{path}")
    }
}

fn add(walk: &mut Walk<'_>, path: &str, alias: Option<String>, reach: Reach) {
    if path.len() > MAX_PATH || alias.as_deref() == Some("_") {
        return;
    }
    let path: String = path.chars().filter(|c| !c.is_whitespace()).collect();
    let path = text::plain(&path);
    let path = path.strip_suffix("::self").unwrap_or(&path);
    let (from, name) = match path.rsplit_once("::") {
        Some((from, name)) => (Some(from.to_owned()), name),
        None => (None, path),
    };
    walk.link(Link {
        kind: reach.kind,
        scope: walk.scope().path.clone(),
        from,
        name: name.to_owned(),
        alias,
        visibility: reach.visibility,
    });
}
