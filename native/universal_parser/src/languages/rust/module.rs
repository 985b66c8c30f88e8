//! The module path of a file.

use registry_types::Visibility;
use tree_sitter::Node;

use super::attributes;
use crate::walk::{File, Scope, Walk};

/// The file's scope; the crate root also is an item.
pub(super) fn root(walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
    let path = path(file);
    attributes::inner(walk, root);
    let aside = attributes::is_aside(walk);
    if let Some(condition) = walk.lead.condition.take() {
        walk.conditions.push(&condition, root.byte_range());
    }
    let doc = walk.lead.doc(walk.source);
    walk.outline.module_doc.clone_from(&doc);
    let mut item = None;
    if !path.contains("::") && is_root(file.path) {
        item = walk.define_file(&path, &path, format!("crate {path}"), doc, root);
    }
    Scope {
        path,
        visibility: if aside {
            Visibility::Internal
        } else {
            visibility(file.path)
        },
        item,
        flags: 0,
    }
}

fn is_root(path: &str) -> bool {
    matches!(path, "lib.rs" | "src/lib.rs") || path.ends_with("/src/lib.rs")
}

/// Examples, tests, benches and build scripts are no API.
fn visibility(path: &str) -> Visibility {
    let mut parts = path.split('/');
    let outside = match parts.next() {
        Some("examples" | "tests" | "benches" | "build.rs") => true,
        Some("src") => path == "src/main.rs" || path.starts_with("src/bin/"),
        _ => false,
    };
    if outside {
        Visibility::Internal
    } else {
        Visibility::Public
    }
}

/// `tokio::runtime::builder` for `src/runtime/builder.rs`.
fn path(file: &File<'_>) -> String {
    let (before, inside) = match file.path.rsplit_once("src/") {
        Some((before, inside)) if before.is_empty() || before.ends_with('/') => (before, inside),
        _ => ("", file.path),
    };
    // A member of a workspace is named by its directory.
    let member = before
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .filter(|name| !name.is_empty());
    let mut path = member.unwrap_or(file.package).replace('-', "_");
    let inside = inside.strip_suffix(".rs").unwrap_or(inside);
    let mut parts = inside.split('/').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        if last && (part == "mod" || path_is_crate(&path) && matches!(part, "lib" | "main")) {
            break;
        }
        path.push_str("::");
        path.push_str(part);
    }
    path
}

fn path_is_crate(path: &str) -> bool {
    !path.contains("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_directories() {
        let path = |path| {
            super::path(&File {
                path,
                package: "my-crate",
            })
        };
        assert_eq!(path("src/lib.rs"), "my_crate");
        assert_eq!(path("src/a/mod.rs"), "my_crate::a");
        assert_eq!(path("src/a/b.rs"), "my_crate::a::b");
        assert_eq!(path("lib.rs"), "my_crate");
        assert_eq!(path("crates/my-core/src/x.rs"), "my_core::x");
        assert_eq!(path("src/a/lib.rs"), "my_crate::a::lib");
    }
}
