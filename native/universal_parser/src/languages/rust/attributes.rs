//! Attributes and doc comments; in this grammar both stand inside the item they belong to.

use tree_sitter::Node;

use super::{cfg, text};
use crate::outline::Marks;
use crate::walk::Walk;

/// What the attributes of an item say.
#[derive(Default)]
pub(super) struct Attributes {
    pub marks: Marks,
    /// For tests only: not part of any API.
    pub test: bool,
    /// `#[macro_export]`.
    pub exported: bool,
    /// A procedural macro, with its name when other than the function's.
    pub proc_macro: Option<String>,
    /// What `#[cfg(…)]` says, several of them taken together.
    pub condition: Option<String>,
    /// Files named by `#[path = "…"]`, and those of `#[cfg_attr(…, path = "…")]` with their
    /// conditions.
    pub paths: Vec<(String, Option<String>)>,
    /// Conditions for which there was documentation.
    documented: Vec<String>,
    /// One of them holds whatever the condition.
    pub placed: bool,
}

const HIDDEN: u32 = 1;
const DEPRECATED: u32 = 4;
const TEST: u32 = 8;
const EXPORTED: u32 = 16;
const OPEN: u32 = 32;

/// Paths of one module.
const MAX_PATHS: usize = 16;

impl Attributes {
    /// Those of `node`, and those collected before it; its documentation goes to `walk.lead`.
    pub fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Self {
        let mut attributes = Self::default();
        if let Some(own) = own(node) {
            attributes.collect(walk, own);
        }
        if walk.lead.text.is_some() {
            walk.lead.settle(walk.source);
        }
        let flags = walk.lead.flags;
        let mark = |flag, mark| Marks::when(flags & flag != 0, mark);
        attributes.condition = walk.lead.condition.clone();
        attributes.marks = mark(HIDDEN, Marks::HIDDEN)
            .with(mark(DEPRECATED, Marks::DEPRECATED))
            .with(mark(OPEN, Marks::OPEN));
        attributes.test = flags & TEST != 0;
        attributes.exported = flags & EXPORTED != 0;
        attributes
    }

    fn collect(&mut self, walk: &mut Walk<'_>, attributes: Node<'_>) {
        let mut cursor = attributes.walk();
        for child in attributes.children(&mut cursor) {
            match child.kind() {
                "line_outer_doc_comment" | "block_outer_doc_comment" => walk.lead.push(child),
                "attribute_item" => self.attribute(walk, child),
                _ => {}
            }
        }
    }

    /// The text of `cfg_attr(…, doc = "…")`: of two for opposite conditions the first, of several
    /// ways to open a block of code too.
    fn conditional_doc(&mut self, walk: &Walk<'_>, arguments: &str) -> Option<String> {
        let text = cfg::value(arguments, "doc")?;
        let condition = cfg::first(arguments);
        let told = self.documented.iter().any(|known| {
            let opposite = |a: &str, b: &str| {
                a.strip_prefix("not(").and_then(|a| a.strip_suffix(')')) == Some(b)
            };
            opposite(known, &condition) || opposite(&condition, known)
        });
        let open = |text: &str| text.starts_with("```") && text.len() > 3;
        let before = walk.lead.text.as_deref().unwrap_or_default();
        let before = before.rsplit('\n').next().unwrap_or_default();
        let twice = open(&text) && open(before) && !walk.lead.has_comments();
        if self.documented.len() < MAX_PATHS && !told {
            self.documented.push(condition);
        }
        (!told && !twice).then_some(text)
    }

    fn attribute(&mut self, walk: &mut Walk<'_>, item: Node<'_>) {
        let Some(attribute) = item.named_child(0) else {
            return;
        };
        let Some(path) = attribute.named_child(0).map(|path| walk.text(path)) else {
            return;
        };
        let arguments = attribute
            .child_by_field_name("arguments")
            .map(|node| walk.text(node));
        let arguments = arguments.as_deref().unwrap_or_default();
        let value = attribute.child_by_field_name("value");
        let value = value.and_then(|value| {
            let value = walk.text(value);
            text::literal(&value).or_else(|| text::included(&value))
        });
        match &*path {
            "doc" => {
                if let Some(value) = value {
                    walk.lead.settle(walk.source);
                    walk.lead.push_text(&value);
                } else if text::words(arguments).any(|word| word == "hidden") {
                    walk.lead.flags |= HIDDEN;
                }
            }
            "cfg" => {
                let condition = cfg::inner(arguments);
                if cfg::needs_test(&condition) {
                    walk.lead.flags |= TEST;
                }
                walk.lead.condition = Some(cfg::both(walk.lead.condition.take(), condition));
            }
            "cfg_attr" => {
                if cfg::hides(arguments) {
                    walk.lead.flags |= HIDDEN;
                }
                if self.paths.len() < MAX_PATHS {
                    let path = cfg::value(arguments, "path");
                    self.paths
                        .extend(path.map(|path| (path, Some(cfg::first(arguments)))));
                }
                if let Some(text) = self.conditional_doc(walk, arguments) {
                    walk.lead.settle(walk.source);
                    walk.lead.push_text(&text);
                }
            }
            "path" if self.paths.len() < MAX_PATHS => {
                self.placed = true;
                self.paths.extend(value.map(|path| (path, None)));
            }
            "test" | "bench" => walk.lead.flags |= TEST,
            "deprecated" => walk.lead.flags |= DEPRECATED,
            "non_exhaustive" => walk.lead.flags |= OPEN,
            "macro_export" => walk.lead.flags |= EXPORTED,
            "proc_macro" | "proc_macro_attribute" => self.proc_macro = Some(String::new()),
            "proc_macro_derive" => {
                self.proc_macro = text::words(arguments).next().map(str::to_owned);
            }
            _ => {}
        }
    }
}

fn own(node: Node<'_>) -> Option<Node<'_>> {
    node.child(0).filter(|child| child.kind() == "attributes")
}

/// The node where the item proper starts.
pub(super) fn first_after(node: Node<'_>) -> Option<Node<'_>> {
    own(node)?;
    let mut cursor = node.walk();
    let mut children = node.children(&mut cursor).skip(1);
    children.find(|child| !child.is_extra())
}

/// Reads an `attributes` node that stands before its item into `walk.lead`.
pub(super) fn before(walk: &mut Walk<'_>, attributes: Node<'_>) {
    Attributes::default().collect(walk, attributes);
}

/// Adds what stands at the start of a module to `walk.lead`: `//!`, `#![cfg(…)]`, `#![doc = "…"]`.
pub(super) fn inner(walk: &mut Walk<'_>, module: Node<'_>) {
    let mut cursor = module.walk();
    for child in module.children(&mut cursor) {
        match child.kind() {
            "line_comment" | "block_comment" => {
                if child.child_by_field_name("inner").is_some() {
                    walk.lead.push(child);
                }
            }
            "inner_attribute_item" => Attributes::default().attribute(walk, child),
            "shebang" | "frontmatter" | "{" => {}
            _ => break,
        }
    }
    if walk.lead.text.is_some() {
        walk.lead.settle(walk.source);
    }
}

/// What [`inner`] found beside documentation: whether the module is for tests only or hidden.
pub(super) fn is_aside(walk: &Walk<'_>) -> bool {
    walk.lead.flags & (TEST | HIDDEN) != 0
}
