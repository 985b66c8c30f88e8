use std::fmt;

use crate::languages::ALL;
use crate::rules::Rules;

/// A language this build knows.
#[derive(Clone, Copy)]
pub struct Language(pub(crate) &'static dyn Rules);

impl Language {
    /// All languages, in the order of detection.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|rules| Self(*rules))
    }

    /// By its lower-case name.
    ///
    /// ```
    /// assert!(universal_parser::Language::by_name("rust").is_some());
    /// assert!(universal_parser::Language::by_name("klingon").is_none());
    /// ```
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().find(|language| language.name() == name)
    }

    /// By what people call it in the fences of Markdown or a `lang` attribute: an extension or a name.
    ///
    /// ```
    /// assert_eq!(universal_parser::Language::by_label("ts").unwrap().name(), "typescript");
    /// assert_eq!(universal_parser::Language::by_label("Python").unwrap().name(), "python");
    /// ```
    #[must_use]
    pub fn by_label(label: &str) -> Option<Self> {
        let label = label.to_ascii_lowercase();
        let label = match label.as_str() {
            "javascript" | "node" => "js",
            "golang" => "go",
            "shell" | "console" | "zsh" => "sh",
            "c#" => "cs",
            "objective-c" => "m",
            "terraform" => "tf",
            label => label,
        };
        let path = format!("a.{label}");
        Self::all()
            .find(|l| l.0.extensions().contains(&label) && l.0.claims(&path, b""))
            .or_else(|| Self::by_name(label))
    }

    /// Whether it holds data rather than definitions: parsed only where asked for.
    #[must_use]
    pub fn is_data(self) -> bool {
        self.0.is_data()
    }

    /// Lower-case name: `"rust"`, `"typescript"`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The grammar, for those who want the tree itself.
    #[must_use]
    pub fn grammar(self) -> tree_sitter::Language {
        self.0.grammar()
    }

    /// File name endings, without the dot.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.0.extensions()
    }

    /// Whole names of files, such as `Dockerfile`.
    #[must_use]
    pub fn file_names(self) -> &'static [&'static str] {
        self.0.file_names()
    }

    /// Programs of a `#!` line, without version digits.
    #[must_use]
    pub fn interpreters(self) -> &'static [&'static str] {
        self.0.interpreters()
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Language").field(&self.name()).finish()
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        // Two grammars can serve one language (JavaScript with Flow's types).
        self.name() == other.name() && std::ptr::addr_eq(self.0, other.0)
    }
}

impl Eq for Language {}
