//! Attributes and doc comments; in this grammar both stand inside the item they belong to.

use tree_sitter::Node;

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
}

const HIDDEN: u32 = 1;
const CONDITIONAL: u32 = 2;
const DEPRECATED: u32 = 4;
const TEST: u32 = 8;
const EXPORTED: u32 = 16;
const OPEN: u32 = 32;

impl Attributes {
    /// Those of `node`, and those collected before it; its documentation goes to `walk.lead`.
    pub fn read(walk: &mut Walk<'_>, node: Node<'_>) -> Self {
        let mut proc_macro = None;
        if let Some(attributes) = own(node) {
            proc_macro = collect(walk, attributes);
        }
        let flags = walk.lead.flags;
        let mark = |flag, mark| Marks::when(flags & flag != 0, mark);
        Self {
            marks: mark(HIDDEN, Marks::HIDDEN)
                .with(mark(CONDITIONAL, Marks::CONDITIONAL))
                .with(mark(DEPRECATED, Marks::DEPRECATED))
                .with(mark(OPEN, Marks::OPEN)),
            test: flags & TEST != 0,
            exported: flags & EXPORTED != 0,
            proc_macro,
        }
    }
}

fn own(node: Node<'_>) -> Option<Node<'_>> {
    node.child(0).filter(|child| child.kind() == "attributes")
}

/// The node where the item proper starts.
pub(super) fn first_after(node: Node<'_>) -> Option<Node<'_>> {
    own(node)?;
    let mut children = (1..super::MAX_BEFORE).map_while(|index| node.child(index));
    children.find(|child| !child.is_extra())
}

/// Reads an `attributes` node into `walk.lead`. The answer is a procedural macro's name.
pub(super) fn collect(walk: &mut Walk<'_>, attributes: Node<'_>) -> Option<String> {
    let mut proc_macro = None;
    let mut cursor = attributes.walk();
    for child in attributes.children(&mut cursor) {
        match child.kind() {
            "line_outer_doc_comment" | "block_outer_doc_comment" => walk.lead.push(child),
            "attribute_item" => proc_macro = attribute(walk, child).or(proc_macro),
            _ => {}
        }
    }
    proc_macro
}

fn attribute(walk: &mut Walk<'_>, item: Node<'_>) -> Option<String> {
    let attribute = item.named_child(0)?;
    let path = walk.text(attribute.named_child(0)?);
    let arguments = attribute
        .child_by_field_name("arguments")
        .map(|node| walk.text(node));
    let arguments = arguments.as_deref().unwrap_or_default();
    match &*path {
        "doc" => {
            if let Some(value) = attribute.child_by_field_name("value") {
                if let Some(text) = string(&walk.text(value)) {
                    walk.lead.push_text(&text);
                }
            } else if words(arguments).any(|word| word == "hidden") {
                walk.lead.flags |= HIDDEN;
            }
        }
        "cfg" if is_test(arguments) => walk.lead.flags |= TEST,
        "cfg" => walk.lead.flags |= CONDITIONAL,
        "test" | "bench" => walk.lead.flags |= TEST,
        "deprecated" => walk.lead.flags |= DEPRECATED,
        "non_exhaustive" => walk.lead.flags |= OPEN,
        "macro_export" => walk.lead.flags |= EXPORTED,
        "proc_macro" | "proc_macro_attribute" => return Some(String::new()),
        "proc_macro_derive" => return words(arguments).next().map(str::to_owned),
        _ => {}
    }
    None
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// `cfg(test)`, `cfg(all(test, …))`: never without tests.
fn is_test(arguments: &str) -> bool {
    let text: String = arguments.chars().filter(|c| !c.is_whitespace()).collect();
    text == "(test)" || text.starts_with("(all(test,") || text.starts_with("(all(loom,test")
}

/// The text of a plain or raw string literal.
fn string(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_start_matches('#').trim_end_matches('#');
        return raw.strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
    }
    let plain = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(plain.len());
    let mut chars = plain.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some(other) => text.push(other),
            None => {}
        }
    }
    Some(text)
}

/// Adds the `//!` comments at the start of a module to `walk.lead`.
pub(super) fn inner_docs(walk: &mut Walk<'_>, module: Node<'_>) {
    let mut cursor = module.walk();
    for child in module.children(&mut cursor) {
        match child.kind() {
            "line_comment" | "block_comment" => {
                if child.child_by_field_name("inner").is_some() {
                    walk.lead.push(child);
                }
            }
            "inner_attribute_item" | "shebang" | "frontmatter" | "{" => {}
            _ => break,
        }
    }
}
