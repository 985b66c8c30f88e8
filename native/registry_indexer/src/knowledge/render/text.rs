use std::fmt::Write;

use registry_types::{DependencyKind, DependencyNode, DependencyTree};

use super::clean;
use crate::knowledge::graph::first_edges;

/// More lines than anybody reads: a tree repeats nothing, but it may be large.
const MOST_LINES: usize = 20_000;

/// The tree in lines. What was shown before is not shown again: its line ends in `(*)`.
pub(super) fn tree(tree: &DependencyTree) -> String {
    let mut out = String::new();
    let Some(root) = tree.nodes.first() else {
        return out;
    };
    let first = first_edges(tree.nodes.len(), &tree.edges);
    let edges_of = |node: usize| {
        let start = first.get(node).copied().unwrap_or(usize::MAX);
        let edges = tree.edges.iter().enumerate().skip(start);
        edges
            .take_while(move |(_, e)| e.from == node)
            .map(|(place, _)| place)
    };
    let mut shown = vec![false; tree.nodes.len()];
    let _ = writeln!(out, "{}", label(root));
    // An edge still to be shown, and the branches to the left of it.
    let mut waiting: Vec<(usize, String, bool)> = Vec::new();
    let push = |waiting: &mut Vec<(usize, String, bool)>, node, indent: &str| {
        let edges: Vec<usize> = edges_of(node).collect();
        let last = edges.last().copied();
        let next = edges.into_iter().rev();
        waiting.extend(next.map(|edge| (edge, indent.to_owned(), Some(edge) == last)));
    };
    push(&mut waiting, 0, "");
    let mut lines = 1;
    while let Some((place, indent, last)) = waiting.pop() {
        let edge = tree.edges.get(place);
        let Some((edge, node)) = edge.and_then(|e| Some((e, tree.nodes.get(e.to)?))) else {
            continue;
        };
        if lines >= MOST_LINES {
            let _ = writeln!(out, "… and more");
            return out;
        }
        lines += 1;
        let branch = if last { "└── " } else { "├── " };
        let mut line = format!("{indent}{branch}{}", label(node));
        if !edge.requirement.is_empty() {
            let _ = write!(line, "  ({})", clean(&edge.requirement));
        }
        if edge.kind != DependencyKind::Runtime {
            let _ = write!(line, " {}", edge.kind.as_str());
        }
        if edge.optional && edge.kind != DependencyKind::Optional {
            line.push_str(" optional");
        }
        if let Some(target) = &edge.target {
            let _ = write!(line, " if {}", clean(target));
        }
        let seen = shown.get(edge.to).copied().unwrap_or_default();
        let again = edges_of(edge.to).next().is_some();
        if edge.cycle {
            line.push_str(" (cycle)");
        } else if seen && again {
            line.push_str(" (*)");
        } else if again {
            let more = if last { "    " } else { "│   " };
            push(&mut waiting, edge.to, &format!("{indent}{more}"));
        }
        if let Some(slot) = shown.get_mut(edge.to) {
            *slot = true;
        }
        let _ = writeln!(out, "{line}");
    }
    if tree.truncated {
        let _ = writeln!(
            out,
            "… cut short: raise the depth or the number of nodes for more"
        );
    }
    out
}

fn label(node: &DependencyNode) -> String {
    let name = clean(&node.name);
    let mut label = match &node.version {
        Some(version) => format!("{name} {}", clean(version)),
        None => format!("{name} (not stored)"),
    };
    if node.yanked {
        label.push_str(" [yanked]");
    } else if node.deprecated {
        label.push_str(" [deprecated]");
    }
    if !node.advisories.is_empty() {
        let ids: Vec<String> = node.advisories.iter().map(|id| clean(id)).collect();
        let _ = write!(label, " [{}]", ids.join(", "));
    }
    label
}
