use std::fmt;
use std::path::Path;
use std::str::FromStr;

use registry_types::Ecosystem;

use crate::corpus::{Corpus, Random, short};
use crate::{Failure, Result};

/// What kind of question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// One word of those most packages are about.
    OneWord,
    TwoCommon,
    /// Two rare words that stand in the description of one package.
    TwoRare,
    /// Two common words in one ecosystem.
    Filtered,
    /// The first four letters of a name.
    Prefix,
    /// A name with two letters in the wrong order.
    Typo,
    /// A name.
    Exact,
    /// A word that stands nowhere.
    NoHit,
    /// Two words of symbols.
    Snippets,
}

impl Class {
    pub const ALL: [Self; 9] = [
        Self::OneWord,
        Self::TwoCommon,
        Self::TwoRare,
        Self::Filtered,
        Self::Prefix,
        Self::Typo,
        Self::Exact,
        Self::NoHit,
        Self::Snippets,
    ];

    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OneWord => "one word",
            Self::TwoCommon => "two words, common",
            Self::TwoRare => "two words, rare",
            Self::Filtered => "two common, one ecosystem",
            Self::Prefix => "prefix of 4 letters",
            Self::Typo => "typo in a name",
            Self::Exact => "exact name",
            Self::NoHit => "no hit",
            Self::Snippets => "search_snippets, two words",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Class {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|c| c.as_str() == text);
        found.ok_or_else(|| format!("no class {text:?}").into())
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub class: Class,
    pub text: String,
    pub ecosystem: Option<Ecosystem>,
}

/// `count` questions of each class over the first `packages` packages; the same on every machine.
#[must_use]
pub fn questions(corpus: &Corpus, packages: u64, count: usize) -> Vec<Question> {
    let words = corpus.words();
    let mut all = Vec::new();
    for class in Class::ALL {
        let mut random = Random::new(1000 + class as u64);
        let random = &mut random;
        while all.len() < (class as usize + 1) * count {
            let number = random.below(packages);
            let (text, ecosystem) = match class {
                Class::OneWord => (words.topical(random).to_owned(), None),
                Class::TwoCommon | Class::Snippets => (pair(corpus, random), None),
                Class::Filtered => {
                    let one = Ecosystem::ALL[random.below(4) as usize];
                    (pair(corpus, random), Some(one))
                }
                Class::TwoRare => {
                    let bundle = corpus.bundle(number);
                    let text = bundle.package.description.unwrap_or_default();
                    let rare: Vec<&str> = text.split(' ').filter(|w| words.is_rare(w)).collect();
                    let [first, .., last] = rare.as_slice() else {
                        continue;
                    };
                    (format!("{first} {last}"), None)
                }
                Class::Prefix => {
                    let name = corpus.name(number);
                    (short(&name).chars().take(4).collect(), None)
                }
                Class::Typo => (mistyped(short(&corpus.name(number)), random), None),
                Class::Exact => (corpus.name(number), Some(corpus.ecosystem(number))),
                Class::NoHit => (format!("qxz{:x}", random.next()), None),
            };
            all.push(Question {
                class,
                text,
                ecosystem,
            });
        }
    }
    all
}

/// Two different common words.
fn pair(corpus: &Corpus, random: &mut Random) -> String {
    let first = corpus.words().topical(random);
    loop {
        let second = corpus.words().topical(random);
        if second != first {
            return format!("{first} {second}");
        }
    }
}

/// Two letters after the first change places.
fn mistyped(name: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    for _ in 0..20 {
        let at = 1 + random.below(letters.len().saturating_sub(2).max(1) as u64) as usize;
        if at + 1 < letters.len()
            && letters[at] != letters[at + 1]
            && letters[at].is_alphabetic()
            && letters[at + 1].is_alphabetic()
        {
            letters.swap(at, at + 1);
            break;
        }
    }
    letters.into_iter().collect()
}

/// One line each: class, ecosystem, text.
pub fn write(path: &Path, questions: &[Question]) -> Result<()> {
    let mut out = String::new();
    for q in questions {
        let ecosystem = q.ecosystem.map_or("", Ecosystem::as_str);
        out.push_str(&format!("{}\t{ecosystem}\t{}\n", q.class, q.text));
    }
    Ok(std::fs::write(path, out)?)
}

pub fn read(path: &Path) -> Result<Vec<Question>> {
    let text = std::fs::read_to_string(path)?;
    text.lines()
        .map(|line| {
            let mut parts = line.split('\t');
            let mut part = || parts.next().ok_or("a line of the questions is too short");
            let class = part()?.parse()?;
            let ecosystem = match part()? {
                "" => None,
                name => Some(name.parse().map_err(|e| format!("{e}"))?),
            };
            Ok(Question {
                class,
                ecosystem,
                text: part()?.to_owned(),
            })
        })
        .collect()
}
