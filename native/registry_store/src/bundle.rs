use registry_types::{Document, FeedAnswer, Package, Release, Snippet};

/// Everything one collect found out: stored whole or not at all.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The package. Figures which it does not know (downloads, stars …) keep their earlier value.
    pub package: Package,
    /// The release. Its `snippet_count` is set from `snippets`.
    pub release: Release,
    /// Its snippets, in the order in which they are listed.
    pub snippets: Vec<Snippet>,
    /// Its documents; README first.
    pub documents: Vec<Document>,
    /// What each feed that was asked told about the package.
    pub advisories: Vec<FeedAnswer>,
}

impl Bundle {
    /// A bundle without snippets, documents and advisories.
    #[must_use]
    pub const fn new(package: Package, release: Release) -> Self {
        Self {
            package,
            release,
            snippets: Vec::new(),
            documents: Vec::new(),
            advisories: Vec::new(),
        }
    }
}
