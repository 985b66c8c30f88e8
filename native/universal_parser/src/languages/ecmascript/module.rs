//! What a file as a whole is: a module, a script, declarations of globals.

use registry_types::Visibility;
use tree_sitter::Node;

use super::{AMBIENT, EXPORTED, comment, namespace};
use crate::paths::is_aside;
use crate::walk::{File, Scope, Walk};

/// Members of all files carry the package's name: which file they are imported from is told by
/// the package's manifest.
pub(super) fn root(walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
    walk.outline.module_doc = file_doc(walk, root);
    let declarations = [".d.ts", ".d.mts", ".d.cts"]
        .iter()
        .any(|end| file.path.ends_with(end));
    let globals = declarations && !is_module(root);
    let flags = match (declarations, globals) {
        (false, _) => 0,
        (true, false) => namespace::ambient_flags(root),
        (true, true) => AMBIENT | EXPORTED,
    };
    // Nobody writes declarations for tests: those below `test/` describe what is public.
    let visibility = if !declarations && is_aside(file.path) {
        Visibility::Internal
    } else {
        Visibility::Public
    };
    Scope {
        path: if globals {
            String::new()
        } else {
            package(file.package)
        },
        visibility,
        item: None,
        flags,
    }
}

/// `@types/babel__core` describes `@babel/core`.
fn package(name: &str) -> String {
    match name.strip_prefix("@types/") {
        Some(name) => match name.split_once("__") {
            Some((scope, name)) => format!("@{scope}/{name}"),
            None => name.to_owned(),
        },
        None => name.to_owned(),
    }
}

/// Whether anything is imported or exported: otherwise all declarations are global.
fn is_module(root: Node<'_>) -> bool {
    let mut cursor = root.walk();
    root.named_children(&mut cursor)
        .any(|child| matches!(child.kind(), "import_statement" | "export_statement"))
}

fn file_doc(walk: &Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let mut children = root.named_children(&mut cursor);
    let first = children.find(|child| child.kind() != "hash_bang_line")?;
    let text = walk.bytes(first);
    let is_doc = first.kind() == "comment" && text.starts_with(b"/**");
    (is_doc && comment::is_of_file(text))
        .then(|| crate::doc::strip([text].into_iter()))
        .flatten()
}

/// `@flow` in one of the comments at the start.
pub(super) fn has_flow_types(source: &[u8]) -> bool {
    let head = source.get(..1024).unwrap_or(source);
    let flow = memchr::memmem::find(head, b"@flow");
    // `@noflow` and mails do not count.
    flow.is_some_and(|at| head.get(..at).is_some_and(|before| before.ends_with(b" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_by_what_they_describe() {
        assert_eq!(package("@types/node"), "node");
        assert_eq!(package("@types/babel__core"), "@babel/core");
        assert_eq!(package("@scope/name"), "@scope/name");
    }

    #[test]
    fn flow_is_seen() {
        assert!(has_flow_types(b"/**\n * @flow strict\n */"));
        assert!(!has_flow_types(b"// mail me@flow.org"));
    }
}
