//! A copy of the text without what only the preprocessor understands: `NS_ASSUME_NONNULL_BEGIN`,
//! attributes and exports by macro; `NS_ENUM(type, name)` becomes a plain `enum`.
//!
//! Guesses by spelling and place; what is blanked keeps its length and its line breaks.

use std::borrow::Cow;

/// Bytes of a macro's arguments.
const MAX_ARGUMENTS: usize = 1024;

/// Macros that begin an enumeration.
const ENUMS: [&[u8]; 8] = [
    b"NS_ENUM",
    b"NS_OPTIONS",
    b"NS_CLOSED_ENUM",
    b"NS_ERROR_ENUM",
    b"CF_ENUM",
    b"CF_OPTIONS",
    b"CF_CLOSED_ENUM",
    b"RCT_ENUM",
];

/// Words of the compiler that the grammar does not know.
const OLD_WORDS: [&[u8]; 6] = [
    b"__nullable",
    b"__nonnull",
    b"__null_unspecified",
    b"__deprecated_msg",
    b"__deprecated",
    b"__unused",
];

/// The text for the parser.
pub(super) fn mask(source: &[u8]) -> Cow<'_, [u8]> {
    let mut out = Cow::Borrowed(source);
    let mut at = 0;
    // The last byte before `at` that is no white space or comment, and whether the word there is a
    // `typedef` and where it starts.
    let mut before = b'\n';
    let mut typedef = None;
    // Of a class: whether its head is open, and how many braces are where instance variables stand.
    let (mut head, mut braces) = (false, 0usize);
    while let Some(byte) = source.get(at) {
        match byte {
            b'/' if matches!(source.get(at + 1), Some(b'/')) => at = line_end(source, at),
            b'/' if matches!(source.get(at + 1), Some(b'*')) => {
                let rest = source.get(at + 2..).unwrap_or_default();
                at = memchr::memmem::find(rest, b"*/").map_or(source.len(), |end| at + end + 4);
            }
            b'#' if is_line_start(source, at) => {
                let end = directive_end(source, at);
                if braces > 0 {
                    blank(out.to_mut(), at, end);
                }
                at = end;
            }
            b'"' | b'\'' => {
                at = string_end(source, at);
                before = b'"';
            }
            byte if byte.is_ascii_alphabetic() || *byte == b'_' => {
                let end = word_end(source, at);
                let word = source.get(at..end).unwrap_or_default();
                if ENUMS.contains(&word) && typedef.is_some() {
                    at = enumeration(source, &mut out, typedef.unwrap_or(at), end);
                    before = b'x';
                } else if let Some(until) = macro_end(source, word, at, end, before) {
                    blank(out.to_mut(), at, until);
                    at = until;
                } else {
                    at = end;
                    before = b'x';
                }
                typedef = (word == b"typedef").then_some(end - word.len());
            }
            byte => {
                match byte {
                    b'@' => {
                        let rest = source.get(at + 1..).unwrap_or_default();
                        head = rest.starts_with(b"interface");
                    }
                    b';' | b'-' | b'+' => head = false,
                    b'{' if head || braces > 0 => {
                        braces += 1;
                        head = false;
                    }
                    b'}' => braces = braces.saturating_sub(1),
                    _ => {}
                }
                if !byte.is_ascii_whitespace() {
                    before = *byte;
                    typedef = None;
                }
                at += 1;
            }
        }
    }
    out
}

/// Where a macro that stands for an attribute, an export or nothing at all ends; `None` for words
/// that are not such.
fn macro_end(source: &[u8], word: &[u8], at: usize, end: usize, before: u8) -> Option<usize> {
    if OLD_WORDS.contains(&word) {
        return Some(arguments_end(source, end));
    }
    if !is_macro(word) {
        return None;
    }
    let until = arguments_end(source, end);
    let next = next_byte(source, until);
    let own_line =
        is_line_start(source, at) && matches!(source.get(until), None | Some(b'\n' | b'\r'));
    let export = [b"_EXPORT".as_slice(), b"_EXTERN", b"_API", b"_INLINE"]
        .iter()
        .any(|tail| word.ends_with(tail));
    if is_line_start(source, at) && (own_line || export || next == b'@') {
        return Some(until);
    }
    let ends = matches!(next, b';' | b'{' | b',' | b'}') || is_macro_at(source, until);
    let known = [b"NS_".as_slice(), b"API_", b"UI_", b"CF_", b"UIKIT_"]
        .iter()
        .any(|head| word.starts_with(head))
        || [b"DEPRECATED".as_slice(), b"AVAILABLE", b"SWIFT_NAME"]
            .iter()
            .any(|part| memchr::memmem::find(word, part).is_some());
    let trailing = before == b')' || before == b'x' && known;
    (ends && trailing).then_some(until)
}

/// A word in capitals with an underscore in it.
fn is_macro(word: &[u8]) -> bool {
    word.len() > 3
        && word.contains(&b'_')
        && word.iter().any(u8::is_ascii_uppercase)
        && word
            .iter()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
}

