//! Racket: what `provide` names is public, under the name it gives; items are `collection/file name`,
//! as `require` writes the module.
//!
//! - `provide` with `all-defined-out`, `struct-out`, `rename-out`, `contract-out`; a contract given
//!   there is part of the signature.
//! - `module+ test` and `module main` are left out.
//! - Documentation is the comment right above (Scribble documents elsewhere).
//!
//! The grammar's lexer is quadratic in the length of a run of one character: 100 000 take 12 s and
//! more. Lines that long are not parsed, and the worker's wall-clock limit covers the rest.

mod define;
mod finish;
mod provide;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::{datum, recover, skipped};
use crate::define::Def;
use crate::doc::Style;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

pub(in crate::languages) struct Racket;

impl Rules for Racket {
    fn name(&self) -> &'static str {
        "racket"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_racket::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rkt", "rktl", "rktd"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["racket"]
    }

    fn separator(&self) -> &'static str {
        " "
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        super::MARKERS
    }

    fn comments(&self) -> &'static Style {
        &super::COMMENTS
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let path = module_path(file.path);
        let aside = crate::paths::is_in_aside(file.path)
            || file
                .path
                .split('/')
                .any(|part| part == "tests" || part == "private");
        let visibility = if aside {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        let item = walk.define_file(&path, &path, format!("(require {path})"), None, root);
        if let Some(item) = item.and_then(|index| walk.outline.items.get_mut(index as usize)) {
            item.visibility = visibility;
            item.declared = visibility;
        }
        Scope {
            path,
            visibility,
            item,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" | "block_comment" => {
                walk.lead.push_adjacent(node);
                Step::Lead
            }
            "sexp_comment" => Step::Lead,
            "list" => {
                walk.lead.drop_detached(node.start_position().row);
                let step = form(walk, node);
                recover(walk, node, step)
            }
            _ => Step::Skip,
        }
    }

    fn error(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        skipped(walk, node)
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

fn form(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let head = datum::head(walk, node);
    match &*head {
        "module" | "module*" | "module+" => return submodule(walk, node, &head),
        "begin"
        | "begin-for-syntax"
        | "let"
        | "let-values"
        | "splicing-let"
        | "local"
        | "begin-encourage-inline"
        | "with-contract"
        | "splicing-local"
        | "splicing-letrec" => {
            return Step::Enter;
        }
        "provide" | "provide/contract" | "#%provide" => provide::read(walk, node, &head),
        "struct"
        | "define-struct"
        | "struct/contract"
        | "define-struct/contract"
        | "serializable-struct"
        | "struct/props" => define::structure(walk, node, &head),
        _ if head.starts_with("def") => define::define(walk, node, &head),
        // Typed Racket: the type above the definition.
        ":" => return define::annotation(walk, node),
        _ => {}
    }
    Step::Skip
}

/// `(module name lang body …)`, `(module+ name body …)`.
fn submodule(walk: &mut Walk<'_>, node: Node<'_>, head: &str) -> Step {
    let data = datum::data(node);
    let name = datum::symbol(walk, data.get(1)).into_owned();
    if matches!(name.as_str(), "test" | "main" | "configure-runtime" | "") {
        return Step::Skip;
    }
    // The file is one old-style module: `(module list racket/base …)`.
    let path = &walk.scope().path;
    if path.rsplit('/').next() == Some(&name) && head == "module" {
        return Step::Enter;
    }
    let path = format!("(submod {path} {name})");
    let def = Def::new(SnippetKind::Module, name.clone(), node)
        .qualified(path.clone())
        .signature(format!("({head} {name})"));
    let item = walk.define(def);
    let mut scope = walk.scope_of(&name, item, 0);
    scope.path = path;
    Step::Scope(scope)
}

/// `collection/file`, as `require` names it.
fn module_path(path: &str) -> String {
    let path = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let parts: Vec<&str> = path.split('/').collect();
    let start = parts
        .iter()
        .position(|part| *part == "collects")
        .map_or(0, |at| at + 1);
    let parts = parts.get(start..).unwrap_or_default();
    match parts {
        [head @ .., "main"] if !head.is_empty() => head.join("/"),
        _ => parts.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::module_path;

    #[test]
    fn paths_of_modules() {
        assert_eq!(module_path("collects/racket/list.rkt"), "racket/list");
        assert_eq!(module_path("json/main.rkt"), "json");
        assert_eq!(module_path("main.rkt"), "main");
    }
}
