//! Export lists, and the conditions of the preprocessor.

use registry_types::Visibility;
use tree_sitter::Node;

use super::text;
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Before the names of exported types.
pub(super) const TYPE: &str = "type ";
/// `-compile(export_all)`.
pub(super) const ALL: &str = "*";

/// In `walk.state`: how many conditions deep, from the first one that is for tests …
const DEPTH: u32 = 0xffff;
/// … and whether its `-else` was reached.
const ELSE: u32 = 1 << 16;

/// Follows `-ifdef` and its like; whether the form was one.
pub(super) fn condition(walk: &mut Walk<'_>, node: Node<'_>) -> bool {
    note(walk, node);
    let depth = walk.state & DEPTH;
    match node.kind() {
        "pp_ifdef" | "pp_ifndef" | "pp_if" => {
            let test = node.kind() == "pp_ifdef" && is_for_tests(walk, node);
            if (depth > 0 || test) && depth < DEPTH {
                walk.state += 1;
            }
        }
        "pp_else" | "pp_elif" => {
            if depth == 1 {
                walk.state |= ELSE;
            }
        }
        "pp_endif" => match depth {
            0 => {}
            1 => walk.state = 0,
            _ => walk.state -= 1,
        },
        _ => return false,
    }
    true
}

/// What follows exists under this condition.
fn note(walk: &mut Walk<'_>, node: Node<'_>) {
    let defined =
        |walk: &Walk<'_>| format!("defined({})", walk.field(node, "name").unwrap_or_default());
    let condition = |walk: &Walk<'_>| {
        node.child_by_field_name("cond")
            .map_or_else(String::new, |condition| {
                let text = signature::cut(walk.source, condition.byte_range(), condition, &["%"]);
                let inside = text
                    .strip_prefix('(')
                    .and_then(|text| text.strip_suffix(')'));
                inside.unwrap_or(&text).to_owned()
            })
    };
    let start = node.end_byte();
    match node.kind() {
        "pp_ifdef" => walk.conditions.flat_if(&defined(walk), start),
        "pp_ifndef" if is_guard(walk, node) => walk.conditions.flat_if("", start),
        "pp_ifndef" => walk
            .conditions
            .flat_if(&format!("not {}", defined(walk)), start),
        "pp_if" => walk.conditions.flat_if(&condition(walk), start),
        "pp_elif" => walk.conditions.flat_else(&condition(walk), start),
        "pp_else" => walk.conditions.flat_else("", start),
        "pp_endif" => walk.conditions.flat_end(),
        _ => {}
    }
}

/// `-ifndef(NAME_HRL)` of a header: true whenever the header is read.
fn is_guard(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let name = walk.field(node, "name").unwrap_or_default();
    let name = name.trim_matches('_');
    walk.scope().flags & super::HEADER != 0 && (name.ends_with("HRL") || name.ends_with("hrl"))
}

fn is_for_tests(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let name = walk.field(node, "name").unwrap_or_default();
    matches!(&*name, "TEST" | "EUNIT" | "PROPER" | "COMMON_TEST")
}

/// Whether the walk is where only tests get.
pub(super) fn in_test(walk: &Walk<'_>) -> bool {
    walk.state & DEPTH > 0 && walk.state & ELSE == 0
}

/// `-export([f/1])`, `-export_type([t/0])`.
pub(super) fn read(walk: &mut Walk<'_>, node: Node<'_>, sort: &str) -> Step {
    let mut cursor = node.walk();
    let mut names = Vec::new();
    for entry in node
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "fa")
    {
        let arity = entry
            .child_by_field_name("arity")
            .and_then(|arity| walk.field(arity, "value"));
        if let (Some(name), Some(arity)) = (walk.field(entry, "fun"), arity) {
            names.push(format!("{sort}{}/{arity}", text::canonical(&name)));
        }
    }
    names.into_iter().for_each(|name| export(walk, name));
    Step::Skip
}

/// `-compile(export_all)`, alone or in a list.
pub(super) fn compile_options(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(options) = node.child_by_field_name("options") {
        let mut cursor = options.walk();
        let listed = options
            .named_children(&mut cursor)
            .any(|option| walk.bytes(option) == b"export_all");
        if listed || walk.bytes(options) == b"export_all" {
            export(walk, ALL.to_owned());
        }
    }
    Step::Skip
}

fn export(walk: &mut Walk<'_>, name: String) {
    let scope = walk.scope().path.clone();
    let visibility = Visibility::Public;
    walk.link(Link {
        kind: LinkKind::Export,
        scope,
        from: None,
        name,
        alias: None,
        visibility,
    });
}
