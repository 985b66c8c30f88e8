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
    /// The language of a file by its bare name. Where several languages share an extension, the
    /// first: only the text tells which it is.
    ///
    /// ```
    /// use registry_types::LanguageFiles;
    ///
    /// assert_eq!(LanguageFiles::of("lib.rs").unwrap().name, "rust");
    /// assert!(LanguageFiles::of("LICENSE").is_none());
    /// ```
    #[must_use]
    pub fn of(file_name: &str) -> Option<&'static Self> {
        let named = |l: &&Self| {
            l.file_names
                .iter()
                .any(|n| n.eq_ignore_ascii_case(file_name))
        };
        if let Some(language) = Self::ALL.iter().find(named) {
            return Some(language);
        }
        let mut rest = file_name;
        while let Some((_, extension)) = rest.split_once('.') {
            let ends = |l: &&Self| {
                l.extensions
                    .iter()
                    .any(|e| e.eq_ignore_ascii_case(extension))
            };
            if let Some(language) = Self::ALL.iter().find(ends) {
                return Some(language);
            }
            rest = extension;
        }
        None
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
