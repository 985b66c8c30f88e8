//! A picture of a dependency tree: boxes in columns, each requirement pointing to the right.

use std::fmt::Write;

use registry_types::{DependencyKind, DependencyNode, DependencyTree};

use super::layout::{BOX_HEIGHT, Layout, layout};
use super::{Tone, clean, version_line};

/// The room around the picture and above it, in pixels.
const MARGIN: f64 = 28.0;
const HEAD: f64 = 46.0;
/// The width of a character of the fonts below, at 13 and at 11 pixels.
const NAME_CHARACTER: f64 = 7.85;
const VERSION_CHARACTER: f64 = 6.65;
const PADDING: f64 = 24.0;

const STYLE: &str = "\
.sheet{fill:#fff}.title{font:600 16px ui-sans-serif,system-ui,'DejaVu Sans',sans-serif;fill:#0f172a}\
.sub{font:12px ui-sans-serif,system-ui,'DejaVu Sans',sans-serif;fill:#64748b}\
.name{font:600 13px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#0f172a}\
.version{font:11px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#475569}\
.box{fill:#f8fafc;stroke:#94a3b8;stroke-width:1.2}\
.edge{fill:none;stroke:#94a3b8;stroke-width:1.2;opacity:.75}.weak{stroke-dasharray:4 4}\
.cycle{stroke:#dc2626;stroke-dasharray:2 4;opacity:.9}.head{fill:#94a3b8}\
.root .box{fill:#1e293b;stroke:#1e293b}.root .name{fill:#fff}.root .version{fill:#cbd5e1}\
.vulnerable .box{fill:#fee2e2;stroke:#dc2626;stroke-width:1.8}.vulnerable .name{fill:#7f1d1d}\
.vulnerable .version{fill:#b91c1c}\
.deprecated .box{fill:#fef3c7;stroke:#d97706}.deprecated .name{fill:#78350f}.deprecated .version{fill:#92400e}\
.missing .box{fill:none;stroke-dasharray:4 3}.missing .name{fill:#64748b}.missing .version{fill:#94a3b8}\
.dev .box{fill:#eef2ff;stroke:#818cf8}.dev .name{fill:#3730a3}.dev .version{fill:#6366f1}\
@media(prefers-color-scheme:dark){.sheet{fill:#0f172a}.title{fill:#f1f5f9}.sub{fill:#94a3b8}\
.plain .box{fill:#1e293b;stroke:#475569}.plain .name{fill:#f1f5f9}.plain .version{fill:#cbd5e1}\
.root .box{fill:#e2e8f0;stroke:#e2e8f0}.root .name{fill:#0f172a}.root .version{fill:#334155}\
.edge{stroke:#64748b}.head{fill:#64748b}.cycle{stroke:#f87171}}";

