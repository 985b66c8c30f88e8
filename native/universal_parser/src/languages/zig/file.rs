//! The file as a module.

use tree_sitter::Node;

use crate::walk::Walk;

/// Comments of a file's documentation.
const MAX_COMMENTS: usize = 2000;

/// `std.mem.Allocator` of `std/mem/Allocator.zig`; `src` is no part, and `root`, `main` and `lib` are
/// the package.
pub(super) fn module_path(path: &str, package: &str) -> String {
    let path = path.strip_suffix(".zig").unwrap_or(path);
    let path = path
        .strip_prefix("src/")
        .or_else(|| path.strip_prefix("lib/"))
        .unwrap_or(path);
    if matches!(path, "root" | "main" | "lib") || path == package {
        return package.to_owned();
    }
    path.replace('/', ".")
}

/// The `//!` lines at the start.
pub(super) fn doc(walk: &Walk<'_>, root: Node<'_>) -> Option<String> {
    let mut cursor = root.walk();
    let lines = root
        .named_children(&mut cursor)
        .take(MAX_COMMENTS)
        .take_while(|node| node.kind() == "comment")
        .map(|node| walk.bytes(node))
        .filter(|text| text.starts_with(b"//!"));
    crate::doc::strip(lines)
}

#[cfg(test)]
mod tests {
    use super::module_path;

    #[test]
    fn paths() {
        assert_eq!(
            module_path("std/mem/Allocator.zig", "p"),
            "std.mem.Allocator"
        );
        assert_eq!(module_path("src/root.zig", "p"), "p");
        assert_eq!(module_path("src/p.zig", "p"), "p");
    }
}
