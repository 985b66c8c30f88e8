//! The rewritings which turn what people write into bounds.

use super::comparator::split_operator;
use super::scan::{Partial, identifiers_len, is_x, partial, plain_len};

/// Drops `+build` wherever it stands.
pub(super) fn strip_build(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((front, behind)) = rest.split_once('+') {
        out.push_str(front);
        let len = identifiers_len(behind);
        if len == 0 {
            out.push('+');
        }
        rest = behind.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// `1.2 - 3.4` to `>=1.2.0 <3.5.0-0`; other texts stay.
pub(super) fn hyphen(text: &str, prereleases: bool) -> Option<String> {
    let (from_text, to_text) = text.split_once(" - ")?;
    let (from_text, to_text) = (from_text.trim(), to_text.trim());
    let (from, to) = (partial(from_text)?, partial(to_text)?);
    let zero = if prereleases { "-0" } else { "" };
    let lower = if is_x(Some(from.major)) {
        String::new()
    } else if is_x(from.minor) {
        format!(">={}.0.0{zero}", from.major)
    } else if is_x(from.patch) {
        format!(">={}.{}.0{zero}", from.major, text_of(from.minor))
    } else if from.pre.is_empty() {
        format!(">={from_text}{zero}")
    } else {
        format!(">={from_text}")
    };
    let upper = if is_x(Some(to.major)) {
        String::new()
    } else if is_x(to.minor) {
        format!("<{}.0.0-0", next(to.major))
    } else if is_x(to.patch) {
        format!("<{}.{}.0-0", to.major, next(text_of(to.minor)))
    } else {
        let (major, minor, patch) = (to.major, text_of(to.minor), text_of(to.patch));
        if !to.pre.is_empty() {
            format!("<={major}.{minor}.{patch}-{}", to.pre)
        } else if prereleases {
            format!("<{major}.{minor}.{}-0", next(patch))
        } else {
            format!("<={to_text}")
        }
    };
    Some(format!("{lower} {upper}").trim().to_owned())
}

/// `>= 1.2` to `>=1.2`: drops the space between an operator and its version.
pub(super) fn join_operators(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let unspaced = rest.strip_prefix(' ').unwrap_or(rest);
        let (sign, version) = split_operator(unspaced);
        let len = plain_len(version);
        if len == 0 {
            out.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
            continue;
        }
        if unspaced.len() < rest.len() {
            out.push(' ');
        }
        let (version, behind) = version.split_at_checked(len).unwrap_or((version, ""));
        out.push_str(sign);
        out.push_str(version);
        rest = behind;
    }
    out
}

/// `~ 1.2` and `~> 1.2` to `~1.2`, `^ 1.2` to `^1.2`.
pub(super) fn join_shorthands(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        out.push(first);
        rest = rest.get(first.len_utf8()..).unwrap_or_default();
        let joined = match first {
            '~' => rest.strip_prefix('>').unwrap_or(rest).strip_prefix(' '),
            '^' => rest.strip_prefix(' '),
            _ => None,
        };
        rest = joined.unwrap_or(rest);
    }
    out
}

/// One word (`^1.2`, `~1.x`, `>=1`, `*`) to words that are bounds.
pub(super) fn expand(word: &str, prereleases: bool) -> String {
    let shorthand = caret(word, prereleases).or_else(|| tilde(word, prereleases));
    let bounds: Vec<String> = shorthand
        .as_deref()
        .unwrap_or(word)
        .split(' ')
        .map(|word| x_range(word, prereleases).unwrap_or_else(|| word.to_owned()))
        .collect();
    let words: Vec<&str> = bounds.iter().flat_map(|bound| bound.split(' ')).collect();
    without_star(words.join(" ").trim())
}

fn caret(word: &str, prereleases: bool) -> Option<String> {
    let found = partial(word.strip_prefix('^')?)?;
    let lower = match lower(&found, prereleases) {
        Lower::Whole(range) => return Some(range),
        Lower::Bound(lower) => lower,
    };
    let (major, minor, patch) = (found.major, text_of(found.minor), found.patch);
    let upper = match (major, minor) {
        ("0", "0") if !is_x(patch) => format!("<0.0.{}-0", next(text_of(patch))),
        ("0", _) => format!("<0.{}.0-0", next(minor)),
        _ => format!("<{}.0.0-0", next(major)),
    };
    Some(format!("{lower} {upper}"))
}

