//! The summary and the Commentary of a file.

use std::fmt::Write as _;

/// Bytes of the file looked at.
const MAX_HEAD: usize = 32 * 1024;

/// The text after `---` in the first line, and the section that begins with `;;; Commentary:`.
pub(super) fn read(source: &[u8]) -> Option<String> {
    let head = source.get(..MAX_HEAD).unwrap_or(source);
    let head = crate::text::lossy(head);
    let mut lines = head.lines();
    let first = lines.by_ref().find(|line| !line.starts_with("#!"))?;
    let mut doc = String::new();
    if let Some((_, summary)) = first.split_once(" --- ") {
        let summary = summary.split("-*-").next().unwrap_or(summary);
        doc.push_str(summary.trim());
    }
    let comments = lines.by_ref().take_while(|line| {
        let line = line.trim();
        line.is_empty() || line.starts_with(';')
    });
    let mut inside = false;
    for line in comments {
        let heading = line.starts_with(";;; ") && line.trim_end().ends_with(':');
        if heading {
            inside = line.to_ascii_lowercase().starts_with(";;; commentary");
            doc.push('\n');
        } else if inside {
            let text = line.trim_start_matches(';');
            let _ = write!(
                doc,
                "\n{}",
                text.strip_prefix(' ').unwrap_or(text).trim_end()
            );
        }
    }
    let doc = doc.trim();
    let mut folded = String::with_capacity(doc.len());
    let mut empty = 0;
    for line in doc.lines() {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 {
            if !folded.is_empty() {
                folded.push('\n');
            }
            folded.push_str(line);
        }
    }
    (!folded.is_empty()).then_some(folded)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn summary_and_commentary() {
        let text = b";;; a.el --- Does a  -*- lexical-binding: t; -*-\n;; Author: X\n\n;;; Commentary:\n;; One.\n;;\n;;   two\n\n;;; Code:\n;; no\n(a)";
        assert_eq!(read(text).unwrap(), "Does a\n\nOne.\n\n  two");
        assert_eq!(read(b""), None);
        assert_eq!(read(b"(defun a ())"), None);
    }
}