fn is_macro_at(source: &[u8], at: usize) -> bool {
    let rest = source.get(at..).unwrap_or_default();
    let start = at
        + rest
            .iter()
            .take_while(|b| matches!(b, b' ' | b'\t'))
            .count();
    is_macro(
        source
            .get(start..word_end(source, start))
            .unwrap_or_default(),
    )
}

/// `typedef NS_ENUM(NSInteger, Name)` to `enum Name`, in the places where the words stand.
fn enumeration(source: &[u8], out: &mut Cow<'_, [u8]>, start: usize, end: usize) -> usize {
    let until = arguments_end(source, end);
    let Some(arguments) = source.get(end..until) else {
        return end;
    };
    let Some(comma) = memchr::memchr(b',', arguments) else {
        return until.max(end);
    };
    let out = out.to_mut();
    blank(out, start, end + comma + 1);
    blank(out, until - 1, until);
    if let Some(place) = out.get_mut(start..start + 4) {
        place.copy_from_slice(b"enum");
    }
    until
}

/// The byte after `( … )`, should that follow; else `end`.
fn arguments_end(source: &[u8], end: usize) -> usize {
    let Some(text) = source.get(end..) else {
        return end;
    };
    let spaces = text.iter().take_while(|b| **b == b' ').count();
    if text.get(spaces) != Some(&b'(') {
        return end;
    }
    let mut depth = 0usize;
    for (index, byte) in text.iter().enumerate().skip(spaces).take(MAX_ARGUMENTS) {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return end + index + 1;
                }
            }
            _ => {}
        }
    }
    end
}

fn word_end(source: &[u8], at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let inside = |b: &&u8| b.is_ascii_alphanumeric() || **b == b'_';
    at + rest.iter().take_while(inside).count()
}

fn line_end(source: &[u8], at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    memchr::memchr(b'\n', rest).map_or(source.len(), |end| at + end)
}

/// As [`line_end`], lines that end in a backslash joined.
fn directive_end(source: &[u8], at: usize) -> usize {
    let mut at = at;
    loop {
        let end = line_end(source, at);
        let line = source.get(at..end).unwrap_or_default().trim_ascii_end();
        if !line.ends_with(b"\\") || end >= source.len() {
            return end;
        }
        at = end + 1;
    }
}

fn string_end(source: &[u8], at: usize) -> usize {
    let quote = source.get(at).copied().unwrap_or_default();
    let rest = source.get(at + 1..).unwrap_or_default();
    let mut escaped = false;
    for (index, byte) in rest.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'\n' => return at + 1 + index,
            byte if *byte == quote => return at + 2 + index,
            _ => {}
        }
    }
    source.len()
}

fn next_byte(source: &[u8], at: usize) -> u8 {
    let rest = source.get(at..).unwrap_or_default();
    rest.iter()
        .copied()
        .find(|b| !b.is_ascii_whitespace())
        .unwrap_or(b';')
}

/// Whether only blanks stand before `at` on its line. Looks back a bounded way.
fn is_line_start(source: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(64);
    let before = source.get(from..at).unwrap_or_default();
    let last = before.iter().rev().find(|b| !matches!(b, b' ' | b'\t'));
    last.is_none_or(|b| *b == b'\n')
}

fn blank(out: &mut [u8], start: usize, end: usize) {
    for byte in out.get_mut(start..end).unwrap_or_default() {
        if !matches!(*byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    fn masked(text: &str) -> String {
        let masked = mask(text.as_bytes());
        assert_eq!(masked.len(), text.len());
        let text = String::from_utf8(masked.into_owned()).unwrap();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn macros_disappear() {
        assert_eq!(masked("NS_ASSUME_NONNULL_BEGIN\n@class A;\n"), "@class A;");
        assert_eq!(
            masked("typedef NS_ENUM(NSInteger, Style) {\n A };"),
            "enum Style { A };"
        );
        assert_eq!(masked("- (void)a NS_SWIFT_NAME(b());"), "- (void)a ;");
        assert_eq!(
            masked("- (void)a:(int)b NS_AVAILABLE(1, 2) NS_UNAVAILABLE;"),
            "- (void)a:(int)b ;"
        );
        assert_eq!(
            masked("@interface A : B {\n#if X\n int a;\n#endif\n}\n#if Y\n- (A * __nullable)b;\n"),
            "@interface A : B { int a; } #if Y - (A * )b;"
        );
        assert_eq!(masked("FOUNDATION_EXPORT NSString *A;"), "NSString *A;");
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "#define NS_A 1",
            "int a = NS_MAX;",
            "extern int FOO_BAR;",
            "// NS_ENUM(a, b)",
            "x = @\"NS_A\";",
            "enum { FOO_A, FOO_B };",
        ] {
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn odd_ends_do_not_panic() {
        for text in [
            "NS_A(",
            "typedef NS_ENUM(",
            "/*",
            "\"",
            "'\\",
            "#x\\",
            "typedef NS_ENUM()",
            "NS_A((",
        ] {
            mask(text.as_bytes());
        }
    }
}
