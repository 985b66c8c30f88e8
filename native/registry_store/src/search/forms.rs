//! What the words of a query may stand for in the package index.

use registry_types::Result;

use crate::index::documents::{MOST_PREFIX, WHOLE_NAME};
use crate::search::cursor::{Form, Wanted, idf};
use crate::search::packages::Search;
use crate::search::query::{QueryWord, stem_of};
use crate::search::spelling::{completions, near};

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
            let written = Form::find(view, fields.text, &word.stem, 1.0, None)?;
            let mut with = written.documents();
            let mut forms = vec![written];
            for joined in &word.joined {
                forms.push(Form::find(view, fields.text, joined, JOINED, None)?);
            }
            if n == last && self.query.open_end {
                self.complete(word, with == 0, &mut forms)?;
            }
            if with == 0 {
                with = forms.iter().map(Form::documents).sum();
            }
            forms.retain(|form| form.documents() > 0);
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
        let begun =
            |field, word: &str, weight| Form::find(view, field, word, weight, Some(IN_NAME));
        let single = self.query.words.len() == 1;
        if (2..=MOST_PREFIX).contains(&letters) {
            forms.push(begun(fields.prefix, &word.surface, BEGUN_WORD)?);
        } else if letters > MOST_PREFIX && unknown {
            for word in completions(view, fields.word, &word.surface, 8)? {
                let stem = stem_of(&word);
                forms.push(Form::find(view, fields.text, stem, BEGUN_WORD, None)?);
            }
        }
        let name = &self.query.name;
        let letters = name.chars().count();
        if single && (2..=MOST_PREFIX).contains(&letters) {
            let word = format!("{WHOLE_NAME}{name}");
            forms.push(begun(fields.prefix, &word, BEGUN_NAME)?);
        } else if single && letters > MOST_PREFIX {
            for name in completions(view, fields.canon, name, 16)? {
                forms.push(begun(fields.canon, &name, BEGUN_NAME)?);
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
            if wanted.forms.iter().any(|form| form.word == word.stem) {
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
                let weight = weight.copied().unwrap_or(0.3);
                let form = Form::find(view, fields.text, stem_of(&near.word), weight, None)?;
                with += form.documents();
                wanted.forms.push(form);
                corrected = true;
            }
            if with > 0 {
                wanted.idf = idf(total, with);
            }
        }
        Ok(corrected.then(|| name.join("-")))
    }
}
