//! `export 'src/a.dart' show A hide B;`

use registry_types::Visibility;
use tree_sitter::Node;

use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::Walk;

/// Names of one `show`.
const MAX_NAMES: usize = 1024;

/// One link per name shown, else one for all. Names hidden are links of their own, internal ones.
pub(super) fn export(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut from = None;
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    let mut cursor = node.walk();
    for child in node.named_children(&mut cursor) {
        match child.kind() {
            "configurable_uri" => {
                let text = walk.text(child);
                from = text.split(['\'', '"']).nth(1).map(str::to_owned);
            }
            "combinator" => {
                let show = walk.bytes(child).starts_with(b"show");
                let mut cursor = child.walk();
                for name in child.named_children(&mut cursor).take(MAX_NAMES) {
                    let name = walk.text(name).into_owned();
                    if show {
                        shown.push(name);
                    } else {
                        hidden.push(name);
                    }
                }
            }
            _ => {}
        }
    }
    if shown.is_empty() {
        shown.push("*".to_owned());
    }
    let visible = shown.into_iter().map(|name| (name, Visibility::Public));
    let hidden = hidden.into_iter().map(|name| (name, Visibility::Internal));
    for (name, visibility) in visible.chain(hidden) {
        walk.link(Link {
            kind: LinkKind::Export,
            scope: String::new(),
            from: from.clone(),
            name,
            alias: None,
            visibility,
        });
    }
    Step::Skip
}
