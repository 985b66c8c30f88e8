use registry_types::{Ecosystem, LanguageFiles};

/// The language of a file as its name tells; named here are those which rules speak of.
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
    Other(&'static str),
}

/// What describes, configures or builds: no package is called in it.
const NO_CODE: [&str; 7] = [
    "html",
    "css",
    "markdown",
    "dockerfile",
    "make",
    "cmake",
    "dtd",
];

impl Language {
    /// By the name alone: the parser looks at the text as well. Of several languages that share an
    /// ending, one that rules speak of.
    pub(super) fn of(name: &str) -> Option<Self> {
        let code = LanguageFiles::of(name).filter(|l| !NO_CODE.contains(&l.name));
        let languages: Vec<Self> = code.map(|l| Self::named(l.name)).collect();
        let ruled = |l: &&Self| !matches!(l, Self::Other(_));
        languages.iter().find(ruled).or(languages.first()).copied()
    }

    fn named(name: &'static str) -> Self {
        match name {
            "rust" => Self::Rust,
            "elixir" => Self::Elixir,
            "erlang" => Self::Erlang,
            "python" => Self::Python,
            "typescript" | "tsx" => Self::TypeScript,
            "javascript" => Self::JavaScript,
            "c" => Self::C,
            "cpp" => Self::Cpp,
            other => Self::Other(other),
        }
    }

    /// Whether a package of `ecosystem` offers an interface in this language. Web assets in a
    /// Hex package or Rust in a wheel are how it is made, not what its users call; C goes with
    /// everything, and a repository may hold anything.
    pub(super) fn belongs_to(self, ecosystem: Ecosystem) -> bool {
        if let Self::Other(name) = self {
            return match ecosystem {
                Ecosystem::Npm => matches!(name, "vue" | "svelte" | "astro" | "coffeescript"),
                Ecosystem::Hex => matches!(name, "gleam" | "lfe"),
                Ecosystem::Pypi => name == "cython",
                Ecosystem::Cargo => false,
                Ecosystem::Github => true,
            };
        }
        let own = match self {
            Self::Rust => Ecosystem::Cargo,
            Self::Elixir | Self::Erlang => Ecosystem::Hex,
            Self::Python => Ecosystem::Pypi,
            Self::TypeScript | Self::JavaScript => Ecosystem::Npm,
            Self::C | Self::Cpp | Self::Other(_) => return true,
        };
        own == ecosystem || ecosystem == Ecosystem::Github
    }

    /// Whether it comes after the ecosystem's own languages, should a limit leave something out.
    pub(super) fn is_beside(self, ecosystem: Ecosystem) -> bool {
        ecosystem != Ecosystem::Github && matches!(self, Self::C | Self::Cpp)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Ecosystem::{Cargo, Github, Hex, Npm, Pypi};

    #[test]
    fn each_ecosystem_has_its_languages() {
        for (name, ecosystems) in [
            ("lib.rs", &[Cargo, Github][..]),
            ("a.ex", &[Hex, Github]),
            ("a.hrl", &[Hex, Github]),
            ("a.pyi", &[Pypi, Github]),
            ("a.tsx", &[Npm, Github]),
            ("a.d.mts", &[Npm, Github]),
            ("a.h", &Ecosystem::ALL),
        ] {
            let language = Language::of(name).unwrap();
            for ecosystem in Ecosystem::ALL {
                let wanted = ecosystems.contains(&ecosystem);
                assert_eq!(language.belongs_to(ecosystem), wanted, "{name} {ecosystem}");
            }
        }
        assert!(Language::Other("gleam").belongs_to(Hex));
        assert!(!Language::Other("gleam").belongs_to(Npm));
        assert!(Language::of("a.go").unwrap().belongs_to(Github));
        for name in ["README", "README.md", "index.html", "package.json"] {
            assert_eq!(Language::of(name), None, "{name}");
        }
    }
}
