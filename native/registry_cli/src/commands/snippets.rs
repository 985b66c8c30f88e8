//! `snippets` and `search-snippets`.

use registry_store::{SnippetFilter, Store};
use registry_types::{Snippet, SnippetHit, SnippetOwner, SnippetQuery, Visibility, Why};
use serde::Serialize;

use crate::arguments::{SearchSnippets, Snippets};
use crate::failure::Result;
use crate::output::Output;
use crate::output::escape::{lines, one_line};
use crate::output::text::cut;
use crate::target::Named;

/// A snippet with its package, on one level as in the Elixir API.
#[derive(Serialize)]
struct Owned<'a> {
    #[serde(flatten)]
    owner: &'a SnippetOwner,
    #[serde(flatten)]
    snippet: &'a Snippet,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    place: Option<Place<'a>>,
}

/// What a search says of a snippet.
#[derive(Serialize)]
struct Place<'a> {
    score: f64,
    matched: &'a [String],
    highlights: &'a [String],
    missing: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    why: &'a [Why],
}

impl<'a> From<&'a SnippetHit> for Place<'a> {
    fn from(hit: &'a SnippetHit) -> Self {
        Self {
            score: hit.score,
            matched: &hit.matched,
            highlights: &hit.highlights,
            missing: &hit.missing,
            why: &hit.why,
        }
    }
}

pub(crate) fn list(store: &Store, arguments: &Snippets, output: &mut Output) -> Result<()> {
    let known = arguments.target.find(store)?;
    let owner = SnippetOwner {
        version: known.release(store)?,
        ecosystem: known.ecosystem,
        package: known.name,
    };
    let filter = SnippetFilter {
        kind: arguments.filter.kind,
        language: arguments.filter.language.as_deref().map(str::to_lowercase),
        public_only: !arguments.filter.internal,
        limit: arguments.limit,
        offset: arguments.offset,
    };
    let found = store.snippets(owner.ecosystem, &owner.package, &owner.version, &filter)?;
    if found.is_empty() && !output.is_json() {
        eprintln!(
            "no such snippets in {} {}",
            one_line(&owner.package),
            one_line(&owner.version)
        );
    }
    for snippet in &found {
        let owned = Owned {
            owner: &owner,
            snippet,
            place: None,
        };
        write(&owned, false, arguments.filter.source, output)?;
    }
    Ok(())
}

pub(crate) fn search(store: &Store, arguments: SearchSnippets, output: &mut Output) -> Result<()> {
    let mut ecosystems = arguments.ecosystem;
    let mut version = arguments.version;
    let mut package = None;
    if let Some(text) = &arguments.package {
        let only = match ecosystems.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let named = Named::parse(text, only, version.as_deref())?;
        if let Some(ecosystem) = named.ecosystem {
            ecosystems = vec![ecosystem];
        }
        version = named.version;
        package = Some(named.name);
    }
    let hits = store.search_snippets(&SnippetQuery {
        text: arguments.query,
        ecosystems,
        package,
        version,
        language: arguments.filter.language.as_deref().map(str::to_lowercase),
        kind: arguments.filter.kind,
        public_only: !arguments.filter.internal,
        limit: arguments.page.limit,
        offset: arguments.page.offset,
        explain: arguments.explain,
    })?;
    if hits.is_empty() && !output.is_json() {
        eprintln!("nothing found");
    }
    for hit in &hits {
        let owned = Owned {
            owner: &hit.owner,
            snippet: &hit.snippet,
            place: Some(hit.into()),
        };
        write(&owned, true, arguments.filter.source, output)?;
    }
    Ok(())
}

/// The name and its kind; the signature; the beginning of its documentation; where it stands.
fn write(owned: &Owned<'_>, with_owner: bool, source: bool, output: &mut Output) -> Result<()> {
    if output.is_json() {
        return output.json(owned);
    }
    let Owned { owner, snippet, .. } = owned;
    let mut head = format!(
        "{}  {}",
        output.strong(&one_line(&snippet.qualified_name)),
        snippet.kind.as_str()
    );
    if snippet.visibility == Visibility::Internal {
        head.push_str(", internal");
    }
    if snippet.deprecated {
        head.push_str(", deprecated");
    }
    if with_owner {
        let owner = format!("{} {} {}", owner.ecosystem, owner.package, owner.version);
        head.push_str("  ");
        head.push_str(&output.dim(&one_line(&owner)));
    }
    output.line(&head)?;
    let width = output.width().saturating_sub(4);
    output.line(&format!(
        "    {}",
        cut(&one_line(&snippet.signature), width)
    ))?;
    if let Some(condition) = &snippet.condition {
        let condition = cut(&format!("if {}", one_line(condition)), width);
        output.line(&format!("    {}", output.dim(&condition)))?;
    }
    if !snippet.aliases.is_empty() {
        let also = cut(
            &format!("also {}", one_line(&snippet.aliases.join(", "))),
            width,
        );
        output.line(&format!("    {}", output.dim(&also)))?;
    }
    let doc = snippet.doc.as_deref().and_then(first_paragraph);
    if let Some(doc) = doc {
        output.line(&format!("    {}", output.dim(&cut(&doc, width))))?;
    }
    let place = format!("{}:{}", one_line(&snippet.path), snippet.start_line);
    output.line(&format!("    {}", output.dim(&place)))?;
    for why in owned.place.iter().flat_map(|place| place.why) {
        output.why(4, why)?;
    }
    if source {
        output.line("")?;
        output.raw(&lines(&snippet.source))?;
        output.line("")?;
    }
    Ok(())
}

/// The first paragraph with words in it, on one line.
fn first_paragraph(doc: &str) -> Option<String> {
    let mut paragraph = String::new();
    for line in doc.lines().map(one_line) {
        if line.is_empty() && !paragraph.is_empty() {
            break;
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
            paragraph.push_str(&line);
        } else if line.chars().any(char::is_alphanumeric) {
            paragraph = line;
        }
        // More than a line of it is never shown.
        if paragraph.len() > 1000 {
            break;
        }
    }
    (!paragraph.is_empty()).then_some(paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_with_words() {
        let doc = "\n---\n  A  doc\nof two lines.\n\nMore";
        assert_eq!(first_paragraph(doc).as_deref(), Some("A doc of two lines."));
        assert_eq!(first_paragraph("\n \n"), None);
        assert_eq!(first_paragraph("One."), Some("One.".to_owned()));
    }
}
