//! GLSL: everything at the top of a shader is public: functions, structs, uniforms and other
//! interface variables and blocks, constants, macros.
//!
//! Members of an interface block go by the block's instance, or by themselves when it has none.
//! Documentation is the comment right above.

use registry_types::SnippetKind;
use tree_sitter::Node;

use crate::define::Def;
use crate::outline::Marks;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Names of one declaration, members of one block.
const MAX_NAMES: usize = 500;
/// A declaration shown with its value.
const SHORT: usize = 100;

pub(super) struct Glsl;

impl Rules for Glsl {
    fn name(&self) -> &'static str {
        "glsl"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_glsl::LANGUAGE_GLSL.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[
            "glsl", "vert", "frag", "geom", "comp", "tesc", "tese", "rgen", "rchit", "rmiss", "vs",
            "mesh", "task", "glslv", "glslf", "fsh", "vsh",
        ]
    }

    fn claims(&self, path: &str, source: &[u8]) -> bool {
        let sure = path.ends_with(".glsl") || path.ends_with(".vert") || path.ends_with(".frag");
        let head = source.get(..64 * 1024).unwrap_or(source);
        sure || ["void main", "#version", "uniform "]
            .iter()
            .any(|word| memchr::memmem::find(head, word.as_bytes()).is_some())
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        Scope::of_file("", crate::paths::is_in_aside(file.path))
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => {
                walk.lead.push_adjacent(node);
                return Step::Lead;
            }
            "preproc_call" | "preproc_include" => return Step::Lead,
            "preproc_ifdef" | "preproc_if" | "preproc_elif" => return condition(walk, node),
            "preproc_else" => {
                let text = walk.conditions.take_alternative(node.start_byte());
                walk.conditions.push(&text, node.byte_range());
                return Step::Enter;
            }
            _ => {}
        }
        walk.lead.drop_detached(node.start_position().row);
        match node.kind() {
            "function_definition" | "declaration" => declaration(walk, node),
            "struct_specifier" => structure(walk, node),
            "preproc_def" | "preproc_function_def" => macro_definition(walk, node),
            _ => {}
        }
        Step::Skip
    }
}

/// `#ifdef X`: a condition, unless it is there to be read once.
fn condition(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let children: Vec<_> = node.named_children(&mut cursor).take(3).collect();
    let name = children
        .first()
        .map(|name| walk.text(*name))
        .unwrap_or_default();
    let guard = children.get(1).is_some_and(|second| {
        second.kind() == "preproc_def"
            && second.child_by_field_name("value").is_none()
            && walk
                .field(*second, "name")
                .is_some_and(|defined| defined == name)
    });
    let text = if walk.bytes(node).starts_with(b"#ifndef") {
        format!("!defined({name})")
    } else if node.kind() == "preproc_ifdef" {
        format!("defined({name})")
    } else {
        crate::signature::fold(&name)
    };
    if !guard {
        let end = node
            .child_by_field_name("alternative")
            .map_or(node.end_byte(), |other| other.start_byte());
        walk.conditions.push(&text, node.start_byte()..end);
        walk.conditions.await_alternative(end, format!("!({text})"));
    }
    Step::Enter
}

/// The declared name below declarators of arrays, functions and initial values.
fn name_of(declarator: Node<'_>) -> Option<(Node<'_>, bool)> {
    let (mut node, mut function) = (declarator, false);
    for _ in 0..8 {
        function |= node.kind() == "function_declarator";
        match node.child_by_field_name("declarator") {
            Some(inner) => node = inner,
            None => break,
        }
    }
    matches!(node.kind(), "identifier" | "field_identifier").then_some((node, function))
}

