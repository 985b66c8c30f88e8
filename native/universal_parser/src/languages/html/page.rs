//! Pages: headings, templates by their id, custom elements; scripts and styles are parsed as their own
//! languages.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::super::headings;
use super::super::plain::{child, scope, unquoted};
use super::{STYLE, element};
use crate::define::Def;
use crate::doc::Style;
use crate::language::Language;
use crate::outline::Outline;
use crate::rules::{Embed, Rules, Step};
use crate::signature::fold;
use crate::walk::{File, Scope, Walk, last_row};

/// Scope: inside of a template.
const TEMPLATE: u32 = 1;
/// Statements of a script looked at.
const MAX_STATEMENTS: usize = 5000;

pub(in super::super) struct Html;

impl Rules for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_html::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn separator(&self) -> &'static str {
        " > "
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["<!--"]
    }

    fn comments(&self) -> &'static Style {
        &STYLE
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        walk.state = u32::try_from(last_row(root) + 1).unwrap_or(u32::MAX);
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => {
                walk.lead.replace(node);
                Step::Lead
            }
            "element" => element(walk, node),
            "script_element" => match element::script(walk, node, "js") {
                Some((language, range)) => Step::Embed(Embed {
                    language,
                    ranges: vec![range],
                    scope: embedded_scope(walk),
                }),
                None => Step::Skip,
            },
            "style_element" => match (element::raw(node), Language::by_label("css")) {
                (Some(range), Some(language)) if element::is_css(walk, node) => {
                    Step::Embed(Embed {
                        language,
                        ranges: vec![range],
                        scope: embedded_scope(walk),
                    })
                }
                _ => Step::Skip,
            },
            _ => Step::Skip,
        }
    }

    fn embedded(&self, walk: &mut Walk<'_>, root: Node<'_>, _inner: &mut Outline) {
        let mut cursor = root.walk();
        for statement in root.named_children(&mut cursor).take(MAX_STATEMENTS) {
            if statement.kind() == "expression_statement" {
                custom_element(walk, statement);
            }
        }
    }

    fn finish(&self, outline: &mut Outline) {
        headings::nest(outline, self.separator());
    }
}

/// Of scripts in a page that is an example itself.
fn embedded_scope(walk: &Walk<'_>) -> Option<Scope> {
    let scope = walk.scopes().first()?;
    (scope.visibility == Visibility::Internal).then(|| scope.clone())
}

fn element(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let Some(tag) = element::tag(node) else {
        return Step::Enter;
    };
    let name = element::name(walk, tag).to_ascii_lowercase();
    match name.as_bytes() {
        [b'h', digit @ b'1'..=b'6'] => {
            heading(walk, node, u16::from(digit - b'0'));
            Step::Skip
        }
        b"template" => match element::attribute(walk, tag, "id").flatten() {
            Some(id) => {
                let def =
                    Def::new(SnippetKind::Macro, id.clone(), node).signature(fold(&walk.text(tag)));
                match walk.define(def) {
                    Some(item) => Step::Scope(walk.scope_of(&id, Some(item), TEMPLATE)),
                    None => Step::Skip,
                }
            }
            None => Step::Enter,
        },
        b"slot" if walk.scope().flags & TEMPLATE != 0 => {
            if let Some(name) = element::attribute(walk, tag, "name").flatten() {
                let def = Def::new(SnippetKind::Field, name, node).signature(fold(&walk.text(tag)));
                walk.define(def);
            }
            Step::Enter
        }
        _ => Step::Enter,
    }
}

fn heading(walk: &mut Walk<'_>, node: Node<'_>, level: u16) {
    let text = element::inner_text(walk, node);
    let def = Def::new(SnippetKind::Module, text.clone(), node)
        .signature(format!("<h{level}> {text}"))
        .doc(None)
        .marks(headings::level(level));
    let (end, end_line) = (walk.source.len(), walk.state);
    let item = walk.define(def);
    // In a fragment of another document, the fragment's end is not known: the heading alone.
    let item = item.filter(|_| walk.level == 0);
    if let Some(item) = item.and_then(|item| walk.outline.items.get_mut(item as usize)) {
        item.end = u32::try_from(end).unwrap_or(u32::MAX);
        item.end_line = end_line.max(item.end_line);
    }
}

/// `customElements.define("x-name", …)`
fn custom_element(walk: &mut Walk<'_>, statement: Node<'_>) {
    let call = child(statement, "call_expression");
    let Some((call, function)) = call.and_then(|call| {
        let function = walk.field(call, "function")?;
        Some((call, function))
    }) else {
        return;
    };
    if !matches!(
        &*function,
        "customElements.define" | "window.customElements.define"
    ) {
        return;
    }
    let arguments = call.child_by_field_name("arguments");
    let name = arguments.and_then(|arguments| arguments.named_child(0));
    if let Some(name) = name.filter(|name| name.kind() == "string") {
        let name = walk.text(name);
        let name = unquoted(&name);
        let def = Def::new(SnippetKind::Class, name, statement)
            .qualified(name.to_owned())
            .signature(fold(&format!("<{name}>")))
            .doc(None);
        walk.define(def);
    }
}
