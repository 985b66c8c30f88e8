//! Words and names near to what was typed.

use std::sync::OnceLock;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use registry_types::Result;
use tantivy::schema::Field;
use tantivy_fst::Automaton;

use crate::fault::index_error;
use crate::index::documents::start_of;
use crate::index::view::View;

/// A word of the index near to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Near {
    pub(crate) word: String,
    pub(crate) distance: u8,
    /// In how many documents it stands.
    pub(crate) documents: u64,
}

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// From this length on two mistakes are borne.
const TWO_MISTAKES: usize = 8;
/// More neighbours are not compared.
const MOST_NEAR: usize = 200;

/// The words of `field` nearest to `word` of those that are `known`: by distance, then by how many
/// documents hold them. Another number is another thing: digits are never mistakes.
pub(crate) fn near(
    view: &View,
    field: Field,
    word: &str,
    most: usize,
    known: &dyn Fn(&str) -> Result<bool>,
) -> Result<Vec<Near>> {
    let letters = word.chars().count();
    let allowed = match letters {
        ..SHORTEST => return Ok(Vec::new()),
        SHORTEST..TWO_MISTAKES => 1,
        _ => 2,
    };
    let automaton = Nearness(builder(allowed).build_dfa(word));
    // Of two mistakes none is in the first letter: that leaves a twentieth of the words to try.
    let first = start_of(word, word.chars().next().map_or(0, char::len_utf8));
    let (start, end) = match allowed {
        2 => (
            first.as_bytes().to_vec(),
            [first.as_bytes(), &[0xff]].concat(),
        ),
        _ => (Vec::new(), vec![0xff]),
    };
    let mut found: Vec<Near> = Vec::new();
    for segment in &view.segments {
        let index = segment.postings(field)?;
        let mut stream = index
            .terms()
            .search(&automaton)
            .ge(&start)
            .lt(&end)
            .into_stream()
            .map_err(index_error)?;
        let mut seen = 0;
        while seen < MOST_NEAR && stream.advance() {
            seen += 1;
            let documents = u64::from(stream.value().doc_freq);
            let text = std::str::from_utf8(stream.key()).ok();
            let Some(text) = text.filter(|text| digits(text).eq(digits(word))) else {
                continue;
            };
            if let Some(known) = found.iter_mut().find(|near| near.word == text) {
                known.documents += documents;
            } else if let Some(distance) = automaton.distance(text) {
                found.push(Near {
                    word: text.to_owned(),
                    distance,
                    documents,
                });
            }
        }
    }
    found.sort_by(|a, b| {
        let by_distance = a.distance.cmp(&b.distance);
        by_distance
            .then(b.documents.cmp(&a.documents))
            .then_with(|| a.word.cmp(&b.word))
    });
    let mut nearest = Vec::with_capacity(most);
    for near in found {
        if nearest.len() == most {
            break;
        }
        if known(&near.word)? {
            nearest.push(near);
        }
    }
    Ok(nearest)
}

fn digits(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(char::is_ascii_digit)
}

/// The words of `field` that begin with `prefix`, the most frequent first.
pub(crate) fn completions(
    view: &View,
    field: Field,
    prefix: &str,
    most: usize,
) -> Result<Vec<String>> {
    let mut end = prefix.as_bytes().to_vec();
    // 0xff stands in no UTF-8 text: it is behind everything that begins with the prefix.
    end.push(0xff);
    let mut found: Vec<(u64, String)> = Vec::new();
    for segment in &view.segments {
        let index = segment.postings(field)?;
        let mut stream = index
            .terms()
            .range()
            .ge(prefix)
            .lt(&end)
            .into_stream()
            .map_err(index_error)?;
        let mut seen = 0;
        while seen < MOST_NEAR && stream.advance() {
            seen += 1;
            let documents = u64::from(stream.value().doc_freq);
            let Ok(text) = std::str::from_utf8(stream.key()) else {
                continue;
            };
            match found.iter_mut().find(|(_, word)| word == text) {
                Some((sum, _)) => *sum += documents,
                None => found.push((documents, text.to_owned())),
            }
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.truncate(most);
    Ok(found.into_iter().map(|(_, word)| word).collect())
}

/// Two letters in the wrong order are one mistake.
fn builder(mistakes: u8) -> &'static LevenshteinAutomatonBuilder {
    static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    match mistakes {
        0 | 1 => ONE.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true)),
        _ => TWO.get_or_init(|| LevenshteinAutomatonBuilder::new(2, true)),
    }
}

struct Nearness(DFA);

impl Nearness {
    fn distance(&self, word: &str) -> Option<u8> {
        match self.0.eval(word) {
            Distance::Exact(distance) => Some(distance),
            Distance::AtLeast(_) => None,
        }
    }
}

impl Automaton for &Nearness {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
