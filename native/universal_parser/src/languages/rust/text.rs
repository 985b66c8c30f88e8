//! Words and literals of attributes.

/// The identifiers in `text`.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

/// An identifier or path without the `r#` of raw identifiers.
pub(super) fn plain(path: &str) -> String {
    path.replace("r#", "")
}

/// The text of a plain or raw string literal.
pub(super) fn literal(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        let raw = raw.trim_start_matches('#').trim_end_matches('#');
        return raw.strip_prefix('"')?.strip_suffix('"').map(str::to_owned);
    }
    let plain = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::with_capacity(plain.len());
    let mut chars = plain.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('t') => text.push('\t'),
            Some('r') => text.push('\r'),
            Some('0') => text.push('\0'),
            // The line goes on without its break and indentation.
            Some('\n') => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            Some('u') => text.extend(unicode(&mut chars)),
            Some(other) => text.push(other),
            None => {}
        }
    }
    Some(text)
}

/// `include_str!("file")` as the file's name between two control characters: the resolution across
/// files has the text. A `/` before the name stands for the manifest's directory.
pub(super) fn included(call: &str) -> Option<String> {
    let arguments = call.strip_prefix("include_str!")?.trim();
    let start = arguments.find('"')?;
    let from_manifest = arguments.contains("CARGO_MANIFEST_DIR");
    let quoted = if from_manifest {
        let end = arguments.rfind('"')?;
        let start = arguments.get(..end)?.rfind('"')?;
        arguments.get(start..=end)?
    } else {
        arguments.get(start..=arguments.rfind('"')?)?
    };
    let name = literal(quoted)?;
    let slash = if from_manifest { "/" } else { "" };
    let name = name.trim_start_matches('/');
    (name.len() < 256).then(|| format!("\u{2}{slash}{name}\u{3}"))
}

/// The rest of `\u{1F600}`.
fn unicode(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<char> {
    chars.next_if_eq(&'{')?;
    let mut code = 0u32;
    for _ in 0..8 {
        match chars.next()? {
            '}' => break,
            '_' => {}
            digit => code = code.checked_mul(16)?.checked_add(digit.to_digit(16)?)?,
        }
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::{included, literal};

    #[test]
    fn escapes_are_read() {
        assert_eq!(literal(r#""a\n\"b\" \u{e9}""#).unwrap(), "a\n\"b\" é");
        assert_eq!(literal("r##\"a\\n\"##").unwrap(), "a\\n");
        assert_eq!(literal("\"a \\\n   b\"").unwrap(), "a b");
        assert_eq!(literal("include_str!(\"a\")"), None);
    }

    #[test]
    fn included_files_are_named() {
        assert_eq!(
            included("include_str!(\"../R.md\")").as_deref(),
            Some("\u{2}../R.md\u{3}")
        );
        let call = "include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/R.md\"))";
        assert_eq!(included(call).as_deref(), Some("\u{2}/R.md\u{3}"));
        assert_eq!(included("concat!(\"a\")"), None);
    }
}
