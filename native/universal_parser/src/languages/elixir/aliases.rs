//! `alias`: what the short names of modules stand for, so that specs and modules are told by their
//! full names, as the compiler tells them.

use registry_types::Visibility;
use tree_sitter::Node;

use super::first_argument;
use crate::outline::{Link, LinkKind};
use crate::walk::Walk;

/// Aliases looked back at: those of the last modules of a file.
const MAX_ALIASES: usize = 200;
/// Modules of one `alias A.{B, C}`.
const MAX_MODULES: usize = 100;

/// `alias A.B`, `alias A.B, as: C`, `alias A.{B, C}`.
pub(super) fn read(walk: &mut Walk<'_>, call: Node<'_>) {
    let Some(argument) = first_argument(call) else {
        return;
    };
    if let Some(members) = argument
        .child_by_field_name("right")
        .filter(|right| right.kind() == "tuple")
    {
        let Some(base) = argument.child_by_field_name("left") else {
            return;
        };
        let base = full(walk, &walk.text(base));
        let mut cursor = members.walk();
        let members = members.named_children(&mut cursor).take(MAX_MODULES);
        let names: Vec<_> = members
            .filter(|member| member.kind() == "alias")
            .map(|member| format!("{base}.{}", walk.text(member)))
            .collect();
        for name in names {
            note(walk, None, name);
        }
        return;
    }
    let name = full(walk, &walk.text(argument));
    note(walk, renamed(walk, argument), name);
}

/// What `as:` says.
fn renamed(walk: &Walk<'_>, argument: Node<'_>) -> Option<String> {
    let options = argument.next_named_sibling()?;
    let pair = options.named_child(0)?;
    let key = pair.child_by_field_name("key")?;
    let value = pair.child_by_field_name("value")?;
    let is_as = walk.bytes(key).starts_with(b"as:");
    is_as.then(|| walk.text(value).into_owned())
}

/// From here on `short` (the last part of `name`, when none) stands for `name`.
pub(super) fn note(walk: &mut Walk<'_>, short: Option<String>, name: String) {
    let short = short.unwrap_or_else(|| name.rsplit('.').next().unwrap_or(&name).to_owned());
    if !short.starts_with(char::is_uppercase) || short == name {
        return;
    }
    let scope = walk.scope().path.clone();
    walk.link(Link {
        kind: LinkKind::Import,
        scope,
        from: Some(name),
        name: String::new(),
        alias: Some(short),
        visibility: Visibility::Internal,
    });
}

/// The full name of a module, as far as the file tells.
pub(super) fn full(walk: &Walk<'_>, name: &str) -> String {
    if let Some(absolute) = name.strip_prefix("Elixir.") {
        return absolute.to_owned();
    }
    let (first, rest) = match name.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (name, None),
    };
    let here = walk.scope().path.as_str();
    let base = if first == "__MODULE__" {
        Some(here)
    } else {
        let holds = |scope: &str| {
            let inside = here.strip_prefix(scope);
            scope.is_empty() || inside.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let links = walk.outline.links.iter().rev().take(MAX_ALIASES);
        let mut known = links.filter(|link| link.alias.as_deref() == Some(first));
        let known = known.find(|link| holds(&link.scope));
        known.and_then(|link| link.from.as_deref())
    };
    match (base, rest) {
        (Some(base), Some(rest)) => format!("{base}.{rest}"),
        (Some(base), None) => base.to_owned(),
        (None, _) => name.to_owned(),
    }
}
