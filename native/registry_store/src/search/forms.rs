//! What the words of a query may stand for in the package index.

use registry_types::Result;

use crate::index::documents::{MOST_PREFIX, WHOLE_NAME};
use crate::search::cursor::{Form, Wanted, frequency, idf};
use crate::search::packages::Search;
use crate::search::query::QueryWord;
use crate::search::spelling::{completions, near};
use crate::text::with_stem;

/// What a joined form counts (`httpcache` for `http cache`).
const JOINED: f32 = 0.9;
/// What a word begun counts, and a name begun.
const BEGUN_WORD: f32 = 0.5;
const BEGUN_NAME: f32 = 0.7;
/// What a corrected word counts, by its distance.
const CORRECTED: [f32; 3] = [0.8, 0.6, 0.4];
/// The share of a word that stands in a name, where postings do not tell.
const IN_NAME: f32 = 0.75;

impl Search<'_> {
    /// The words to look for, in all the forms in which they may stand.
    pub(crate) fn wanted(&self) -> Result<Vec<Wanted>> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let total = view.documents();
        let last = self.query.words.len().saturating_sub(1);
        let mut all = Vec::with_capacity(self.query.words.len());
        for (n, word) in self.query.words.iter().enumerate() {
            let text = |word: &str, weight| Form {
                field: fields.text,
                word: word.to_owned(),
                weight,
                fixed: None,
            };
            let mut forms = vec![text(&word.stem, 1.0)];
            forms.extend(word.joined.iter().map(|joined| text(joined, JOINED)));
            let mut with = frequency(view, fields.text, &word.stem)?;
            if n == last && self.query.open_end {
                self.complete(word, with == 0, &mut forms)?;
            }
            if with == 0 {
                for form in forms.iter().skip(1) {
                    with += frequency(view, form.field, &form.word)?;
                }
            }
            all.push(Wanted {
                forms,
                idf: idf(total, with),
                required: true,
            });
        }
        Ok(all)
    }

    /// Adds what a word may become that is still being typed.
    fn complete(&self, word: &QueryWord, unknown: bool, forms: &mut Vec<Form>) -> Result<()> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let letters = word.surface.chars().count();
        let begun = |field, word: String, weight| Form {
            field,
            word,
            weight,
            fixed: Some(IN_NAME),
        };
        let single = self.query.words.len() == 1;
        if (2..=MOST_PREFIX).contains(&letters) {
            forms.push(begun(fields.prefix, word.surface.clone(), BEGUN_WORD));
        } else if letters > MOST_PREFIX && unknown {
            for word in completions(view, fields.word, &word.surface, 8)? {
                with_stem(&word, |stem| {
                    forms.push(Form {
                        field: fields.text,
                        word: stem.to_owned(),
                        weight: BEGUN_WORD,
                        fixed: None,
                    });
                });
            }
        }
        let name = &self.query.name;
        let letters = name.chars().count();
        if single && (2..=MOST_PREFIX).contains(&letters) {
            let word = format!("{WHOLE_NAME}{name}");
            forms.push(begun(fields.prefix, word, BEGUN_NAME));
        } else if single && letters > MOST_PREFIX {
            for name in completions(view, fields.canon, name, 16)? {
                forms.push(begun(fields.canon, name, BEGUN_NAME));
            }
        }
        Ok(())
    }

    /// Adds to the words that stand nowhere those they may have been meant to be. If there were any,
    /// gives the query with the likeliest of them as a name.
    pub(crate) fn correct(&self, wanted: &mut [Wanted]) -> Result<Option<String>> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let total = view.documents();
        let mut corrected = false;
        let mut name: Vec<String> = Vec::new();
        for (word, wanted) in self.query.words.iter().zip(wanted) {
            name.push(word.surface.clone());
            if frequency(view, fields.text, &word.stem)? > 0 {
                continue;
            }
            let mut with = 0;
            for (place, near) in near(view, fields.word, &word.surface, 3)?
                .iter()
                .enumerate()
            {
                if let (0, Some(last)) = (place, name.last_mut()) {
                    last.clone_from(&near.word);
                }
                let weight = CORRECTED.get(usize::from(near.distance));
                let mut stem = String::new();
                with_stem(&near.word, |s| s.clone_into(&mut stem));
                with += frequency(view, fields.text, &stem)?;
                wanted.forms.push(Form {
                    field: fields.text,
                    word: stem,
                    weight: weight.copied().unwrap_or(0.3),
                    fixed: None,
                });
                corrected = true;
            }
            if with > 0 {
                wanted.idf = idf(total, with);
            }
        }
        Ok(corrected.then(|| name.join("-")))
    }
}
