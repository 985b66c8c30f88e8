//! Functions and filters, with their parameters and help.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::{STYLE, add};
use crate::define::Def;
use crate::doc;
use crate::rules::Step;
use crate::signature;
use crate::walk::Walk;

/// Parameters that a signature shows.
const MAX_PARAMETERS: usize = 64;
/// Children of a function that are looked at for its help and parameters.
const MAX_CHILDREN: usize = 32;
/// Bytes of a default value that is shown.
const SHOWN: usize = 60;

pub(super) fn define(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut parts = Parts::default();
    parts.read(walk, node);
    let Some(name) = parts.name else {
        return Step::Skip;
    };
    let name = walk.text(name);
    let (scope, bare) = name.split_once(':').unwrap_or(("", &name));
    let private = matches!(scope.to_ascii_lowercase().as_str(), "script" | "private");
    let word = walk.text(node);
    let word = word.split_ascii_whitespace().next().unwrap_or("function");
    let mut text = format!("{word} {name}");
    if let Some(list) = parts.parameters {
        text.push('(');
        text.push_str(&parameters(walk, list));
        text.push(')');
    }
    let mut def = Def::new(SnippetKind::Function, bare, node)
        .signature(signature::fold(&text))
        .public(!private);
    if let Some(help) = parts.help {
        def = def.doc(doc::strip_as(&STYLE, std::iter::once(walk.bytes(help))));
    }
    add(walk, node, def);
    Step::Skip
}

#[derive(Default)]
struct Parts<'t> {
    name: Option<Node<'t>>,
    help: Option<Node<'t>>,
    parameters: Option<Node<'t>>,
}

impl<'t> Parts<'t> {
    fn read(&mut self, walk: &Walk<'_>, node: Node<'t>) {
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor).take(MAX_CHILDREN) {
            match child.kind() {
                "function_name" => self.name = Some(child),
                "comment" if walk.bytes(child).starts_with(b"<#") => self.help = Some(child),
                "function_parameter_declaration" => self.parameters = list(child),
                "script_block" => {
                    let mut cursor = child.walk();
                    for part in child.named_children(&mut cursor).take(MAX_CHILDREN) {
                        match part.kind() {
                            "comment" if walk.bytes(part).starts_with(b"<#") => {
                                self.help = self.help.or(Some(part));
                            }
                            "param_block" => self.parameters = self.parameters.or(list(part)),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

fn list(node: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = node.walk();
    node.named_children(&mut cursor)
        .find(|child| child.kind() == "parameter_list")
}

/// `[string] $Path, [int] $Count = 2`: types, names and short defaults, no further attributes.
fn parameters(walk: &Walk<'_>, list: Node<'_>) -> String {
    let mut shown = Vec::new();
    let mut cursor = list.walk();
    for parameter in list.named_children(&mut cursor).take(MAX_PARAMETERS) {
        if parameter.kind() != "script_parameter" {
            continue;
        }
        let mut text = String::new();
        let mut cursor = parameter.walk();
        for part in parameter.named_children(&mut cursor).take(MAX_CHILDREN) {
            match part.kind() {
                "attribute_list" => {
                    let mut cursor = part.walk();
                    let kind = part
                        .named_children(&mut cursor)
                        .take(MAX_CHILDREN)
                        .filter(|attribute| {
                            attribute
                                .named_child(0)
                                .is_some_and(|inside| inside.kind() == "type_literal")
                        })
                        .last();
                    if let Some(kind) = kind {
                        text.push_str(walk.text(kind).trim());
                        text.push(' ');
                    }
                }
                "variable" => text.push_str(&walk.text(part)),
                "script_parameter_default" if part.end_byte() - part.start_byte() <= SHOWN => {
                    text.push(' ');
                    text.push_str(walk.text(part).trim());
                }
                _ => {}
            }
        }
        shown.push(text);
    }
    shown.join(", ")
}
