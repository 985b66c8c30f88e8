//! The shapes out of which versions and ranges are made.

/// What JavaScript's `\s` and `trim()` take for white space.
pub(super) fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}

fn is_identifier_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Drops leading `v`, `=` and spaces.
pub(super) fn skip_prefix(text: &str) -> &str {
    text.trim_start_matches(|c| c == 'v' || c == '=' || is_space(c))
}

/// Leading ASCII digits, at least one, and the rest.
pub(super) fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    text.split_at_checked(end)
        .filter(|(run, _)| !run.is_empty())
}

/// `a.b-c.1`: how many bytes of dot-separated identifiers `text` starts with.
pub(super) fn identifiers_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|b| is_identifier_byte(**b)).count()
    };
    let mut end = run(0);
    while end > 0 && bytes.get(end) == Some(&b'.') {
        match run(end + 1) {
            0 => break,
            more => end += 1 + more,
        }
    }
    end
}

fn are_identifiers(text: &str) -> bool {
    !text.is_empty() && identifiers_len(text) == text.len()
}

/// What may follow the third number: `-pre`, `pre`, `+build`. Gives the prerelease, empty if none.
fn tail(text: &str) -> Option<&str> {
    let (pre, build) = match text.split_once('+') {
        Some((pre, build)) => (pre, Some(build)),
        None => (text, None),
    };
    if build.is_some_and(|build| !are_identifiers(build)) {
        return None;
    }
    match pre.strip_prefix('-') {
        _ if pre.is_empty() => Some(pre),
        Some(stripped) if are_identifiers(stripped) => Some(stripped),
        _ => are_identifiers(pre).then_some(pre),
    }
}

/// The third number and the prerelease behind it. Loose grammar gives digits back to make the rest
/// fit: `34.5` is patch 3, prerelease `4.5`.
fn patch_and_tail(text: &str) -> Option<(&str, &str)> {
    let (run, _) = digits(text)?;
    (1..=run.len()).rev().find_map(|end| {
        let (patch, rest) = text.split_at_checked(end)?;
        Some((patch, tail(rest)?))
    })
}

/// The texts of a version's numbers and its prerelease (empty if none).
#[derive(Clone, Copy, Debug)]
pub(super) struct VersionText<'a> {
    pub(super) major: &'a str,
    pub(super) minor: &'a str,
    pub(super) patch: &'a str,
    pub(super) pre: &'a str,
}

/// A whole text as a loose version.
pub(super) fn version(text: &str) -> Option<VersionText<'_>> {
    let (major, rest) = digits(skip_prefix(text))?;
    let (minor, rest) = digits(rest.strip_prefix('.')?)?;
    let (patch, pre) = patch_and_tail(rest.strip_prefix('.')?)?;
    Some(VersionText {
        major,
        minor,
        patch,
        pre,
    })
}

/// The texts of a partial version; `None` and `x`, `X`, `*` stand for any number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Partial<'a> {
    pub(super) major: &'a str,
    pub(super) minor: Option<&'a str>,
    pub(super) patch: Option<&'a str>,
    pub(super) pre: &'a str,
}

/// Whether a number of a [`Partial`] stands for any.
pub(super) fn is_x(part: Option<&str>) -> bool {
    matches!(part, None | Some("" | "x" | "X" | "*"))
}

fn number_or_x(text: &str) -> Option<(&str, &str)> {
    if text.starts_with(['x', 'X', '*']) {
        text.split_at_checked(1)
    } else {
        digits(text)
    }
}

/// A whole text as a loose partial version.
pub(super) fn partial(text: &str) -> Option<Partial<'_>> {
    let (major, rest) = number_or_x(skip_prefix(text))?;
    let mut found = Partial {
        major,
        minor: None,
        patch: None,
        pre: "",
    };
    if rest.is_empty() {
        return Some(found);
    }
    let (minor, rest) = number_or_x(rest.strip_prefix('.')?)?;
    found.minor = Some(minor);
    if rest.is_empty() {
        return Some(found);
    }
    let rest = rest.strip_prefix('.')?;
    let (patch, pre) = match rest.strip_prefix(['x', 'X', '*']) {
        Some(behind) => (rest.get(..1)?, tail(behind)?),
        None => patch_and_tail(rest)?,
    };
    found.patch = Some(patch);
    found.pre = pre;
    Some(found)
}

/// How many bytes of `text` are a version or partial version, its prefix included; 0 if none.
pub(super) fn plain_len(text: &str) -> usize {
    let body = skip_prefix(text);
    let mut rest = body;
    let mut parts = 0;
    let mut any = false;
    while parts < 3 {
        let from = if parts == 0 {
            Some(rest)
        } else {
            rest.strip_prefix('.')
        };
        let Some((part, behind)) = from.and_then(number_or_x) else {
            break;
        };
        any |= is_x(Some(part));
        rest = behind;
        parts += 1;
    }
    if parts == 0 {
        return 0;
    }
    if parts == 3 {
        let stripped = rest.strip_prefix('-').filter(|s| identifiers_len(s) > 0);
        // Without a dash only a version made of numbers can have a prerelease.
        let pre = match stripped {
            Some(stripped) => stripped,
            None if any => "",
            None => rest,
        };
        let len = identifiers_len(pre);
        rest = pre.get(len..).filter(|_| len > 0).unwrap_or(rest);
    }
    text.len() - rest.len()
}
