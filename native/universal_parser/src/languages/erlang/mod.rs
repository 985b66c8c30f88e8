//! Erlang: what `-export` and `-export_type` list is public.
//!
//! - Clauses of one function are one item, `mod:fun/2`; the signature is the `-spec` when there is
//!   one (atoms quoted where they must be only), else the head of the first clause without its guard.
//! - Callbacks are methods. Records are `#name{}`, their fields `#name.field`, macros `?NAME` and
//!   `?NAME/2`: public in header files only, where other modules can get at them.
//! - Documentation is `-doc` (OTP 27), else the `@doc` of EDoc comments. `-doc hidden`, `@private` and
//!   `@hidden` make what is exported internal.
//! - Code under `-ifdef(TEST)` and its like is left out.

mod define;
mod docs;
mod exports;
mod finish;
mod text;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// The file's scope is a header's.
const HEADER: u32 = 1;
/// Forms of the file looked at for its `-module`.
const MAX_HEAD: usize = 2000;

pub(super) struct Erlang;

impl Rules for Erlang {
    fn name(&self) -> &'static str {
        "erlang"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_erlang::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["erl", "hrl", "escript"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["escript"]
    }

    fn separator(&self) -> &'static str {
        ":"
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["%"]
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let aside = is_aside(file.path);
        let visibility = if aside {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        let header = file.path.ends_with(".hrl");
        let mut scope = Scope {
            path: String::new(),
            visibility,
            item: None,
            flags: 0,
        };
        if header {
            scope.flags = HEADER;
            return scope;
        }
        let attribute = module_attribute(walk, root);
        let stem = file.path.rsplit('/').next().unwrap_or(file.path);
        let stem = stem.split('.').next().unwrap_or(stem);
        let name = attribute.and_then(|node| walk.field(node, "name"));
        let name = name.map_or_else(|| stem.to_owned(), |name| text::canonical(&name));
        let docs = docs::take(walk);
        let def = Def::new(
            SnippetKind::Module,
            text::unquoted(&name),
            attribute.unwrap_or(root),
        )
        .qualified(name.clone())
        .signature(format!("-module({name})"))
        .public(!aside && !docs.hidden)
        .marks(docs.marks())
        .doc(docs.text);
        scope.item = walk.define(def);
        scope.path = name;
        scope
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        let kind = node.kind();
        if kind.starts_with("pp_") && exports::condition(walk, node) {
            return Step::Lead;
        }
        if exports::in_test(walk) {
            return Step::Skip;
        }
        match kind {
            "comment" => {
                walk.lead.push(node);
                Step::Lead
            }
            "wild_attribute" => docs::attribute(walk, node),
            "export_attribute" => exports::read(walk, node, ""),
            "export_type_attribute" => exports::read(walk, node, exports::TYPE),
            "compile_options_attribute" => exports::compile_options(walk, node),
            "fun_decl" => define::function(walk, node),
            "spec" => define::spec(walk, node),
            "callback" => define::callback(walk, node),
            "type_alias" | "opaque" | "nominal" => define::named_type(walk, node),
            "record_decl" => define::record(walk, node),
            "pp_define" => define::macro_definition(walk, node),
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// The `-module` attribute; the comments before it are left in `walk.lead`.
fn module_attribute<'t>(walk: &mut Walk<'_>, root: Node<'t>) -> Option<Node<'t>> {
    let mut cursor = root.walk();
    for node in root.named_children(&mut cursor).take(MAX_HEAD) {
        match node.kind() {
            "comment" => walk.lead.push(node),
            "module_attribute" => return Some(node),
            _ => {}
        }
    }
    walk.lead.clear();
    None
}

/// Test directories, suites of Common Test and EUnit; other names that begin with `test_` are names.
fn is_aside(path: &str) -> bool {
    crate::paths::is_in_aside(path) || path.ends_with("_SUITE.erl") || path.ends_with("_tests.erl")
}
