//! Metadata: `^:private`, `^{:doc "…"}`, the map after a docstring.

use tree_sitter::Node;

use super::datum;
use crate::outline::Marks;
use crate::walk::Walk;

/// What metadata says of a var.
#[derive(Default)]
pub(super) struct Meta {
    pub private: bool,
    pub deprecated: bool,
    pub hidden: bool,
    pub doc: Option<String>,
}

impl Meta {
    /// That before a symbol: `^:private ^String name`.
    pub fn of(walk: &Walk<'_>, symbol: Node<'_>) -> Self {
        let mut meta = Self::default();
        let mut cursor = symbol.walk();
        let all = symbol
            .named_children(&mut cursor)
            .take(16)
            .filter(|node| matches!(node.kind(), "meta_lit" | "old_meta_lit"));
        for node in all {
            match node.child_by_field_name("value") {
                Some(value) if value.kind() == "kwd_lit" => meta.set(walk, value, None),
                Some(value) if value.kind() == "map_lit" => meta.map(walk, value),
                _ => {}
            }
        }
        meta
    }

    /// A map of metadata.
    pub fn map(&mut self, walk: &Walk<'_>, map: Node<'_>) {
        for pair in datum::data(map).chunks_exact(2) {
            if let [key, value] = pair {
                self.set(walk, *key, Some(*value));
            }
        }
    }

    fn set(&mut self, walk: &Walk<'_>, key: Node<'_>, value: Option<Node<'_>>) {
        let on = value.is_none_or(|value| {
            !matches!(value.kind(), "nil_lit") && walk.bytes(value) != b"false"
        });
        match walk.bytes(key) {
            b":private" => self.private |= on,
            b":deprecated" | b":superseded-by" => self.deprecated |= on,
            b":no-doc" | b":skip-wiki" => self.hidden |= on,
            b":doc" => self.doc = datum::docstring(walk, value.as_ref()),
            _ => {}
        }
    }

    pub fn marks(&self) -> Marks {
        Marks::when(self.hidden, Marks::HIDDEN)
            .with(Marks::when(self.deprecated, Marks::DEPRECATED))
    }
}

/// The name of a symbol without its metadata and namespace.
pub(super) fn name(walk: &Walk<'_>, symbol: Node<'_>) -> String {
    match walk.field(symbol, "name") {
        Some(name) => name.into_owned(),
        None => String::new(),
    }
}
