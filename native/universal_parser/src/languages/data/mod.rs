//! Files of data: their top keys, for those who ask for them. A package's data defines nothing.

#[cfg(feature = "json")]
mod json;
#[cfg(feature = "toml")]
mod toml;
#[cfg(feature = "xml")]
mod xml;
#[cfg(feature = "yaml")]
mod yaml;

#[cfg(feature = "json")]
pub(super) use json::Json;
#[cfg(feature = "toml")]
pub(super) use toml::Toml;
#[cfg(feature = "xml")]
pub(super) use xml::{Dtd, Xml};
#[cfg(feature = "yaml")]
pub(super) use yaml::Yaml;

#[cfg(any(feature = "json", feature = "toml", feature = "yaml"))]
use registry_types::SnippetKind;
#[cfg(any(feature = "json", feature = "toml", feature = "yaml"))]
use tree_sitter::Node;

#[cfg(any(feature = "json", feature = "toml", feature = "yaml"))]
use crate::{define::Def, rules::Step, walk::Walk};

/// Longest value shown.
const MAX_VALUE: usize = 80;

/// An item for a key; a long value is left out of its signature.
#[cfg(any(feature = "json", feature = "toml", feature = "yaml"))]
fn key(walk: &mut Walk<'_>, pair: Node<'_>, key: Node<'_>, value: Option<Node<'_>>) -> Step {
    let name = walk.text(key);
    let long = value.filter(|value| {
        value.byte_range().len() > MAX_VALUE
            || pair.start_position().row != value.end_position().row
    });
    walk.lead.drop_detached(pair.start_position().row);
    let name = super::plain::unquoted(&name);
    walk.define(Def::new(SnippetKind::Field, name, pair).body(long));
    Step::Skip
}
