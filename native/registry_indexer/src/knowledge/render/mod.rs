//! Dependency trees as people look at them.

mod diagram;
mod layout;
mod svg;
mod text;

use std::str::FromStr;

use registry_types::{DependencyNode, DependencyTree, Error, Result};

/// What a dependency tree is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TreeFormat {
    /// Lines with branches, as `cargo tree` and `mix deps.tree` print them.
    Tree,
    /// A Mermaid flowchart.
    Mermaid,
    /// A Graphviz digraph.
    Dot,
    /// A picture.
    Svg,
    /// The tree as JSON.
    Json,
}

impl TreeFormat {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Tree, Self::Mermaid, Self::Dot, Self::Svg, Self::Json];

    /// The name used in the Elixir API and on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tree => "tree",
            Self::Mermaid => "mermaid",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Json => "json",
        }
    }
}

impl FromStr for TreeFormat {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|f| f.as_str() == text);
        found.ok_or_else(|| {
            Error::invalid_argument(format!(
                "unknown format {text:?}: use tree, mermaid, dot, svg or json"
            ))
        })
    }
}

/// Draws a tree. Foreign text in it is escaped for the format.
///
/// # Errors
/// `Internal` when it cannot be written as JSON.
pub fn render(tree: &DependencyTree, format: TreeFormat) -> Result<String> {
    Ok(match format {
        TreeFormat::Tree => text::tree(tree),
        TreeFormat::Mermaid => diagram::mermaid(tree),
        TreeFormat::Dot => diagram::dot(tree),
        TreeFormat::Svg => svg::svg(tree),
        TreeFormat::Json => serde_json::to_string_pretty(tree)
            .map_err(|e| Error::internal(format!("a tree cannot be written as JSON: {e}")))?,
    })
}

/// How a node stands out: the gravest thing known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tone {
    Vulnerable,
    Deprecated,
    Missing,
    Dev,
    Plain,
}

impl Tone {
    fn of(node: &DependencyNode) -> Self {
        if !node.advisories.is_empty() {
            Self::Vulnerable
        } else if node.missing.is_some() {
            Self::Missing
        } else if node.yanked || node.deprecated {
            Self::Deprecated
        } else if node.dev_only {
            Self::Dev
        } else {
            Self::Plain
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Vulnerable => "vulnerable",
            Self::Deprecated => "deprecated",
            Self::Missing => "missing",
            Self::Dev => "dev",
            Self::Plain => "plain",
        }
    }
}

/// The second line of a node.
fn version_line(node: &DependencyNode) -> String {
    match &node.version {
        Some(version) => clean(version),
        None => "not stored".to_owned(),
    }
}

/// Foreign text on one line, without control characters, and not longer than anybody reads.
fn clean(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(80)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(80).is_some() {
        out.push('…');
    }
    out
}
