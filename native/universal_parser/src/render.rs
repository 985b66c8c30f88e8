//! An outline as text for people (and for snapshot tests).

use std::fmt::Write as _;

use registry_types::Visibility;

use crate::outline::{LinkKind, Marks, Outline};

/// One block per item: lines, kind, qualified name; signature; documentation.
///
/// Control characters of the text are escaped: it may come from strangers and go to a terminal.
#[must_use]
pub fn render(outline: &Outline) -> String {
    let mut text = String::new();
    let errors = if outline.has_errors {
        ", has syntax errors"
    } else {
        ""
    };
    let cut = if outline.truncated {
        ", not complete"
    } else {
        ""
    };
    let _ = writeln!(
        text,
        "# {} {}{errors}{cut}",
        outline.language,
        safe(&outline.module)
    );
    for item in &outline.items {
        let sign = match item.visibility {
            Visibility::Public => '+',
            Visibility::Internal => '-',
        };
        let language = item.language.as_deref();
        let language = language.map(|name| format!("  [{}]", safe(name)));
        let _ = writeln!(
            text,
            "{sign} {} {}  {}:{}{}{}",
            item.kind.as_str(),
            safe(&item.qualified_name),
            item.start_line,
            item.end_line,
            marks(item.marks),
            language.unwrap_or_default()
        );
        let _ = writeln!(text, "    {}", safe(&item.signature));
        if let Some(condition) = &item.condition {
            let _ = writeln!(text, "    ? {}", safe(condition));
        }
        for alias in &item.aliases {
            let _ = writeln!(text, "    also {}", safe(alias));
        }
        for line in item.doc.iter().flat_map(|doc| doc.lines()) {
            let _ = writeln!(text, "{}", format!("    | {}", safe(line)).trim_end());
        }
    }
    text
}

/// The links of an outline, one per line.
#[must_use]
pub fn render_links(outline: &Outline) -> String {
    let mut text = String::new();
    for link in &outline.links {
        let kind = match link.kind {
            LinkKind::Import => "import",
            LinkKind::Export => "export",
            LinkKind::Module => "module",
            LinkKind::Member => "member",
        };
        let from = link
            .from
            .as_deref()
            .map(|from| format!(" from {from}"))
            .unwrap_or_default();
        let alias = link
            .alias
            .as_deref()
            .map(|name| format!(" as {name}"))
            .unwrap_or_default();
        let line = format!("{kind} {}{alias}{from} in {}", link.name, link.scope);
        let _ = writeln!(text, "= {}", safe(&line));
    }
    text
}

fn marks(marks: Marks) -> String {
    let names = [
        (Marks::HIDDEN, "hidden"),
        (Marks::DEFAULT, "default"),
        (Marks::CONDITIONAL, "conditional"),
        (Marks::IMPLEMENTS, "implements"),
        (Marks::DECLARATION, "declaration"),
        (Marks::DEPRECATED, "deprecated"),
        (Marks::GENERATED, "generated"),
        (Marks::OPEN, "open"),
    ];
    let set: Vec<_> = names
        .iter()
        .filter(|(mark, _)| marks.has(*mark))
        .map(|(_, name)| *name)
        .collect();
    if set.is_empty() {
        String::new()
    } else {
        format!("  ({})", set.join(", "))
    }
}

fn safe(text: &str) -> String {
    let odd = |c: char| (c.is_control() && c != '\t') || is_bidi(c);
    if !text.contains(odd) {
        return text.to_owned();
    }
    text.chars()
        .fold(String::with_capacity(text.len() + 8), |mut safe, c| {
            if odd(c) {
                safe.extend(c.escape_unicode());
            } else {
                safe.push(c);
            }
            safe
        })
}

/// Characters that reorder the text around them.
fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        assert_eq!(safe("a\u{1b}[2Jb\u{202e}c"), "a\\u{1b}[2Jb\\u{202e}c");
    }
}
