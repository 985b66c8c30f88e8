//! The phrases that hand a name over: "use X instead", "renamed to X", "X provides its own types".

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::replacement::mention::{Mention, Strength, mention};
use crate::replacement::tokens::{Kind, Token};
use crate::replacement::{Notice, NoticeSource, words};
use crate::{Ecosystem, canonical_name};

/// Which names may follow a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// Any, in every text.
    Any,
    /// Any in a notice; marked ones and compounds elsewhere.
    Notice,
    /// Marked ones only.
    Marked,
    /// Any, whatever follows: it is what a command installs.
    Command,
}

/// Where the name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Before,
    Request,
    After,
}

struct Phrase {
    words: Vec<&'static str>,
    place: Place,
    reach: Reach,
}

/// The phrases of `phrases.txt` by their first word.
static PHRASES: LazyLock<HashMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: HashMap<_, Vec<Phrase>> = HashMap::new();
    for line in include_str!("phrases.txt").lines() {
        let mut words = line.split(' ');
        let place = match words.next() {
            Some("before") => Place::Before,
            Some("request") => Place::Request,
            Some("after") => Place::After,
            _ => continue,
        };
        let reach = match words.next() {
            Some("any") => Reach::Any,
            Some("notice") => Reach::Notice,
            Some("command") => Reach::Command,
            _ => Reach::Marked,
        };
        let words: Vec<&str> = words.collect();
        if let Some(first) = words.first() {
            let phrase = Phrase {
                words: words.clone(),
                place,
                reach,
            };
            phrases.entry(*first).or_default().push(phrase);
        }
    }
    phrases
});

/// The most words between a phrase and a name.
const DISTANCE: usize = 6;

/// The packages which a sentence hands over.
pub(super) fn handed_over(sentence: &[Token<'_>], notice: &Notice<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    if let ([only], NoticeSource::Retirement) = (sentence, notice.source) {
        found.extend(mention(only, notice.ecosystem));
    }
    let mut place = 0;
    while place < sentence.len() {
        let Some(phrase) = phrase_at(sentence, place) else {
            place += 1;
            continue;
        };
        if phrase.place == Place::After {
            found.extend(before(sentence, place, notice.ecosystem));
        } else {
            let list = List {
                sentence,
                notice,
                reach: phrase.reach,
            };
            found.extend(list.after(place + phrase.length));
        }
        place += phrase.length;
    }
    let named = found.iter().any(|m| m.ecosystem != Ecosystem::Github);
    found.retain(|m| {
        // A link beside a name leads to its sources; one to a repository of the package's own name
        // to nothing else.
        let repository = m
            .name
            .rsplit_once('/')
            .map(|(_, repository)| canonical_name(repository));
        let own = repository == Some(canonical_name(notice.name));
        m.ecosystem == notice.ecosystem || m.ecosystem != Ecosystem::Github || (!named && !own)
    });
    found
}

/// A phrase that was found.
#[derive(Clone, Copy)]
struct Found {
    length: usize,
    place: Place,
    reach: Reach,
}

/// The longest phrase at a place.
fn phrase_at(sentence: &[Token<'_>], at: usize) -> Option<Found> {
    let first = sentence.get(at)?.text.to_ascii_lowercase();
    let phrases = PHRASES.get(first.as_str());
    let known = phrases.into_iter().flatten().filter_map(|phrase| {
        let words = phrase.words.iter().enumerate();
        let mut matching =
            words.map(|(n, word)| sentence.get(at + n).is_some_and(|t| t.is_word(word)));
        let fits = matching.all(|fits| fits)
            && (phrase.place != Place::Request || is_request(sentence, at));
        let length = phrase.words.len();
        // "Alternatives: a, b".
        let list = length == 1 && sentence.get(at + 1).is_some_and(|t| t.is_punct(':'));
        let reach = if list && phrase.reach == Reach::Marked {
            Reach::Notice
        } else {
            phrase.reach
        };
        fits.then_some(Found {
            length,
            place: phrase.place,
            reach,
        })
    });
    let longest = known
        .chain(from_to(sentence, at))
        .max_by_key(|found| found.length);
    longest.filter(|_| !is_negated(sentence, at))
}

/// "migrate from X to".
fn from_to(sentence: &[Token<'_>], place: usize) -> Option<Found> {
    let verb = sentence.get(place)?;
    let moves = [
        "migrate",
        "migrating",
        "switch",
        "switching",
        "move",
        "moving",
        "renamed",
        "moved",
    ];
    let fits = moves.iter().any(|m| verb.is_word(m))
        && sentence.get(place + 1)?.is_word("from")
        && sentence.get(place + 3)?.is_word("to");
    fits.then_some(Found {
        length: 4,
        place: Place::Before,
        reach: Reach::Notice,
    })
}

fn word_before<'t>(sentence: &[Token<'t>], place: usize) -> Option<Token<'t>> {
    place
        .checked_sub(1)
        .and_then(|before| sentence.get(before))
        .copied()
}

