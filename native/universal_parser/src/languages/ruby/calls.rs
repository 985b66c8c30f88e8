//! Calls in the body of a class that define or hide methods.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::{MADE, PRIVATE, PUBLIC, SINGLETON, STOPPED, constant, docs, method};
use crate::define::Def;
use crate::outline::{Link, LinkKind, Marks};
use crate::rules::Step;
use crate::signature;
use crate::walk::{Walk, Wrap};

/// Arguments of one call that are looked at.
const MAX_ARGUMENTS: usize = 256;

/// A link until the file is known: what it makes of the method named.
pub(super) const HIDE: &str = "private";
/// See [`HIDE`].
pub(super) const SHOW: &str = "public";
/// See [`HIDE`]: an instance method that the module has as well.
pub(super) const FUNCTION: &str = "module_function";

/// A word alone: `private`.
pub(super) fn word(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let flags = walk.scope().flags;
    match walk.bytes(node) {
        b"private" | b"protected" => walk.set_scope_flags(flags | PRIVATE),
        b"public" => walk.set_scope_flags(flags & !PRIVATE),
        b"module_function" => walk.set_scope_flags(flags | SINGLETON),
        _ if walk.wrap.is_some() => return Step::Lead,
        _ => {}
    }
    Step::Skip
}

pub(super) fn call(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if node.child_by_field_name("receiver").is_some() {
        let flags = walk.scope().flags;
        if flags & MADE != 0 {
            walk.set_scope_flags(flags & !MADE);
            return Step::Body;
        }
        return Step::Skip;
    }
    let Some(name) = node.child_by_field_name("method") else {
        return Step::Skip;
    };
    let arguments = node.child_by_field_name("arguments");
    match walk.bytes(name) {
        b"private" | b"protected" => hide(walk, node, arguments, HIDE, false),
        b"public" => hide(walk, node, arguments, SHOW, false),
        b"private_class_method" => hide(walk, node, arguments, HIDE, true),
        b"public_class_method" => hide(walk, node, arguments, SHOW, true),
        b"module_function" => hide(walk, node, arguments, FUNCTION, false),
        b"private_constant" => {
            private_constants(walk, arguments);
            Step::Skip
        }
        b"extend" => {
            let own = arguments.is_some_and(|list| walk.bytes(list).trim_ascii() == b"self");
            if own {
                let flags = walk.scope().flags;
                walk.set_scope_flags(flags | SINGLETON);
            }
            Step::Skip
        }
        b"attr_reader" | b"attr_accessor" | b"attr" => attributes(walk, node, "", false),
        b"attr_writer" => attributes(walk, node, "=", false),
        b"mattr_accessor"
        | b"mattr_reader"
        | b"cattr_accessor"
        | b"cattr_reader"
        | b"class_attribute"
        | b"thread_mattr_accessor" => attributes(walk, node, "", true),
        b"alias_method" => made(walk, node, 0, 1),
        b"define_method" | b"def_delegator" | b"def_instance_delegator" => {
            let at = if walk.bytes(name) == b"define_method" {
                0
            } else {
                2
            };
            let fallback = if at == 2 { 1 } else { 0 };
            let found = arguments.is_some_and(|list| list.named_child(at).is_some());
            let index = if found { at as usize } else { fallback };
            made(walk, node, index, 1)
        }
        b"define_singleton_method" => {
            let saved = walk.scope().flags;
            walk.set_scope_flags(saved | SINGLETON);
            let step = made(walk, node, 0, 1);
            walk.set_scope_flags(saved);
            step
        }
        b"def_delegators" | b"def_instance_delegators" => made(walk, node, 1, MAX_ARGUMENTS),
        b"delegate" => made(walk, node, 0, MAX_ARGUMENTS),
        // `included do … end`: what is defined in a block of a class's body ends up in some class.
        _ if node.child_by_field_name("block").is_some() && !walk.scope().path.is_empty() => {
            Step::Enter
        }
        _ => around_definition(node, arguments),
    }
}

/// `memoize def x`: the definition is an argument.
fn around_definition(node: Node<'_>, arguments: Option<Node<'_>>) -> Step {
    let first = arguments.and_then(|list| list.named_child(0));
    if first.is_some_and(|first| matches!(first.kind(), "method" | "singleton_method")) {
        return Step::Wrap(Wrap::new(node, 0));
    }
    Step::Skip
}

/// `alias new old`.
pub(super) fn alias(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = node.child_by_field_name("name")
        && name.kind() != "global_variable"
        && let Some(name) = constant::literal(walk, name)
    {
        let text = signature::cut(walk.source, node.byte_range(), node, &["#"]);
        let qualified = constant::member(walk, &name, false);
        method::add(walk, node, name, qualified, text, false);
    }
    Step::Skip
}

