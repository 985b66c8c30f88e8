//! The raw syntax tree as text, for who writes a language's rules.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use registry_types::ParseFailure;

use crate::detect::detect;
use crate::engine::Engine;
use crate::guard::failure;

/// Deepest level shown.
const MAX_DEPTH: usize = 400;

/// One line per named node: its field, kind and lines, and the text of leaves.
///
/// # Errors
/// The language is unknown, or the time was over.
pub fn tree_text(path: &str, source: &[u8]) -> Result<String, ParseFailure> {
    use registry_types::ParseFailureKind::{Timeout, UnknownLanguage};
    let language =
        detect(path, source).ok_or_else(|| failure(UnknownLanguage, "no grammar".to_owned()))?;
    let mut engine = Engine::default();
    engine.start(language, Instant::now() + Duration::from_secs(5));
    let tree = engine
        .parse(&language.0.mask(source), &[])
        .ok_or_else(|| failure(Timeout, "not parsed within 5 s".to_owned()))?;
    let mut text = String::new();
    let mut cursor = tree.walk();
    let mut depth = 0;
    loop {
        let node = cursor.node();
        if node.is_named() || node.is_missing() {
            let field = cursor
                .field_name()
                .map(|name| format!("{name}: "))
                .unwrap_or_default();
            let row = node.start_position().row + 1;
            let _ = write!(
                text,
                "{:width$}{field}{} {row}",
                "",
                node.kind(),
                width = depth * 2
            );
            if node.child_count() == 0 {
                let leaf = source.get(node.byte_range()).unwrap_or_default();
                let leaf = String::from_utf8_lossy(leaf.get(..60).unwrap_or(leaf));
                let _ = write!(text, " {leaf:?}");
            }
            text.push('\n');
        }
        if depth < MAX_DEPTH && cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if depth == 0 || !cursor.goto_parent() {
                return Ok(text);
            }
            depth -= 1;
        }
    }
}