fn declaration(walk: &mut Walk<'_>, node: Node<'_>) {
    let mut cursor = node.walk();
    let list = node
        .named_children(&mut cursor)
        .take(16)
        .find(|child| child.kind() == "field_declaration_list");
    if let Some(list) = list {
        return block(walk, node, list);
    }
    // `struct S { … } s;`
    if let Some(inner) = node.child_by_field_name("type")
        && inner.kind() == "struct_specifier"
        && inner.child_by_field_name("body").is_some()
    {
        structure(walk, inner);
    }
    let mut cursor = node.walk();
    let declarators: Vec<_> = node
        .children_by_field_name("declarator", &mut cursor)
        .take(MAX_NAMES)
        .collect();
    let doc = walk.lead.doc(walk.source);
    let single = declarators.len() == 1;
    for declarator in &declarators {
        let Some((name, function)) = name_of(*declarator) else {
            continue;
        };
        let text = walk.text(name).into_owned();
        let kind = if function {
            SnippetKind::Function
        } else {
            SnippetKind::Constant
        };
        let mut def = Def::new(kind, text.clone(), node)
            .body(node.child_by_field_name("body"))
            .doc(doc.clone());
        if function && node.kind() == "declaration" {
            def = def.marks(Marks::DECLARATION);
        }
        if !function {
            def = variable(walk, def, node, *declarator, single);
        }
        walk.define(def);
    }
}

/// The signature of a variable: with its value when that is short.
fn variable<'t>(
    walk: &Walk<'_>,
    def: Def<'t>,
    node: Node<'t>,
    declarator: Node<'t>,
    single: bool,
) -> Def<'t> {
    if single {
        let value = declarator.child_by_field_name("value");
        return def.body(value.filter(|_| node.byte_range().len() > SHORT));
    }
    let first = node.child_by_field_name("declarator");
    let end = first.map_or(node.end_byte(), |first| first.start_byte());
    let range = node.start_byte()..end;
    let common = crate::signature::cut(walk.source, range, node, &["//", "/*"]);
    let own = declarator.byte_range();
    let own = crate::signature::cut(walk.source, own, declarator, &["//", "/*"]);
    def.signature(format!("{common} {own}"))
}

/// `uniform Block { mat4 m; } instance;`
fn block(walk: &mut Walk<'_>, node: Node<'_>, list: Node<'_>) {
    let mut cursor = node.walk();
    let names: Vec<_> = node
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "identifier")
        .take(4)
        .collect();
    let Some(name) = names.first().map(|name| walk.text(*name).into_owned()) else {
        return;
    };
    let instance = names.get(1).map(|name| walk.text(*name).into_owned());
    let def = Def::new(SnippetKind::Struct, name, node).body(Some(list));
    if let Some(owner) = walk.define(def) {
        fields(walk, owner, list, instance.as_deref());
    }
}

fn structure(walk: &mut Walk<'_>, node: Node<'_>) {
    let (Some(name), Some(body)) = (walk.field(node, "name"), node.child_by_field_name("body"))
    else {
        return;
    };
    let name = name.into_owned();
    let def = Def::new(SnippetKind::Struct, name.clone(), node).body(Some(body));
    if let Some(owner) = walk.define(def) {
        fields(walk, owner, body, Some(&name));
    }
}

fn fields(walk: &mut Walk<'_>, owner: u32, list: Node<'_>, prefix: Option<&str>) {
    let mut cursor = list.walk();
    let fields: Vec<_> = list
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "field_declaration")
        .take(MAX_NAMES)
        .collect();
    for field in fields {
        let mut cursor = field.walk();
        let names: Vec<_> = field
            .children_by_field_name("declarator", &mut cursor)
            .take(MAX_NAMES)
            .filter_map(name_of)
            .collect();
        for (name, _) in names {
            let text = walk.text(name).into_owned();
            let qualified = match prefix {
                Some(prefix) => format!("{prefix}.{text}"),
                None => text.clone(),
            };
            let def = Def::new(SnippetKind::Field, text, field)
                .qualified(qualified)
                .doc(None);
            let member = walk.define(def);
            walk.give_to(owner, member);
        }
    }
}

fn macro_definition(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(name) = walk.field(node, "name").map(|name| name.into_owned()) else {
        return;
    };
    let value = node.child_by_field_name("value");
    // A name without a value only tells that the file was read.
    if value.is_none() {
        return;
    }
    let body = value.filter(|_| node.byte_range().len() > SHORT);
    walk.define(Def::new(SnippetKind::Macro, name, node).body(body));
}
