//! Namespaces, `using`, and what tells C++ from C.

use registry_types::Visibility;
use tree_sitter::Node;

use super::INHERITED;
use crate::outline::{Link, LinkKind};
use crate::rules::Step;
use crate::walk::{Scope, Walk};

/// `namespace a::b { … }`. No item: any file may add to it. Names of an inline one are also names of
/// the one around it, those of an unnamed one are the file's own.
pub(super) fn namespace(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    let scope = walk.scope();
    let flags = scope.flags & INHERITED;
    let (visibility, item, path) = (scope.visibility, scope.item, scope.path.clone());
    let Some(name) = walk.field(node, "name") else {
        return Step::Scope(Scope {
            path,
            visibility: Visibility::Internal,
            item,
            flags,
        });
    };
    let mut cursor = node.walk();
    if node
        .children(&mut cursor)
        .any(|child| child.kind() == "inline")
    {
        return Step::Scope(Scope {
            path,
            visibility,
            item,
            flags,
        });
    }
    let name: String = name
        .split("::")
        .map(str::trim)
        .collect::<Vec<_>>()
        .join("::");
    let inner = ["detail", "details", "internal", "impl", "_detail"];
    let internal = name
        .split("::")
        .any(|part| inner.contains(&part) || part.starts_with('_'));
    let visibility = if internal {
        Visibility::Internal
    } else {
        visibility
    };
    Step::Scope(Scope {
        path: walk.qualify(&name),
        visibility,
        item,
        flags,
    })
}

/// `using ns::name;`
pub(super) fn using(walk: &mut Walk<'_>, node: Node<'_>) -> Step {
    if let Some(name) = node
        .named_child(0)
        .filter(|name| name.kind() == "qualified_identifier")
    {
        let text: String = walk.text(name).split_whitespace().collect();
        if let Some((from, name)) = text.rsplit_once("::") {
            walk.link(Link {
                kind: LinkKind::Import,
                scope: walk.scope().path.clone(),
                from: Some(from.to_owned()),
                name: name.to_owned(),
                alias: None,
                visibility: walk.scope().visibility,
            });
        }
    }
    Step::Skip
}

/// Whether the text of a `.h` file is Objective-C.
pub(in crate::languages) fn looks_like_objective_c(source: &[u8]) -> bool {
    memchr::memchr_iter(b'@', source).any(|at| {
        let rest = source.get(at + 1..).unwrap_or_default();
        let first = at == 0 || source.get(at - 1) == Some(&b'\n');
        first
            && [
                b"interface ".as_slice(),
                b"protocol ",
                b"class ",
                b"property",
            ]
            .iter()
            .any(|word| rest.starts_with(word))
    })
}

/// Whether the text of a `.h` file is C++: by words at the start of lines, outside of what is for
/// C++ only anyway.
pub(super) fn looks_like_cpp(source: &[u8]) -> bool {
    let mut skipped = 0usize;
    let mut depth = 0usize;
    for line in source.split(|b| *b == b'\n') {
        let line = line.trim_ascii_start();
        if let Some(directive) = line.strip_prefix(b"#") {
            let directive = directive.trim_ascii_start();
            if directive.starts_with(b"if") {
                depth += 1;
                if skipped == 0 && is_for_cpp(directive) {
                    skipped = depth;
                }
            } else if directive.starts_with(b"endif") || directive.starts_with(b"el") {
                if skipped == depth {
                    skipped = 0;
                }
                depth -= usize::from(directive.starts_with(b"endif") && depth > 0);
            } else if skipped == 0 && is_cpp_include(directive) {
                return true;
            }
            continue;
        }
        if skipped == 0 && is_cpp_line(line) {
            return true;
        }
    }
    false
}

/// `ifdef __cplusplus`: what C compilers do not see. A comparison of versions may be all of a file.
fn is_for_cpp(directive: &[u8]) -> bool {
    let names = memchr::memmem::find(directive, b"__cplusplus").is_some();
    let compares = directive
        .iter()
        .any(|b| matches!(b, b'<' | b'>' | b'!' | b'='));
    names && !compares && !directive.starts_with(b"ifndef")
}

/// `#include <vector>`: only C++'s own headers have no ending.
fn is_cpp_include(directive: &[u8]) -> bool {
    let Some(rest) = directive.strip_prefix(b"include") else {
        return false;
    };
    let name = rest.trim_ascii_start().strip_prefix(b"<");
    let name = name.and_then(|name| name.split(|b| *b == b'>').next());
    name.is_some_and(|name| {
        !name.is_empty() && name.iter().all(|b| b.is_ascii_lowercase() || *b == b'_')
    })
}

fn is_cpp_line(line: &[u8]) -> bool {
    let starts = [
        b"class ".as_slice(),
        b"namespace ",
        b"template <",
        b"template<",
        b"public:",
        b"private:",
        b"protected:",
        b"using ",
        b"virtual ",
        b"constexpr ",
    ];
    starts.iter().any(|start| line.starts_with(start))
        || memchr::memmem::find(line, b"std::").is_some_and(|at| {
            // In code, not in a comment.
            !line.starts_with(b"*")
                && !line.starts_with(b"/")
                && memchr::memchr(b'/', line).is_none_or(|slash| slash > at)
        })
}

#[cfg(test)]
mod tests {
    use super::{looks_like_cpp, looks_like_objective_c};

    #[test]
    fn objective_c_is_neither() {
        assert!(looks_like_objective_c(
            b"#import <a.h>\n@interface A : B\n@end\n"
        ));
        assert!(!looks_like_objective_c(
            b"/**\n * @class A\n */\nint f(void);\n"
        ));
    }

    #[test]
    fn tells_cpp_from_c() {
        assert!(looks_like_cpp(b"#include <vector>\n"));
        assert!(looks_like_cpp(b"  class A;\n"));
        assert!(looks_like_cpp(b"std::string f();\n"));
        assert!(!looks_like_cpp(
            b"#include <stdio.h>\nint class_of(void);\n"
        ));
        assert!(!looks_like_cpp(
            b"#ifdef __cplusplus\nclass A;\n#endif\nint f(void);\n"
        ));
        assert!(looks_like_cpp(
            b"#ifdef __cplusplus\nextern \"C\" {\n#endif\nclass A;\n"
        ));
        assert!(looks_like_cpp(
            b"#if __cplusplus >= 201703L\nnamespace a {}\n#endif\n"
        ));
        assert!(!looks_like_cpp(b" * std::string is nice\n// std::x\n"));
    }
}
