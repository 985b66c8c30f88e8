//! Components of Vue, Svelte and Astro: one item named after the file, with what a user can hand to
//! it as members: properties (`name`), events (`@name`), slots (`#name`), what it exposes.
//!
//! Its scripts are parsed as what they are; what a module script exports is named by the package, as
//! in any other module.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use super::super::plain::{child, scope, stem, unique};
use super::{STYLE, element, props};
use crate::define::Def;
use crate::doc::{self, Style};
use crate::language::Language;
use crate::outline::{Marks, Outline};
use crate::rules::{Embed, Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Nodes before the first script or element, of which one may be the component's documentation.
const MAX_HEAD: usize = 20;
/// Slots of one component.
const MAX_SLOTS: u32 = 200;

/// One framework's files.
pub(in super::super) struct Component {
    name: &'static str,
    grammar: fn() -> tree_sitter::Language,
    extensions: &'static [&'static str],
}

impl Component {
    #[cfg(feature = "vue")]
    pub(in super::super) const VUE: Self = Self {
        name: "vue",
        grammar: || tree_sitter_html::LANGUAGE.into(),
        extensions: &["vue"],
    };
    #[cfg(feature = "svelte")]
    pub(in super::super) const SVELTE: Self = Self {
        name: "svelte",
        grammar: || tree_sitter_svelte_ng::LANGUAGE.into(),
        extensions: &["svelte"],
    };
    #[cfg(feature = "astro")]
    pub(in super::super) const ASTRO: Self = Self {
        name: "astro",
        grammar: || tree_sitter_astro_next::LANGUAGE.into(),
        extensions: &["astro"],
    };
}

impl Rules for Component {
    fn name(&self) -> &'static str {
        self.name
    }

    fn grammar(&self) -> tree_sitter::Language {
        (self.grammar)()
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.extensions
    }

    fn comments(&self) -> &'static Style {
        &STYLE
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let package = scope(file.package, file);
        let name = stem(file.path, "index");
        let path = walk.qualify_in(&package.path, name);
        let doc = description(walk, root);
        let def = Def::new(SnippetKind::Class, name, root)
            .qualified(path.clone())
            .signature(format!("<{name}>"))
            .doc(doc)
            .public(package.visibility == Visibility::Public)
            .marks(Marks::DEFAULT);
        let item = walk.define(def);
        Scope {
            path,
            item,
            ..package
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => Step::Lead,
            "frontmatter" => match (
                child(node, "frontmatter_js_block"),
                Language::by_label("ts"),
            ) {
                (Some(text), Some(language)) => Step::Embed(Embed {
                    language,
                    ranges: vec![text.range()],
                    scope: Some(walk.scope().clone()),
                }),
                _ => Step::Skip,
            },
            "script_element" => self.script(walk, node),
            "style_element" | "start_tag" | "end_tag" | "text" => Step::Skip,
            "element" => {
                slot(walk, node);
                Step::Enter
            }
            // Blocks of Svelte, expressions with markup in them.
            kind if kind.ends_with("_statement") || kind.ends_with("_block") => Step::Enter,
            "html_interpolation" | "else_if" | "then" | "catch" | "fragment" => Step::Enter,
            _ => Step::Skip,
        }
    }

    fn embedded(&self, walk: &mut Walk<'_>, root: Node<'_>, inner: &mut Outline) {
        let own = inner.module == walk.scope().path;
        match self.name {
            "vue" => props::vue(walk, root, inner),
            "svelte" if own => props::svelte(walk, root, inner),
            "astro" if own => props::astro(walk, root),
            _ => {}
        }
    }

    /// `let { title } = $props()` gives a local variable the name of a property.
    fn finish(&self, outline: &mut Outline) {
        unique(outline, |item| item.visibility == Visibility::Internal);
    }
}

impl Component {
    fn script(&self, walk: &Walk<'_>, node: Node<'_>) -> Step {
        let usual = if self.name == "astro" { "ts" } else { "js" };
        let Some((language, range)) = element::script(walk, node, usual) else {
            return Step::Skip;
        };
        let has = |name| {
            let tag = element::tag(node);
            tag.and_then(|tag| element::attribute(walk, tag, name))
        };
        let module =
            has("module").is_some() || has("context").flatten().as_deref() == Some("module");
        let component = walk.scope();
        let scope = match self.name {
            // What an instance's script exports are the component's properties and methods.
            "svelte" if !module => Some(component.clone()),
            // Runs in the page, for nobody to import.
            "astro" => Some(Scope {
                path: String::new(),
                visibility: Visibility::Internal,
                ..component.clone()
            }),
            _ => None,
        };
        Step::Embed(Embed {
            language,
            ranges: vec![range],
            scope,
        })
    }
}

/// The comment at the start, or that which says `@component`.
fn description(walk: &Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let comment = root
        .named_children(&mut cursor)
        .take(MAX_HEAD)
        .enumerate()
        .filter(|(_, node)| node.kind() == "comment")
        .map(|(index, node)| (index, walk.bytes(node)))
        .find(|(index, text)| *index == 0 || memchr::memmem::find(text, b"@component").is_some());
    let text = doc::strip_as(&STYLE, std::iter::once(comment?.1))?;
    let text = text.strip_prefix("@component").unwrap_or(&text).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// `<slot name="header">` is `#header`.
fn slot(walk: &mut Walk<'_>, node: Node<'_>) {
    let Some(tag) = element::tag(node).filter(|tag| element::name(walk, *tag) == "slot") else {
        return;
    };
    let name = element::attribute(walk, tag, "name").flatten();
    let name = format!("#{}", name.as_deref().unwrap_or("default"));
    let known = |item: &crate::outline::Item| item.name == name;
    if walk.state >= MAX_SLOTS || walk.outline.items.iter().any(known) {
        return;
    }
    walk.state += 1;
    let signature = crate::signature::fold(&walk.text(tag));
    let def = Def::new(SnippetKind::Field, name, node)
        .signature(signature)
        .doc(None);
    walk.define(def);
}
