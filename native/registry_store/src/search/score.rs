//! Which documents are scored, and in what order. Those of an ecosystem lie in the order of their prior,
//! so that once enough good ones are found, what comes later need not be looked at.

use registry_types::Result;

use crate::index::view::{Segment, View};
use crate::search::cursor::{Cursor, Wanted};
use crate::search::found::Best;
use crate::search::window::{Scan, Window};

/// Which documents may be found.
pub(crate) trait Filter {
    /// Which documents of a segment are looked at, where that is known beforehand.
    fn driver(&self, segment: &Segment) -> Result<Option<Driver>>;

    /// The factor of a document's score, at most 1; 0 for one that may not be found.
    fn factor(&self, segment: &Segment, document: u32) -> f32;
}

/// Documents that hold all of some terms and none of others.
pub(crate) struct Driver {
    all: Vec<Cursor>,
    none: Vec<Cursor>,
}

impl Driver {
    pub(crate) fn new(all: Vec<Cursor>, none: Vec<Cursor>) -> Self {
        Self { all, none }
    }

    /// At most so many documents; none where only terms that they may not hold are known.
    pub(crate) fn documents(&self) -> Option<u64> {
        self.all.iter().map(Cursor::documents).min()
    }

    /// The first such document that is not before `document`, which may not be below what was found
    /// before; something not below `end` where there is none before it.
    pub(crate) fn first_from(&mut self, document: u32, end: u32) -> u32 {
        let mut target = document;
        'next: while target < end {
            for cursor in &mut self.all {
                cursor.seek(target);
                if cursor.document() > target {
                    target = cursor.document();
                    continue 'next;
                }
            }
            for cursor in &mut self.none {
                cursor.seek(target);
                if cursor.document() == target {
                    target += 1;
                    continue 'next;
                }
            }
            break;
        }
        target
    }
}

/// What is scored, and how.
pub(crate) struct Scoring<'a> {
    pub(crate) view: &'a View,
    /// By number, rising.
    pub(crate) ecosystems: &'a [u64],
    pub(crate) wanted: &'a [Wanted],
    /// What a document's prior counts: a function that never falls.
    pub(crate) prior: fn(f32) -> f32,
}

