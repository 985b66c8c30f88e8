//! How the languages write what a function takes and returns.

use super::types::Arguments;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `name: Type`, the result behind `->` or `:`. In some languages methods have a receiver that
    /// is not written.
    Colon { this: bool },
    /// `Type name`, the result before the name or behind `:`.
    TypeFirst,
    /// `name Type`, the result behind the parameters.
    Go,
    /// Types without names: specs of Elixir and Erlang, where bare words are atoms.
    Specs { atoms: bool },
    /// `name : A -> B`.
    Arrows { arguments: Arguments },
    /// `- (A)name:(B)b`.
    ObjectiveC,
    /// No types: parameters can be counted.
    Untyped,
    /// As a query is written: types with or without names.
    Bare,
}

impl Style {
    /// `None` for languages without functions, and for those whose lists are all alike.
    pub(crate) fn of(language: &str) -> Option<Self> {
        Some(match language {
            "rust" | "python" | "gleam" | "zig" | "julia" | "graphql" | "wgsl" => {
                Self::Colon { this: false }
            }
            "typescript" | "tsx" | "javascript" | "vue" | "svelte" | "astro" | "kotlin"
            | "swift" | "scala" => Self::Colon { this: true },
            "java" | "c" | "cpp" | "csharp" | "dart" | "cuda" | "glsl" | "d" | "groovy"
            | "solidity" | "proto" | "php" => Self::TypeFirst,
            "go" => Self::Go,
            "elixir" => Self::Specs { atoms: false },
            "erlang" => Self::Specs { atoms: true },
            "haskell" | "elm" => Self::Arrows {
                arguments: Arguments::After,
            },
            "ocaml" => Self::Arrows {
                arguments: Arguments::Before,
            },
            "objc" => Self::ObjectiveC,
            "ruby" | "lua" | "perl" | "r" | "powershell" => Self::Untyped,
            _ => return None,
        })
    }

    pub(crate) const fn arguments(self) -> Arguments {
        match self {
            Self::Arrows { arguments } => arguments,
            _ => Arguments::Bracketed,
        }
    }

    /// Whether methods have a receiver that is not written.
    pub(crate) const fn has_this(self) -> bool {
        matches!(
            self,
            Self::Colon { this: true } | Self::TypeFirst | Self::Untyped
        )
    }
}
