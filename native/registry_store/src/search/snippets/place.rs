//! The order of what the postings found.

use std::collections::HashMap;

use registry_types::{Result, Snippet};

use super::SymbolSearch;
use super::similar::similarity;
use crate::fault::corrupt;
use crate::index::documents::Facet;
use crate::search::found::Found;
use crate::search::phrase;

/// As many of the best are ordered by what the index says of them.
pub(crate) const MOST_PLACED: usize = 256;
/// As many of the best are read whole before their order is final.
const MOST_READ: usize = 24;

/// What a name made of nothing but the words asked for counts more.
const NAME: f32 = 0.8;
/// What a word counts for that in the name of what holds the symbol.
const OWNER: f32 = 0.8;
/// What a name counts more that is written as in the query: `sleep`, not `Sleep`.
const SAME_CASE: f32 = 0.3;
/// What remains where a signature is asked for as another language writes it.
const OTHER_LANGUAGE: f32 = 0.8;
/// What each further symbol of a name in one package counts less.
const REPEATED: f32 = 0.3;
/// What a path counts more: the very one, its end, its names in order.
const SAME_PATH: f32 = 1.0;
const SAME_END: f32 = 0.5;
const IN_ORDER: f32 = 0.1;
/// What the number of parameters counts that is written in a path.
const SAME_ARITY: f32 = 0.5;
/// What a signature counts that is just what was asked for.
const SAME_SHAPE: f32 = 1.0;

/// A symbol in its place, with the factors that brought it there.
pub(crate) struct Placed {
    pub(crate) found: Found,
    pub(crate) facet: Facet,
    /// Of the words of its name.
    pub(crate) name: f32,
    pub(crate) language: f32,
    /// Of equal symbols of its package before it.
    pub(crate) repeated: f32,
    /// Of its path and arity.
    pub(crate) path: f32,
    /// Of its signature.
    pub(crate) shape: f32,
    pub(crate) snippet: Option<Snippet>,
}

impl Placed {
    pub(crate) fn score(&self) -> f32 {
        self.found.score * self.name * self.language * self.repeated * self.path * self.shape
    }
}

