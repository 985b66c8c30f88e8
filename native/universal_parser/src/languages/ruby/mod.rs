//! Ruby: modules, classes and what a gem's user can send to them.
//!
//! - `Foo::Bar#baz` for instance methods, `Foo::Bar.baz` for those of the class itself;
//!   `initialize` goes by `Foo::Bar.new`.
//! - `private` and `protected` methods, `private_constant`, `:nodoc:`, `@private` and
//!   `@api private` are internal, as are Rakefiles, gemspecs and programs.
//! - Reopened classes are one item per file.
//! - What code makes at run time (`define_method` of a computed name, `method_missing`) is not seen.

mod calls;
mod constant;
mod docs;
mod finish;
mod heredoc;
mod method;

use registry_types::SnippetKind;
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::{Marks, Outline};
use crate::rules::{Rules, Step};
use crate::signature;
use crate::walk::{File, Scope, Walk};

/// Methods from here on are private or protected.
const PRIVATE: u32 = 1;
/// Methods belong to the module itself: `class << self`, `extend self`, `module_function`.
const SINGLETON: u32 = 2;
/// Between `:stopdoc:` and `:startdoc:`.
const STOPPED: u32 = 4;
/// Under an `if`.
const CONDITIONAL: u32 = 8;
/// Of a class that a call makes: the members are in the call's block.
const MADE: u32 = 32;
/// Of a wrap: `public def …`.
const PUBLIC: u32 = 16;

pub(super) struct Ruby;

impl Rules for Ruby {
    fn name(&self) -> &'static str {
        "ruby"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_ruby::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rb", "rake", "gemspec", "ru", "podspec"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["Rakefile", "Gemfile", "Guardfile", "Vagrantfile", "Podfile"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["ruby", "jruby", "rake"]
    }

    fn separator(&self) -> &'static str {
        "::"
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn comments(&self) -> &'static crate::doc::Style {
        &docs::STYLE
    }

    fn refuse(&self, source: &[u8]) -> Option<String> {
        heredoc::refuse(source)
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        Scope::of_file("", is_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => docs::comment(walk, node),
            "module" => container(walk, node, SnippetKind::Module),
            "class" => container(walk, node, SnippetKind::Class),
            "singleton_class" => singleton_class(walk, node),
            "method" | "singleton_method" => method::define(walk, node),
            "alias" => calls::alias(walk, node),
            "call" => calls::call(walk, node),
            "identifier" => calls::word(walk, node),
            "assignment" => constant::assign(walk, node),
            "body_statement" | "block_body" => Step::Body,
            "argument_list" if walk.wrap.is_some() => Step::Wrap(crate::walk::Wrap::new(node, 0)),
            "do_block" | "block" => Step::Body,
            "if" | "unless" => conditional(walk),
            "then"
            | "else"
            | "elsif"
            | "begin"
            | "rescue"
            | "ensure"
            | "parenthesized_statements"
            | "if_modifier"
            | "unless_modifier" => Step::Enter,
            // Names and superclasses of containers, operators of wraps.
            "constant" | "scope_resolution" | "superclass" | "self" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

fn is_aside(path: &str) -> bool {
    let (directories, name) = path.rsplit_once('/').unwrap_or(("", path));
    let first = directories.split('/').next().unwrap_or_default();
    let program = matches!(
        first,
        "bin" | "exe" | "ext" | "tasks" | "features" | "rakelib"
    );
    let library = name.ends_with(".rb") && !name.ends_with("_spec.rb");
    program || !library || crate::paths::is_aside(path)
}

fn container(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) -> Step {
    let Some(name) = node.child_by_field_name("name") else {
        return Step::Enter;
    };
    let path = constant::path(walk, name);
    let head = node.child_by_field_name("superclass").unwrap_or(name);
    let index = define(
        walk,
        node,
        kind,
        path.clone(),
        head,
        walk.scope().flags & STOPPED == 0,
    );
    let Some(index) = index else {
        return Step::Skip;
    };
    Step::Scope(constant::scope(walk, path, index))
}

/// Adds a class, module or constant with the qualified name `path`, the signature of which ends
/// with `head`.
fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    path: String,
    head: Node<'_>,
    public: bool,
) -> Option<u32> {
    let text = signature::cut(
        walk.source,
        node.start_byte()..head.end_byte(),
        node,
        &["#"],
    );
    let doc = docs::read(walk, node);
    let name = path.rsplit("::").next().unwrap_or(&path).to_owned();
    let def = Def::new(kind, name, node)
        .qualified(path)
        .signature(text)
        .public(public && !doc.marks.has(Marks::HIDDEN))
        .marks(doc.marks)
        .doc(doc.text);
    walk.define(def)
}

fn singleton_class(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let scope = walk.scope().clone();
    let path = match node.child_by_field_name("value") {
        Some(value) if value.kind() == "self" => scope.path,
        Some(value) if matches!(value.kind(), "constant" | "scope_resolution") => {
            constant::path(walk, value)
        }
        _ => return Step::Skip,
    };
    Step::Scope(Scope {
        path,
        flags: SINGLETON,
        ..scope
    })
}

fn conditional(walk: &Walk<'_>) -> Step {
    let scope = walk.scope().clone();
    Step::Scope(Scope {
        flags: scope.flags | CONDITIONAL,
        ..scope
    })
}
