//! Objective-C: what headers declare.
//!
//! - Headers (but those named `…Private.h`) are the API; what stands in `.m` and `.mm` files is internal.
//!   `@private` and `@package` instance variables are, too.
//! - Methods go by their selector: `UIView.initWithFrame:style:`. Members of categories and class
//!   extensions are members of the class; a category is no item of its own.
//! - C declarations are read as in C. `NS_ENUM` and attribute macros are hidden from the grammar, see
//!   [`mask`]; C++ in `.mm` files it does not know: what stands around is still found.

mod mask;
mod members;
mod types;

use std::borrow::Cow;

use registry_types::Visibility;
use tree_sitter::Node;

use super::c_family::{HEADER, IN_OBJECTIVE_C, looks_like_objective_c};
use crate::outline::Marks;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

/// Scope: members of a class or protocol. Above the bits of C.
const TYPE: u32 = 1 << 8;

pub(super) struct ObjC;

impl Rules for ObjC {
    fn name(&self) -> &'static str {
        "objc"
    }

    fn grammar(&self) -> tree_sitter::Language {
        tree_sitter_objc::LANGUAGE.into()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["m", "mm", "h"]
    }

    fn claims(&self, path: &str, source: &[u8]) -> bool {
        // `.m` is also what MATLAB and Mercury call their files.
        let head = source.get(..64 * 1024).unwrap_or(source);
        let told = || {
            let words: [&[u8]; 4] = [b"#import ", b"@implementation", b"@import ", b"#include "];
            words
                .iter()
                .any(|word| memchr::memmem::find(head, word).is_some())
        };
        let header = path.ends_with(".h") || path.ends_with(".H");
        looks_like_objective_c(head) || !header && told()
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        mask::mask(source)
    }

    fn root(&self, _walk: &mut Walk<'_>, file: &File<'_>, _root: Node<'_>) -> Scope {
        let stem = file.path.strip_suffix(".h");
        let header = stem.is_some_and(|stem| !stem.ends_with("Private"));
        let internal = !header || crate::paths::is_aside(file.path);
        let visibility = if internal {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        Scope {
            path: String::new(),
            visibility,
            item: None,
            flags: if header { HEADER } else { 0 },
        }
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "class_interface" | "class_implementation" | "protocol_declaration" => {
                types::container(walk, node)
            }
            "method_declaration" | "method_definition" => members::method(walk, node),
            "property_declaration" => members::property(walk, node),
            "instance_variable" => members::instance_variable(walk, node),
            "instance_variables" => {
                // Private from here on until a visibility says otherwise.
                walk.state = 0;
                Step::Enter
            }
            "implementation_definition" | "qualified_protocol_interface_declaration" => Step::Enter,
            "attribute_specifier" | "availability_attribute_specifier" => Step::Lead,
            "struct_declaration" => Step::Skip,
            _ => IN_OBJECTIVE_C.visit(walk, node),
        }
    }
}

/// What attributes and macros around a declaration say.
fn marks(text: &[u8]) -> Marks {
    let has = |word: &[u8]| memchr::memmem::find(text, word).is_some();
    let deprecated = has(b"deprecated") || has(b"DEPRECATED");
    let unavailable = has(b"NS_UNAVAILABLE") || has(b"unavailable(");
    Marks::when(deprecated, Marks::DEPRECATED).with(Marks::when(unavailable, Marks::HIDDEN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_claimed_by_their_text() {
        assert!(ObjC.claims("A.h", b"#import <B.h>\n@interface A : B\n@end\n"));
        assert!(!ObjC.claims("a.h", b"#include <b.h>\nint f(void);\n"));
        assert!(ObjC.claims("a.m", b"#import \"a.h\"\n"));
        assert!(!ObjC.claims("a.m", b"function y = f(x)\n  y = x;\nend\n"));
    }
}
