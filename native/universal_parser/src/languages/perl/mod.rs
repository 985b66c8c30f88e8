//! Perl: packages, subs, constants, package variables, attributes of Moose.
//!
//! - Names are `Package::name`, variables `$Package::name`.
//! - A leading underscore is internal, unless the name is exported (`@EXPORT`, `@EXPORT_OK`).
//! - Documentation is the POD section or item that names the sub, wherever it stands in the file;
//!   else the comment right above. NAME, SYNOPSIS and DESCRIPTION are the first package's own.
//! - A sub without a signature shows the arguments that its first statements unpack.

mod arguments;
mod finish;
mod mask;
mod pod;
mod variables;

use std::borrow::Cow;

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::rescue;
use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks, Outline};
use crate::rules::{Rules, Step};
use crate::signature;
use crate::text::begins_line;
use crate::walk::{File, Scope, Walk};

pub(super) struct Perl;

impl Rules for Perl {
    fn name(&self) -> &'static str {
        "perl"
    }

    fn grammar(&self) -> tree_sitter::Language {
        arborium_perl::language().into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pm", "pl", "t", "psgi"]
    }

    fn claims(&self, path: &str, source: &[u8]) -> bool {
        // Prolog has `.pl` too, and many things are called `.t`.
        let head = source.get(..4096).unwrap_or(source);
        path.ends_with(".pm")
            || crate::text::contains_any(head, &["use ", "sub ", "package ", "perl", "my $"])
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["Makefile.PL", "Build.PL", "cpanfile"]
    }

    fn interpreters(&self) -> &'static [&'static str] {
        &["perl"]
    }

    fn separator(&self) -> &'static str {
        "::"
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        mask::mask(source)
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        pod::read(walk);
        let first = file.path.split('/').next().unwrap_or_default();
        let aside = matches!(first, "t" | "xt" | "inc" | "bin" | "script")
            || file.path.ends_with(".t")
            || file.path.ends_with(".PL")
            || crate::paths::is_aside(file.path);
        let visibility = if aside {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        if root.has_error() {
            presume(walk, visibility);
        }
        Scope {
            path: String::new(),
            visibility,
            item: None,
            flags: 0,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => {
                let bytes = walk.bytes(node);
                if !bytes.starts_with(b"#!") && begins_line(walk.source, node.start_byte()) {
                    walk.lead.push_adjacent(node);
                }
                Step::Lead
            }
            "package_statement" | "class_statement" | "role_statement" => package(walk, node),
            "subroutine_declaration_statement" | "method_declaration_statement" => sub(walk, node),
            "use_statement" => variables::constants(walk, node),
            "expression_statement" => variables::statement(walk, node),
            "block_statement" => Step::Scope(walk.scope().clone()),
            "block" | "phaser_statement" | "conditional_statement" | "else" | "elsif" => Step::Body,
            // The name and version before a package's block.
            "package" | "number" | "version" | "bareword" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline);
    }
}

/// Packages and subs by their first lines, where the grammar did not understand all of the file.
fn presume(walk: &mut Walk<'_>, visibility: Visibility) {
    let mut package = String::new();
    rescue::presume(walk, |line| {
        let is_package = line.starts_with("package ");
        let rest = line
            .strip_prefix("package ")
            .or_else(|| line.strip_prefix("sub "))?
            .trim_start();
        let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
        let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
        let name = rest.get(..end).filter(|name| !name.is_empty())?;
        let last = name.rsplit("::").next().unwrap_or(name);
        let mut visibility = visibility;
        if !is_public(last) {
            visibility = Visibility::Internal;
        }
        let (kind, qualified) = if is_package {
            name.clone_into(&mut package);
            (SnippetKind::Module, name.to_owned())
        } else if name.contains("::") || package.is_empty() {
            (SnippetKind::Function, name.to_owned())
        } else {
            (SnippetKind::Function, format!("{package}::{name}"))
        };
        Some(rescue::Head {
            kind,
            name: last.to_owned(),
            qualified,
            visibility,
        })
    });
}

