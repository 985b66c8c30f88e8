//! Text in columns.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that `text` takes; it must hold no escape sequence.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// `text` cut to `width` columns, with an ellipsis where something is missing.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        out.push(c);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// `text` filled with blanks to `width` columns.
pub(crate) fn pad(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

/// The widest of some texts, but no more than `most`.
pub(crate) fn widest<'t>(texts: impl Iterator<Item = &'t str>, most: usize) -> usize {
    texts.map(columns).max().unwrap_or(0).min(most)
}

/// `text` in lines of at most `width` columns, broken between words; `most` lines, the last with
/// an ellipsis where something is missing.
pub(crate) fn wrap(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && columns(&line) + 1 + columns(word) > width {
            lines.push(std::mem::take(&mut line));
        }
        if lines.len() == most {
            if let Some(last) = lines.last_mut() {
                *last = cut(&format!("{last} …"), width);
            }
            return lines;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&cut(word, width));
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_by_columns() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("longer text", 8), "longer…");
        assert_eq!(cut("日本語テキスト", 7), "日本語…");
        assert_eq!(pad("日本", 6), "日本  ");
        assert_eq!(columns(&pad("é", 4)), 4);
    }

    #[test]
    fn texts_are_wrapped_between_words() {
        assert_eq!(
            wrap("one two three four", 9, 9),
            ["one two", "three", "four"]
        );
        assert_eq!(wrap("one two three four", 9, 2), ["one two", "three …"]);
        assert_eq!(wrap("", 9, 2), Vec::<String>::new());
        assert_eq!(wrap("extraordinarily", 6, 2), ["extra…"]);
    }

    #[test]
    fn the_widest_is_bounded() {
        assert_eq!(widest(["a", "abc"].into_iter(), 10), 3);
        assert_eq!(widest(["a", "abc"].into_iter(), 2), 2);
    }
}
