//! Doc comments without their markers.

/// Longest documentation kept of one item, in bytes.
const MAX_DOC: usize = 64 * 1024;

/// Line markers, longest first; one of them is dropped from each line of a line comment.
const LINE: [&str; 9] = ["////", "///", "//!", "//<", "//", "%%%", "%%", "%", "#"];

/// The text of comments that follow each other.
///
/// Each line loses its marker, one space after it, and for block comments the leading `*`. Common
/// indentation that is left goes too. Nothing but white space gives `None`.
pub(crate) fn strip<'a>(comments: impl Iterator<Item = &'a [u8]>) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut size = 0;
    for comment in comments {
        if size >= MAX_DOC {
            break;
        }
        let cut = comment.get(..MAX_DOC).unwrap_or(comment);
        size += cut.len();
        let text = String::from_utf8_lossy(cut);
        let text = text.trim_end();
        match text.trim_start().strip_prefix("/*") {
            Some(block) => block_lines(block, &mut lines),
            None => line_comment(text.trim_start(), &mut lines),
        }
    }
    join(&lines)
}

fn line_comment(text: &str, lines: &mut Vec<String>) {
    for line in text.lines() {
        let line = line.trim_start();
        let rest = LINE
            .iter()
            .find_map(|marker| line.strip_prefix(marker))
            .unwrap_or(line);
        lines.push(rest.to_owned());
    }
}

fn block_lines(block: &str, lines: &mut Vec<String>) {
    let block = block.strip_suffix("*/").unwrap_or(block);
    let block = block.trim_start_matches('*');
    let block = block.strip_prefix(['!', '<']).unwrap_or(block);
    let block = block.trim_end_matches('*');
    let starred = block.lines().skip(1).filter(|line| !line.trim().is_empty());
    // A block whose lines do not all begin with a star has stars of its own: lists.
    let starred = starred.clone().next().is_some()
        && starred
            .clone()
            .all(|line| line.trim_start().starts_with('*'));
    for (index, line) in block.lines().enumerate() {
        if index == 0 {
            lines.push(format!(" {}", line.trim_start()));
        } else if starred {
            lines.push(line.trim_start().trim_start_matches('*').to_owned());
        } else {
            lines.push(line.to_owned());
        }
    }
}

/// Drops empty lines at both ends and the indentation common to all lines.
pub(crate) fn dedent(text: &str) -> Option<String> {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    join(&lines)
}

fn join(lines: &[String]) -> Option<String> {
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    let last = lines.iter().rposition(|line| !line.trim().is_empty())?;
    let lines = lines.get(first..=last)?;
    let indent = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches([' ', '\t']).len())
        .min()
        .unwrap_or(0);
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        text.push_str(line.get(indent..).unwrap_or("").trim_end());
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(comments: &[&str]) -> Option<String> {
        strip(comments.iter().map(|text| text.as_bytes()))
    }

    #[test]
    fn line_comments_lose_their_marker_and_common_indentation() {
        assert_eq!(
            doc(&["/// A\n", "///\n", "///     code\n"]).unwrap(),
            "A\n\n    code"
        );
        assert_eq!(doc(&["%% @doc A.\n%% B."]).unwrap(), "@doc A.\nB.");
        assert_eq!(doc(&["# A", "#  B"]).unwrap(), "A\n B");
        assert_eq!(doc(&["///", "///"]), None);
    }

    #[test]
    fn blocks_lose_their_stars() {
        assert_eq!(doc(&["/** One line. */"]).unwrap(), "One line.");
        let text = "/**\n * A\n *   b\n *\n * - c\n */";
        assert_eq!(doc(&[text]).unwrap(), "A\n  b\n\n- c");
    }

    #[test]
    fn stars_of_a_list_stay() {
        assert_eq!(
            doc(&["/**\n  A:\n  * b\n  * c\n*/"]).unwrap(),
            "A:\n* b\n* c"
        );
    }

    #[test]
    fn odd_ends_do_not_panic() {
        for text in [
            "/*", "/**", "/**/", "/***/", "//", "", "/*!", "/** é", "\u{a0}é",
        ] {
            doc(&[text]);
        }
        doc(&["/**\n\u{2003}* é\n\u{2003}* b */"]);
    }
}
