//! How likely a symbol of a package is the one that is wanted, whatever the query.

use registry_types::{Snippet, SnippetKind};

/// How many names a path has: 2 of `tokio::spawn`.
pub(crate) fn depth(path: &str) -> usize {
    let mut parts = path.split([':', '.', '#', '/']);
    let depth = parts.by_ref().filter(|part| !part.is_empty()).count();
    match path.rsplit_once('/') {
        // The arity of `lists:map/2` is no name.
        Some((_, arity)) if arity.bytes().all(|b| b.is_ascii_digit()) => depth - 1,
        _ => depth,
    }
}

/// What a path of each length counts: what a package's users see first has the shortest.
const BY_DEPTH: [f32; 5] = [1.0, 1.0, 0.93, 0.87, 0.82];
const DEEPER: f32 = 0.76;

const DEPRECATED: f32 = 0.5;
/// Without documentation.
const BARE: f32 = 0.85;
/// Where no second path leads to it.
const ONE_PATH: f32 = 0.97;
/// Part of tests, examples or benchmarks.
const TEST: f32 = 0.5;
/// By its name, for the package itself.
const PRIVATE_NAME: f32 = 0.6;

/// A factor above 0, at most 1. Made of: length of the path, kind, condition, deprecation,
/// documentation, further paths, whether it belongs to tests.
pub(crate) fn quality(snippet: &Snippet) -> f32 {
    let paths = std::iter::once(&snippet.qualified_name).chain(&snippet.aliases);
    let depth = paths.map(|path| depth(path)).min().unwrap_or_default();
    let mut quality = BY_DEPTH
        .get(depth.saturating_sub(1))
        .copied()
        .unwrap_or(DEEPER);
    quality *= of_kind(snippet.kind);
    quality *= snippet.condition.as_deref().map_or(1.0, of_condition);
    let flags = [
        (snippet.deprecated, DEPRECATED),
        (snippet.doc.is_none(), BARE),
        (snippet.aliases.is_empty(), ONE_PATH),
        (is_test(&snippet.path), TEST),
        (snippet.name.starts_with('_'), PRIVATE_NAME),
    ];
    for (holds, factor) in flags {
        if holds {
            quality *= factor;
        }
    }
    quality
}

const fn of_kind(kind: SnippetKind) -> f32 {
    match kind {
        SnippetKind::Function
        | SnippetKind::Class
        | SnippetKind::Struct
        | SnippetKind::Enum
        | SnippetKind::Trait
        | SnippetKind::Interface
        | SnippetKind::Type
        | SnippetKind::Macro => 1.0,
        SnippetKind::Module => 0.95,
        SnippetKind::Method => 0.92,
        SnippetKind::Constant => 0.9,
        SnippetKind::Field => 0.75,
    }
}

/// What is behind a feature can be had; what is unstable, for most cannot.
fn of_condition(condition: &str) -> f32 {
    let mut words = condition.split(|c: char| !c.is_alphanumeric());
    let unstable = |word: &str| {
        matches!(
            word,
            "unstable" | "nightly" | "loom" | "test" | "fuzzing" | "miri"
        )
    };
    if words.clone().any(unstable) {
        0.6
    } else if words
        .any(|word| word.starts_with("target") || matches!(word, "windows" | "unix" | "wasm"))
    {
        0.88
    } else {
        0.98
    }
}

/// Whether a file is read by the package's own developers only.
fn is_test(path: &str) -> bool {
    path.split('/').any(|part| {
        matches!(
            part,
            "test"
                | "tests"
                | "testing"
                | "__tests__"
                | "spec"
                | "examples"
                | "example"
                | "benches"
                | "bench"
                | "benchmarks"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::tests::snippet;

    #[test]
    fn paths_are_counted_by_their_names() {
        for (path, names) in [
            ("tokio::spawn", 2),
            ("lists:map/2", 2),
            ("a.b#c", 3),
            ("@x/y.z", 3),
            ("f", 1),
        ] {
            assert_eq!(depth(path), names, "{path}");
        }
    }

    #[test]
    fn each_fault_costs_something() {
        let mut best = snippet("spawn", String::new());
        best.doc = Some("Spawns.".into());
        best.aliases = vec!["krate::task::spawn".into()];
        let whole = quality(&best);
        assert!(whole > 0.99);
        let faults: [fn(&mut Snippet); 8] = [
            |s| {
                s.qualified_name = "krate::task::builder::Builder::spawn".into();
                s.aliases.clear();
            },
            |s| s.kind = SnippetKind::Method,
            |s| s.condition = Some("all(tokio_unstable, feature = \"tracing\")".into()),
            |s| s.condition = Some("target_os = \"linux\"".into()),
            |s| s.deprecated = true,
            |s| s.doc = None,
            |s| s.path = "src/tests/spawn.rs".into(),
            |s| s.name = "_spawn".into(),
        ];
        for (n, fault) in faults.iter().enumerate() {
            let mut worse = best.clone();
            fault(&mut worse);
            let quality = quality(&worse);
            assert!(quality > 0.0 && quality < whole, "{n}");
        }
        let mut feature = best.clone();
        feature.condition = Some("feature = \"rt\"".into());
        let mut unstable = best;
        unstable.condition = Some("all(tokio_unstable)".into());
        assert!(quality(&feature) > 1.3 * quality(&unstable));
    }
}
