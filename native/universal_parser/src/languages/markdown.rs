//! Markdown: sections by their headings, and code in fences, which is parsed as what it says it is.
//! Examples are no API: what they define is internal.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::{Node, Range};

use super::headings;
use super::plain::{child, scope};
use crate::define::Def;
use crate::language::Language;
use crate::outline::Outline;
use crate::rules::{Embed, Rules, Step};
use crate::signature::fold;
use crate::walk::{File, Scope, Walk, last_row};

/// Longest first paragraph kept as a section's documentation.
const MAX_PARAGRAPH: usize = 2000;

pub(super) struct Markdown;

impl Rules for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_md::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown", "mdown", "mkd", "livemd"]
    }

    fn separator(&self) -> &'static str {
        " > "
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &[]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        walk.state = u32::try_from(last_row(root) + 1).unwrap_or(u32::MAX);
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "section" | "block_quote" | "list" | "list_item" => Step::Enter,
            "atx_heading" | "setext_heading" => {
                heading(walk, node);
                Step::Skip
            }
            "paragraph" if !is_html(walk.bytes(node)) => {
                paragraph(walk, node);
                Step::Skip
            }
            "fenced_code_block" => fence(walk, node),
            "paragraph" | "html_block" => match Language::by_label("html") {
                Some(language) => Step::Embed(Embed {
                    language,
                    ranges: vec![node.range()],
                    scope: Some(inside(walk, Visibility::Public)),
                }),
                None => Step::Skip,
            },
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        headings::nest(outline, self.separator());
    }
}

/// A paragraph that begins with a tag (`<h1 align="center">…`).
fn is_html(text: &[u8]) -> bool {
    matches!(text, [b'<', b'a'..=b'z' | b'A'..=b'Z', ..])
}

fn heading(walk: &mut Walk<'_>, node: Node<'_>) {
    let mut cursor = node.walk();
    let level = node.children(&mut cursor).find_map(|mark| {
        let kind = mark.kind();
        let rest = kind
            .strip_prefix("atx_h")
            .or_else(|| kind.strip_prefix("setext_h"))?;
        rest.get(..1)?.parse::<u16>().ok()
    });
    let Some((level, content)) = level.zip(node.child_by_field_name("heading_content")) else {
        return;
    };
    let text = walk.text(content);
    let text = text.trim().trim_end_matches('#').trim_end();
    let name = fold(&text.replace(['*', '`'], ""));
    let signature = format!("{} {}", "#".repeat(level.into()), fold(text));
    let def = Def::new(SnippetKind::Module, name, node)
        .signature(signature)
        .doc(None)
        .marks(headings::level(level));
    let item = walk.define(def);
    // To the end of the document, until the next heading is known.
    let (end, end_line) = (walk.source.len(), walk.state);
    let item = item.and_then(|item| walk.outline.items.get_mut(item as usize));
    if let Some(item) = item {
        item.end = u32::try_from(end).unwrap_or(u32::MAX);
        item.end_line = end_line.max(item.end_line);
    }
}

/// The first paragraph right below a heading is that section's documentation.
fn paragraph(walk: &mut Walk<'_>, node: Node<'_>) {
    let text = walk.bytes(node);
    let text = String::from_utf8_lossy(text.get(..MAX_PARAGRAPH).unwrap_or(text));
    if text.starts_with(['!', '[']) && text.contains("![") {
        // Badges.
        return;
    }
    let last = walk.outline.items.last_mut();
    if let Some(item) = last.filter(|item| headings::is_heading(item) && item.doc.is_none()) {
        item.doc = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    }
}

/// The scope of what a section's examples define.
fn inside(walk: &Walk<'_>, visibility: Visibility) -> Scope {
    let section = walk.outline.items.iter().rposition(headings::is_heading);
    Scope {
        path: String::new(),
        visibility,
        item: section.and_then(|index| u32::try_from(index).ok()),
        flags: 0,
    }
}

fn fence(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let label = child(node, "info_string").and_then(|info| child(info, "language"));
    let label = label.map(|label| walk.text(label));
    let content = child(node, "code_fence_content");
    let (Some(label), Some(content)) = (label, content) else {
        return Step::Skip;
    };
    let language = Language::by_label(name(&label)).filter(|language| *language != walk.language);
    match language {
        Some(language) => Step::Embed(Embed {
            language,
            ranges: lines(content),
            scope: Some(inside(walk, Visibility::Internal)),
        }),
        None => Step::Skip,
    }
}

/// `rust` of `rust,ignore` and of `{.rust title="x"}`.
fn name(label: &str) -> &str {
    let label = label.trim_start_matches(['{', '.']);
    let end = label.find(|c: char| !(c.is_alphanumeric() || "+#-_".contains(c)));
    end.and_then(|end| label.get(..end)).unwrap_or(label)
}

/// The text without what quotes and lists put before each line.
fn lines(content: Node<'_>) -> Vec<Range> {
    let mut rest = content.range();
    let mut ranges = Vec::new();
    let mut cursor = content.walk();
    for mark in content.named_children(&mut cursor) {
        let mark = mark.range();
        if mark.start_byte < mark.end_byte {
            ranges.push(Range {
                end_byte: mark.start_byte,
                end_point: mark.start_point,
                ..rest
            });
            rest.start_byte = mark.end_byte;
            rest.start_point = mark.end_point;
        }
    }
    ranges.push(rest);
    ranges
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn labels_have_attributes() {
        assert_eq!(name("rust,ignore"), "rust");
        assert_eq!(name("{.elixir}"), "elixir");
        assert_eq!(name("c++"), "c++");
        assert_eq!(name(""), "");
    }
}
