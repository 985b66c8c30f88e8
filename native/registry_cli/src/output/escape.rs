//! Strangers' text on a terminal.

/// Whether a terminal would act on the character instead of showing it: control characters, which
/// move the cursor or set the title, and those that reorder what is read.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
        )
}

/// Text on one line: white space becomes single spaces, unsafe characters become visible.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        push(&mut out, word);
    }
    out
}

/// Text on its lines, with tabs kept; unsafe characters become visible.
pub(crate) fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        for part in line.split_inclusive('\t') {
            push(&mut out, part.trim_end_matches('\t'));
            if part.ends_with('\t') {
                out.push('\t');
            }
        }
        out.push('\n');
    }
    out
}

fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        if is_unsafe(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
}

/// JSON that is safe to show as well: such characters occur within strings only, where they may
/// be written as escapes.
pub(crate) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_unsafe(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_not_commanded() {
        assert_eq!(
            one_line("a\u{1b}[31m\n  b\u{9b}c\t"),
            "a\\u{1b}[31m b\\u{9b}c"
        );
        assert_eq!(one_line("abc\u{202e}def\u{7f}"), "abc\\u{202e}def\\u{7f}");
        assert_eq!(lines("a\tb\r\n\u{7}c\rd"), "a\tb\n\\u{7}c\\u{d}d\n");
        assert_eq!(one_line("grün 🦀 日本"), "grün 🦀 日本");
    }

    #[test]
    fn json_stays_the_same_value() {
        let value = serde_json::json!({"x": "a\u{1b}\u{9b}\u{202e}\u{7f}é🦀"});
        let text = json(&value.to_string());
        assert!(text.chars().all(|c| !is_unsafe(c)), "{text}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }
}
