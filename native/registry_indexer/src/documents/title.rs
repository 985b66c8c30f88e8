use registry_types::DocumentFormat;

/// A title further down is no title, and a hostile text is not searched to its end for one.
const LINES: usize = 200;
const LONGEST: usize = 200;

/// The first heading of a text as its format writes it.
pub(super) fn title(format: DocumentFormat, text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().take(LINES).collect();
    let found = match format {
        DocumentFormat::Markdown => markdown(&lines),
        DocumentFormat::Rst => underlined(&lines, |c| c.is_ascii_punctuation(), plain),
        DocumentFormat::Asciidoc => asciidoc(&lines),
        DocumentFormat::Plain => underlined(&lines, |c| matches!(c, '=' | '-' | '~'), plain),
        DocumentFormat::Html => None,
    }?;
    tidy(&found)
}

/// One line without control characters and of a bearable length; `None` when nothing is left.
pub(super) fn tidy(title: &str) -> Option<String> {
    let words: Vec<&str> = title
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let mut line = words.join(" ");
    line.truncate(line.floor_char_boundary(LONGEST));
    (!line.is_empty()).then_some(line)
}

fn markdown(lines: &[&str]) -> Option<String> {
    let mut fence: Option<&str> = None;
    let mut comment = false;
    let start = front_matter(lines);
    if let Some(title) = lines
        .get(..start)
        .and_then(|matter| matter.iter().find_map(|line| line.strip_prefix("title:")))
    {
        let title = title.trim().trim_matches(['"', '\'']);
        if !title.is_empty() {
            return Some(title.to_owned());
        }
    }
    for (at, line) in lines.iter().enumerate().skip(start) {
        let trimmed = line.trim();
        if let Some(open) = fence {
            fence = Some(open).filter(|open| !trimmed.starts_with(open));
            continue;
        }
        if comment || trimmed.starts_with("<!--") {
            comment = !trimmed.contains("-->");
            continue;
        }
        fence = ["```", "~~~"]
            .into_iter()
            .find(|mark| trimmed.starts_with(mark));
        if fence.is_some() || line.starts_with("    ") {
            continue;
        }
        let heading = atx(trimmed)
            .or_else(|| setext(trimmed, lines.get(at + 1).copied()))
            .or_else(|| html_heading(lines.get(at..).unwrap_or_default()));
        // A heading of nothing but images is a banner: the next one may have words.
        if let Some(title) = heading.map(inline).and_then(|text| tidy(&text)) {
            return Some(title);
        }
    }
    None
}

/// The number of lines of a YAML front matter.
fn front_matter(lines: &[&str]) -> usize {
    if lines.first().map(|line| line.trim_end()) != Some("---") {
        return 0;
    }
    lines
        .iter()
        .skip(1)
        .position(|line| line.trim_end() == "---")
        .map_or(0, |end| end + 2)
}

fn atx(line: &str) -> Option<String> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if !(1..=6).contains(&level) || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    Some(rest.trim().trim_end_matches('#').trim_end().to_owned())
}

fn setext(line: &str, next: Option<&str>) -> Option<String> {
    let mark = next?.trim();
    let underline = !mark.is_empty()
        && (mark.bytes().all(|b| b == b'=') || (mark.len() > 2 && mark.bytes().all(|b| b == b'-')));
    (underline && !line.is_empty() && !line.starts_with(['|', '-', '>'])).then(|| line.to_owned())
}

/// `<h1 align="center">…</h1>`, over at most ten lines.
fn html_heading(lines: &[&str]) -> Option<String> {
    let lower = lines.first()?.trim().to_ascii_lowercase();
    if !lower.starts_with("<h1") && !lower.starts_with("<h2") {
        return None;
    }
    let mut html = String::new();
    for line in lines.iter().take(10) {
        html.push_str(line);
        html.push('\n');
        if line.to_ascii_lowercase().contains("</h") {
            break;
        }
    }
    Some(super::html::to_text(&html).text)
}

/// The words of a heading (its first 2 kB: what follows is quadratic in odd ones): images dropped, links reduced to their text, emphasis and code marks
/// removed.
fn inline(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(10 * LONGEST));
    if !text.contains(['!', '[', '<', '*', '`', '&', '\\']) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '!' if after.starts_with('[') => skip_target(skip_brackets(after)),
            '[' => after,
            ']' => skip_target(after),
            '<' => match after.split_once('>') {
                Some((tag, tail)) if tag.starts_with(|c: char| c.is_alphabetic() || c == '/') => {
                    tail
                }
                _ => {
                    out.push('<');
                    after
                }
            },
            '*' | '`' => after,
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => {
                out.extend(after.chars().next());
                after.get(1..).unwrap_or_default()
            }
            c => {
                out.push(c);
                after
            }
        };
    }
    if out.contains('&') {
        return super::html::to_text(&out.replace('<', "&lt;")).text;
    }
    out
}

