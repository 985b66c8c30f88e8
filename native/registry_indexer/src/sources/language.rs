use registry_types::Ecosystem;

/// The languages whose files are parsed, in the order in which a package of several is parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Language {
    Rust,
    Elixir,
    Erlang,
    Python,
    TypeScript,
    JavaScript,
    C,
    Cpp,
}

impl Language {
    /// By the extension alone: the parser looks at the text as well.
    pub(super) fn of(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Some(match extension {
            "rs" => Self::Rust,
            "ex" | "exs" => Self::Elixir,
            "erl" | "hrl" => Self::Erlang,
            "py" | "pyi" | "pyw" => Self::Python,
            "ts" | "mts" | "cts" | "tsx" => Self::TypeScript,
            "js" | "mjs" | "cjs" | "jsx" => Self::JavaScript,
            "c" | "h" => Self::C,
            "cc" | "cpp" | "cxx" | "c++" | "hh" | "hpp" | "hxx" | "h++" | "inl" | "ipp" => {
                Self::Cpp
            }
            _ => return None,
        })
    }

    /// Whether a package of `ecosystem` offers an interface in this language. Web assets in a
    /// Hex package or Rust in a wheel are how it is made, not what its users call; C goes with
    /// everything.
    pub(super) const fn belongs_to(self, ecosystem: Ecosystem) -> bool {
        match self {
            Self::C | Self::Cpp => true,
            Self::Rust => matches!(ecosystem, Ecosystem::Cargo | Ecosystem::Github),
            Self::Elixir | Self::Erlang => matches!(ecosystem, Ecosystem::Hex | Ecosystem::Github),
            Self::Python => matches!(ecosystem, Ecosystem::Pypi | Ecosystem::Github),
            Self::TypeScript | Self::JavaScript => {
                matches!(ecosystem, Ecosystem::Npm | Ecosystem::Github)
            }
        }
    }
}
