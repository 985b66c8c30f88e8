//! Why a symbol stands where it stands.

use registry_types::{Result, Snippet, Why};

use super::SymbolSearch;
use super::place::Placed;
use super::scope::INTERNAL;
use crate::index::prior::factor_of;

impl SymbolSearch<'_> {
    /// The parts of a score; their product, `word` apart, is the score.
    pub(crate) fn why(&self, snippet: &Snippet, placed: &Placed) -> Result<Vec<Why>> {
        let mut why = Vec::new();
        let mut part = |part: &str, value: f32, evidence: String| {
            why.push(Why {
                part: part.to_owned(),
                value: f64::from(value),
                evidence,
            });
        };
        let found = placed.found;
        part("text", found.text, "sum of the words and types".to_owned());
        for (bit, (label, wanted)) in
            (0_u32..).zip(self.sought.labels.iter().zip(&self.sought.wanted))
        {
            let has = found.words.checked_shr(bit).unwrap_or(0) & 1 == 1;
            let exact = self.sought.exact == Some(bit);
            if label.is_empty() && !(exact && has) {
                continue;
            }
            let label = if exact { "the name itself" } else { label };
            let share = if has {
                wanted.share(&self.snapshot.snippets, &found)?
            } else {
                0.0
            };
            part(
                "word",
                wanted.idf * share,
                if has {
                    format!("{label}: rarity {:.2} × weight {share:.2}", wanted.idf)
                } else {
                    format!("{label}: not found")
                },
            );
        }
        part(
            "coverage",
            found.coverage,
            "part of the query that was found, by rarity".to_owned(),
        );
        let segment = self.snapshot.snippets.segments.get(found.segment);
        let prior = segment.map_or(0.0, |s| factor_of(s.order.get_val(found.document)).sqrt());
        part(
            "package",
            prior,
            "how likely the package is wanted".to_owned(),
        );
        part("quality", placed.facet.quality(), quality(snippet));
        if !placed.facet.public {
            part("visibility", INTERNAL, "internal".to_owned());
        }
        let optional = [
            ("name", placed.name, "the name holds the words asked for"),
            (
                "language",
                placed.language,
                "another language than the signature's",
            ),
            (
                "repeated",
                placed.repeated,
                "a better symbol of the package has this name",
            ),
            ("path", placed.path, "the path asked for"),
            ("shape", placed.shape, "the signature asked for"),
        ];
        for (name, value, evidence) in optional {
            if (value - 1.0).abs() > f32::EPSILON {
                part(name, value, evidence.to_owned());
            }
        }
        Ok(why)
    }
}

/// What speaks for and against the symbol itself.
fn quality(snippet: &Snippet) -> String {
    let mut parts = vec![
        snippet.kind.as_str().to_owned(),
        format!(
            "{} names deep",
            crate::index::documents::depth(&snippet.qualified_name)
        ),
    ];
    if let Some(condition) = &snippet.condition {
        parts.push(format!("if {condition}"));
    }
    let flags = [
        (snippet.deprecated, "deprecated"),
        (snippet.doc.is_none(), "not documented"),
        (!snippet.aliases.is_empty(), "reached by several paths"),
    ];
    let flags = flags.into_iter().filter(|(holds, _)| *holds);
    parts.extend(flags.map(|(_, flag)| flag.to_owned()));
    parts.join(", ")
}
