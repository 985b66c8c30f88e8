//! A text in Markdown, reStructuredText or plain words, cut into headings, list items and paragraphs.

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    Heading,
    Item,
    Paragraph,
}

/// Lines that belong together, joined by spaces, without the marks at their beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: BlockKind,
    pub(super) text: String,
}

/// The most blocks of one text.
const MOST: usize = 400;

/// Cuts a text into blocks; fenced code is left out.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut fence = None;
    let mut joins = false;
    for line in text.lines() {
        let line = unquoted(line);
        let fenced = ["```", "~~~"].into_iter().find(|f| line.starts_with(f));
        if fence.is_some() || fenced.is_some() {
            fence = match (fence, fenced) {
                (None, opening) => opening,
                (open, closing) if open == closing => None,
                (open, _) => open,
            };
            joins = false;
            continue;
        }
        if line.is_empty() || is_alert(line) {
            joins = false;
            continue;
        }
        if is_rule(line) {
            // Setext and reStructuredText headings stand above their rule.
            if let (true, Some(last)) = (joins, blocks.last_mut())
                && last.kind == BlockKind::Paragraph
            {
                last.kind = BlockKind::Heading;
            }
            joins = false;
            continue;
        }
        let (kind, text) = marked(line);
        let full = blocks.len() >= MOST;
        match blocks.last_mut() {
            Some(last) if joins && kind == BlockKind::Paragraph => {
                last.text.push(' ');
                last.text.push_str(text);
            }
            _ if full => break,
            _ => blocks.push(Block {
                kind,
                text: text.to_owned(),
            }),
        }
        joins = kind != BlockKind::Heading;
    }
    blocks
}

/// A line without the marks of a quotation or of a reStructuredText directive around it.
fn unquoted(line: &str) -> &str {
    let line = line.trim_start_matches(['>', ' ', '\t']).trim_end();
    match line.strip_prefix(".. ").and_then(|l| l.split_once("::")) {
        Some((name, rest)) if name.bytes().all(|b| b.is_ascii_alphabetic()) => rest.trim_start(),
        _ => line,
    }
}

/// GitHub's `[!WARNING]`.
fn is_alert(line: &str) -> bool {
    line.starts_with("[!") && line.ends_with(']')
}

fn is_rule(line: &str) -> bool {
    let first = line.chars().next();
    line.len() >= 3
        && first.is_some_and(|c| matches!(c, '=' | '-' | '~' | '*' | '_' | '^'))
        && line.chars().all(|c| Some(c) == first)
}

/// What the marks at the beginning of a line make of it, and the line without them.
fn marked(line: &str) -> (BlockKind, &str) {
    let heading = line.trim_start_matches('#');
    if heading.len() < line.len() && (heading.is_empty() || heading.starts_with([' ', '\t'])) {
        return (BlockKind::Heading, heading.trim_matches(['#', ' ', '\t']));
    }
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = if digits.len() < line.len() {
        digits.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+', '•'])
    };
    match item {
        Some(rest) if rest.starts_with([' ', '\t']) => (BlockKind::Item, rest.trim_start()),
        _ => (BlockKind::Paragraph, line),
    }
}
