use registry_types::{Snippet, SnippetKind, Visibility};

use crate::index::documents::{names, start_of};
use crate::rows::Digest;

/// More names of one release say no more about it.
const MOST_SYMBOLS: usize = 400;
const MOST_SYMBOL_BYTES: usize = 6 * 1024;
const MOST_DOCS: usize = 16 * 1024;

impl Digest {
    /// The names and module docs a package is found by: public items, those with the shortest path
    /// first, for they are what its users see first.
    pub(crate) fn of(snippets: &[Snippet]) -> Self {
        let mut public: Vec<&Snippet> = snippets
            .iter()
            .filter(|s| s.visibility == Visibility::Public)
            .collect();
        public.sort_by_key(|s| depth(&s.qualified_name));
        let mut digest = Self::default();
        let mut seen = std::collections::HashSet::new();
        let mut bytes = 0;
        for snippet in public {
            if snippet.kind == SnippetKind::Module {
                let doc = snippet.doc.as_deref().unwrap_or_default();
                let left = MOST_DOCS.saturating_sub(digest.docs.len() + 1);
                let doc = start_of(doc, left);
                if !doc.is_empty() {
                    digest.docs.push_str(doc);
                    digest.docs.push('\n');
                }
            }
            for name in names(snippet) {
                if digest.symbols.len() < MOST_SYMBOLS
                    && bytes + name.len() <= MOST_SYMBOL_BYTES
                    && seen.insert(name)
                {
                    bytes += name.len();
                    digest.symbols.push(name.to_owned());
                }
            }
        }
        digest
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.symbols.is_empty() && self.docs.is_empty() && self.mentions.is_empty()
    }
}

fn depth(path: &str) -> usize {
    path.matches("::").count() + path.matches(['.', '#', '/']).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::tests::snippet;

    #[test]
    fn public_names_once_and_the_nearest_first() {
        let mut deep = snippet("deep", String::new());
        deep.qualified_name = "a::b::c::deep".into();
        let mut hidden = snippet("hidden", String::new());
        hidden.visibility = Visibility::Internal;
        let mut module = snippet("net", String::new());
        module.kind = SnippetKind::Module;
        module.doc = Some("Sockets.".into());
        let near = snippet("near", String::new());
        let digest = Digest::of(&[deep, hidden, module, near.clone(), near]);
        assert_eq!(digest.symbols, ["net", "near", "deep"]);
        assert_eq!(digest.docs, "Sockets.\n");
    }

    #[test]
    fn has_an_end() {
        let mut all: Vec<Snippet> = (0..5000)
            .map(|n| snippet(&format!("name{n}"), String::new()))
            .collect();
        for s in &mut all {
            s.kind = SnippetKind::Module;
            s.doc = Some("é".repeat(1000));
        }
        let digest = Digest::of(&all);
        assert!(digest.symbols.len() <= MOST_SYMBOLS);
        assert!(digest.docs.len() <= MOST_DOCS);
    }
}
