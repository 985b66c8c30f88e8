//! What the markup, data and interface languages share.

use std::collections::HashMap;

use tree_sitter::Node;

use crate::doc;
use crate::outline::{Item, Outline};
use crate::paths::is_aside;
use crate::rules::Step;
use crate::walk::{File, Scope, Walk};

/// Children looked at in search of one.
const MAX_CHILDREN: usize = 1000;

/// The scope of a file whose definitions are named `path.name`.
pub(super) fn scope(path: impl Into<String>, file: &File<'_>) -> Scope {
    Scope::of_file(path, is_aside(file.path))
}

/// The first child of a kind.
pub(super) fn child<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    let mut cursor = node.walk();
    node.children(&mut cursor)
        .take(MAX_CHILDREN)
        .find(|child| child.kind() == kind)
}

/// Named children of a kind.
pub(super) fn children<'t>(node: Node<'t>, kind: &str) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .take(MAX_CHILDREN)
        .filter(|child| child.kind() == kind)
        .collect()
}

/// A plain comment: of the item whose last line it shares, else of what follows it.
pub(super) fn comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let row = node.start_position().row + 1;
    let start = node.start_byte();
    let text = walk.bytes(node);
    let style = walk.language.0.comments();
    if let Some(item) = walk.outline.items.last_mut()
        && item.end_line as usize == row
        && item.end as usize <= start
        && !walk.lead.has_comments()
    {
        if item.doc.is_none() {
            item.doc = doc::strip_as(style, std::iter::once(text));
        }
        return Step::Lead;
    }
    walk.lead.push_adjacent(node);
    Step::Lead
}

/// Text without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for (open, close) in [('"', '"'), ('\'', '\''), ('`', '`'), ('[', ']')] {
        let inside = text.strip_prefix(open);
        if let Some(inside) = inside.and_then(|text| text.strip_suffix(close)) {
            return inside;
        }
    }
    text
}

/// The last directory or file name without its ending that says something.
pub(super) fn stem<'a>(path: &'a str, silent: &str) -> &'a str {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let name = name.split('.').next().unwrap_or(name);
    if name.eq_ignore_ascii_case(silent) {
        parts.next().unwrap_or(name)
    } else {
        name
    }
}

/// Of items of the same name the first stays, and others where `may_go` does not say so.
pub(super) fn unique(outline: &mut Outline, may_go: impl Fn(&Item) -> bool) {
    let mut first: HashMap<String, u32> = HashMap::new();
    reindex(outline, |item, next| {
        let known = *first.entry(item.qualified_name.clone()).or_insert(next);
        if known == next || !may_go(item) {
            Some(next)
        } else {
            Some(known)
        }
    });
}

/// Takes items out; their members stay.
pub(super) fn remove(outline: &mut Outline, goes: impl Fn(&Item) -> bool) {
    reindex(outline, |item, next| (!goes(item)).then_some(next));
}

/// Asks for each item, and its index if it stays, what index stands for it; with another one, it
/// goes. Containers must stand before their members.
fn reindex(outline: &mut Outline, mut place: impl FnMut(&Item, u32) -> Option<u32>) {
    let mut places: Vec<Option<u32>> = Vec::with_capacity(outline.items.len());
    let mut kept = Vec::with_capacity(outline.items.len());
    for mut item in std::mem::take(&mut outline.items) {
        let next = u32::try_from(kept.len()).unwrap_or(u32::MAX);
        let index = place(&item, next);
        places.push(index);
        if index == Some(next) {
            item.parent = item
                .parent
                .and_then(|parent| places.get(parent as usize).copied().flatten());
            kept.push(item);
        }
    }
    outline.items = kept;
}

/// The item without white space at its end.
pub(super) fn trim(walk: &mut Walk<'_>, index: Option<u32>) {
    let item = index.and_then(|index| walk.outline.items.get_mut(index as usize));
    let Some(item) = item else { return };
    let text = walk.source.get(item.start as usize..item.end as usize);
    let text = text.unwrap_or_default();
    let kept = text.trim_ascii_end().len();
    let gone = text.get(kept..).unwrap_or_default();
    let breaks = memchr::memchr_iter(b'\n', gone).count();
    // The last line break ends the last line, which counts already.
    let breaks = breaks.saturating_sub(usize::from(gone.ends_with(b"\n")));
    item.end = item.start + u32::try_from(kept).unwrap_or_default();
    let lines = u32::try_from(breaks).unwrap_or_default();
    item.end_line = item.end_line.saturating_sub(lines).max(item.start_line);
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::outline::Marks;
    use registry_types::{SnippetKind, Visibility};

    fn item(name: &str, parent: Option<u32>) -> Item {
        Item {
            kind: SnippetKind::Field,
            name: name.to_owned(),
            qualified_name: name.to_owned(),
            signature: String::new(),
            doc: None,
            visibility: Visibility::Public,
            declared: Visibility::Public,
            marks: Marks::default(),
            language: None,
            condition: None,
            aliases: Vec::new(),
            parent,
            start: 0,
            end: 0,
            start_line: 1,
            end_line: 1,
        }
    }

    #[test]
    fn members_follow_their_containers() {
        let items = [
            ("a", None),
            ("b", None),
            ("a", None),
            ("c", Some(2)),
            ("d", Some(1)),
        ];
        let mut outline = Outline {
            items: items.map(|(name, parent)| item(name, parent)).to_vec(),
            ..Outline::default()
        };
        unique(&mut outline, |_| true);
        let left = |outline: &Outline| -> Vec<(String, Option<u32>)> {
            let items = outline.items.iter();
            items.map(|item| (item.name.clone(), item.parent)).collect()
        };
        let expected = [("a", None), ("b", None), ("c", Some(0)), ("d", Some(1))];
        assert_eq!(
            left(&outline),
            expected.map(|(name, parent)| (name.to_owned(), parent))
        );
        remove(&mut outline, |item| item.name == "a");
        let expected = [("b", None), ("c", None), ("d", Some(0))];
        assert_eq!(
            left(&outline),
            expected.map(|(name, parent)| (name.to_owned(), parent))
        );
    }
}
