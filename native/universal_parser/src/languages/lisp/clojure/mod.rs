//! Clojure and ClojureScript: vars of a namespace, public unless `defn-` or `^:private` says not.
//!
//! - `my.ns/name`; the class of a record or type is `my.ns.Name`, its constructor `my.ns/->Name`.
//! - The signature holds all arglists; documentation is the docstring, else `:doc` metadata.
//! - `^:deprecated`, `^:no-doc`; `^:private`.
//! - Branches of reader conditionals are its conditions (`:clj`); the same var in two is one item.
//! - Heads that begin with `def` count as definitions when a plain symbol follows: macros of libraries
//!   (`s/defn`, `defroutes`) define vars so. Tests and `comment` are left out.

mod define;
mod finish;
mod meta;
mod types;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::{datum, recover, skipped};
use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};
use meta::Meta;

/// The scope's flag: inside of a reader conditional.
const CONDITIONAL: u32 = 1;
/// Forms of the file looked at for its `ns`.
const MAX_HEAD: usize = 200;

pub(in crate::languages) struct Clojure;

impl Rules for Clojure {
    fn name(&self) -> &'static str {
        "clojure"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_clojure_orchard::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["clj", "cljs", "cljc", "bb", "cljd"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["bb", "clojure", "clj", "planck", "lumo"]
    }

    fn separator(&self) -> &'static str {
        "/"
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        super::MARKERS
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let aside = crate::paths::is_in_aside(file.path);
        let mut scope = Scope::of_file("", aside);
        let Some((node, data)) = namespace(walk, root) else {
            return scope;
        };
        let Some(name) = data.get(1).map(|name| datum::unquoted(*name)) else {
            return scope;
        };
        let mut meta = Meta::of(walk, name);
        if let Some(map) = data.iter().skip(2).take(2).find(|n| n.kind() == "map_lit") {
            meta.map(walk, *map);
        }
        let path = meta::name(walk, name);
        let doc = datum::docstring(walk, data.get(2)).or(meta.doc.take());
        walk.outline.module_doc.clone_from(&doc);
        let def = Def::new(SnippetKind::Module, path.clone(), node)
            .qualified(path.clone())
            .signature(format!("(ns {path})"))
            .public(!aside && !meta.hidden)
            .marks(meta.marks())
            .doc(doc);
        scope.item = walk.define(def);
        if meta.hidden {
            scope.visibility = Visibility::Internal;
        }
        scope.path = path;
        scope
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" | "dis_expr" => Step::Lead,
            "list_lit" => {
                let step = define::form(walk, node);
                recover(walk, node, step)
            }
            "read_cond_lit" | "splicing_read_cond_lit" => {
                let mut scope = walk.scope().clone();
                scope.flags |= CONDITIONAL;
                Step::Scope(scope)
            }
            // The branch that begins; each scope of a conditional is left before another begins.
            "kwd_lit" if walk.scope().flags & CONDITIONAL != 0 => {
                walk.state = match walk.bytes(node) {
                    b":clj" => 1,
                    b":cljs" => 2,
                    b":cljd" => 3,
                    b":bb" => 4,
                    b":cljr" => 5,
                    _ => 0,
                };
                Step::Skip
            }
            // `#?(:clj [(defn a []) …])` does not occur, but splicing takes a vector.
            "vec_lit" if walk.scope().flags & CONDITIONAL != 0 => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn error(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        skipped(walk, node)
    }

    fn finish(&self, outline: &mut Outline) {
        finish::merge(outline);
    }
}

/// The condition the walk is under.
fn condition(walk: &Walk<'_>) -> Option<&'static str> {
    if walk.scope().flags & CONDITIONAL == 0 {
        return None;
    }
    Some(match walk.state {
        1 => ":clj",
        2 => ":cljs",
        3 => ":cljd",
        4 => ":bb",
        5 => ":cljr",
        _ => return None,
    })
}

/// Adds the item with the condition it is under.
fn add(walk: &mut Walk<'_>, def: Def<'_>) -> Option<u32> {
    let condition = condition(walk);
    let marks = Marks::when(condition.is_some(), Marks::CONDITIONAL);
    let index = walk.define(def.marks(marks))?;
    if let Some(item) = walk.outline.items.get_mut(index as usize) {
        item.condition = condition.map(str::to_owned);
    }
    Some(index)
}

/// The `ns` form, or `in-ns`, with its data.
fn namespace<'t>(walk: &Walk<'_>, root: Node<'t>) -> Option<(Node<'t>, Vec<Node<'t>>)> {
    let mut cursor = root.walk();
    root.named_children(&mut cursor)
        .take(MAX_HEAD)
        .filter(|node| node.kind() == "list_lit")
        .find_map(|node| {
            let head = datum::head(walk, node);
            let found = matches!(&*head, "ns" | "in-ns" | "clojure.core/ns");
            found.then(|| (node, datum::data(node)))
        })
}
