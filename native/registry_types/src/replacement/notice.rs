//! Whether a sentence says that the package itself is dead, not one of its parts.

use crate::replacement::mention::mention;
use crate::replacement::tokens::{Kind, Token};
use crate::replacement::words;
use crate::{Ecosystem, canonical_name};

/// Beginnings without one of which no text says it.
const HINTS: &[&str] = &[
    "deprecat",
    "maintain",
    "obsolete",
    "archived",
    "abandon",
    "discontinu",
    "supersed",
    "superced",
    "renamed",
    "moved",
    "replaced",
    "merged",
    "retired",
    "end-of-life",
    "end of life",
    "is now",
    "sunset",
    "longer",
];

/// A cheap test: most texts go no further.
pub(super) fn may_say_dead(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    HINTS.iter().any(|hint| text.contains(hint))
}

/// Whether the sentence says that the package is dead.
pub(super) fn says_dead(
    sentence: &[Token<'_>],
    ecosystem: Ecosystem,
    name: &str,
    title: bool,
) -> bool {
    let is_own = |token: &Token<'_>| {
        !matches!(token.kind, Kind::Punct(_) | Kind::Break)
            && canonical_name(token.text) == canonical_name(name)
    };
    let dead = |token: &Token<'_>| words::is("dead", token.text);
    if title && sentence.len() <= 8 && sentence.iter().any(is_own) && sentence.iter().any(dead) {
        return true;
    }
    opens_dead(sentence)
        || (0..sentence.len()).any(|place| {
            subject(sentence, place, &is_own)
                .is_some_and(|after| is_said_dead(sentence, after, ecosystem))
        })
}

/// "DEPRECATED: …", "No longer maintained".
fn opens_dead(sentence: &[Token<'_>]) -> bool {
    let label = |token: &&Token<'_>| {
        matches!(token.kind, Kind::Punct(_) | Kind::Break) || words::is("labels", token.text)
    };
    let start = sentence.iter().take_while(label).count();
    let Some(first) = sentence.get(start) else {
        return false;
    };
    let is = |at: usize, word: &str| sentence.get(start + at).is_some_and(|t| t.is_word(word));
    let denied = (is(0, "no") && is(1, "longer")) || (is(0, "not") && is(1, "actively"));
    let at = match (denied, is(0, "not")) {
        (true, _) => 2,
        (false, true) => 1,
        (false, false) => 0,
    };
    let said = if at == 0 { "dead" } else { "alive" };
    let fits = sentence
        .get(start + at)
        .is_some_and(|t| words::is(said, t.text))
        || (at == 0 && first.is_word("deprecation"));
    let favor = is(at + 1, "in") && (is(at + 2, "favor") || is(at + 2, "favour"));
    fits && (favor
        || sentence
            .get(start + at + 1)
            .is_none_or(|next| match next.kind {
                Kind::Word => words::is("opening", next.text),
                Kind::Punct(_) | Kind::Break => true,
                _ => false,
            }))
}

/// Where what is said of the package begins, when it is the subject here: "this package", "we", its
/// own name.
fn subject(
    sentence: &[Token<'_>],
    place: usize,
    is_own: &dyn Fn(&Token<'_>) -> bool,
) -> Option<usize> {
    let token = sentence.get(place)?;
    let before = place.checked_sub(1).and_then(|p| sentence.get(p));
    if before.is_some_and(|t| words::is("within", t.text)) {
        return None;
    }
    if is_own(token)
        || ["i", "we", "development", "it"]
            .iter()
            .any(|word| token.is_word(word))
    {
        return Some(place + 1);
    }
    if !["this", "the", "our"]
        .iter()
        .any(|word| token.is_word(word))
    {
        return None;
    }
    let rest = sentence.get(place + 1..)?;
    let noun = rest.iter().take(4).position(|t| {
        t.kind == Kind::Word && (words::is("packages", t.text) || t.is_word("development"))
    })?;
    let plain = rest
        .get(..noun)?
        .iter()
        .all(|t| t.kind == Kind::Word || is_own(t));
    plain.then_some(place + noun + 2)
}

/// Whether nothing but linking words stands before a dead one.
fn is_said_dead(sentence: &[Token<'_>], start: usize, ecosystem: Ecosystem) -> bool {
    let (mut denied, mut now) = (false, false);
    for (place, token) in sentence.iter().enumerate().skip(start) {
        if words::is("dead", token.text) {
            return place > start;
        }
        if denied && words::is("alive", token.text) {
            return true;
        }
        denied |= ["no", "not", "isn't", "hasn't"]
            .iter()
            .any(|word| token.is_word(word));
        now |= token.is_word("now");
        if now && is_elsewhere(token, ecosystem) {
            return true;
        }
        let links = matches!(token.kind, Kind::Punct(',' | '(')) || words::is("links", token.text);
        if !links {
            return false;
        }
    }
    false
}

/// "is now @scope/name", "is now part of [name](address)"; a marked word alone ("is now `no_std`")
/// may be anything.
fn is_elsewhere(token: &Token<'_>, ecosystem: Ecosystem) -> bool {
    let leads = matches!(token.kind, Kind::Link(_) | Kind::Address) || token.text.starts_with('@');
    leads && mention(token, ecosystem).is_some()
}
