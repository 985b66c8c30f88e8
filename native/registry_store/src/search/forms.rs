//! What the words of a query may stand for in the package index.

use registry_types::Result;

use crate::index::documents::{BASE_NAME, LAST_PART, MOST_NAME_PREFIX, MOST_PREFIX, WHOLE_NAME};
use crate::search::cursor::{Form, Wanted, idf};
use crate::search::packages::Search;
use crate::search::query::QueryWord;
use crate::search::spelling::{completions, near};
use crate::text::{Synonyms, stem_of};

/// What another word for the same counts, and the usual word for two of them.
const SYNONYM: f32 = 0.6;
const PAIR: f32 = 0.7;
/// A word is taken for two only if each part has so many letters, and stands in more than one of so
/// many documents.
const SHORTEST_PART: usize = 3;
const ONE_OF: u64 = 2_000;
/// What a joined form counts (`httpcache` for `http cache`).
const JOINED: f32 = 0.9;
/// What a word begun counts, a name begun, and a name in whose last part the user is.
const BEGUN_WORD: f32 = 0.5;
const BEGUN_NAME: f32 = 1.2;
const BEGUN_LAST: f32 = 1.33;
/// What a corrected word counts, by its distance.
const CORRECTED: [f32; 3] = [0.8, 0.6, 0.4];
/// A word in at most so many documents is taken for a mistake where one near to it stands in so many.
const RARE: u64 = 4;
const FAR_MORE: u64 = 20;
/// The share of a word that stands in a name, where postings do not tell.
const IN_NAME: f32 = 0.75;

