//! Commands that say what a module offers.

use std::collections::HashSet;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::add;
use crate::define::Def;
use crate::languages::same;
use crate::outline::{Link, LinkKind, Outline};
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Bytes of a command that is read.
const MAX_COMMAND: usize = 16 * 1024;
/// Patterns that are tried on each name.
const MAX_PATTERNS: usize = 64;
/// Stands for names that are worked out at run time.
const ALL: &str = "*";

pub(super) fn command(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let bytes = walk.bytes(node);
    let is = |name: &str| {
        bytes
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    if bytes.len() > MAX_COMMAND {
        return Step::Skip;
    }
    if is("Export-ModuleMember") {
        let text = walk.text(node);
        for (kind, name) in exported(&text) {
            walk.link(Link {
                kind: LinkKind::Export,
                scope: String::new(),
                from: Some(kind.to_owned()),
                name,
                alias: None,
                visibility: Visibility::Public,
            });
        }
    } else if is("New-Alias") || is("Set-Alias") {
        let text = walk.text(node);
        let name = text
            .split_ascii_whitespace()
            .skip(1)
            .find(|word| !word.starts_with('-'));
        if let Some(name) = name {
            let name = name.trim_matches(['\'', '"']);
            let def = Def::new(SnippetKind::Function, name, node)
                .signature(signature::fold(&text))
                .public(false);
            add(walk, node, def);
        }
    }
    Step::Skip
}

/// The sort and name of what `Export-ModuleMember` lists.
fn exported(text: &str) -> Vec<(&'static str, String)> {
    let mut found = Vec::new();
    let mut kind = "function";
    let separators = |c: char| c.is_whitespace() || ",()@`".contains(c);
    for word in text
        .split(separators)
        .skip(1)
        .filter(|word| !word.is_empty())
    {
        if let Some(parameter) = word.strip_prefix('-') {
            let parameter = parameter.trim_end_matches(':').to_ascii_lowercase();
            kind = match parameter.as_str() {
                name if name.starts_with('a') => "alias",
                name if name.starts_with('v') => "variable",
                name if name.starts_with('f') => "function",
                _ => "other",
            };
            continue;
        }
        let name = word.trim_matches(['\'', '"', ';']);
        let name = if name.starts_with('$') { ALL } else { name };
        found.push((kind, name.to_ascii_lowercase()));
    }
    found
}

pub(super) fn finish(outline: &mut Outline) {
    same::merge(outline, true);
    let links = std::mem::take(&mut outline.links);
    if links.is_empty() {
        return;
    }
    let names: HashSet<(&str, &str)> = links
        .iter()
        .map(|link| (link.from.as_deref().unwrap_or_default(), link.name.as_str()))
        .collect();
    let patterns: Vec<(&str, &str)> = names
        .iter()
        .filter_map(|(of, pattern)| Some((*of, pattern.strip_suffix('*')?)))
        .take(MAX_PATTERNS)
        .collect();
    for item in &mut outline.items {
        if item.kind != SnippetKind::Function {
            continue;
        }
        let head = item.signature.get(1..9).unwrap_or_default();
        let kind = if head.eq_ignore_ascii_case("ew-alias") || head.eq_ignore_ascii_case("et-alias")
        {
            "alias"
        } else {
            "function"
        };
        let name = item.name.to_ascii_lowercase();
        let listed = names.contains(&(kind, name.as_str())) || names.contains(&(kind, ALL));
        let pattern = patterns
            .iter()
            .any(|(of, prefix)| *of == kind && name.starts_with(prefix));
        item.declared = if listed || pattern {
            Visibility::Public
        } else {
            Visibility::Internal
        };
    }
    outline.settle();
}

#[cfg(test)]
mod tests {
    use super::exported;

    #[test]
    fn lists_are_read() {
        let list = exported("Export-ModuleMember -Function @('A-B', \"C-D\"),\n E -Alias x");
        let names: Vec<_> = list
            .iter()
            .map(|(kind, name)| (*kind, name.as_str()))
            .collect();
        assert_eq!(
            names,
            [
                ("function", "a-b"),
                ("function", "c-d"),
                ("function", "e"),
                ("alias", "x")
            ]
        );
        assert_eq!(
            exported("Export-ModuleMember $names"),
            [("function", "*".to_owned())]
        );
    }
}