fn is_negated(sentence: &[Token<'_>], place: usize) -> bool {
    let negates = |token: Token<'_>| words::is("negation", token.text);
    word_before(sentence, place).is_some_and(negates)
        || (word_before(sentence, place).is_some_and(|t| t.is_word("to") || t.is_word("be"))
            && place
                .checked_sub(1)
                .and_then(|p| word_before(sentence, p))
                .is_some_and(negates))
}

/// Whether the verb asks the reader to do something.
fn is_request(sentence: &[Token<'_>], place: usize) -> bool {
    let Some(before) = word_before(sentence, place) else {
        return true;
    };
    match before.kind {
        Kind::Punct('/') => false,
        Kind::Punct(_) | Kind::Break => true,
        _ => words::is("request", before.text) || asks_to(sentence, place, &before),
    }
}

/// "you are encouraged to use".
fn asks_to(sentence: &[Token<'_>], place: usize, before: &Token<'_>) -> bool {
    before.is_word("to")
        && place
            .checked_sub(1)
            .and_then(|p| word_before(sentence, p))
            .is_some_and(|token| words::is("asking", token.text))
}

/// The name before a phrase.
fn before(sentence: &[Token<'_>], place: usize, ecosystem: Ecosystem) -> Option<Mention> {
    let mut at = place.checked_sub(1)?;
    while words::is("packages", sentence.get(at)?.text) {
        at = at.checked_sub(1)?;
    }
    let found = mention(sentence.get(at)?, ecosystem)?;
    let opens = || match word_before(sentence, at) {
        None => true,
        Some(token) => matches!(token.kind, Kind::Punct(_)) || token.is_word("the"),
    };
    (found.strength == Strength::Marked || opens()).then_some(found)
}

/// The names after one phrase.
struct List<'a, 't> {
    sentence: &'a [Token<'t>],
    notice: &'a Notice<'a>,
    reach: Reach,
}

impl List<'_, '_> {
    fn after(&self, start: usize) -> Vec<Mention> {
        let mut found = Vec::new();
        let mut place = start;
        while let Some((mention, at)) = self.next_name(place) {
            found.push(mention);
            match self.separator(at + 1) {
                Some(next) => place = next,
                None => break,
            }
        }
        found
    }

    /// The next name and where it stands.
    fn next_name(&self, start: usize) -> Option<(Mention, usize)> {
        let mut described = false;
        for (place, token) in self
            .sentence
            .iter()
            .enumerate()
            .skip(start)
            .take(DISTANCE + 1)
        {
            match token.kind {
                Kind::Punct(':' | '–' | '—' | '-') => continue,
                Kind::Punct(',') if place == start => continue,
                Kind::Punct(_) | Kind::Break => return None,
                _ => {}
            }
            if let Some(mention) = mention(token, self.notice.ecosystem)
                && self.accepts(&mention, place, described)
            {
                return Some((mention, place));
            }
            if token.kind != Kind::Word
                || words::is("abort", token.text) && !self.is_version_of(place)
            {
                return None;
            }
            if !words::is("fillers", token.text) && !self.is_version_of(place) {
                // What stands between is a description, and a plain word after it may be one too.
                described = true;
            }
        }
        None
    }

    fn accepts(&self, mention: &Mention, place: usize, described: bool) -> bool {
        let reached = match (mention.strength, self.reach) {
            (Strength::Marked, _) => true,
            (_, Reach::Marked) => false,
            (Strength::Compound, _) | (Strength::Plain, Reach::Any | Reach::Command) => !described,
            (Strength::Plain, Reach::Notice) => {
                !described
                    && (self.notice.source.is_notice() || self.is_followed_by("instead", place))
            }
        };
        reached
            && !self.is_part(place)
            && (mention.strength == Strength::Marked
                || self.reach == Reach::Command
                || self.may_end_at(place))
    }

    fn is_followed_by(&self, word: &str, place: usize) -> bool {
        self.sentence
            .get(place + 1)
            .is_some_and(|token| token.is_word(word))
    }

    /// Whether the word is an option, a method or another part of something.
    fn is_part(&self, place: usize) -> bool {
        let part = |token: &Token<'_>| token.kind == Kind::Word && words::is("parts", token.text);
        self.sentence.get(place + 1).is_some_and(part)
            || word_before(self.sentence, place).is_some_and(|token| part(&token))
    }

    /// Whether an unmarked name can end here: more words of the same phrase would follow an adjective.
    fn may_end_at(&self, place: usize) -> bool {
        self.sentence
            .get(place + 1)
            .is_none_or(|next| match next.kind {
                Kind::Word => {
                    words::is("follow", next.text)
                        || words::is("packages", next.text)
                        || next.text.starts_with(|c: char| c.is_ascii_digit())
                }
                _ => true,
            })
    }

    /// "version of", "part of".
    fn is_version_of(&self, place: usize) -> bool {
        let pair = |at: usize| {
            let first = self.sentence.get(at);
            first.is_some_and(|t| t.is_word("version") || t.is_word("part"))
                && self.is_followed_by("of", at)
        };
        pair(place) || place.checked_sub(1).is_some_and(pair)
    }

    /// Where the list goes on after a name that ends before `place`.
    fn separator(&self, mut place: usize) -> Option<usize> {
        let mut open = false;
        loop {
            let token = self.sentence.get(place)?;
            match token.kind {
                Kind::Punct('(') => open = true,
                Kind::Punct(')') => open = false,
                _ if open => {}
                Kind::Punct(',' | '/' | '&') => break,
                Kind::Word
                    if token.is_word("and") || token.is_word("or") || token.is_word("and/or") =>
                {
                    break;
                }
                Kind::Word if words::is("packages", token.text) => {}
                Kind::Address => {}
                _ => return None,
            }
            place += 1;
        }
        let joins = |token: &Token<'_>| {
            matches!(token.kind, Kind::Punct(',' | '/' | '&'))
                || token.is_word("and")
                || token.is_word("or")
                || token.is_word("and/or")
        };
        while self.sentence.get(place).is_some_and(joins) {
            place += 1;
        }
        Some(place)
    }
}
