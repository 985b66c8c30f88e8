//! Which language a file is in: its name, else its `#!` line.

use crate::language::Language;

/// The language of a file by its path, and by its text where the path leaves a choice.
///
/// ```
/// use universal_parser::detect;
///
/// assert_eq!(detect("src/lib.rs", b"").unwrap().name(), "rust");
/// assert!(detect("LICENSE", b"MIT").is_none());
/// ```
#[must_use]
pub fn detect(path: &str, source: &[u8]) -> Option<Language> {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some(language) = Language::all().find(|l| l.0.is_named(name)) {
        return Some(language);
    }
    let lower = name.to_ascii_lowercase();
    let mut rest = lower.as_str();
    while let Some((_, extension)) = rest.split_once('.') {
        let found = Language::all()
            .find(|l| l.0.extensions().contains(&extension) && l.0.claims(path, source));
        if found.is_some() {
            return found;
        }
        rest = extension;
    }
    if lower.contains('.') {
        return None;
    }
    let interpreter = interpreter(source)?;
    Language::all().find(|l| l.0.interpreters().contains(&interpreter))
}

/// `python` of `#!/usr/bin/env -S python3.12 -u`.
fn interpreter(source: &[u8]) -> Option<&str> {
    let line = source.strip_prefix(b"#!")?;
    let line = line.get(..line.len().min(256))?;
    let line = line.split(|b| *b == b'\n').next()?;
    let mut words = std::str::from_utf8(line).ok()?.split_ascii_whitespace();
    let mut program = words.next()?.rsplit('/').next()?;
    if program == "env" {
        program = words.find(|word| !word.starts_with('-') && !word.contains('='))?;
    }
    let program = program.rsplit('/').next()?;
    Some(program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_interpreter() {
        assert_eq!(interpreter(b"#!/usr/bin/python3.12\n"), Some("python"));
        assert_eq!(
            interpreter(b"#! /usr/bin/env -S A=1 node --x"),
            Some("node")
        );
        assert_eq!(interpreter(b"#!"), None);
        assert_eq!(interpreter(b"x"), None);
    }
}
