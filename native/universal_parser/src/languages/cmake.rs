//! CMake: functions and macros; options and cached variables with their help; projects and targets.
//! Names that start with `_` are internal.

use std::borrow::Cow;

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::plain::{child, comment, scope, unquoted};
use crate::define::Def;
use crate::doc::Style;
use crate::rules::{Rules, Step};
use crate::signature::fold;
use crate::walk::{File, Scope, Walk};

/// Arguments of a command looked at.
const MAX_ARGUMENTS: usize = 200;

pub(super) struct CMake;

impl Rules for CMake {
    fn name(&self) -> &'static str {
        "cmake"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_cmake::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cmake", "cmake.in"]
    }

    fn file_names(&self) -> &'static [&'static str] {
        &["CMakeLists.txt"]
    }

    fn comment_markers(&self) -> &'static [&'static str] {
        &["#"]
    }

    fn comments(&self) -> &'static Style {
        static STYLE: Style = Style {
            line: &["##", "#"],
            blocks: &[("#[[.rst:", "]]"), ("#[[", "]]"), ("#[=[", "]=]")],
        };
        &STYLE
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        scope("", file)
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "line_comment" => comment(walk, node),
            "bracket_comment" => bracket_comment(walk, node),
            "function_def" => routine(walk, node, "function_command", SnippetKind::Function),
            "macro_def" => routine(walk, node, "macro_command", SnippetKind::Macro),
            "normal_command" => command(walk, node),
            "if_condition" | "foreach_loop" | "while_loop" | "block_def" | "body"
            | "source_file" => Step::Enter,
            _ => Step::Skip,
        }
    }
}

/// `#[==[.rst: … #]==]`: the content alone.
fn bracket_comment(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    walk.lead.clear();
    walk.lead.push(node);
    if let Some(content) = child(node, "bracket_comment_content") {
        let text = walk.text(content);
        let text = text.trim_start_matches([' ', '\n', '\r']);
        let text = text.strip_prefix(".rst:").unwrap_or(text);
        let text = text.trim().trim_end_matches('#').trim_end();
        walk.lead.clear();
        walk.lead.push_text(text);
    }
    Step::Lead
}

fn arguments<'t>(command: Node<'t>) -> Vec<Node<'t>> {
    let Some(list) = child(command, "argument_list") else {
        return Vec::new();
    };
    let mut cursor = list.walk();
    list.named_children(&mut cursor)
        .filter(|argument| argument.kind() == "argument")
        .take(MAX_ARGUMENTS)
        .collect()
}

fn routine(walk: &mut Walk<'_>, node: Node<'_>, head: &str, kind: SnippetKind) -> Step {
    let Some(head) = child(node, head) else {
        return Step::Skip;
    };
    if let Some(name) = arguments(head).first().map(|name| walk.text(*name)) {
        define(walk, node, kind, &name, child(node, "body"), None);
    }
    Step::Skip
}

fn command(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    use SnippetKind::{Constant, Module, Type};
    let Some(word) = child(node, "identifier") else {
        return Step::Skip;
    };
    let arguments: Vec<_> = arguments(node)
        .into_iter()
        .map(|argument| walk.text(argument))
        .collect();
    let Some(name) = arguments.first().map(|name| unquoted(name)) else {
        return Step::Skip;
    };
    let help = |at: usize| arguments.get(at).map(|text| unquoted(text).to_owned());
    match walk.text(word).to_ascii_lowercase().as_str() {
        "project" => define(walk, node, Module, name, None, None),
        "option" => define(walk, node, Constant, name, None, help(1)),
        "set" => {
            let cache = arguments.iter().position(|argument| argument == "CACHE");
            // `INTERNAL` ones are kept between runs, not offered.
            let internal = cache.and_then(|at| arguments.get(at + 1));
            if let Some(cache) = cache
                && internal.is_none_or(|kind| kind != "INTERNAL")
            {
                define(walk, node, Constant, name, None, help(cache + 2));
            }
        }
        "add_library" | "add_executable" | "add_custom_target" if !name.contains('$') => {
            walk.lead.drop_detached(node.start_position().row);
            let def = Def::new(Type, name, node)
                .signature(target(&walk.text(word), &arguments))
                .public(!name.starts_with('_'));
            walk.define(def);
        }
        _ => {}
    }
    Step::Skip
}

/// A target's command without its sources.
fn target(command: &str, arguments: &[Cow<'_, str>]) -> String {
    let mut words = arguments.iter().map(|word| &**word);
    let mut text = format!("{command}({}", words.next().unwrap_or_default());
    // `STATIC`, `ALIAS name`
    for word in words.take_while(|word| word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')) {
        if matches!(word, "COMMAND" | "DEPENDS" | "SOURCES" | "COMMENT") {
            break;
        }
        text.push(' ');
        text.push_str(word);
        if word == "ALIAS" {
            text.push(' ');
            text.push_str(arguments.last().map_or("", |name| &**name));
        }
    }
    fold(&(text + ")"))
}

fn define(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    kind: SnippetKind,
    name: &str,
    body: Option<Node<'_>>,
    help: Option<String>,
) {
    let name = unquoted(name);
    walk.lead.drop_detached(node.start_position().row);
    let mut def = Def::new(kind, name, node)
        .body(body)
        .public(!name.starts_with('_'));
    if help.as_ref().is_some_and(|help| !help.is_empty()) {
        def = def.doc(help);
    }
    walk.define(def);
}
