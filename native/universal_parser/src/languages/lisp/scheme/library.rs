//! Libraries and their export lists.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{datum, exports};
use crate::define::Def;
use crate::rules::Step;
use crate::walk::Walk;

/// `(library (a b) …)`, `(define-library (a b) …)`, `(module name (exports …) …)`.
pub(super) fn library(walk: &mut Walk<'_>, node: Node<'_>, head: &str) -> Step {
    let data = datum::data(node);
    // Chez leaves the name out: what it defines goes to the scope around.
    let Some(name) = data.get(1).filter(|_| data.len() > 2) else {
        return Step::Enter;
    };
    let text = datum::text(walk, *name);
    let def = Def::new(SnippetKind::Module, text.clone(), node)
        .qualified(text.clone())
        .signature(format!("({head} {text})"));
    let Some(item) = walk.define(def) else {
        return Step::Skip;
    };
    let mut scope = walk.scope_of(&text, Some(item), 0);
    scope.path = text;
    if head == "module"
        && let Some(list) = data.get(2)
    {
        let outer = exported(walk, *list);
        for (name, alias) in outer {
            push(walk, &scope.path, &name, alias.as_deref());
        }
    }
    Step::Scope(scope)
}

/// `(export a (rename b c) (rename (b c)))` of the current library.
pub(super) fn export(walk: &mut Walk<'_>, node: Node<'_>) {
    for (name, alias) in exported(walk, node) {
        exports::export(walk, &name, alias.as_deref());
    }
}

/// `#:export (a b)` of Guile's `define-module`, `:export` of others.
pub(super) fn guile(walk: &mut Walk<'_>, node: Node<'_>) {
    let data = datum::data(node);
    for pair in data.windows(2).skip(1) {
        let [key, list] = pair else { continue };
        let key = walk.bytes(*key);
        let key = key.strip_prefix(b"#").unwrap_or(key);
        let exporting = [
            b":export".as_slice(),
            b":export-syntax",
            b":replace",
            b":re-export",
            b":export!",
        ];
        if exporting.contains(&key) && list.kind() == "list" {
            for node in datum::data(*list) {
                let (name, alias) = renamed(walk, node);
                exports::export(walk, &name, alias.as_deref());
            }
        }
    }
}

/// Names and outside names of an export list; a head word of its own is no name.
fn exported(walk: &Walk<'_>, list: Node<'_>) -> Vec<(String, Option<String>)> {
    let mut found = Vec::new();
    for (index, node) in datum::data(list).into_iter().enumerate() {
        if !datum::is_list(node) {
            let name = datum::symbol(walk, Some(&node)).into_owned();
            let word = index == 0 && name == "export";
            if !word && !name.is_empty() {
                found.push((name, None));
            }
            continue;
        }
        let parts = datum::data(node);
        let rename = datum::head(walk, node) == "rename";
        let inner = if rename {
            parts.get(1..)
        } else {
            parts.get(..1)
        };
        let inner = inner.unwrap_or_default();
        match inner {
            // R7RS: (rename a b).
            [from, to] if !datum::is_list(*from) => {
                let name = walk.text(*from).into_owned();
                found.push((name, Some(walk.text(*to).into_owned())));
            }
            _ => {
                for pair in inner {
                    let parts = if datum::is_list(*pair) {
                        datum::data(*pair)
                    } else {
                        vec![*pair]
                    };
                    let name = datum::symbol(walk, parts.first()).into_owned();
                    let alias = parts.get(1).map(|alias| walk.text(*alias).into_owned());
                    found.push((name, alias));
                }
            }
        }
    }
    found
}

/// `name` or Guile's `(name . outside)`.
fn renamed(walk: &Walk<'_>, node: Node<'_>) -> (String, Option<String>) {
    if !datum::is_list(node) {
        return (walk.text(node).into_owned(), None);
    }
    let parts: Vec<_> = datum::data(node)
        .into_iter()
        .filter(|part| part.kind() != "dot")
        .collect();
    let name = datum::symbol(walk, parts.first()).into_owned();
    (
        name,
        parts.get(1).map(|alias| walk.text(*alias).into_owned()),
    )
}

fn push(walk: &mut Walk<'_>, scope: &str, name: &str, alias: Option<&str>) {
    walk.link(crate::outline::Link {
        kind: crate::outline::LinkKind::Export,
        scope: scope.to_owned(),
        from: None,
        name: name.to_owned(),
        alias: alias.map(str::to_owned),
        visibility: registry_types::Visibility::Public,
    });
}