pub(super) fn svg(tree: &DependencyTree) -> String {
    let widths: Vec<f64> = tree.nodes.iter().map(width_of).collect();
    let laid = layout(tree, &widths);
    let (title, sub) = titles(tree);
    let text = |t: &str, character: f64| t.chars().count() as f64 * character;
    let head = text(&title, 9.6).max(text(&sub, 7.0));
    let width = laid.width.max(head) + 2.0 * MARGIN;
    let height = laid.height + HEAD + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" \
         markerHeight=\"7\" orient=\"auto\"><path class=\"head\" d=\"M0 0.8 8 4 0 7.2z\"/></marker></defs>\n\
         <rect class=\"sheet\" width=\"100%\" height=\"100%\" rx=\"10\"/>\n\
         <text class=\"title\" x=\"{MARGIN}\" y=\"{:.0}\">{title}</text>\n\
         <text class=\"sub\" x=\"{MARGIN}\" y=\"{:.0}\">{sub}</text>\n\
         <g transform=\"translate({MARGIN} {:.0})\">\n",
        MARGIN + 10.0,
        MARGIN + 30.0,
        MARGIN + HEAD,
    );
    for (edge, way) in tree.edges.iter().zip(&laid.ways) {
        let mut class = String::from("edge");
        let weak = matches!(edge.kind, DependencyKind::Dev | DependencyKind::Optional);
        if edge.optional || weak {
            class.push_str(" weak");
        }
        let path = if way.is_empty() {
            class.push_str(" cycle");
            back(&laid, &widths, edge.from, edge.to)
        } else {
            along(&laid, &widths, way)
        };
        let about = format!("{} {}", edge.kind.as_str(), edge.requirement);
        let _ = writeln!(
            out,
            "<path class=\"{class}\" marker-end=\"url(#arrow)\" d=\"{path}\"><title>{}</title></path>",
            escaped(about.trim())
        );
    }
    for ((place, node), width) in tree.nodes.iter().enumerate().zip(&widths) {
        draw(&mut out, &laid, place, node, *width);
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn titles(tree: &DependencyTree) -> (String, String) {
    let root = tree.nodes.first();
    let name = root.map_or_else(String::new, |n| format!("{} {}", n.name, version_line(n)));
    let count =
        |what: &dyn Fn(&DependencyNode) -> bool| tree.nodes.iter().filter(|n| what(n)).count();
    let dependencies = tree.nodes.len().saturating_sub(1);
    let noun = if dependencies == 1 {
        "dependency"
    } else {
        "dependencies"
    };
    let mut sub = format!("{} · {dependencies} {noun}", tree.ecosystem);
    for (number, what) in [
        (count(&|n| !n.advisories.is_empty()), "vulnerable"),
        (count(&|n| n.deprecated || n.yanked), "deprecated or yanked"),
        (count(&|n| n.dev_only), "for development"),
        (count(&|n| n.missing.is_some()), "not stored"),
    ] {
        if number > 0 {
            let _ = write!(sub, " · {number} {what}");
        }
    }
    if tree.truncated {
        sub.push_str(" · cut short");
    }
    (escaped(&name), sub)
}

fn width_of(node: &DependencyNode) -> f64 {
    let columns = |text: &str| clean(text).chars().count() as f64;
    let name = columns(&node.name) * NAME_CHARACTER;
    name.max(columns(&second_line(node)) * VERSION_CHARACTER) + PADDING
}

fn second_line(node: &DependencyNode) -> String {
    let mut line = version_line(node);
    match node.advisories.as_slice() {
        [] if node.yanked => line.push_str("  yanked"),
        [] if node.deprecated => line.push_str("  deprecated"),
        [] => {}
        [one] => {
            let _ = write!(line, "  {}", clean(one));
        }
        several => {
            let _ = write!(line, "  {} advisories", several.len());
        }
    }
    line
}

fn draw(out: &mut String, laid: &Layout, place: usize, node: &DependencyNode, width: f64) {
    let Some(item) = laid.items.get(place) else {
        return;
    };
    let x = laid.columns.get(item.layer).copied().unwrap_or(0.0);
    let (top, tone) = (item.y - BOX_HEIGHT / 2.0, Tone::of(node));
    let class = if place == 0 && tone == Tone::Plain {
        "root"
    } else {
        tone.class()
    };
    let license = node.license.as_deref().unwrap_or("licence unknown");
    let about = format!("{} {}: {license}", node.name, version_line(node));
    let _ = writeln!(
        out,
        "<g class=\"{class}\"><title>{}</title><rect class=\"box\" x=\"{x:.1}\" y=\"{top:.1}\" \
         width=\"{width:.1}\" height=\"{BOX_HEIGHT}\" rx=\"7\"/><text class=\"name\" x=\"{:.1}\" \
         y=\"{:.1}\">{}</text><text class=\"version\" x=\"{:.1}\" y=\"{:.1}\">{}</text></g>",
        escaped(&about),
        x + PADDING / 2.0,
        top + 16.5,
        escaped(&node.name),
        x + PADDING / 2.0,
        top + 30.5,
        escaped(&second_line(node)),
    );
}

/// The line of an edge over its bends.
fn along(laid: &Layout, widths: &[f64], way: &[usize]) -> String {
    let column = |layer: usize| laid.columns.get(layer).copied().unwrap_or(0.0);
    let mut path = String::new();
    let mut at = (0.0, 0.0);
    for (n, place) in way.iter().enumerate() {
        let Some(item) = laid.items.get(*place) else {
            continue;
        };
        let left = column(item.layer);
        let width = item
            .node
            .and_then(|node| widths.get(node))
            .copied()
            .unwrap_or(0.0);
        if n == 0 {
            at = (left + width, item.y);
            let _ = write!(path, "M{:.1} {:.1}", at.0, at.1);
            continue;
        }
        let to = (left, item.y);
        let middle = (at.0 + to.0) / 2.0;
        let _ = write!(
            path,
            " C{middle:.1} {:.1} {middle:.1} {:.1} {:.1} {:.1}",
            at.1, to.1, to.0, to.1
        );
        at = to;
        // A bend runs straight through the column it crosses.
        if item.node.is_none() {
            let next = laid.columns.get(item.layer + 1).copied().unwrap_or(to.0);
            let end = (next - 76.0).max(to.0);
            let _ = write!(path, " L{end:.1} {:.1}", to.1);
            at = (end, to.1);
        }
    }
    path
}

/// The line of an edge that leads back, above the boxes.
fn back(laid: &Layout, widths: &[f64], from: usize, to: usize) -> String {
    let spot = |place: usize| {
        let item = laid.items.get(place);
        let (layer, y) = item.map_or((0, 0.0), |item| (item.layer, item.y));
        (
            laid.columns.get(layer).copied().unwrap_or(0.0),
            y - BOX_HEIGHT / 2.0,
        )
    };
    let ((x, y), (to_x, to_y)) = (spot(from), spot(to));
    let half = |place: usize| widths.get(place).copied().unwrap_or(0.0) / 2.0;
    let (start, end) = (x + half(from) * 1.3, to_x + half(to) * 0.7);
    let top = y.min(to_y) - 26.0;
    format!("M{start:.1} {y:.1} C{start:.1} {top:.1} {end:.1} {top:.1} {end:.1} {to_y:.1}")
}

fn escaped(text: &str) -> String {
    clean(text)
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}
