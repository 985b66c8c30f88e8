//! Definitions that start a line, for grammars which a construct they do not know costs the rest of
//! the file: found by their first line alone, and kept where the walk did not find the same.

use std::collections::HashMap;

use registry_types::{SnippetKind, Visibility};

use crate::doc;
use crate::outline::{Item, Marks, Outline};
use crate::signature;
use crate::text::lossy;
use crate::walk::Walk;

/// An item that no tree shows.
const PRESUMED: Marks = Marks(1 << 15);
/// Such items in one file.
const MAX_PRESUMED: usize = 5000;
/// Bytes of a line that can begin a definition.
const MAX_LINE: usize = 400;

/// What a line begins.
pub(super) struct Head {
    pub kind: SnippetKind,
    pub name: String,
    pub qualified: String,
    pub visibility: Visibility,
}

/// Adds an item for each line, not indented, in which `read` sees a definition. Such an item goes up
/// to the next line that begins with a brace. For files with errors, before the walk.
pub(super) fn presume(walk: &mut Walk<'_>, mut read: impl FnMut(&str) -> Option<Head>) {
    let mut comment = None;
    let mut open = None;
    let mut at = 0;
    let mut heredoc = Heredoc::default();
    let before = walk.outline.items.len();
    for (row, line) in walk.seen.split_inclusive(|b| *b == b'\n').enumerate() {
        let (start, number) = (at, row + 1);
        at += line.len();
        if heredoc.holds(line) {
            continue;
        }
        match line.first() {
            Some(b'#') => {
                comment.get_or_insert(start);
                continue;
            }
            Some(b'}') => {
                let item = open
                    .take()
                    .and_then(|index: usize| walk.outline.items.get_mut(index));
                if let Some(item) = item {
                    item.end = narrow(start + 1);
                    item.end_line = narrow(number);
                }
            }
            Some(first) if line.len() <= MAX_LINE && !first.is_ascii_whitespace() => {
                let head = read(&lossy(line));
                let room = walk.outline.items.len() < before + MAX_PRESUMED;
                if let Some(head) = head.filter(|_| room) {
                    let text = walk.source.get(start..at).unwrap_or_default();
                    let text = lossy(text);
                    let text = text.split('{').next().unwrap_or_default();
                    let doc = comment.and_then(|from| walk.source.get(from..start));
                    let style = walk.language.0.comments();
                    walk.outline.items.push(Item {
                        kind: head.kind,
                        name: head.name,
                        qualified_name: head.qualified,
                        signature: signature::fold(text),
                        doc: doc.and_then(|doc| doc::strip_as(style, std::iter::once(doc))),
                        visibility: head.visibility,
                        declared: head.visibility,
                        marks: PRESUMED,
                        condition: None,
                        language: None,
                        aliases: Vec::new(),
                        parent: None,
                        start: narrow(start),
                        end: narrow(start + line.trim_ascii_end().len()),
                        start_line: narrow(number),
                        end_line: narrow(number),
                    });
                    open = Some(walk.outline.items.len() - 1);
                }
            }
            _ => {}
        }
        comment = None;
    }
}

/// The text after `<<WORD`, up to a line that is the word.
#[derive(Default)]
struct Heredoc {
    end: Option<Vec<u8>>,
}

impl Heredoc {
    /// Whether the line is such text, or the end of it.
    fn holds(&mut self, line: &[u8]) -> bool {
        if let Some(end) = &self.end {
            if line.trim_ascii() == end.as_slice() {
                self.end = None;
            }
            return true;
        }
        self.end = memchr::memmem::find(line, b"<<").and_then(|at| {
            let rest = line.get(at + 2..)?;
            let rest = rest
                .strip_prefix(b"-")
                .or(rest.strip_prefix(b"~"))
                .unwrap_or(rest);
            let rest = rest.trim_ascii_start();
            let rest = match rest {
                [b'\'' | b'"' | b'\\', rest @ ..] => rest,
                _ => rest,
            };
            let word = |b: &u8| !(b.is_ascii_alphanumeric() || *b == b'_');
            let end = rest.iter().position(word).unwrap_or(rest.len());
            // `1 << $n` and `<<<` are none.
            let name = rest.get(..end)?;
            let starts = name
                .first()
                .is_some_and(|b| b.is_ascii_uppercase() || *b == b'_');
            starts.then(|| name.to_vec())
        });
        false
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Drops what the walk found as well; the rest takes its place in the order of the text.
pub(super) fn settle(outline: &mut Outline) {
    if !outline.items.iter().any(|item| item.marks.has(PRESUMED)) {
        return;
    }
    let real: HashMap<(&str, u32), usize> = outline
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| !item.marks.has(PRESUMED))
        .map(|(index, item)| ((item.name.as_str(), item.start_line), index))
        .collect();
    let into: Vec<Option<u32>> = outline
        .items
        .iter()
        .map(|item| {
            let found = real.get(&(item.name.as_str(), item.start_line));
            let found = found.filter(|_| item.marks.has(PRESUMED))?;
            u32::try_from(*found).ok()
        })
        .collect();
    outline.absorb(&into);
    let mut order: Vec<usize> = (0..outline.items.len()).collect();
    order.sort_by_key(|index| outline.items.get(*index).map(|item| item.start));
    let mut places = vec![0; order.len()];
    for (place, index) in order.iter().enumerate() {
        if let Some(slot) = places.get_mut(*index) {
            *slot = narrow(place);
        }
    }
    let mut items: Vec<(u32, Item)> = places
        .iter()
        .copied()
        .zip(std::mem::take(&mut outline.items))
        .collect();
    items.sort_by_key(|(place, _)| *place);
    outline.items = items.into_iter().map(|(_, item)| item).collect();
    for item in &mut outline.items {
        item.marks = item.marks.without(PRESUMED);
        item.parent = item
            .parent
            .and_then(|parent| places.get(parent as usize).copied());
    }
}

#[cfg(test)]
mod tests {
    use super::Heredoc;

    #[test]
    fn heredocs_are_passed_over() {
        let mut heredoc = Heredoc::default();
        let held = |line: &&str| heredoc.holds(line.as_bytes());
        let lines = [
            "a <<'EOF'",
            "f() {",
            "EOF",
            "b << 2",
            "c <<<x",
            "d <<~ X;",
            "X",
            "e",
        ];
        let inside: Vec<bool> = lines.iter().map(held).collect();
        assert_eq!(
            inside,
            [false, true, true, false, false, false, true, false]
        );
    }
}
