//! From documents found to results: where the words stand.

use registry_types::{Result, SearchHit};

use crate::index::documents::NAME_MARKS;
use crate::rows::Shown;
use crate::search::cursor::{Form, Wanted};
use crate::search::excerpt::{self, Sought};
use crate::search::found::Found;
use crate::search::packages::{Ranked, Search};
use crate::text::Style;

impl Search<'_> {
    /// The result for a package in its place.
    pub(crate) fn hit(
        &self,
        mut ranked: Ranked,
        wanted: &[Wanted],
        sought: &WantedWords<'_>,
    ) -> Result<SearchHit> {
        let row = self.shown(&mut ranked)?;
        let (matched, highlights) = self.places(&row, ranked.found, sought)?;
        let package = row.package;
        let replaced_by = self.replaced_by(&package)?;
        let why = if self.explain {
            self.why(&package, &ranked, wanted)?
        } else {
            Vec::new()
        };
        Ok(SearchHit {
            package,
            score: f64::from(ranked.score),
            matched,
            highlights,
            missing: self.missing(ranked.found),
            replaced_by,
            why,
        })
    }

    /// The words of the query that a document lacks.
    fn missing(&self, found: Option<Found>) -> Vec<String> {
        let words = found.map_or(u64::MAX, |f| f.words);
        let all = (0_u32..).zip(&self.query.words.words);
        let lacking = all.filter(|(bit, _)| words.checked_shr(*bit).unwrap_or(0) & 1 == 0);
        lacking.map(|(_, word)| word.surface.clone()).collect()
    }

    /// In which fields the words stand, with excerpts. The README is read only where the record of
    /// the package does not hold all words found.
    fn places(
        &self,
        row: &Shown,
        found: Option<Found>,
        sought: &WantedWords<'_>,
    ) -> Result<(Vec<String>, Vec<String>)> {
        let package = &row.package;
        let mut matched = Vec::new();
        let mut highlights = Vec::new();
        let mut seen = excerpt::bits(&package.name, Style::Name, sought);
        if seen != 0 || found.is_none() {
            matched.push("name".to_owned());
        }
        let lists = [
            ("keywords", &package.keywords),
            ("categories", &package.categories),
        ];
        for (field, list) in lists {
            let all = list
                .iter()
                .map(|text| excerpt::bits(text, Style::Name, sought));
            let bits = all.fold(0, |all, bits| all | bits);
            if bits != 0 {
                matched.push(field.to_owned());
            }
            seen |= bits;
        }
        // An exact name may lack a place among the best: then all words are looked for.
        let words = found.map_or(u64::MAX, |f| f.words);
        if let Some(description) = &package.description {
            let located = excerpt::locate(description, words, sought);
            if located.bits != 0 {
                matched.push("description".to_owned());
                highlights.push(excerpt::excerpt(description, located.first));
            }
            seen |= located.bits;
        }
        let missing = words & !seen;
        if missing != 0 {
            if let (Some(face), Some(readme)) = (row.face, row.readme) {
                let readme = self.snapshot.readme(face, readme)?;
                let located = excerpt::locate(&readme, missing, sought);
                if located.bits != 0 {
                    matched.push("readme".to_owned());
                    highlights.push(excerpt::excerpt(&readme, located.first));
                }
                seen |= located.bits;
            }
            if found.is_some() && missing & !seen != 0 {
                matched.push("documents".to_owned());
            }
        }
        Ok((matched, highlights))
    }
}

/// The forms of the query words, as they are recognised in texts.
pub(crate) struct WantedWords<'a> {
    wanted: &'a [Wanted],
    prefix_field: u32,
    /// The first bytes of all forms, one bit each.
    firsts: [u64; 4],
}

impl<'a> WantedWords<'a> {
    pub(crate) fn new(wanted: &'a [Wanted], prefix_field: u32) -> Self {
        let mut firsts = [0_u64; 4];
        for form in wanted.iter().flat_map(|wanted| &wanted.forms) {
            let word = form.word.trim_start_matches(NAME_MARKS);
            if let Some(first) = word.bytes().next()
                && let Some(bits) = firsts.get_mut(usize::from(first / 64))
            {
                *bits |= 1 << (first % 64);
            }
        }
        Self {
            wanted,
            prefix_field,
            firsts,
        }
    }
}

impl Sought for WantedWords<'_> {
    fn bits(&self, word: &str) -> u64 {
        let mut bits = 0;
        for (bit, wanted) in self.wanted.iter().enumerate().take(64) {
            let stands = |form: &Form| {
                if form.field.field_id() == self.prefix_field {
                    word.starts_with(form.word.trim_start_matches(NAME_MARKS))
                } else {
                    form.word == word
                }
            };
            if wanted.forms.iter().any(stands) {
                bits |= 1 << bit;
            }
        }
        bits
    }

    fn may_be(&self, written: &str) -> bool {
        let first = written.bytes().next().unwrap_or_default();
        let bits = self.firsts.get(usize::from(first / 64));
        bits.is_some_and(|bits| bits >> (first % 64) & 1 == 1)
    }

    fn forms(&self, bit: usize) -> impl Iterator<Item = &str> {
        let forms = self.wanted.get(bit).map(|wanted| wanted.forms.as_slice());
        let words = forms.unwrap_or_default().iter();
        words.map(|form| form.word.trim_start_matches(NAME_MARKS))
    }
}