impl Search<'_> {
    /// The words to look for, in all the forms in which they may stand.
    pub(crate) fn wanted(&self) -> Result<Vec<Wanted>> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let total = view.documents();
        let last = self.query.words.words.len().saturating_sub(1);
        let mut all = Vec::with_capacity(self.query.words.words.len());
        for (n, word) in self.query.words.words.iter().enumerate() {
            let written = Form::find(view, fields.text, &word.stem, 1.0, None)?;
            let mut with = written.documents();
            let mut forms = vec![written];
            for joined in &word.joined {
                forms.push(Form::find(view, fields.text, joined, JOINED, None)?);
            }
            for (other, weight) in self.others(n, word) {
                forms.push(Form::find(view, fields.text, other, weight, None)?);
            }
            if n == last && self.query.words.open_end {
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

    /// Other words for the `n`th of the query, by itself or with a neighbour.
    fn others(&self, n: usize, word: &QueryWord) -> impl Iterator<Item = (&'static str, f32)> {
        let synonyms = Synonyms::get();
        let words = &self.query.words.words;
        let pair = |first: Option<usize>| {
            let first = words.get(first?)?;
            let second = words.get(n + usize::from(first.stem == word.stem))?;
            synonyms.of_pair(&first.stem, &second.stem)
        };
        let pairs = [pair(Some(n)), pair(n.checked_sub(1))];
        let pairs = pairs.into_iter().flatten().map(|word| (word, PAIR));
        let single = synonyms.of(&word.stem).iter();
        pairs.chain(single.map(|word| (word.as_str(), SYNONYM)))
    }

    /// Adds what a word may become that is still being typed.
    fn complete(&self, word: &QueryWord, unknown: bool, forms: &mut Vec<Form>) -> Result<()> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let letters = word.surface.chars().count();
        let begun =
            |field, word: &str, weight| Form::find(view, field, word, weight, Some(IN_NAME));
        if (2..=MOST_PREFIX).contains(&letters) {
            forms.push(begun(fields.prefix, &word.surface, BEGUN_WORD)?);
        } else if letters > MOST_PREFIX && unknown {
            for word in completions(view, fields.word, &word.surface, 8)? {
                let stem = stem_of(&word);
                forms.push(Form::find(view, fields.text, stem, BEGUN_WORD, None)?);
            }
        }
        let name = &self.query.words.name;
        let letters = name.chars().count();
        if (2..=MOST_NAME_PREFIX).contains(&letters) {
            for (mark, weight) in [(LAST_PART, BEGUN_LAST), (WHOLE_NAME, BEGUN_NAME)] {
                let begun_name = format!("{mark}{name}");
                forms.push(begun(fields.prefix, &begun_name, weight)?);
            }
        } else if letters > MOST_NAME_PREFIX {
            for begin in [name.clone(), format!("{BASE_NAME}{name}")] {
                for name in completions(view, fields.canon, &begin, 16)? {
                    forms.push(begun(fields.canon, &name, BEGUN_NAME)?);
                }
            }
        }
        Ok(())
    }

    /// Adds to the words that stand nowhere those they may have been meant to be, or takes such a word
    /// for two. A single word that hardly stands anywhere may have been meant to be a far more frequent
    /// one: who squats on a mistake must not keep the package that is missed from being found.
    pub(crate) fn correct(&self, wanted: &mut [Wanted]) -> Result<Correction> {
        let fields = &self.snapshot.package_fields;
        let view = &self.snapshot.packages;
        let total = view.documents();
        let rare = is_rare(wanted);
        let mut corrected = false;
        let mut parted = false;
        let mut name: Vec<String> = Vec::new();
        for (word, wanted) in self.query.words.words.iter().zip(wanted) {
            name.push(word.surface.clone());
            let known = wanted.forms.iter().any(|form| form.word == word.stem);
            if known && !rare {
                continue;
            }
            let mut near = near(view, fields.word, &word.surface, 4, &|word| {
                self.is_word(word)
            })?;
            if known {
                near.retain(|near| near.distance > 0 && near.documents >= FAR_MORE);
            }
            if !known
                && near.first().is_none_or(|near| near.distance > 1)
                && let Some((first, second)) = self.part(&word.surface)?
                && let Some(last) = name.last_mut()
            {
                *last = format!("{first} {second}");
                parted = true;
                continue;
            }
            let mut with = 0;
            for (place, near) in near.iter().enumerate() {
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
        Ok(match (parted, corrected) {
            (true, _) => Correction::Parted(name.join(" ")),
            (false, true) => Correction::Name(name.join("-")),
            (false, false) => Correction::None,
        })
    }

    /// The two known words that an unknown one is made of, the rarer of them as frequent as can be.
    fn part<'w>(&self, word: &'w str) -> Result<Option<(&'w str, &'w str)>> {
        let mut best = (self.snapshot.packages.documents() / ONE_OF, None);
        let parts = word.char_indices().map(|(at, _)| word.split_at(at));
        let long = |(first, second): &(&str, &str)| {
            first.len() >= SHORTEST_PART && second.len() >= SHORTEST_PART
        };
        for (first, second) in parts.filter(long) {
            let rarer = self.documents(first)?.min(self.documents(second)?);
            if rarer > best.0 {
                best = (rarer, Some((first, second)));
            }
        }
        Ok(best.1)
    }

    /// Whether a word of names stands in one of the ecosystems asked for.
    fn is_word(&self, word: &str) -> Result<bool> {
        let view = &self.snapshot.packages;
        let form = Form::find(
            view,
            self.snapshot.package_fields.word,
            word,
            1.0,
            Some(1.0),
        )?;
        form.stands_in(view, &self.ecosystems)
    }

    /// In how many documents a word stands.
    fn documents(&self, word: &str) -> Result<u64> {
        let field = self.snapshot.package_fields.text;
        let form = Form::find(&self.snapshot.packages, field, stem_of(word), 1.0, None)?;
        Ok(form.documents())
    }
}

/// Whether the query is one word that hardly stands anywhere, in no form.
pub(crate) fn is_rare(wanted: &[Wanted]) -> bool {
    let documents = |wanted: &Wanted| wanted.forms.iter().map(Form::documents).sum::<u64>();
    matches!(wanted, [single] if (1..=RARE).contains(&documents(single)))
}

/// What became of words that stand nowhere.
pub(crate) enum Correction {
    None,
    /// The query with the likeliest words in their place, as a name.
    Name(String),
    /// The query with a word written as two.
    Parted(String),
}