impl SymbolSearch<'_> {
    /// Orders what was found. Only the first [`MOST_PLACED`] change places, always the same ones, so
    /// that pages of one answer fit together.
    pub(crate) fn place(&self, found: Vec<Found>) -> Result<Vec<Placed>> {
        let languages = self.languages()?;
        let mut placed: Vec<Placed> = found
            .into_iter()
            .map(|found| self.placed(found, &languages))
            .collect();
        let rest = placed.split_off(MOST_PLACED.min(placed.len()));
        for placed in &mut placed {
            placed.name = self.name_factor(placed);
        }
        sort(&mut placed);
        if !self.query.phrases.is_empty() {
            self.keep_phrases(&mut placed)?;
        }
        for placed in placed.iter_mut().take(MOST_READ) {
            self.take_in_record(placed)?;
        }
        sort(&mut placed);
        self.spread(&mut placed);
        sort(&mut placed);
        // Texts of the others were not looked at.
        if self.query.phrases.is_empty() {
            placed.extend(rest);
        }
        Ok(placed)
    }

    fn placed(&self, found: Found, languages: &[u16]) -> Placed {
        let segment = self.snapshot.snippets.segments.get(found.segment);
        let facets = segment.and_then(|segment| segment.facets.as_ref());
        let facet = Facet::unpack(facets.map_or(0, |facets| facets.get_val(found.document)));
        let other = !languages.is_empty() && !languages.contains(&facet.language);
        Placed {
            found,
            facet,
            name: 1.0,
            language: if other { OTHER_LANGUAGE } else { 1.0 },
            repeated: 1.0,
            path: 1.0,
            shape: 1.0,
            snippet: None,
        }
    }

    /// How much of the query the name holds, times how much of the name the query holds; the second
    /// counts twice, for a name with more in it is that of something else.
    fn name_factor(&self, placed: &Placed) -> f32 {
        let words = self.sought.word_bits();
        let exact = self.sought.exact.map_or(0, |bit| 1 << bit);
        if placed.found.words & exact != 0 {
            return 1.0 + NAME;
        }
        let named = placed.found.named & words;
        let owned = placed.found.owned & words;
        let all = self.sought.rarity(words);
        let count = named.count_ones();
        if count == 0 || all <= 0.0 {
            return 1.0;
        }
        let held = self.sought.rarity(named) + OWNER * self.sought.rarity(owned);
        let of_query = held / all;
        let of_name = f32::from(u8::try_from(count).unwrap_or(u8::MAX))
            / f32::from(placed.facet.words.max(1));
        1.0 + NAME * of_query * of_name.min(1.0).powi(2)
    }

    /// The numbers of the languages that write signatures as the query does.
    fn languages(&self) -> Result<Vec<u16>> {
        let names = self
            .query
            .asked
            .as_ref()
            .map_or(&[][..], |asked| asked.languages);
        let mut numbers = Vec::new();
        for name in names {
            let number = self.snapshot.tables.languages.get(name);
            numbers.extend(number.map_err(crate::fault::redb_error)?.map(|n| n.value()));
        }
        Ok(numbers)
    }

    /// Equal symbols of one package do not stand side by side: overloads, trait's methods,
    /// what is handed on.
    fn spread(&self, placed: &mut [Placed]) {
        let mut seen: HashMap<(u64, u16), f32> = HashMap::new();
        for placed in placed.iter_mut() {
            let segment = self.snapshot.snippets.segments.get(placed.found.segment);
            let releases = segment.and_then(|segment| segment.releases.as_ref());
            let release = releases.map_or(0, |releases| releases.get_val(placed.found.document));
            let before = seen.entry((release, placed.facet.name)).or_default();
            placed.repeated = 1.0 / (1.0 + REPEATED * *before);
            *before += 1.0;
        }
    }

    /// Keeps those that hold the phrases, and none of those that must not be there.
    fn keep_phrases(&self, placed: &mut Vec<Placed>) -> Result<()> {
        let asked = self.query.phrases.iter().filter(|phrase| !phrase.negated);
        let words = (0_u32..).zip(&self.query.words.words);
        let stems: Vec<&String> = asked.flat_map(|phrase| &phrase.stems).collect();
        let needed = words
            .filter(|(_, word)| stems.contains(&&word.stem))
            .fold(0, |bits, (bit, _)| bits | 1 << bit);
        placed.retain(|placed| placed.found.words & needed == needed);
        let mut kept = Vec::with_capacity(placed.len());
        for mut placed in placed.drain(..) {
            let snippet = self.record(&placed)?;
            let texts = [
                Some(snippet.name.as_str()),
                Some(snippet.qualified_name.as_str()),
                Some(snippet.signature.as_str()),
                snippet.doc.as_deref(),
            ];
            let right = self.query.phrases.iter().all(|wanted| {
                let mut texts = texts.iter().flatten();
                texts.any(|text| phrase::stands(text, &wanted.stems)) != wanted.negated
            });
            if right {
                placed.snippet = Some(snippet);
                kept.push(placed);
            }
        }
        *placed = kept;
        Ok(())
    }

    /// Takes in what only the record says.
    fn take_in_record(&self, placed: &mut Placed) -> Result<()> {
        let snippet = match placed.snippet.take() {
            Some(snippet) => snippet,
            None => self.record(placed)?,
        };
        placed.path = self.path_factor(&snippet);
        let exact = self.sought.exact.map_or(0, |bit| 1 << bit);
        if placed.found.words & exact != 0 && self.query.written.as_ref() == Some(&snippet.name) {
            placed.name += SAME_CASE;
        }
        if let Some(asked) = &self.query.asked {
            placed.shape = 1.0 + SAME_SHAPE * similarity(asked, &snippet);
        }
        placed.snippet = Some(snippet);
        Ok(())
    }

    fn path_factor(&self, snippet: &Snippet) -> f32 {
        let wanted = self.query.path.as_slice();
        if wanted.is_empty() {
            return 1.0;
        }
        let mut best = 0.0_f32;
        let mut arity = 0.0;
        for path in std::iter::once(&snippet.qualified_name).chain(&snippet.aliases) {
            let names = super::query::path_names(path);
            let value = if names == wanted {
                SAME_PATH
            } else if names.ends_with(wanted) {
                SAME_END
            } else if in_order(&names, wanted) {
                IN_ORDER
            } else {
                0.0
            };
            best = best.max(value);
            let end = self.query.arity.map(|count| format!("/{count}"));
            if end.is_some_and(|end| path.ends_with(&end)) {
                arity = SAME_ARITY;
            }
        }
        1.0 + best + arity
    }

    pub(crate) fn record(&self, placed: &Placed) -> Result<Snippet> {
        let snippet = self.snapshot.snippet(placed.found.id)?;
        snippet.ok_or_else(|| corrupt("a snippet", "the index knows it, the store does not"))
    }
}

/// Whether all of `wanted` stand in `names`, in order, the last of both at the end.
fn in_order(names: &[String], wanted: &[String]) -> bool {
    let mut left = names.iter();
    names.last() == wanted.last() && wanted.iter().all(|name| left.any(|other| other == name))
}

fn sort(placed: &mut [Placed]) {
    placed.sort_by(|a, b| {
        let by_score = b.score().total_cmp(&a.score());
        by_score.then_with(|| a.found.id.cmp(&b.found.id))
    });
}