fn tilde(word: &str, prereleases: bool) -> Option<String> {
    let behind = word.strip_prefix('~')?;
    // `~>1.2` is `~1.2`.
    let found = partial(behind.strip_prefix('>').unwrap_or(behind))?;
    Some(match lower(&found, prereleases) {
        Lower::Whole(range) => range,
        Lower::Bound(lower) => {
            let upper = next(text_of(found.minor));
            format!("{lower} <{}.{upper}.0-0", found.major)
        }
    })
}

/// What a caret and a tilde have in common.
enum Lower {
    /// Without a minor number both mean the same range.
    Whole(String),
    /// Where the range begins.
    Bound(String),
}

fn lower(found: &Partial<'_>, prereleases: bool) -> Lower {
    let Partial {
        major,
        minor,
        patch,
        pre,
    } = *found;
    let zero = if prereleases { "-0" } else { "" };
    if is_x(Some(major)) {
        return Lower::Whole(String::new());
    }
    if is_x(minor) {
        return Lower::Whole(format!(">={major}.0.0{zero} <{}.0.0-0", next(major)));
    }
    let minor = text_of(minor);
    Lower::Bound(if is_x(patch) {
        format!(">={major}.{minor}.0{zero}")
    } else if pre.is_empty() {
        format!(">={major}.{minor}.{}", text_of(patch))
    } else {
        format!(">={major}.{minor}.{}-{pre}", text_of(patch))
    })
}

/// `None` leaves the word as it is.
fn x_range(word: &str, prereleases: bool) -> Option<String> {
    let (sign, version) = split_operator(word);
    let Partial {
        major,
        minor,
        patch,
        pre: _,
    } = partial(version)?;
    let out_of_order =
        (is_x(Some(major)) && !is_x(minor)) || (is_x(minor) && patch.is_some() && !is_x(patch));
    if out_of_order {
        return None;
    }
    if is_x(Some(major)) {
        let nothing = sign == ">" || sign == "<";
        return Some(if nothing { "<0.0.0-0" } else { "*" }.to_owned());
    }
    if !is_x(patch) {
        return None;
    }
    let zero = if prereleases { "-0" } else { "" };
    // The first version of the next block: that behind `1.x` is 2.0.0, behind `1.2.x` 1.3.0.
    let (first, beyond) = if is_x(minor) {
        (format!("{major}.0.0"), format!("{}.0.0", next(major)))
    } else {
        let minor = text_of(minor);
        (
            format!("{major}.{minor}.0"),
            format!("{major}.{}.0", next(minor)),
        )
    };
    Some(match sign {
        ">" => format!(">={beyond}{zero}"),
        ">=" => format!(">={first}{zero}"),
        "<" => format!("<{first}-0"),
        "<=" => format!("<{beyond}-0"),
        _ => format!(">={first}{zero} <{beyond}-0"),
    })
}

/// Drops the first `*` with its operator: a star is no bound.
fn without_star(text: &str) -> String {
    let Some((front, behind)) = text.split_once('*') else {
        return text.to_owned();
    };
    let front = front.strip_suffix(' ').unwrap_or(front);
    let front = front.strip_suffix('=').unwrap_or(front);
    let front = front.strip_suffix(['<', '>']).unwrap_or(front);
    format!("{front}{behind}")
}

fn text_of(part: Option<&str>) -> &str {
    part.unwrap_or("0")
}

/// The number after `digits`, as JavaScript prints it: exact up to 2⁵³, and unreadable as a number
/// from 10²¹ on, which is what makes such a bound fall away.
fn next(digits: &str) -> String {
    let number = digits.parse::<f64>().unwrap_or(f64::INFINITY) + 1.0;
    if number < 1e21 {
        format!("{number:.0}")
    } else {
        format!("{number:e}")
    }
}
