//! The module's header, and Haddock's comments.

use tree_sitter::Node;

use super::COMMENTS;
use crate::doc;
use crate::rules::Step;
use crate::walk::Walk;

/// Nodes before the header.
const MAX_HEAD: usize = 500;

/// The header, and the documentation before it.
pub(super) fn find<'t>(walk: &Walk<'_>, root: Node<'t>) -> (Option<Node<'t>>, Option<String>) {
    let mut cursor = root.walk();
    let mut comment = None;
    for node in root.named_children(&mut cursor).take(MAX_HEAD) {
        match node.kind() {
            "header" => {
                let text = comment.map(|comment| walk.bytes(comment));
                let doc = text.and_then(|text| doc::strip_as(&COMMENTS, std::iter::once(text)));
                return (Some(node), doc.and_then(|doc| without_fields(&doc)));
            }
            "haddock" => comment = Some(node),
            "imports" | "declarations" => break,
            _ => {}
        }
    }
    (None, None)
}

/// Leaves out `Copyright : …` and its like at the start.
fn without_fields(doc: &str) -> Option<String> {
    let mut lines = doc.lines().peekable();
    let mut in_field = false;
    while let Some(line) = lines.peek() {
        let key = line.split_once(':').map(|(key, _)| key.trim_end());
        let field = key.is_some_and(|key| {
            !key.is_empty() && key.len() < 20 && key.bytes().all(|b| b.is_ascii_alphabetic())
        });
        let goes_on = in_field && line.starts_with([' ', '\t']);
        if !field && !goes_on && !line.trim().is_empty() {
            break;
        }
        in_field = field || goes_on;
        lines.next();
    }
    let rest: Vec<&str> = lines.collect();
    let text = rest.join("\n");
    (!text.trim().is_empty()).then_some(text)
}

/// Comments after the last import belong to what follows, but are children of the imports.
pub(super) fn imports(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    walk.lead.clear();
    let mut cursor = node.walk();
    let mut last = None;
    for child in node.named_children(&mut cursor) {
        match child.kind() {
            "haddock" => last = Some(child),
            "import" => last = None,
            _ => {}
        }
    }
    if let Some(comment) = last {
        haddock(walk, comment);
    }
    Step::Lead
}

/// `-- |` belongs to what follows, `-- ^` to what was before.
pub(super) fn haddock(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let text = walk.bytes(node);
    let mark = text.iter().find(|b| !matches!(b, b'-' | b'{' | b' '));
    if mark != Some(&b'^') {
        walk.lead.replace(node);
        return Step::Lead;
    }
    let doc = doc::strip_as(&COMMENTS, std::iter::once(text));
    if let Some(item) = walk.outline.items.last_mut()
        && item.parent.is_some()
        && item.doc.is_none()
    {
        item.doc = doc;
    }
    Step::Lead
}

#[cfg(test)]
mod tests {
    use super::without_fields;

    #[test]
    fn fields_of_a_header_are_left_out() {
        let doc =
            "Module      : A\nCopyright   : (c) Us\n              and them\n\nText: yes.\nMore.";
        assert_eq!(without_fields(doc).unwrap(), "More.");
        let doc = "Licence : MIT\n\nThe text.\n\nNote: this stays.";
        assert_eq!(
            without_fields(doc).unwrap(),
            "The text.\n\nNote: this stays."
        );
        assert_eq!(without_fields("Module : A"), None);
    }
}
