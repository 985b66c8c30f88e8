//! Declarations: functions, methods, variables, fields.

use registry_types::SnippetKind;
use tree_sitter::Node;

use super::declarator::{self, Declared};
use super::{CLASS, DEFINED, INHERITED, docs, types};
use crate::define::Def;
use crate::outline::Marks;
use crate::rules::Step;
use crate::signature;
use crate::walk::{Scope, Walk, Wrap};

/// Names declared by one statement.
const MAX_DECLARATORS: usize = 256;
/// A longer value is left out of the signature.
const LONG: usize = 80;

/// What the declarators of one statement share. Each look-up walks over all of them: done once.
struct Statement<'t> {
    node: Node<'t>,
    of: Option<Node<'t>>,
    /// The value of a member that is declared alone.
    value: Option<Node<'t>>,
    /// More than one declarator.
    several: bool,
    /// With a body, or `= default`.
    complete: bool,
    marks: Marks,
}

/// A declaration, a member, or a function with its body.
pub(super) fn declaration(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let mut cursor = node.walk();
    let mut declarators = Vec::new();
    let mut defaulted = false;
    // One pass: asking for each field by name would be one each.
    for child in node.named_children(&mut cursor).take(8 * MAX_DECLARATORS) {
        match child.kind() {
            "delete_method_clause" => return Step::Skip,
            "default_method_clause" => defaulted = true,
            _ => {}
        }
    }
    declarators.extend(
        node.children_by_field_name("declarator", &mut cursor)
            .take(MAX_DECLARATORS),
    );
    docs::settle(walk, node);
    let several = declarators.len() > 1;
    let statement = Statement {
        node,
        of: node.child_by_field_name("type"),
        value: node
            .child_by_field_name("default_value")
            .filter(|_| !several),
        several,
        complete: defaulted || node.child_by_field_name("body").is_some(),
        marks: docs::marks(walk, node),
    };
    let mut last = None;
    for declarator in declarators {
        let Some(declared) = declarator::read(walk, declarator) else {
            continue;
        };
        last = define(walk, &statement, declarator, &declared).map(|item| (item, declared.name));
    }
    let Some(of) = statement.of.filter(|of| types::has_body(*of)) else {
        return Step::Skip;
    };
    if of.child_by_field_name("name").is_some() {
        return Step::Wrap(Wrap::new(node, 0));
    }
    // An unnamed type: its members belong to the variable, else to the scope around it.
    let scope = walk.scope().clone();
    let flags = scope.flags & (INHERITED | CLASS) | DEFINED;
    match last {
        Some((item, name)) => Step::Scope(walk.scope_of(&name, Some(item), flags)),
        None => Step::Scope(Scope { flags, ..scope }),
    }
}

fn define(
    walk: &mut Walk<'_>,
    statement: &Statement<'_>,
    declarator: Node<'_>,
    declared: &Declared,
) -> Option<u32> {
    let member = walk.scope().flags & CLASS != 0 || !declared.path.is_empty();
    let kind = match (declared.function, member) {
        (true, true) => SnippetKind::Method,
        (true, false) => SnippetKind::Function,
        (false, true) => SnippetKind::Field,
        (false, false) => SnippetKind::Constant,
    };
    let prototype = declared.function && !statement.complete;
    let qualified = walk.qualify(&format!("{}{}", declared.path, declared.name));
    let def = Def::new(kind, declared.name.clone(), statement.node)
        .qualified(qualified)
        .signature(text(walk, statement, declarator, declared))
        .public(types::is_public(walk))
        .marks(Marks::when(prototype, Marks::DECLARATION).with(statement.marks));
    walk.define(def)
}

/// The signature: the type and this declarator; a short value too.
fn text(
    walk: &Walk<'_>,
    statement: &Statement<'_>,
    declarator: Node<'_>,
    declared: &Declared,
) -> String {
    let node = statement.node;
    let start = walk
        .wrap
        .map_or(node.start_byte(), |wrap| wrap.start.min(node.start_byte()));
    let cut = |range| signature::cut(walk.seen, range, node, &["//", "/*"]);
    let value = declarator.child_by_field_name("value").or(statement.value);
    let end = match value {
        Some(value) if value.byte_range().len() <= LONG => value.end_byte().max(declared.end),
        _ => declared.end,
    };
    let first = statement.of.is_none_or(|of| {
        let between = walk
            .source
            .get(of.end_byte()..declarator.start_byte())
            .unwrap_or_default();
        !between.contains(&b',')
    });
    match statement
        .of
        .filter(|of| types::has_body(*of) || statement.several && !first)
    {
        // Without the members, or the names declared before this one.
        Some(of) => {
            let head = cut(start..types::head_end(of));
            format!(
                "{head} {}",
                cut(declarator.start_byte()..end.max(declarator.start_byte()))
            )
        }
        None => cut(start..end.max(start)),
    }
}
