//! What the words and types of a query stand for in the index.

use registry_types::Result;

use super::query::SymbolQuery;
use super::signature::Asked;
use crate::db::Snapshot;
use crate::index::documents::{Slot, arity};
use crate::search::cursor::{Form, Wanted, idf};
use crate::search::hits::WantedWords;
use crate::text::signature::{ANY, Type};

/// What a joined form counts (`spawntask` for `spawn task`).
const JOINED: f32 = 0.9;
/// What a symbol of exactly the name asked for counts beside its words: more than they all can.
const EXACT: f32 = 100.0;

/// What a type counts that is of the same family, but written otherwise.
const KIN: f32 = 0.7;
/// What a parameter counts in another place, and what a method is called on.
const MOVED: f32 = 0.75;
/// What a type inside of another counts for one that is asked for whole, and the other way round.
const INSIDE: f32 = 0.55;
/// What a parameter of any type counts.
const GENERIC: f32 = 0.35;
/// What a method counts for a function with one parameter more.
const CALLED_ON: f32 = 0.9;

/// What is looked for.
pub(crate) struct Sought {
    /// The words, then the exact name, then the types.
    pub(crate) wanted: Vec<Wanted>,
    /// How each is spelled in the query; empty where nobody wrote it.
    pub(crate) labels: Vec<String>,
    words: usize,
    /// The bit of the exact name.
    pub(crate) exact: Option<u32>,
}

impl Sought {
    pub(crate) fn find(snapshot: &Snapshot, query: &SymbolQuery) -> Result<Self> {
        let mut finder = Finder {
            snapshot,
            sought: Self {
                wanted: Vec::new(),
                labels: Vec::new(),
                words: query.words.words.len(),
                exact: None,
            },
        };
        for word in &query.words.words {
            let field = snapshot.snippet_fields.text;
            let mut forms = vec![finder.form(field, &word.stem, 1.0, None)?];
            for joined in &word.joined {
                forms.push(finder.form(field, joined, JOINED, None)?);
            }
            finder.add(forms, &word.surface);
        }
        if let Some(name) = &query.name {
            let exact = finder.form(snapshot.snippet_fields.canon, name, 1.0, Some(1.0))?;
            finder.sought.exact = u32::try_from(finder.sought.wanted.len()).ok();
            finder.sought.labels.push(String::new());
            finder.sought.wanted.push(Wanted {
                forms: vec![exact],
                idf: EXACT,
                required: false,
            });
        }
        if let Some(count) = query.arity {
            let forms = [(arity(count, false), 1.0), (arity(count, true), 1.0)];
            finder.terms(&forms, &format!("/{count}"))?;
        }
        if let Some(asked) = &query.asked {
            finder.asked(asked)?;
        }
        Ok(finder.sought)
    }

    /// The words, as they are recognised in texts.
    pub(crate) fn words(&self) -> WantedWords<'_> {
        let words = self.wanted.get(..self.words).unwrap_or_default();
        // No field of snippets holds prefixes.
        WantedWords::new(words, u32::MAX)
    }

    /// The bits of the words.
    pub(crate) fn word_bits(&self) -> u64 {
        1_u64
            .checked_shl(u32::try_from(self.words).unwrap_or(u32::MAX))
            .map_or(u64::MAX, |bit| bit - 1)
    }

    /// The bits of types and of their number.
    pub(crate) fn type_bits(&self) -> u64 {
        let exact = self.exact.map_or(0, |bit| 1 << bit);
        let all = 1_u64
            .checked_shl(u32::try_from(self.wanted.len()).unwrap_or(u32::MAX))
            .map_or(u64::MAX, |bit| bit - 1);
        all & !self.word_bits() & !exact
    }

    /// The rarity of all whose bits are set.
    pub(crate) fn rarity(&self, bits: u64) -> f32 {
        let held = (0_u32..).zip(&self.wanted);
        let held = held.filter(|(n, _)| bits.checked_shr(*n).unwrap_or(0) & 1 == 1);
        held.map(|(_, wanted)| wanted.idf).sum()
    }
}

struct Finder<'a> {
    snapshot: &'a Snapshot,
    sought: Sought,
}

