//! WGSL, with the imports of Bevy's preprocessor: functions, structs with members, bindings,
//! constants and overrides, aliases. There is no visibility: everything is public.
//!
//! The grammar knows the `let` and `type` of old at the top of a file, not `const` and `alias`: the
//! parser sees the former for the latter. Documentation is the comment right above.

use std::borrow::Cow;

use registry_types::SnippetKind;
use tree_sitter::Node;

use crate::define::Def;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Members of one struct.
const MAX_MEMBERS: usize = 1000;
/// A constant shown with its value.
const SHORT: usize = 100;

pub(super) struct Wgsl;

impl Rules for Wgsl {
    fn name(&self) -> &'static str {
        "wgsl"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_wgsl_bevy::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["wgsl"]
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        mask(source)
    }

    fn separator(&self) -> &'static str {
        "::"
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let mut cursor = root.walk();
        let declared = root
            .named_children(&mut cursor)
            .take(200)
            .find(|node| node.kind() == "define_import_path");
        let path = declared.and_then(|node| walk.field(node, "path"));
        Scope::of_file(
            path.map(|path| path.trim().to_owned()).unwrap_or_default(),
            crate::paths::is_in_aside(file.path),
        )
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "line_comment" | "block_comment" => {
                walk.lead.push_adjacent(node);
                return Step::Lead;
            }
            "preproc_ifdef" => return condition(walk, node),
            "preproc_else" => return Step::Enter,
            "preproc_import" | "define_import_path" | "enable_directive" => return Step::Lead,
            _ => {}
        }
        walk.lead.drop_detached(node.start_position().row);
        match node.kind() {
            "function_declaration" => {
                let body = node.child_by_field_name("body");
                if let Some(name) = walk.field(node, "name") {
                    walk.define(Def::new(SnippetKind::Function, name, node).body(body));
                }
            }
            "struct_declaration" => structure(walk, node),
            "global_constant_declaration" | "global_variable_declaration" => {
                named(walk, node, SnippetKind::Constant);
            }
            "type_alias_declaration" => named(walk, node, SnippetKind::Type),
            _ => {}
        }
        Step::Skip
    }
}

fn condition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let name = walk.field(node, "name").unwrap_or_default().into_owned();
    let negated = walk.bytes(node).starts_with(b"#ifndef");
    let text = format!("{}defined({name})", if negated { "!" } else { "" });
    let end = node
        .child_by_field_name("alternative")
        .map_or(node.end_byte(), |other| other.start_byte());
    walk.conditions.push(&text, node.start_byte()..end);
    Step::Enter
}

/// The first identifier that is no attribute's.
fn name_in(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    for _ in 0..4 {
        let mut cursor = node.walk();
        let found = node.named_children(&mut cursor).take(16).find(|child| {
            matches!(
                child.kind(),
                "identifier" | "variable_declaration" | "variable_identifier_declaration"
            )
        })?;
        if found.kind() == "identifier" {
            return Some(found);
        }
        node = found;
    }
    None
}

fn named(walk: &mut Walk<'_>, node: Node<'_>, kind: SnippetKind) {
    let Some(name) = name_in(node).map(|name| walk.text(name).into_owned()) else {
        return;
    };
    let mut cursor = node.walk();
    let value = node
        .named_children(&mut cursor)
        .take(32)
        .find(|child| child.kind().starts_with("const_"));
    let long = node.byte_range().len() > SHORT;
    let mut def = Def::new(kind, name, node).body(value.filter(|_| long));
    // A folded signature says what was written, not what the parser saw.
    if long && value.is_none() {
        let range = node.start_byte()..node.start_byte() + SHORT;
        def = def.signature(crate::signature::cut(
            walk.source,
            range,
            node,
            &["//", "/*"],
        ));
    }
    walk.define(def);
}

fn structure(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(name) = walk.field(node, "name").map(|name| name.into_owned()) else {
        return;
    };
    let mut cursor = node.walk();
    let brace = node
        .children(&mut cursor)
        .take(16)
        .find(|child| child.kind() == "{");
    let path = walk.qualify(&name);
    let def = Def::new(SnippetKind::Struct, name, node).body(brace);
    let Some(owner) = walk.define(def) else {
        return;
    };
    let mut cursor = node.walk();
    let members: Vec<_> = node
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "struct_member")
        .take(MAX_MEMBERS)
        .collect();
    for member in members {
        let Some(name) = name_in(member).map(|name| walk.text(name).into_owned()) else {
            continue;
        };
        let def = Def::new(SnippetKind::Field, name.clone(), member)
            .qualified(format!("{path}.{name}"))
            .doc(None);
        let member = walk.define(def);
        walk.give_to(owner, member);
    }
}

/// `const` as `let  `, `alias` as `type `, at the beginning of a line; the length stays.
fn mask(source: &[u8]) -> Cow<'_, [u8]> {
    let mut masked = Cow::Borrowed(source);
    let mut start = 0;
    while start < source.len() {
        let line = source.get(start..).unwrap_or_default();
        for (word, other) in [(b"const ", b"let   "), (b"alias ", b"type  ")] {
            if line.starts_with(word)
                && let Some(place) = masked.to_mut().get_mut(start..start + word.len())
            {
                place.copy_from_slice(other);
            }
        }
        match memchr::memchr(b'\n', line) {
            Some(end) => start += end + 1,
            None => break,
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn new_words_are_seen_as_old_ones() {
        assert_eq!(&*mask(b"const A = 1;\n const"), b"let   A = 1;\n const");
        assert_eq!(&*mask(b"\nalias B = f32;"), b"\ntype  B = f32;");
        assert_eq!(&*mask(b""), b"");
    }
}