impl Scoring<'_> {
    /// Scores the documents that hold any of the words; without words, all.
    pub(crate) fn run(&self, filter: &impl Filter, best: &mut Best) -> Result<()> {
        let mut window = Window::new(self.wanted.len());
        for (number, segment) in self.view.segments.iter().enumerate() {
            let driver = filter.driver(segment)?;
            let mut scan = Scan::new((number, segment), self.wanted, self.prior, driver)?;
            // Ecosystems come in the order of the documents, so that postings only go forward.
            for ecosystem in self.ecosystems {
                scan.run(segment.range(*ecosystem), &mut window, filter, best);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::{Index, TantivyDocument, Term};

    use super::*;
    use crate::index::prior::{factor_of, order};
    use crate::index::schema;
    use crate::search::cursor::Form;
    use crate::search::found::Found;

    const WORDS: [&str; 5] = ["aa", "bb", "cc", "dd", "ee"];

    /// Ecosystem, prior, and the level of each word, 0 where it does not stand.
    type Doc = (u64, f64, [u32; 5]);

    fn docs() -> impl Strategy<Value = Vec<Doc>> {
        let level = prop_oneof![3 => Just(0_u32), 2 => 1_u32..=4, 1 => 1_u32..=15];
        let prior = prop_oneof![Just(0.3), 0.01..1.0];
        prop::collection::vec((1_u64..=3, prior, prop::array::uniform5(level)), 1..1200)
    }

    /// The documents in two segments.
    fn view(docs: &[Doc]) -> (View, schema::PackageFields) {
        let (schema, fields) = schema::packages();
        let index = Index::builder()
            .schema(schema)
            .tokenizers(schema::tokenizers())
            .settings(schema::settings())
            .create_in_ram()
            .unwrap();
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        let half = docs.len() / 2;
        for (id, (ecosystem, prior, levels)) in docs.iter().enumerate() {
            let mut document = TantivyDocument::new();
            let entry = |(word, level): (&&str, &u32)| {
                let level = char::from(b'@' + u8::try_from(*level).unwrap());
                format!("{word}{level} ")
            };
            let held = WORDS.iter().zip(levels).filter(|(_, level)| **level > 0);
            document.add_text(fields.text, held.map(entry).collect::<String>());
            document.add_text(fields.terms, if id % 3 == 0 { "third" } else { "other" });
            document.add_u64(fields.id, id as u64);
            document.add_u64(fields.order, order(*ecosystem, *prior));
            document.add_u64(fields.updated, 0);
            document.add_u64(fields.family, 0);
            writer.add_document(document).unwrap();
            if id == half {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        (View::open(&index, None).unwrap(), fields)
    }

    /// Every third document counts half; with `thirds`, no other may be found, or none of them.
    struct Thirds(Option<bool>, Term);

    impl Filter for Thirds {
        fn driver(&self, segment: &Segment) -> Result<Option<Driver>> {
            let cursor = || Cursor::of_terms(segment, std::iter::once(self.1.clone()));
            Ok(match self.0 {
                None => None,
                Some(true) => Some(Driver::new(vec![cursor()?], Vec::new())),
                Some(false) => Some(Driver::new(Vec::new(), vec![cursor()?])),
            })
        }

        fn factor(&self, segment: &Segment, document: u32) -> f32 {
            match segment.ids.get_val(document) % 3 {
                0 => 0.5,
                1 => 1.0,
                _ => 0.0,
            }
        }
    }

    /// The score of every document, one by one.
    fn naive(scoring: &Scoring<'_>, thirds: &Thirds) -> Vec<(f32, u64)> {
        let total: f32 = scoring.wanted.iter().map(|w| w.idf).sum();
        let mut all = Vec::new();
        for (number, segment) in scoring.view.segments.iter().enumerate() {
            for ecosystem in scoring.ecosystems {
                let (start, end) = segment.range(*ecosystem);
                for document in start..end {
                    let id = segment.ids.get_val(document);
                    if thirds.0.is_some_and(|thirds| thirds != (id % 3 == 0)) {
                        continue;
                    }
                    let found = Found {
                        segment: number,
                        document,
                        score: 0.0,
                        text: 0.0,
                        coverage: 0.0,
                        words: 0,
                        named: 0,
                        owned: 0,
                        repeats: 1.0,
                        id,
                    };
                    let (mut text, mut covered) = (0.0, 0.0);
                    for wanted in scoring.wanted {
                        let share = wanted.share(scoring.view, &found).unwrap();
                        text += share * wanted.idf;
                        covered += if share > 0.0 { wanted.idf } else { 0.0 };
                    }
                    let prior = factor_of(segment.order.get_val(document));
                    let factor = thirds.factor(segment, document);
                    let score = match scoring.wanted.is_empty() {
                        true => prior * factor,
                        false => text * (covered / total) * prior * factor,
                    };
                    if score > 0.0 {
                        all.push((score, id));
                    }
                }
            }
        }
        all.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn the_best_are_those_of_scoring_every_document(
            docs in docs(),
            asked in prop::collection::vec((0_usize..5, 0.5_f32..6.0), 0..4),
            thirds in prop::option::of(any::<bool>()),
            room in 1_usize..80,
            ecosystems in prop::sample::select(vec![vec![1], vec![1, 3], vec![1, 2, 3]]),
        ) {
            let (view, fields) = view(&docs);
            let wanted: Vec<Wanted> = asked.iter().map(|(word, idf)| {
                let form = |word: &str, weight| {
                    Form::find(&view, fields.text, word, weight, None).unwrap()
                };
                // Another word for it, at less weight.
                let forms = vec![form(WORDS[*word], 1.0), form(WORDS[(word + 1) % 5], 0.6)];
                Wanted { forms, idf: *idf, required: true }
            }).collect();
            let scoring = Scoring {
                view: &view,
                ecosystems: &ecosystems,
                wanted: &wanted,
                prior: |prior| prior,
            };
            let filter = Thirds(thirds, Term::from_field_text(fields.terms, "third"));
            let mut best = Best::new(room);
            scoring.run(&filter, &mut best).unwrap();
            let found = best.into_sorted();
            let mut expected = naive(&scoring, &filter);
            expected.truncate(room);
            let scores = |score: f32| (score * 1e4).round();
            prop_assert_eq!(
                found.iter().map(|f| scores(f.score)).collect::<Vec<_>>(),
                expected.iter().map(|(score, _)| scores(*score)).collect::<Vec<_>>()
            );
            // Where scores are level to the last bit, ids decide.
            for (found, (score, id)) in found.iter().zip(&expected) {
                prop_assert!(found.score.to_bits() != score.to_bits() || found.id == *id);
            }
        }
    }
}