impl Finder<'_> {
    fn form(
        &self,
        field: tantivy::schema::Field,
        word: &str,
        weight: f32,
        fixed: Option<f32>,
    ) -> Result<Form> {
        Form::find(&self.snapshot.snippets, field, word, weight, fixed)
    }

    /// Something wanted, as rare as its most frequent form; those that stand for anything tell
    /// nothing.
    fn add(&mut self, forms: Vec<Form>, label: &str) {
        let telling = forms.iter().filter(|form| form.weight > GENERIC);
        let with = telling.map(Form::documents).max().unwrap_or(0);
        self.sought.labels.push(label.to_owned());
        self.sought.wanted.push(Wanted {
            forms,
            idf: idf(self.snapshot.snippets.documents(), with),
            required: true,
        });
    }

    /// Terms of signatures, each with what it counts.
    fn terms(&mut self, terms: &[(String, f32)], label: &str) -> Result<()> {
        let field = self.snapshot.snippet_fields.shape;
        let forms = terms
            .iter()
            .map(|(term, weight)| self.form(field, term, *weight, Some(1.0)))
            .collect::<Result<_>>()?;
        self.add(forms, label);
        Ok(())
    }

    fn asked(&mut self, asked: &Asked) -> Result<()> {
        let shape = &asked.shape;
        let count = shape.parameters.len();
        if asked.counted {
            let method = shape.receiver.is_some();
            let mut forms = vec![(arity(count, method), 1.0)];
            // `String -> usize` may be `String::len(&self) -> usize`, and the other way round.
            match (method, count) {
                (true, _) => forms.push((arity(count + 1, false), CALLED_ON)),
                (false, 0) => {}
                (false, _) => {
                    forms.push((arity(count - 1, true), CALLED_ON));
                    forms.push((arity(count, true), CALLED_ON));
                }
            }
            self.terms(&forms, "")?;
        }
        for (n, alternatives) in shape.parameters.iter().enumerate() {
            let here = Slot::parameter(n);
            let other = if n == 0 { Slot::Later } else { Slot::First };
            let mut places = vec![(here, 1.0), (other, MOVED)];
            if n == 0 {
                places.push((Slot::Receiver, MOVED));
            }
            places.push((Slot::InParameter, INSIDE));
            self.alternatives(alternatives, &places, Slot::InParameter)?;
        }
        let places = [(Slot::Returned, 1.0), (Slot::InReturned, INSIDE)];
        self.alternatives(&shape.returns, &places, Slot::InReturned)?;
        let places = [
            (Slot::First, 1.0),
            (Slot::Later, 1.0),
            (Slot::Returned, 1.0),
            (Slot::InParameter, INSIDE),
            (Slot::InReturned, INSIDE),
        ];
        self.alternatives(&asked.somewhere, &places, Slot::InParameter)
    }

    /// One type that stands in any of some places, with what it counts there.
    fn alternatives(
        &mut self,
        alternatives: &[Type],
        places: &[(Slot, f32)],
        inside: Slot,
    ) -> Result<()> {
        let mut forms = Vec::new();
        let mut label = String::new();
        for wanted in alternatives
            .iter()
            .filter(|wanted| wanted.head != ANY && wanted.family() != ANY)
        {
            if label.is_empty() {
                label.clone_from(&wanted.head);
            }
            for (slot, weight) in places {
                match slot.written(&wanted.head) {
                    Some(written) => {
                        forms.push((written, *weight));
                        forms.push((slot.family(&wanted.head), weight * KIN));
                    }
                    None => forms.push((slot.family(&wanted.head), *weight)),
                }
            }
        }
        if forms.is_empty() {
            return Ok(());
        }
        if let Some((first, _)) = places.first() {
            forms.push((first.family(ANY), GENERIC));
        }
        self.terms(&forms, &label)?;
        let nested = alternatives.iter().flat_map(|wanted| &wanted.nested);
        for name in nested.filter(|name| *name != ANY) {
            let mut forms = vec![(inside.family(name), 1.0)];
            if inside == Slot::InParameter {
                forms.push((Slot::InReturned.family(name), INSIDE));
            }
            self.terms(&forms, name)?;
        }
        Ok(())
    }
}
