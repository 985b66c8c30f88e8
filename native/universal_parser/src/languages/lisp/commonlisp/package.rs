//! Packages: which one the file is in, and what it exports.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::datum;
use crate::define::Def;
use crate::outline::{Link, LinkKind};
use crate::walk::Walk;

/// `:foo`, `"FOO"`, `#:foo`, `foo`: the name of a package or symbol, in lower case.
pub(super) fn designator(walk: &Walk<'_>, node: Node<'_>) -> String {
    canonical(&walk.text(datum::unquoted(node)))
}

/// The name that the reader makes, in the case people write it in.
pub(super) fn canonical(text: &str) -> String {
    let bare = text.trim_start_matches("#:").trim_start_matches(':');
    if let Some(string) = bare.strip_prefix('"') {
        return string.trim_end_matches('"').to_ascii_lowercase();
    }
    if bare.contains('|') {
        return bare.to_owned();
    }
    bare.to_ascii_lowercase()
}

/// The package forms are read into now.
pub(super) fn current(walk: &Walk<'_>) -> String {
    let index = (walk.state as usize).checked_sub(1);
    let link = index.and_then(|index| walk.outline.links.get(index));
    link.map(|link| link.name.clone()).unwrap_or_default()
}

/// `(in-package :foo)`.
pub(super) fn enter(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(name) = datum::data(node).get(1).map(|name| designator(walk, *name)) else {
        return;
    };
    let before = walk.outline.links.len();
    walk.link(link(LinkKind::Import, String::new(), name.clone()));
    if walk.outline.links.len() > before {
        walk.state = u32::try_from(before + 1).unwrap_or(0);
        if walk.outline.module.is_empty() {
            walk.outline.module = name;
        }
    }
}

/// `(defpackage :foo (:export #:a #:b))`.
pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>) {
    let data = datum::data(node);
    let Some(name) = data.get(1).map(|name| designator(walk, *name)) else {
        return;
    };
    let mut doc = None;
    for option in data.iter().skip(2).filter(|node| datum::is_list(**node)) {
        let parts = datum::data(*option);
        let key = parts
            .first()
            .map(|key| walk.text(*key).to_ascii_lowercase());
        match key.as_deref() {
            Some(":export") => exports(walk, &name, parts.get(1..).unwrap_or_default()),
            Some(":documentation") => doc = datum::docstring(walk, parts.get(1)),
            _ => {}
        }
    }
    let def = Def::new(SnippetKind::Module, name.clone(), node)
        .qualified(name.clone())
        .signature(format!("(defpackage {name})"))
        .doc(doc);
    walk.define(def);
}

/// `(export '(a b))`.
pub(super) fn export(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(list) = datum::data(node).get(1).map(|list| datum::unquoted(*list)) else {
        return;
    };
    let package = current(walk);
    if datum::is_list(list) {
        exports(walk, &package, &datum::data(list));
    } else {
        exports(walk, &package, &[list]);
    }
}

fn exports(walk: &mut Walk<'_>, package: &str, names: &[Node<'_>]) {
    for name in names {
        let name = designator(walk, *name);
        walk.link(link(LinkKind::Export, package.to_owned(), name));
    }
}

fn link(kind: LinkKind, scope: String, name: String) -> Link {
    Link {
        kind,
        scope,
        from: None,
        name,
        alias: None,
        visibility: Visibility::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn names_of_packages() {
        for text in [":foo", "#:FOO", "\"FOO\"", "Foo"] {
            assert_eq!(canonical(text), "foo");
        }
        assert_eq!(canonical("|Foo bar|"), "|Foo bar|");
        assert_eq!(canonical("\""), "");
    }
}
