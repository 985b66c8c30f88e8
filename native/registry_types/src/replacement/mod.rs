//! Which package to take in place of a dead one, out of what registries, advisories and READMEs say
//! of it in plain words.
//!
//! A name is taken only where a sentence hands it over ("use X instead", "renamed to X", "superseded
//! by X", a list under "Possible alternatives"). Deprecation texts, retirements, status reasons and
//! advisories are notices as a whole. A README and a description are read only where they say of the
//! package itself that it is dead; their talk of options, methods and other packages is passed over.

mod blocks;
mod cue;
mod mention;
mod notice;
mod of_package;
mod page;
mod tokens;
mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::{Ecosystem, normalize_name};

use blocks::{Block, BlockKind, blocks};
use mention::Mention;
use tokens::{Token, sentences, tokens};

pub use of_package::of_package;

/// What kind of text a replacement was read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoticeSource {
    /// A deprecation text (npm) or the reason of a yank.
    Deprecation,
    /// A retirement (Hex).
    Retirement,
    /// An advisory that calls the package unmaintained (`RustSec`).
    Advisory,
    /// A project status (PyPI), or the summary of a package that is classified as inactive.
    Status,
    /// The package's one-line description.
    Description,
    /// Its README.
    Readme,
}

impl NoticeSource {
    /// The name as the Elixir API spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Deprecation => "deprecation",
            Self::Retirement => "retirement",
            Self::Advisory => "advisory",
            Self::Status => "status",
            Self::Description => "description",
            Self::Readme => "readme",
        }
    }

    /// Whether a text of this kind is about the end of the package and nothing else.
    const fn is_notice(self) -> bool {
        !matches!(self, Self::Description | Self::Readme)
    }

    /// Bytes of the text that are read: a README says at its top that it is dead.
    const fn most_bytes(self) -> usize {
        match self {
            Self::Readme => 6 * 1024,
            _ => 16 * 1024,
        }
    }
}

/// A text that may name the successor of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice<'a> {
    /// Where the package lives.
    pub ecosystem: Ecosystem,
    /// The package the text belongs to; it is never its own replacement.
    pub name: &'a str,
    /// What kind of text it is.
    pub source: NoticeSource,
    /// The text: plain, Markdown, reStructuredText or HTML.
    pub text: &'a str,
}

/// A package to take in place of another one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Replacement {
    /// Its name as the notice writes it, without a version.
    pub name: String,
    /// Where it lives: that of the dead package unless a link or a purl says otherwise.
    pub ecosystem: Ecosystem,
    /// Where this was read.
    pub source: NoticeSource,
    /// The sentence that says so, cut after 300 characters.
    pub sentence: String,
}

/// The most replacements taken out of one notice.
const MOST: usize = 16;
/// The most characters of a sentence that is shown.
const SENTENCE: usize = 300;
/// How many sentences after "this package is deprecated" still belong to it.
const NOTICE_SENTENCES: usize = 4;

/// The packages a notice names as replacements, in its order, each once.
///
/// Reads at most 16 KiB of it (6 KiB of a README) and gives at most 16. That a package of the name
/// exists is not checked.
///
/// ```
/// use registry_types::Ecosystem;
/// use registry_types::replacement::{Notice, NoticeSource, replacements};
/// let notice = |text| Notice {
///     ecosystem: Ecosystem::Npm,
///     name: "babel-eslint",
///     source: NoticeSource::Deprecation,
///     text,
/// };
/// let found = replacements(&notice("babel-eslint is now @babel/eslint-parser. Do switch."));
/// assert_eq!(found[0].name, "@babel/eslint-parser");
/// assert_eq!(found[0].sentence, "babel-eslint is now @babel/eslint-parser.");
/// assert!(replacements(&notice("Use version 7 of the parser instead")).is_empty());
/// ```
#[must_use]
pub fn replacements(notice: &Notice<'_>) -> Vec<Replacement> {
    let text = start_of(notice.text, notice.source.most_bytes());
    if !notice.source.is_notice() && !notice::may_say_dead(text) {
        return Vec::new();
    }
    let mut reader = Reader {
        notice,
        open: 0,
        last: BlockKind::Paragraph,
        in_list: false,
        found: Vec::new(),
    };
    for (place, block) in blocks(text).iter().enumerate() {
        reader.read(block, place == 0);
    }
    reader.found
}

struct Reader<'n> {
    notice: &'n Notice<'n>,
    /// How many more sentences belong to the notice.
    open: usize,
    /// What the block before was.
    last: BlockKind,
    /// Whether list items are the alternatives which a line before them promised.
    in_list: bool,
    found: Vec<Replacement>,
}

impl Reader<'_> {
    fn read(&mut self, block: &Block, first: bool) {
        let left = self.last == BlockKind::Item && block.kind != BlockKind::Item;
        if left || block.kind == BlockKind::Heading {
            self.in_list = false;
        }
        if block.kind == BlockKind::Heading {
            self.open = 0;
        }
        self.last = block.kind;
        let tokens = tokens(&block.text, self.notice.ecosystem);
        let sentences = sentences(&tokens);
        for sentence in &sentences {
            self.sentence(block, sentence, first);
        }
        if self.is_open() && promises_alternatives(block, &tokens) {
            self.in_list = true;
        }
    }

    fn sentence(&mut self, block: &Block, sentence: &[Token<'_>], first: bool) {
        let (ecosystem, name) = (self.notice.ecosystem, self.notice.name);
        if !self.notice.source.is_notice() {
            let title = first && block.kind == BlockKind::Heading;
            if notice::says_dead(sentence, ecosystem, name, title) {
                self.open = NOTICE_SENTENCES;
            } else if !self.in_list {
                self.open = self.open.saturating_sub(1);
            }
        }
        if !self.is_open() {
            return;
        }
        let mut mentions = cue::handed_over(sentence, self.notice);
        if self.in_list && block.kind == BlockKind::Item && mentions.is_empty() {
            mentions.extend(mention::heads_item(sentence, ecosystem));
        }
        for mention in mentions {
            self.take(mention, block, sentence);
        }
    }

    fn is_open(&self) -> bool {
        self.notice.source.is_notice() || self.open > 0
    }

    fn take(&mut self, mention: Mention, block: &Block, sentence: &[Token<'_>]) {
        let same = |ecosystem, name: &str| {
            mention.ecosystem == ecosystem
                && normalize_name(ecosystem, name) == normalize_name(ecosystem, &mention.name)
        };
        let known = same(self.notice.ecosystem, self.notice.name)
            || self.found.iter().any(|f| same(f.ecosystem, &f.name));
        if known || self.found.len() >= MOST {
            return;
        }
        self.found.push(Replacement {
            name: mention.name,
            ecosystem: mention.ecosystem,
            source: self.notice.source,
            sentence: shown(&block.text, sentence),
        });
    }
}

/// Whether a list of alternatives follows.
fn promises_alternatives(block: &Block, tokens: &[Token<'_>]) -> bool {
    let named = tokens.iter().any(|t| words::is_alternative(t.text));
    let ends = || tokens.last().is_some_and(|t| t.is_punct(':'));
    named && (block.kind == BlockKind::Heading || ends())
}

fn shown(text: &str, sentence: &[Token<'_>]) -> String {
    let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else {
        return String::new();
    };
    let text = text.get(first.start..last.end).unwrap_or_default();
    match text.char_indices().nth(SENTENCE) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// The first bytes of a text, cut between two characters.
fn start_of(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}
