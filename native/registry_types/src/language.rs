//! How the files of each language are named. `universal_parser` links the grammars and says what it
//! reads; a test of its own holds this list to that, so that a program without grammars knows it too.
//!
//! Written by `UPDATE_LANGUAGES=1 cargo test -p universal_parser --test languages`, then formatted.

/// How the files of a language are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LanguageFiles {
    /// Its name, as in [`crate::Snippet::language`].
    pub name: &'static str,
    /// File name endings after a dot, lower case.
    pub extensions: &'static [&'static str],
    /// Whole file names.
    pub file_names: &'static [&'static str],
}

impl LanguageFiles {
    /// The languages that a file of this bare name may be in: several where they share an extension,
    /// for then only the text tells which it is.
    ///
    /// ```
    /// use registry_types::LanguageFiles;
    ///
    /// let of = |name| LanguageFiles::of(name).map(|language| language.name).collect::<Vec<_>>();
    /// assert_eq!(of("lib.rs"), ["rust"]);
    /// assert!(of("a.h").contains(&"c") && of("a.h").contains(&"cpp"));
    /// assert!(of("LICENSE").is_empty());
    /// ```
    pub fn of(file_name: &str) -> impl Iterator<Item = &'static Self> {
        // Whole names first, then the longest extension that is known.
        let known = std::iter::once(file_name)
            .chain(endings(file_name))
            .enumerate()
            .find(|(at, name)| Self::ALL.iter().any(|l| l.has(*at == 0, name)));
        known.into_iter().flat_map(|(at, name)| {
            let name = name.to_owned();
            Self::ALL.iter().filter(move |l| l.has(at == 0, &name))
        })
    }

    fn has(&self, whole: bool, name: &str) -> bool {
        let names = if whole {
            self.file_names
        } else {
            self.extensions
        };
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// All languages, in the order of detection.
    pub const ALL: &'static [Self] = &[
        files("rust", &["rs"], &[]),
        files("javascript", &["js", "mjs", "cjs", "jsx"], &[]),
        files("typescript", &["ts", "mts", "cts"], &[]),
        files("tsx", &["tsx"], &[]),
        files("python", &["py", "pyi", "pyw"], &[]),
        files("elixir", &["ex", "exs"], &[]),
        files("erlang", &["erl", "hrl", "escript"], &[]),
        files("gleam", &["gleam"], &[]),
        files("go", &["go"], &[]),
        files("csharp", &["cs", "csx"], &[]),
        files("swift", &["swift", "swiftinterface"], &[]),
        files("scala", &["scala", "sc", "sbt"], &[]),
        files("dart", &["dart"], &[]),
        files("objc", &["m", "mm", "h"], &[]),
        files("groovy", &["groovy", "gvy", "gradle"], &["Jenkinsfile"]),
        files("java", &["java"], &[]),
        files("kotlin", &["kt", "kts"], &[]),
        files(
            "cpp",
            &[
                "cpp", "cc", "cxx", "c++", "hpp", "hh", "hxx", "h++", "h", "ipp", "inl", "tpp",
                "tcc", "cppm", "ixx",
            ],
            &[],
        ),
        files("c", &["c", "h"], &[]),
        files(
            "bash",
            &["sh", "bash", "ksh", "ebuild", "eclass"],
            &[
                ".bashrc",
                ".bash_profile",
                ".profile",
                "PKGBUILD",
                "APKBUILD",
            ],
        ),
        files(
            "perl",
            &["pm", "pl", "t", "psgi"],
            &["Makefile.PL", "Build.PL", "cpanfile"],
        ),
        files("powershell", &["ps1", "psm1"], &[]),
        files("r", &["r"], &[".Rprofile", "NAMESPACE"]),
        files("julia", &["jl"], &[]),
        files("lua", &["lua", "rockspec"], &[]),
        files("php", &["php", "phtml", "php5", "php7", "php8"], &[]),
        files(
            "ruby",
            &["rb", "rake", "gemspec", "ru", "podspec"],
            &["Rakefile", "Gemfile", "Guardfile", "Vagrantfile", "Podfile"],
        ),
        files(
            "fortran",
            &[
                "f90", "f95", "f03", "f08", "f18", "fpp", "f", "for", "ftn", "f77",
            ],
            &[],
        ),
        files("solidity", &["sol"], &[]),
        files("haskell", &["hs", "hs-boot", "hsig"], &[]),
        files("ocaml", &["ml", "eliom", "mli"], &[]),
        files("cuda", &["cu", "cuh"], &[]),
        files(
            "glsl",
            &[
                "glsl", "vert", "frag", "geom", "comp", "tesc", "tese", "rgen", "rchit", "rmiss",
                "vs", "mesh", "task", "glslv", "glslf", "fsh", "vsh",
            ],
            &[],
        ),
        files("wgsl", &["wgsl"], &[]),
        files("d", &["d", "di"], &[]),
        files("zig", &["zig"], &[]),
        files("elm", &["elm"], &[]),
        files("clojure", &["clj", "cljs", "cljc", "bb", "cljd"], &[]),
        files("commonlisp", &["lisp", "lsp", "cl", "asd", "ros"], &[]),
        files("elisp", &["el"], &[".emacs", "Cask", "Eask"]),
        files("scheme", &["scm", "ss", "sls", "sld", "sps", "stk"], &[]),
        files("racket", &["rkt", "rktl", "rktd"], &[]),
        files("sql", &["sql", "ddl", "pgsql"], &[]),
        files("graphql", &["graphql", "gql", "graphqls"], &[]),
        files("proto", &["proto"], &[]),
        files("hcl", &["tf", "hcl", "tfvars", "nomad", "tofu"], &[]),
        files("nix", &["nix"], &[]),
        files("vue", &["vue"], &[]),
        files("svelte", &["svelte"], &[]),
        files("astro", &["astro"], &[]),
        files("html", &["html", "htm", "xhtml"], &[]),
        files("css", &["css"], &[]),
        files(
            "markdown",
            &["md", "markdown", "mdown", "mkd", "livemd"],
            &[],
        ),
        files(
            "dockerfile",
            &["dockerfile", "containerfile"],
            &["Dockerfile", "Containerfile"],
        ),
        files(
            "make",
            &["mk", "mak", "make"],
            &["Makefile", "makefile", "GNUmakefile", "BSDmakefile"],
        ),
        files("cmake", &["cmake", "cmake.in"], &["CMakeLists.txt"]),
        files("dtd", &["dtd", "ent"], &[]),
    ];
}

/// `d.ts` and `ts` of `index.d.ts`.
fn endings(file_name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(file_name.split_once('.').map(|(_, rest)| rest), |rest| {
        rest.split_once('.').map(|(_, rest)| rest)
    })
}

const fn files(
    name: &'static str,
    extensions: &'static [&'static str],
    file_names: &'static [&'static str],
) -> LanguageFiles {
    LanguageFiles {
        name,
        extensions,
        file_names,
    }
}
