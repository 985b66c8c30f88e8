//! Sections of documents: a heading's item lasts to the next one of its level or above.

use crate::outline::{Item, Marks, Outline};

/// Where a heading's level is kept until the file is known: bits that no mark has.
const SHIFT: u32 = 12;
const BITS: Marks = Marks(7 << SHIFT);

/// The mark of a heading's level, 1 to 6.
pub(super) fn level(level: u16) -> Marks {
    Marks((level & 7) << SHIFT)
}

fn level_of(item: &Item) -> u16 {
    (item.marks.0 & BITS.0) >> SHIFT
}

/// Whether it is a heading, before [`nest`].
pub(super) fn is_heading(item: &Item) -> bool {
    level_of(item) > 0
}

/// Makes headings members of those above them. Their ends must be the document's before.
pub(super) fn nest(outline: &mut Outline, separator: &str) {
    let mut open: Vec<(u16, usize)> = Vec::new();
    for index in 0..outline.items.len() {
        let Some(item) = outline.items.get(index) else {
            return;
        };
        let level = level_of(item);
        if level == 0 {
            continue;
        }
        let (start, line) = (item.start, item.start_line);
        while let Some((_, closed)) = open.pop_if(|(above, _)| *above >= level) {
            if let Some(closed) = outline.items.get_mut(closed) {
                closed.end = start.max(closed.start);
                closed.end_line = (line - 1).max(closed.start_line);
            }
        }
        let parent = open.last().map(|(_, parent)| *parent);
        let path = parent.and_then(|parent| outline.items.get(parent));
        let path = path.map(|parent| parent.qualified_name.clone());
        if let Some(item) = outline.items.get_mut(index) {
            item.marks = item.marks.without(BITS);
            item.parent = parent.and_then(|parent| u32::try_from(parent).ok());
            if let Some(path) = path {
                item.qualified_name = format!("{path}{separator}{}", item.name);
            }
        }
        open.push((level, index));
    }
}
