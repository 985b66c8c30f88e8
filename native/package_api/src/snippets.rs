//! From an outline to the snippets that travel and are stored.

use registry_types::Snippet;
use registry_types::outline::{Item, Marks};

use crate::FileOutline;

/// Longest source of one snippet; cut at a line's end beyond.
const MAX_SOURCE: usize = 64 * 1024;
/// All sources of one file together: nested containers repeat their members' text.
const MAX_SOURCES: usize = 16 * 1024 * 1024;
/// Text beside the item on its first and last line that is kept to make the lines whole.
const MAX_MARGIN: usize = 400;

/// The items of `file` as snippets, each with its lines of `source`, the file's text.
#[must_use]
pub fn into_snippets(file: FileOutline, source: &[u8]) -> Vec<Snippet> {
    let mut left = MAX_SOURCES;
    let FileOutline { path, outline } = file;
    let snippet = |item: Item| {
        let text = lines(source, item.start as usize, item.end as usize);
        let text = if text.len() <= left { text } else { &[] };
        left -= text.len();
        Snippet {
            language: item.language.unwrap_or_else(|| outline.language.clone()),
            kind: item.kind,
            name: item.name,
            qualified_name: item.qualified_name,
            signature: item.signature,
            doc: item.doc,
            visibility: item.visibility,
            aliases: item.aliases,
            condition: item.condition,
            deprecated: item.marks.has(Marks::DEPRECATED),
            open: item.marks.has(Marks::OPEN),
            path: path.clone(),
            start_line: item.start_line,
            end_line: item.end_line,
            source: lossy(text),
        }
    };
    outline.items.into_iter().map(snippet).collect()
}

/// Like `String::from_utf8_lossy`, several times as fast on text that is valid, as almost all is.
fn lossy(text: &[u8]) -> String {
    match std::str::from_utf8(text) {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(text).into_owned(),
    }
}

/// The whole lines around `start..end`, unless there is much beside it on them.
fn lines(source: &[u8], start: usize, end: usize) -> &[u8] {
    let end = end.min(source.len());
    let start = start.min(end);
    let before = source
        .get(start.saturating_sub(MAX_MARGIN)..start)
        .unwrap_or_default();
    let start = match memchr::memrchr(b'\n', before) {
        Some(at) => start - (before.len() - at - 1),
        None if before.len() == start => 0,
        None => start,
    };
    let after = source
        .get(end..(end + MAX_MARGIN).min(source.len()))
        .unwrap_or_default();
    let ended = end > start && source.get(end - 1) == Some(&b'\n');
    let end = match memchr::memchr(b'\n', after) {
        _ if ended => end - 1,
        Some(at) => end + at,
        None if end + after.len() == source.len() => source.len(),
        None => end,
    };
    let text = source.get(start..end).unwrap_or_default();
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    match text.get(..MAX_SOURCE) {
        Some(cut) => cut
            .get(..memchr::memrchr(b'\n', cut).unwrap_or(MAX_SOURCE))
            .unwrap_or(cut),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn gives_whole_lines() {
        let source = b"a\n  fn b() {\n  }\nc";
        assert_eq!(lines(source, 4, 15), b"  fn b() {\n  }");
        assert_eq!(lines(source, 0, 1), b"a");
        assert_eq!(lines(source, 17, 18), b"c");
        assert_eq!(lines(source, 4, 17), b"  fn b() {\n  }");
        assert_eq!(lines(b"", 5, 9), b"");
    }

    #[test]
    fn long_lines_are_not_repeated() {
        let source = b"f();".repeat(1000);
        assert_eq!(lines(&source, 2000, 2004), b"f();");
    }

    #[test]
    fn long_sources_are_cut_at_a_line() {
        let source = b"0123456789\n".repeat(10_000);
        let cut = lines(&source, 0, source.len());
        assert!(cut.len() <= super::MAX_SOURCE && cut.ends_with(b"9"));
    }
}
