//! The items of a release by their paths.

use std::collections::HashMap;

use registry_types::{Snippet, SnippetKind, Visibility};

/// The items of a release, internal ones too.
pub(super) struct Index<'a> {
    by_path: HashMap<&'a str, Vec<&'a Snippet>>,
    /// Containers with a member that is internal.
    closed: std::collections::HashSet<&'a str>,
    /// How many public fields a container has.
    fields: HashMap<&'a str, usize>,
}

impl<'a> Index<'a> {
    pub(super) fn new(snippets: &'a [Snippet]) -> Self {
        let mut index = Self {
            by_path: HashMap::with_capacity(snippets.len()),
            closed: std::collections::HashSet::new(),
            fields: HashMap::new(),
        };
        for snippet in snippets {
            let path = snippet.qualified_name.as_str();
            index.by_path.entry(path).or_default().push(snippet);
            if snippet.kind == SnippetKind::Field
                && let Some(container) = parent(path)
            {
                if snippet.visibility == Visibility::Public {
                    *index.fields.entry(container).or_default() += 1;
                } else {
                    index.closed.insert(container);
                }
            }
        }
        index
    }

    /// What a path is a member of: a type, a module, a variant.
    pub(super) fn container(&self, path: &str) -> Option<&'a Snippet> {
        let candidates = self.by_path.get(parent(path)?)?;
        let holds = |s: &&&Snippet| holds_members(s.kind) || s.kind == SnippetKind::Field;
        candidates.iter().find(holds).copied()
    }

    /// Whether something public is at `path`.
    pub(super) fn has(&self, path: &str) -> bool {
        let public = |s: &&Snippet| s.visibility == Visibility::Public;
        let found = self.by_path.get(path);
        found.is_some_and(|found| found.iter().any(public))
    }

    /// Whether only internal things are at `path`.
    pub(super) fn is_internal(&self, path: &str) -> bool {
        self.by_path.contains_key(path) && !self.has(path)
    }

    /// Whether a container has a field that its users cannot name.
    pub(super) fn has_internal_field(&self, container: &str) -> bool {
        self.closed.contains(container)
    }

    /// How many public fields a container has.
    pub(super) fn public_fields(&self, container: &str) -> usize {
        self.fields.get(container).copied().unwrap_or_default()
    }
}

/// Whether items of the kind have members.
pub(super) const fn holds_members(kind: SnippetKind) -> bool {
    matches!(
        kind,
        SnippetKind::Class
            | SnippetKind::Struct
            | SnippetKind::Enum
            | SnippetKind::Trait
            | SnippetKind::Interface
            | SnippetKind::Module
            | SnippetKind::Type
    )
}

/// The path without its last part: `a::B` of `a::B::c`, `Enum` of `Enum.map/2`.
pub(super) fn parent(path: &str) -> Option<&str> {
    let whole = match path.rsplit_once('/') {
        Some((before, arity)) if arity.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => path,
    };
    let (before, _) = whole.rsplit_once(['.', ':', '#', '/'])?;
    Some(before.trim_end_matches(':')).filter(|before| !before.is_empty())
}

#[cfg(test)]
mod tests {
    use super::parent;

    #[test]
    fn paths_of_all_languages_have_parents() {
        for (path, above) in [
            ("a::B::c", Some("a::B")),
            ("Enum.map/2", Some("Enum")),
            ("lists:map/2", Some("lists")),
            ("@ember/ui.Button.label", Some("@ember/ui.Button")),
            ("pkg.mod", Some("pkg")),
            ("alone", None),
            ("::top", None),
        ] {
            assert_eq!(parent(path), above, "{path}");
        }
    }
}
