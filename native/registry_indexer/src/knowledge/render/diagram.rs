//! Text that other programs draw: Mermaid and Graphviz.

use std::fmt::Write;

use registry_types::{DependencyEdge, DependencyKind, DependencyTree};

use super::{Tone, clean, version_line};

/// Colours of the nodes that stand out: class, fill, stroke, text.
const COLOURS: [(Tone, &str, &str, &str); 4] = [
    (Tone::Vulnerable, "#fee2e2", "#dc2626", "#7f1d1d"),
    (Tone::Deprecated, "#fef3c7", "#d97706", "#78350f"),
    (Tone::Missing, "#f8fafc", "#94a3b8", "#64748b"),
    (Tone::Dev, "#eef2ff", "#818cf8", "#3730a3"),
];

/// Whether the edge is drawn weakly.
fn is_weak(edge: &DependencyEdge) -> bool {
    edge.optional || matches!(edge.kind, DependencyKind::Dev | DependencyKind::Optional)
}

pub(super) fn mermaid(tree: &DependencyTree) -> String {
    let mut out = String::from("flowchart LR\n");
    for (place, node) in tree.nodes.iter().enumerate() {
        let (name, version) = (entities(&node.name), entities(&version_line(node)));
        let _ = write!(out, "  n{place}[\"{name}<br/>{version}\"]");
        let tone = Tone::of(node);
        if tone != Tone::Plain {
            let _ = write!(out, ":::{}", tone.class());
        }
        out.push('\n');
    }
    for edge in &tree.edges {
        let arrow = match (edge.cycle, is_weak(edge)) {
            (true, _) => "==>",
            (false, true) => "-.->",
            (false, false) => "-->",
        };
        let _ = write!(out, "  n{} {arrow}", edge.from);
        if !edge.requirement.trim().is_empty() {
            let _ = write!(out, "|\"{}\"|", entities(&edge.requirement));
        }
        let _ = writeln!(out, " n{}", edge.to);
    }
    for (tone, fill, stroke, text) in COLOURS {
        if tree.nodes.iter().any(|node| Tone::of(node) == tone) {
            let class = tone.class();
            let _ = writeln!(
                out,
                "  classDef {class} fill:{fill},stroke:{stroke},color:{text}"
            );
        }
    }
    out
}

/// Mermaid's own entities: nothing in a label may end it or be read as markup.
fn entities(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        if c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '_' | '/' | '@' | '…' | ',' | '+')
        {
            out.push(c);
        } else {
            let _ = write!(out, "#{};", u32::from(c));
        }
    }
    out
}

pub(super) fn dot(tree: &DependencyTree) -> String {
    let mut out = String::from(
        "digraph dependencies {\n  rankdir=LR;\n  node [shape=box, style=\"rounded,filled\", \
         fillcolor=\"#ffffff\", color=\"#475569\", fontname=\"Helvetica\"];\n  \
         edge [color=\"#94a3b8\", fontname=\"Helvetica\", fontsize=10];\n",
    );
    for (place, node) in tree.nodes.iter().enumerate() {
        let (name, version) = (quoted(&node.name), quoted(&version_line(node)));
        let _ = write!(out, "  n{place} [label=\"{name}\\n{version}\"");
        let tone = Tone::of(node);
        if let Some((_, fill, stroke, text)) = COLOURS.iter().find(|(t, ..)| *t == tone) {
            let _ = write!(
                out,
                ", fillcolor=\"{fill}\", color=\"{stroke}\", fontcolor=\"{text}\""
            );
        }
        out.push_str("];\n");
    }
    for edge in &tree.edges {
        let _ = write!(
            out,
            "  n{} -> n{} [label=\"{}\"",
            edge.from,
            edge.to,
            quoted(&edge.requirement)
        );
        if is_weak(edge) {
            out.push_str(", style=dashed");
        }
        if edge.cycle {
            out.push_str(", color=\"#dc2626\", constraint=false");
        }
        out.push_str("];\n");
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    clean(text).replace('\\', "\\\\").replace('"', "\\\"")
}
