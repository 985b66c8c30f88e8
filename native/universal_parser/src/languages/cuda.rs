//! CUDA: C++ with kernels; `__global__` and its like stay in the signatures.
//!
//! Headers (`.cuh`) are the API, as in C++; what `.cu` files define is internal.

use std::borrow::Cow;

use registry_types::Visibility;
use tree_sitter::Node;

use super::c_family::CUDA;
use crate::outline::Outline;
use crate::rules::{Rules, Step};
use crate::walk::{File, Scope, Walk};

pub(super) struct Cuda;

impl Rules for Cuda {
    fn name(&self) -> &'static str {
        "cuda"
    }

    fn grammar(&self) -> tree_sitter::Language {
        CUDA.grammar()
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["cu", "cuh"]
    }

    fn separator(&self) -> &'static str {
        CUDA.separator()
    }

    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        CUDA.mask(source)
    }

    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope {
        let mut scope = CUDA.root(walk, file, root);
        if file.path.ends_with(".cu") {
            scope.visibility = Visibility::Internal;
        }
        scope
    }

    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step {
        match node.kind() {
            "launch_bounds" => Step::Lead,
            _ => CUDA.visit(walk, node),
        }
    }

    fn finish(&self, outline: &mut Outline) {
        CUDA.finish(outline);
    }
}