/// `private :a, :b`, `private def …`, `private attr_reader :a`, `private(*names)`.
fn hide(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    arguments: Option<Node<'_>>,
    what: &str,
    singleton: bool,
) -> Step {
    let Some(arguments) = arguments else {
        return Step::Skip;
    };
    let mut cursor = arguments.walk();
    for argument in arguments.named_children(&mut cursor).take(MAX_ARGUMENTS) {
        match argument.kind() {
            "method" | "singleton_method" | "call" if what != FUNCTION => {
                let flag = if what == HIDE { PRIVATE } else { PUBLIC };
                return Step::Wrap(Wrap::new(node, flag));
            }
            "array" => {
                let mut cursor = argument.walk();
                for name in argument.named_children(&mut cursor).take(MAX_ARGUMENTS) {
                    tell(walk, name, what, singleton);
                }
            }
            "symbol_array" | "string_array" => {
                let mut cursor = argument.walk();
                for name in argument.named_children(&mut cursor).take(MAX_ARGUMENTS) {
                    let name = walk.text(name).into_owned();
                    let path = constant::member(walk, &name, singleton);
                    remember(walk, path, what);
                }
            }
            _ => tell(walk, argument, what, singleton),
        }
    }
    Step::Skip
}

fn tell(walk: &mut Walk<'_>, name: Node<'_>, what: &str, singleton: bool) {
    if let Some(name) = constant::literal(walk, name) {
        let path = constant::member(walk, &name, singleton);
        remember(walk, path, what);
    }
}

fn private_constants(walk: &mut Walk<'_>, arguments: Option<Node<'_>>) {
    let Some(arguments) = arguments else { return };
    let mut cursor = arguments.walk();
    for argument in arguments.named_children(&mut cursor).take(MAX_ARGUMENTS) {
        if let Some(name) = constant::literal(walk, argument) {
            let path = walk.qualify(&name);
            remember(walk, path, HIDE);
        }
    }
}

fn remember(walk: &mut Walk<'_>, path: String, what: &str) {
    walk.link(Link {
        kind: LinkKind::Member,
        scope: String::new(),
        from: Some(what.to_owned()),
        name: path,
        alias: None,
        visibility: Visibility::Internal,
    });
}

/// `attr_reader :a, :b`: one field each.
fn attributes(walk: &mut Walk<'_>, node: Node<'_>, suffix: &str, singleton: bool) -> Step {
    let Some(arguments) = node.child_by_field_name("arguments") else {
        return Step::Skip;
    };
    let word = walk.field(node, "method").unwrap_or_default();
    let docs::Doc { text, marks } = docs::read(walk, node);
    let flags = walk.scope().flags;
    let wrap = walk.wrap.map_or(0, |wrap| wrap.flags);
    let private = wrap & PRIVATE != 0 || flags & PRIVATE != 0 && wrap & PUBLIC == 0;
    let public = !private && flags & STOPPED == 0 && !marks.has(Marks::HIDDEN);
    let mut cursor = arguments.walk();
    for argument in arguments.named_children(&mut cursor).take(MAX_ARGUMENTS) {
        let Some(name) = constant::literal(walk, argument) else {
            continue;
        };
        let qualified = constant::member(walk, &format!("{name}{suffix}"), singleton);
        let def = Def::new(SnippetKind::Field, format!("{name}{suffix}"), node)
            .qualified(qualified)
            .signature(format!("{word} :{name}"))
            .public(public)
            .marks(marks)
            .doc(text.clone());
        walk.define(def);
    }
    Step::Skip
}

/// Methods named by the arguments `from..from + count`.
fn made(walk: &mut Walk<'_>, node: Node<'_>, from: usize, count: usize) -> Step {
    let Some(arguments) = node.child_by_field_name("arguments") else {
        return Step::Skip;
    };
    let block = node.child_by_field_name("block");
    let parameters = block.and_then(|block| block.child_by_field_name("parameters"));
    let mut text = signature::cut(
        walk.source,
        node.start_byte()..arguments.end_byte(),
        node,
        &["#"],
    );
    if let Some(parameters) = parameters {
        text.push(' ');
        text.push_str(&signature::cut(
            walk.source,
            parameters.byte_range(),
            node,
            &["#"],
        ));
    }
    let mut cursor = arguments.walk();
    let names = arguments.named_children(&mut cursor).skip(from).take(count);
    for argument in names {
        if let Some(name) = constant::literal(walk, argument) {
            let qualified = constant::member(walk, &name, false);
            method::add(walk, node, name, qualified, text.clone(), false);
        }
    }
    Step::Skip
}
