//! XML documentation to text.

use crate::walk::Walk;

/// The documentation before the current node, rid of its tags.
pub(super) fn doc(walk: &Walk<'_>) -> Option<String> {
    let doc = walk.lead.doc(walk.source)?;
    if !doc.contains(['<', '&']) {
        return Some(doc);
    }
    let text = text_of(&doc);
    (!text.is_empty()).then_some(text)
}

/// Tags become what they stand for: references their target, parameters a line of their own.
fn text_of(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let (text, taken) = if after.starts_with('<') {
            tag(after)
        } else {
            entity(after)
        };
        out.push_str(&text);
        rest = after.get(taken..).unwrap_or_default();
    }
    out.push_str(rest);
    tidy(&out)
}

/// What the tag at the start of `text` stands for, and its length.
fn tag(text: &str) -> (String, usize) {
    const MAX_TAG: usize = 1024;
    let is_tag = text
        .get(1..)
        .is_some_and(|text| text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/'));
    let end = text
        .bytes()
        .take(MAX_TAG)
        .position(|byte| byte == b'>')
        .filter(|_| is_tag);
    let Some(inside) = end.and_then(|end| text.get(1..end)) else {
        return ("<".to_owned(), 1);
    };
    let length = inside.len() + 2;
    let closing = inside.starts_with('/');
    let name = inside.trim_start_matches('/');
    let name = name
        .split(|c: char| c.is_whitespace() || c == '/')
        .next()
        .unwrap_or_default();
    let target = || {
        ["cref", "name", "langword", "href"]
            .iter()
            .find_map(|key| attribute(inside, key))
            .unwrap_or_default()
    };
    let empty = inside.ends_with('/');
    let text = match name {
        "c" => "`".to_owned(),
        "see" | "seealso" | "paramref" | "typeparamref" if empty => target().to_owned(),
        "param" | "typeparam" | "exception" if !closing => format!("\n{}: ", target()),
        "returns" if !closing => "\nReturns: ".to_owned(),
        "value" if !closing => "\nValue: ".to_owned(),
        "para" | "remarks" | "example" | "br" | "summary" | "code" => "\n\n".to_owned(),
        "item" if !closing => "\n- ".to_owned(),
        _ => String::new(),
    };
    (text, length)
}

/// The value of an attribute; of `cref` without its kind (`T:`).
fn attribute<'t>(tag: &'t str, key: &str) -> Option<&'t str> {
    let at = tag.find(&format!(" {key}="))?;
    let value = tag.get(at + key.len() + 2..)?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = value.get(1..)?.split(quote).next()?;
    match value.split_once(':') {
        Some((kind, target)) if kind.len() == 1 => Some(target),
        _ => Some(value),
    }
}

fn entity(text: &str) -> (String, usize) {
    for (name, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&apos;", "'"),
    ] {
        if text.starts_with(name) {
            return (character.to_owned(), name.len());
        }
    }
    ("&".to_owned(), 1)
}

/// At most one empty line at a time, none at the ends, no space at the end of lines.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines() {
        let line = line.trim_end();
        if line.trim().is_empty() {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push('\n');
            if empty > 0 {
                out.push('\n');
            }
        }
        empty = 0;
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn tags_become_text() {
        let xml = "<summary>\nAdds <paramref name=\"a\"/> to <see cref=\"T:X.Y\" />, if a &lt; b.\n</summary>\n\
            <param name=\"a\">The <c>first</c>.</param>\n<returns>Sum.</returns>";
        assert_eq!(
            text_of(xml),
            "Adds a to X.Y, if a < b.\n\na: The `first`.\n\nReturns: Sum."
        );
        assert_eq!(text_of("<inheritdoc/>"), "");
        assert_eq!(text_of("a < b & c <"), "a < b & c <");
    }
}