/// What follows `[…]`, brackets within brackets included.
fn skip_brackets(text: &str) -> &str {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '[' => depth += 1,
            ']' if depth <= 1 => return text.get(at + 1..).unwrap_or_default(),
            ']' => depth -= 1,
            _ => {}
        }
    }
    ""
}

/// What follows a link's `(…)` or `[…]`, if one stands here.
fn skip_target(text: &str) -> &str {
    let close = match text.chars().next() {
        Some('(') => ')',
        Some('[') => ']',
        _ => return text,
    };
    text.split_once(close).map_or("", |(_, tail)| tail)
}

fn asciidoc(lines: &[&str]) -> Option<String> {
    lines.iter().find_map(|line| {
        let rest = line.trim_start_matches(['=', '#']);
        let level = line.len() - rest.len();
        ((1..=6).contains(&level) && rest.starts_with(' ')).then(|| rest.trim().to_owned())
    })
}

/// A line over a row of one mark at least as long as itself, as in RST.
fn underlined(
    lines: &[&str],
    is_mark: fn(char) -> bool,
    clean: fn(&str) -> String,
) -> Option<String> {
    lines.windows(2).find_map(|pair| {
        let [line, below] = pair else { return None };
        let (text, marks) = (line.trim_end(), below.trim_end());
        let mark = marks.chars().next().filter(|c| is_mark(*c))?;
        let is_row = marks.chars().count() >= text.trim().chars().count().max(2)
            && marks.chars().all(|c| c == mark);
        let is_text = text.trim().chars().any(char::is_alphanumeric) && !text.starts_with("..");
        (is_row && is_text).then(|| clean(text.trim()))
    })
}

/// Removes RST's inline marks.
fn plain(text: &str) -> String {
    text.replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use DocumentFormat::{Asciidoc, Markdown, Plain, Rst};

    #[test]
    fn markdown_titles() {
        for (text, expected) in [
            ("# Tokio\n\ntext", Some("Tokio")),
            ("intro\n\n## Second ##\n", Some("Second")),
            ("Title\n=====\n", Some("Title")),
            ("```\n# no title\n```\n# Title", Some("Title")),
            ("<!-- # no\n# title -->\n# Title", Some("Title")),
            (
                "---\ntitle: \"From the front\"\n---\n# Other",
                Some("From the front"),
            ),
            ("---\nlayout: x\n---\n# Title", Some("Title")),
            ("# ![logo](a.png)\n\n# Words", Some("Words")),
            (
                "# [`serde`](https://serde.rs) &mdash; [![Build](b.svg)](ci)",
                Some("serde —"),
            ),
            (
                "<h1 align=\"center\">\n  <img src=x>\n  Vite\n</h1>",
                Some("Vite"),
            ),
            ("# *A* **bold** <b>tag</b> a < b", Some("A bold tag a < b")),
            ("# a &lt; b &amp;&nbsp;\\_c\\_", Some("a < b & _c_")),
            ("#hashtag\n#!/bin/sh\n", None),
            ("no heading\n- - -\n", None),
            ("", None),
            ("# \u{1b}[31mred", Some("31mred")),
        ] {
            assert_eq!(title(Markdown, text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn rst_titles() {
        let text = ".. image:: x.png\n\n========\nRequests\n========\n\ntext\n";
        assert_eq!(title(Rst, text).as_deref(), Some("Requests"));
        assert_eq!(title(Rst, "``six``\n~~~~~~~\n").as_deref(), Some("six"));
        assert_eq!(title(Rst, "Größe\n=====\n").as_deref(), Some("Größe"));
        assert_eq!(title(Rst, "A line longer\n===\n"), None);
    }

    #[test]
    fn asciidoc_and_plain_titles() {
        let text = ":toc:\n= The Title\nAuthor\n\n== Part\n";
        assert_eq!(title(Asciidoc, text).as_deref(), Some("The Title"));
        assert_eq!(title(Plain, "JSON\n====\n").as_deref(), Some("JSON"));
        assert_eq!(title(Plain, "Just text.\n"), None);
    }

    #[test]
    fn long_titles_are_cut() {
        let text = format!("# {}", "é".repeat(500));
        assert_eq!(title(Markdown, &text).unwrap().len(), 200);
    }

    #[test]
    fn odd_texts_cost_little() {
        let started = std::time::Instant::now();
        for text in [
            "# ![".repeat(100_000),
            "[".repeat(400_000),
            "# <".repeat(100_000),
        ] {
            title(Markdown, &text);
            title(Markdown, &format!("# {text}"));
        }
        assert!(started.elapsed().as_secs() < 5);
    }
}
