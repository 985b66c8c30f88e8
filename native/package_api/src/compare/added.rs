//! An item that only the second release has: what it means for those who implement, match or build the
//! thing it became a member of.

use registry_types::{Impact, Snippet, SnippetKind};

use super::Finding;
use super::index::Index;

pub(super) fn judge(snippet: &Snippet, before: &Index<'_>, after: &Index<'_>) -> Finding {
    let fine = (Impact::Compatible, "new".to_owned());
    let path = snippet.qualified_name.as_str();
    let Some(container) = after.container(path) else {
        return fine;
    };
    let above = container.qualified_name.as_str();
    if before.has(path) {
        return (Impact::Compatible, "another form of it".to_owned());
    }
    // Nobody implements or matches what was not there.
    if !before.has(above) {
        return fine;
    }
    let finding = match (&*snippet.language, container.kind, snippet.kind) {
        ("rust", SnippetKind::Trait, _) => required(snippet, above),
        ("rust", SnippetKind::Enum, SnippetKind::Field) => variant(container),
        ("rust", SnippetKind::Struct, SnippetKind::Field) => field(container, before),
        ("rust", SnippetKind::Field, SnippetKind::Field) if !container.open => {
            let reason = format!("code that builds or matches {above} does not name it");
            Some((Impact::Breaking, reason))
        }
        ("typescript" | "tsx", SnippetKind::Interface, _) => member(snippet, above),
        ("typescript" | "tsx", SnippetKind::Class, _)
            if snippet
                .signature
                .split_whitespace()
                .any(|w| w == "abstract") =>
        {
            Some((
                Impact::Breaking,
                format!("subclasses of {above} must have it"),
            ))
        }
        ("elixir" | "erlang", SnippetKind::Interface, _) => {
            let reason = format!("what implements {above} must have it, unless it is optional");
            Some((Impact::PossiblyBreaking, reason))
        }
        ("java" | "kotlin" | "csharp" | "go" | "swift" | "php", container, _)
            if matches!(container, SnippetKind::Interface | SnippetKind::Trait)
                && !has_body(snippet) =>
        {
            let reason = format!("what implements {above} must have it");
            Some((Impact::Breaking, reason))
        }
        _ => None,
    };
    finding.unwrap_or(fine)
}

fn has_body(snippet: &Snippet) -> bool {
    snippet.source.contains('{')
}

/// A member of a trait without a default. A method's source ends with its body, a type's or
/// constant's default follows a `=`.
fn required(snippet: &Snippet, container: &str) -> Option<Finding> {
    let given = match snippet.kind {
        SnippetKind::Method | SnippetKind::Function => has_body(snippet),
        SnippetKind::Type | SnippetKind::Constant => snippet.source.contains('='),
        _ => return None,
    };
    let reason = format!("what implements {container} must have it");
    (!given && !snippet.source.is_empty()).then_some((Impact::Breaking, reason))
}

fn variant(container: &Snippet) -> Option<Finding> {
    let reason = format!(
        "a match on {} may not be complete",
        container.qualified_name
    );
    (!container.open).then_some((Impact::Breaking, reason))
}

/// A struct with public fields only can be built by anyone who names them all.
fn field(container: &Snippet, before: &Index<'_>) -> Option<Finding> {
    let path = container.qualified_name.as_str();
    let buildable = !before.has_internal_field(path) && before.public_fields(path) > 0;
    let reason = format!("code that builds {path} does not name it");
    (buildable && !container.open).then_some((Impact::Breaking, reason))
}

/// Users of an interface may only read it; or they make such objects, and must give every member.
fn member(snippet: &Snippet, container: &str) -> Option<Finding> {
    let name = snippet.signature.find(&*snippet.name);
    let behind = name.and_then(|at| snippet.signature.get(at + snippet.name.len()..));
    let optional = behind.is_some_and(|behind| behind.trim_start().starts_with('?'));
    let reason = format!("who makes a {container} must give it");
    (!optional).then_some((Impact::PossiblyBreaking, reason))
}