fn is_public(name: &str) -> bool {
    !name.starts_with('_') && !matches!(name, "DESTROY" | "AUTOLOAD" | "BUILD")
}

/// Something for `finish` to know.
fn note(walk: &mut Walk<'_>, kind: LinkKind, name: String, alias: Option<String>) {
    let scope = walk.scope().path.clone();
    walk.link(Link {
        kind,
        scope,
        from: None,
        name,
        alias,
        visibility: Visibility::Internal,
    });
}

/// `package A::B;` holds until the next one, `package A::B { … }` for its block.
fn package(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let name = name.into_owned();
    let mut cursor = node.walk();
    let block = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "block");
    // `package # hidden from PAUSE`.
    let hidden = crate::text::rest_of_line(walk.source, node.start_byte()).contains(&b'#');
    let public = !hidden && !name.split("::").any(|part| part.starts_with('_'));
    let outer = walk
        .scopes()
        .first()
        .map_or(Visibility::Public, |s| s.visibility);
    let statement = block.is_none();
    if statement && let Some(scope) = walk.scope_mut() {
        // The package before ends here.
        scope.item = None;
        scope.visibility = outer;
    }
    walk.lead.drop_detached(node.start_position().row);
    let text = signature::cut(
        walk.source,
        node.start_byte()..block.map_or(node.end_byte(), |block| block.start_byte()),
        node,
        &["#"],
    );
    let last = name.rsplit("::").next().unwrap_or(&name).to_owned();
    let def = Def::new(SnippetKind::Module, last, node)
        .qualified(name.clone())
        .signature(text)
        .public(public)
        .marks(Marks::when(hidden, Marks::HIDDEN));
    let Some(index) = walk.define(def) else {
        return Step::Skip;
    };
    let item = walk.outline.items.get(index as usize);
    let visibility = item.map_or(outer, |item| item.visibility);
    let inside = Scope {
        path: name,
        visibility,
        item: Some(index),
        flags: 0,
    };
    if !statement {
        return Step::Scope(inside);
    }
    if let Some(scope) = walk.scope_mut() {
        *scope = inside;
    }
    Step::Skip
}

fn sub(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name) = walk.field(node, "name") else {
        return Step::Skip;
    };
    let name = name.into_owned();
    let body = node.child_by_field_name("body");
    let end = body.map_or(node.end_byte(), |body| body.start_byte());
    let mut text = signature::cut(walk.source, node.start_byte()..end, node, &["#"]);
    let inside = body.map_or(b"".as_slice(), |body| walk.bytes(body));
    let unpacked = arguments::unpacked(inside);
    let is_method = node.kind() == "method_declaration_statement"
        || unpacked.first().is_some_and(|first| is_object(first))
        || text.contains("($self")
        || text.contains("($class");
    if !text.contains('(') && !unpacked.is_empty() {
        text.push('(');
        text.push_str(&unpacked.join(", "));
        text.push(')');
    }
    let kind = if is_method {
        SnippetKind::Method
    } else {
        SnippetKind::Function
    };
    add(walk, node, kind, &name, text);
    // A sub that was not understood may have swallowed those after it.
    match body {
        Some(body) if body.has_error() => Step::Body,
        _ => Step::Skip,
    }
}

fn is_object(name: &str) -> bool {
    matches!(name, "$self" | "$class" | "$this" | "$proto" | "$invocant")
}

/// Adds what is named `name`, in its own package when it says so.
fn add(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind, name: &str, signature: String) {
    walk.lead.drop_detached(node.start_position().row);
    let qualified = if name.contains("::") {
        name.to_owned()
    } else {
        walk.qualify(name)
    };
    let last = name.rsplit("::").next().unwrap_or(name);
    let public = is_public(last);
    let def = Def::new(kind, last, node)
        .qualified(qualified)
        .signature(signature)
        .public(public);
    walk.define(def);
}
