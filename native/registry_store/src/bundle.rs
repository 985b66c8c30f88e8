use registry_types::{Advisory, Document, Package, Release, Snippet};

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
    /// Advisories about the package: each replaces the stored one of the same id.
    pub advisories: Vec<Advisory>,
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
