//! From symbols found to results: where the words stand.

use std::collections::HashMap;

use registry_types::{Result, Snippet, SnippetHit, SnippetOwner};

use super::SymbolSearch;
use super::place::Placed;
use crate::fault::corrupt;
use crate::index::documents::start_of;
use crate::key::split_member;
use crate::rows::ReleaseRow;
use crate::search::excerpt;
use crate::search::hits::WantedWords;
use crate::tables::RELEASES;
use crate::text::Style;

/// More of a signature is not shown beside the whole snippet.
const MOST_SIGNATURE: usize = 200;

impl SymbolSearch<'_> {
    /// The result for a symbol in its place.
    pub(crate) fn hit(
        &self,
        mut placed: Placed,
        sought: &WantedWords<'_>,
        owners: &mut HashMap<u32, SnippetOwner>,
    ) -> Result<SnippetHit> {
        let snippet = match placed.snippet.take() {
            Some(snippet) => snippet,
            None => self.record(&placed)?,
        };
        let release = split_member(placed.found.id).0;
        let owner = match owners.get(&release) {
            Some(owner) => owner.clone(),
            None => {
                let owner = self.owner(release)?;
                owners.insert(release, owner.clone());
                owner
            }
        };
        let (matched, highlights) = self.places(&snippet, &placed, sought);
        let why = if self.explain {
            self.why(&snippet, &placed)?
        } else {
            Vec::new()
        };
        Ok(SnippetHit {
            owner,
            snippet,
            score: f64::from(placed.score()),
            matched,
            highlights,
            missing: self.missing(placed.found.words),
            why,
        })
    }

    fn owner(&self, release: u32) -> Result<SnippetOwner> {
        let row: Option<ReleaseRow> = RELEASES.get(&self.snapshot.tables.releases, release)?;
        let row = row
            .ok_or_else(|| corrupt("a snippet", "its release is missing from the store"))?
            .release;
        Ok(SnippetOwner {
            ecosystem: row.ecosystem,
            package: row.name,
            version: row.version,
        })
    }

    /// In which fields the words and types stand, with excerpts of signature and documentation.
    fn places(
        &self,
        snippet: &Snippet,
        placed: &Placed,
        sought: &WantedWords<'_>,
    ) -> (Vec<String>, Vec<String>) {
        let mut matched = Vec::new();
        let mut highlights = Vec::new();
        let mut add = |field: &str| matched.push(field.to_owned());
        let bits = |text: &str| excerpt::bits(text, Style::Name, sought);
        let exact = self.sought.exact.map_or(0, |bit| 1 << bit);
        let in_name = bits(&snippet.name);
        if in_name != 0 || placed.found.words & exact != 0 {
            add("name");
        }
        let paths = std::iter::once(&snippet.qualified_name).chain(&snippet.aliases);
        let in_paths = paths.fold(0, |found, path| found | bits(path));
        // A path ends in the name.
        if in_paths & !in_name != 0 {
            add("path");
        }
        let types = placed.found.words & self.sought.type_bits() != 0;
        let in_signature = bits(&snippet.signature) & !in_name != 0;
        if in_signature {
            add("signature");
        }
        if let Some(doc) = &snippet.doc {
            let words = placed.found.words & self.sought.word_bits();
            let located = excerpt::locate(doc, words, sought);
            if located.bits != 0 {
                add("doc");
                highlights.push(excerpt::excerpt(doc, located.first));
            }
        }
        if types {
            add("types");
        }
        if types || in_signature {
            highlights.insert(0, signature(snippet));
        }
        (matched, highlights)
    }

    /// What of the query a result lacks, as it was written.
    fn missing(&self, words: u64) -> Vec<String> {
        let all = (0_u32..).zip(&self.sought.labels);
        let lacking = all.filter(|(bit, _)| words.checked_shr(*bit).unwrap_or(0) & 1 == 0);
        let labels = lacking.map(|(_, label)| label.clone());
        labels.filter(|label| !label.is_empty()).collect()
    }
}

/// The signature, cut where it is long. Generics look like tags, so that it is no excerpt of prose.
fn signature(snippet: &Snippet) -> String {
    let kept = start_of(&snippet.signature, MOST_SIGNATURE);
    let cut = kept.len() < snippet.signature.len();
    format!("{kept}{}", if cut { "…" } else { "" })
}
