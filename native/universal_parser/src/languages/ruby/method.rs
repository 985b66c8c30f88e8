//! `def`, and methods that are made by name.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{PRIVATE, PUBLIC, STOPPED, constant, docs};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Methods that Ruby makes private whatever is said.
const ALWAYS_PRIVATE: [&str; 4] = [
    "initialize_copy",
    "initialize_clone",
    "initialize_dup",
    "respond_to_missing?",
];

/// `def name`, `def self.name`, `def Const.name`.
pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(name_node) = node.child_by_field_name("name") else {
        return Step::Skip;
    };
    let name = walk.text(name_node).into_owned();
    let end = node
        .child_by_field_name("parameters")
        .unwrap_or(name_node)
        .end_byte();
    let signature = signature::cut(walk.source, node.start_byte()..end, node, &["#"]);
    let qualified = match node.child_by_field_name("object") {
        Some(object) if object.kind() == "self" => constant::member(walk, &name, true),
        Some(object) => of_object(walk, object, &name),
        None => constant::member(walk, &name, false),
    };
    let singleton = node.kind() == "singleton_method";
    add(walk, node, name, qualified, signature, singleton);
    Step::Skip
}

/// `def Store.open` inside of `Store` or outside of it.
fn of_object(walk: &Walk<'_>, object: Node<'_>, name: &str) -> String {
    let object = walk.text(object);
    let path = &walk.scope().path;
    let same = path.rsplit("::").next() == Some(&object);
    if same {
        format!("{path}.{name}")
    } else {
        format!("{}.{name}", walk.qualify(&object))
    }
}

/// Adds a method; `singleton` ones do not heed `private`.
pub(super) fn add(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    name: String,
    qualified: String,
    signature: String,
    singleton: bool,
) {
    let docs::Doc { text, marks } = docs::read(walk, node);
    let flags = walk.scope().flags;
    let wrap = walk.wrap.map_or(0, |wrap| wrap.flags);
    let constructor = name == "initialize" && qualified.ends_with("#initialize");
    let private = if wrap & (PRIVATE | PUBLIC) != 0 {
        wrap & PRIVATE != 0
    } else {
        flags & PRIVATE != 0 && !singleton
    };
    let private = !constructor && (private || ALWAYS_PRIVATE.contains(&name.as_str()));
    let public = !private && flags & STOPPED == 0 && !marks.has(Marks::HIDDEN);
    let kind = if walk.scope().path.is_empty() && !singleton {
        SnippetKind::Function
    } else {
        SnippetKind::Method
    };
    let path = if constructor {
        format!("{}.new", walk.scope().path)
    } else {
        qualified.clone()
    };
    let def = Def::new(kind, name, node)
        .qualified(path)
        .signature(signature)
        .public(public)
        .marks(marks)
        .doc(text);
    let index = walk.define(def);
    if constructor
        && let Some(index) = index
        && let Some(item) = walk.outline.items.get_mut(index as usize)
    {
        item.aliases.push(qualified);
    }
}
