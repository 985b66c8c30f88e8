//! Text of one language inside a file of another: a walk of its own over the same bytes, so that
//! offsets and lines are those of the file.

use std::borrow::Cow;

use registry_types::Visibility;
use tree_sitter::Range;

use crate::define::MAX_ITEMS;
use crate::engine::Engine;
use crate::outline::Outline;
use crate::rules::Embed;
use crate::walk::{Scope, Walk};

/// Languages inside each other: a script in HTML in Markdown.
const MAX_LEVEL: usize = 3;
/// Texts of other languages in one text.
const MAX_EMBEDS: usize = 1000;

impl Walk<'_> {
    /// Parses and walks `embed`; what it defines joins this file's items.
    pub(crate) fn embed(&mut self, embed: Embed, engine: &mut Engine) {
        let Embed {
            language,
            mut ranges,
            scope,
        } = embed;
        ranges.retain(|range| range.start_byte < range.end_byte);
        if ranges.is_empty() || language.is_data() {
            return;
        }
        self.embeds += 1;
        if self.level >= MAX_LEVEL || self.embeds > MAX_EMBEDS || engine.is_late() {
            self.outline.truncated = true;
            return;
        }
        let text = gather(self.source, &ranges);
        if language.0.refuse(&text).is_some() || !engine.switch(language) {
            self.outline.truncated = true;
            return;
        }
        let seen = language.0.mask(&text);
        let source = self.source;
        let tree = match &seen {
            Cow::Borrowed(_) => engine.parse(source, &ranges),
            Cow::Owned(masked) => engine.read(|byte| piece(masked, &ranges, byte), &ranges),
        };
        let Some(tree) = tree else {
            self.outline.truncated = true;
            engine.switch(self.language);
            return;
        };
        let mut inner = Walk::new(self.file, source, source, language);
        inner.level = self.level + 1;
        let parent = scope.as_ref().and_then(|scope| scope.item);
        // Items of this file have no meaning as parents in there.
        let scope = scope.map(|scope| Scope {
            item: None,
            ..scope
        });
        inner.begin(&tree, scope);
        inner.tree(&tree, engine, 0);
        engine.switch(self.language);
        let internal = inner.scope().visibility == Visibility::Internal;
        let mut found = inner.outline;
        language.0.finish(&mut found);
        if internal {
            for item in &mut found.items {
                item.declared = Visibility::Internal;
                item.visibility = Visibility::Internal;
            }
        } else {
            self.outline.has_errors |= found.has_errors;
        }
        self.language.0.embedded(self, tree.root_node(), &mut found);
        self.adopt(found, parent);
    }

    fn adopt(&mut self, found: Outline, parent: Option<u32>) {
        self.outline.truncated |= found.truncated;
        let before = self.outline.items.len();
        let Ok(offset) = u32::try_from(before) else {
            return;
        };
        if before + found.items.len() > MAX_ITEMS {
            self.outline.truncated = true;
            return;
        }
        for mut item in found.items {
            item.parent = item.parent.map(|index| index + offset).or(parent);
            item.language.get_or_insert_with(|| found.language.clone());
            self.outline.items.push(item);
        }
        for link in found.links {
            self.link(link);
        }
    }
}

/// The text of `ranges` without what is between them.
fn gather<'s>(source: &'s [u8], ranges: &[Range]) -> Cow<'s, [u8]> {
    let text = |range: &Range| {
        source
            .get(range.start_byte..range.end_byte)
            .unwrap_or_default()
    };
    match ranges {
        [only] => Cow::Borrowed(text(only)),
        _ => Cow::Owned(ranges.iter().flat_map(text).copied().collect()),
    }
}

/// What [`gather`] gave, masked, from the file's offset `byte` on up to the end of its range.
fn piece<'m>(masked: &'m [u8], ranges: &[Range], byte: usize) -> &'m [u8] {
    let mut from = 0;
    for range in ranges {
        let length = range.end_byte - range.start_byte;
        if (range.start_byte..range.end_byte).contains(&byte) {
            let start = from + (byte - range.start_byte);
            return masked.get(start..from + length).unwrap_or_default();
        }
        from += length;
    }
    &[]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start_byte: usize, end_byte: usize) -> Range {
        Range {
            start_byte,
            end_byte,
            start_point: tree_sitter::Point::default(),
            end_point: tree_sitter::Point::default(),
        }
    }

    #[test]
    fn pieces_lie_where_they_were() {
        let ranges = [range(2, 5), range(7, 9)];
        let text = gather(b"0123456789", &ranges);
        assert_eq!(&*text, b"23478");
        assert_eq!(piece(&text, &ranges, 3), b"34");
        assert_eq!(piece(&text, &ranges, 7), b"78");
        assert_eq!(piece(&text, &ranges, 5), b"");
    }
}
