//! Documentation: the `-doc` attributes of OTP 27, and EDoc comments.

use registry_types::Visibility;
use tree_sitter::Node;

use super::text;
use crate::languages::clauses::DOCUMENTED;
use crate::outline::Marks;
use crate::rules::Step;
use crate::walk::Walk;

/// `-doc false` or `-doc hidden`.
const HIDDEN: u32 = 1;
/// A `-doc` was read.
const ATTRIBUTE: u32 = 2;

/// `-doc` and `-moduledoc`; other attributes may stand between documentation and function.
pub(super) fn attribute(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = node
        .child_by_field_name("name")
        .and_then(|name| walk.field(name, "name"));
    let Some(value) = node.child_by_field_name("value") else {
        return Step::Lead;
    };
    let value = match value.kind() {
        "paren_expr" => value.named_child(0).unwrap_or(value),
        _ => value,
    };
    let hidden = matches!(walk.bytes(value), b"false" | b"hidden");
    let doc = || text::string(&walk.text(value));
    match name.as_deref() {
        Some("doc") if hidden => walk.lead.flags |= HIDDEN | ATTRIBUTE,
        Some("doc") => {
            if let Some(doc) = doc() {
                walk.lead.flags = ATTRIBUTE;
                walk.lead.text = Some(doc);
            }
        }
        Some("moduledoc") => {
            let doc = doc();
            let item = walk
                .scope()
                .item
                .and_then(|index| walk.outline.items.get_mut(index as usize));
            if let Some(item) = item {
                if hidden {
                    item.marks = item.marks.with(Marks::HIDDEN);
                    item.visibility = Visibility::Internal;
                } else if doc.is_some() {
                    item.doc = doc;
                }
            }
        }
        _ => {}
    }
    Step::Lead
}

/// What documentation says of an item.
#[derive(Default)]
pub(super) struct Docs {
    pub text: Option<String>,
    pub hidden: bool,
    deprecated: bool,
}

impl Docs {
    pub fn marks(&self) -> Marks {
        Marks::when(self.hidden, Marks::HIDDEN)
            .with(Marks::when(self.deprecated, Marks::DEPRECATED))
            .with(Marks::when(self.text.is_some(), DOCUMENTED))
    }
}

/// The documentation before the current form; EDoc comments count.
pub(super) fn take(walk: &mut Walk<'_>) -> Docs {
    if walk.lead.flags & ATTRIBUTE != 0 {
        return attached(walk);
    }
    walk.lead
        .doc(walk.source)
        .map_or_else(Docs::default, |comments| edoc(&comments))
}

/// The documentation of an attribute only.
pub(super) fn attached(walk: &mut Walk<'_>) -> Docs {
    Docs {
        text: walk.lead.text.take(),
        hidden: walk.lead.flags & HIDDEN != 0,
        deprecated: false,
    }
}

/// The text of `@doc` up to the next tag, and what other tags tell.
fn edoc(comments: &str) -> Docs {
    let mut docs = Docs::default();
    // Columns before the tag, while its text goes on.
    let mut inside = None;
    for line in comments.lines() {
        let text = line.trim_start();
        if let Some(tag) = text.strip_prefix('@') {
            let name = tag
                .split(|c: char| !c.is_ascii_alphanumeric())
                .next()
                .unwrap_or_default();
            docs.hidden |= matches!(name, "private" | "hidden");
            docs.deprecated |= name == "deprecated";
            inside = (name == "doc").then_some(line.len() - text.len());
            if inside.is_some() {
                docs.text = Some(
                    tag.get(name.len()..)
                        .unwrap_or_default()
                        .trim_start()
                        .to_owned(),
                );
            }
        } else if let (Some(indent), Some(doc)) = (inside, &mut docs.text) {
            let blank = line.bytes().take(indent).take_while(|b| *b == b' ').count();
            doc.push('\n');
            doc.push_str(line.get(blank..).unwrap_or_default());
        }
    }
    docs.text = docs
        .text
        .map(|doc| doc.trim().to_owned())
        .filter(|doc| !doc.is_empty());
    docs
}

#[cfg(test)]
mod tests {
    use super::edoc;

    #[test]
    fn the_text_ends_at_the_next_tag() {
        let docs =
            edoc("===\n Plain.\n @doc Adds.\n See {@link f/1}.\n   code\n @since 1\n Not this.");
        assert_eq!(docs.text.unwrap(), "Adds.\nSee {@link f/1}.\n  code");
        assert!(!docs.hidden);
        let docs = edoc("@private\n@doc\n@deprecated Not to be used.");
        assert!(docs.text.is_none() && docs.hidden && docs.deprecated);
        assert!(edoc("=====\nplain").text.is_none());
        assert_eq!(edoc("@doc\n First.\n@end").text.unwrap(), "First.");
    }
}
