//! C and C++: what headers declare.
//!
//! - Headers are the API. Definitions in source files (`.c`, `.cpp`) are internal, `static` or not:
//!   no user includes them.
//! - Names with a leading underscore are reserved, hence internal, unless a `typedef` gives them
//!   another name. Private and protected members are internal.
//! - C: enum constants go by their own name, fields by `tag.field`, macros by their name. C++: names
//!   with `::`, without template arguments and inline namespaces.
//! - A `typedef` of an unnamed `struct` is that struct; one that repeats a tag's name is no item.
//! - A declaration and its definition in one file are one item. Overloads stay apart, each with its
//!   signature.
//! - The text before the parser sees it is rid of macros, see [`mask`].

mod condition;
mod declarator;
mod declare;
mod docs;
mod finish;
mod macros;
mod mask;
mod namespace;
mod parameters;
mod types;

#[cfg(feature = "objc")]
pub(super) use docs::settle;
#[cfg(feature = "objc")]
pub(super) use namespace::looks_like_objective_c;

use std::borrow::Cow;

use registry_types::Visibility;
use tree_sitter::Node;

use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk, Wrap};

/// Scope: the file is a header.
pub(super) const HEADER: u32 = 1;
/// Scope: members of a class.
const CLASS: u32 = 2;
/// Scope: the members' container is defined already; an unnamed type in it adds none.
const DEFINED: u32 = 4;
/// Scope: constants of an `enum class`.
const SCOPED_ENUM: u32 = 8;
/// Flags that go from a scope to the scopes in it.
const INHERITED: u32 = HEADER;

/// The rules of both languages; C++'s grammar has all nodes of C's.
pub(super) struct CFamily {
    cpp: bool,
    grammar: fn() -> tree_sitter::Language,
}

#[cfg(feature = "c")]
pub(super) static C: CFamily = CFamily {
    cpp: false,
    grammar: || tree_sitter_c::LANGUAGE.into(),
};
#[cfg(feature = "cpp")]
pub(super) static CPP: CFamily = CFamily {
    cpp: true,
    grammar: || tree_sitter_cpp::LANGUAGE.into(),
};

/// What Objective-C shares with C: declarations at the top of a file.
#[cfg(feature = "objc")]
pub(super) static IN_OBJECTIVE_C: CFamily = CFamily {
    cpp: false,
    grammar: || tree_sitter_objc::LANGUAGE.into(),
};
#[cfg(feature = "cuda")]
pub(super) static CUDA: CFamily = CFamily {
    cpp: true,
    grammar: || tree_sitter_cuda::LANGUAGE.into(),
};

impl Rules for CFamily {
    fn name(&self) -> &'static str {
        if self.cpp { "cpp" } else { "c" }
    }

    fn grammar(&self) -> tree_sitter::Language {
        (self.grammar)()
    }

    fn extensions(&self) -> &'static [&'static str] {
        if self.cpp {
            &[
                "cpp", "cc", "cxx", "c++", "hpp", "hh", "hxx", "h++", "h", "ipp", "inl", "tpp",
                "tcc", "cppm", "ixx",
            ]
        } else {
            &["c", "h"]
        }
    }

    fn claims(&self, path: &str, source: &[u8]) -> bool {
        if !path.ends_with(".h") && !path.ends_with(".H") {
            return true;
        }
        !namespace::looks_like_objective_c(source) && self.cpp == namespace::looks_like_cpp(source)
    }

    fn separator(&self) -> &'static str {
        if self.cpp { "::" } else { "." }
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        mask::mask(source, self.cpp)
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let header = is_header(file.path);
        let internal = !header || crate::paths::is_aside(file.path);
        let visibility = if internal {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        let flags = if header { HEADER } else { 0 };
        Scope {
            path: String::new(),
            visibility,
            item: None,
            flags,
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "comment" => docs::comment(walk, node),
            "preproc_def" | "preproc_function_def" => macros::define(walk, node),
            "declaration" | "field_declaration" | "function_definition" => {
                declare::declaration(walk, node)
            }
            "type_definition" => types::definition(walk, node),
            "struct_specifier" | "union_specifier" | "class_specifier" => types::record(walk, node),
            "enum_specifier" => types::enumeration(walk, node),
            "enumerator" => types::enumerator(walk, node),
            "namespace_definition" => namespace::namespace(walk, node),
            "template_declaration" => Step::Wrap(Wrap::new(node, 0)),
            "alias_declaration" => types::alias(walk, node),
            "concept_definition" => types::concept(walk, node),
            "using_declaration" => namespace::using(walk, node),
            "access_specifier" => types::access(walk, node),
            "preproc_ifdef" | "preproc_if" | "preproc_elif" | "preproc_elifdef" => {
                condition::branch(walk, node)
            }
            "preproc_else" => condition::otherwise(walk, node),
            "linkage_specification"
            | "declaration_list"
            | "field_declaration_list"
            | "enumerator_list"
            | "export_declaration" => Step::Enter,
            // Beside a definition that is a child of its statement.
            "storage_class_specifier"
            | "type_qualifier"
            | "attribute_specifier"
            | "attribute_declaration"
            | "ms_declspec_modifier"
            | "template_parameter_list"
            | "requires_clause"
            | "virtual_specifier"
            | "virtual"
            | "explicit_function_specifier" => Step::Lead,
            _ => Step::Skip,
        }
    }

    fn finish(&self, outline: &mut Outline) {
        finish::finish(outline, self.cpp);
    }
}

fn is_header(path: &str) -> bool {
    let extension = path.rsplit('.').next().unwrap_or_default();
    !matches!(extension, "c" | "C" | "cc" | "cpp" | "cxx" | "c++")
}
