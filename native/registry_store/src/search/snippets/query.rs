//! What the text of a search for symbols asks for.

use registry_types::{Ecosystem, Limits, Result, SnippetKind, Visibility};

use super::signature::{Asked, part};
use crate::index::documents::symbol_name;
use crate::search::query::lex::{Clause, UnknownField, clauses, refuse};
use crate::search::query::{Query, check_length};
use crate::text::{Style, Word, stem_of, words};

/// The fields of a query for symbols. Other text before a colon is text: `lists:map/2`.
pub(crate) const FIELDS: [&str; 6] = [
    "package",
    "version",
    "language",
    "kind",
    "ecosystem",
    "visibility",
];

/// A query for symbols, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SymbolQuery {
    /// The words to find.
    pub(crate) words: Query,
    /// The name looked for, as the index has it; none where only filters are given.
    pub(crate) name: Option<String>,
    /// That name as it was written, where it is one word.
    pub(crate) written: Option<String>,
    /// The names of a path, as they are compared: `tokio`, `spawn`.
    pub(crate) path: Vec<String>,
    /// The number of parameters: that of `map/2`.
    pub(crate) arity: Option<usize>,
    pub(crate) asked: Option<Asked>,
    /// Words that must stand one after the other, or must not, as they stand in the index.
    pub(crate) phrases: Vec<Phrase>,
    /// Words that must not stand in a result.
    pub(crate) without: Vec<String>,
    pub(crate) filters: Filters,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub(crate) stems: Vec<String>,
    pub(crate) negated: bool,
}

/// What the fields of a query ask for; lists that are empty ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filters {
    pub(crate) packages: Choice<String>,
    pub(crate) version: Option<String>,
    pub(crate) languages: Choice<String>,
    pub(crate) kinds: Choice<SnippetKind>,
    pub(crate) ecosystems: Choice<Ecosystem>,
    pub(crate) visibility: Choice<Visibility>,
}

/// Any of some values, none of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice<T> {
    pub(crate) only: Vec<T>,
    pub(crate) not: Vec<T>,
}

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self {
            only: Vec::new(),
            not: Vec::new(),
        }
    }
}

impl<T: PartialEq> Choice<T> {
    fn add(&mut self, negated: bool, values: impl IntoIterator<Item = T>) {
        let list = if negated {
            &mut self.not
        } else {
            &mut self.only
        };
        list.extend(values);
    }

    pub(crate) fn takes(&self, value: &T) -> bool {
        (self.only.is_empty() || self.only.contains(value)) && !self.not.contains(value)
    }
}

impl SymbolQuery {
    /// # Errors
    /// `InvalidArgument` with the position of what cannot be read, or where nothing is asked for;
    /// `LimitExceeded` for a query that is too long.
    pub(crate) fn parse(text: &str, limits: &Limits) -> Result<Self> {
        check_length(text, limits)?;
        let parted = part(text, &FIELDS);
        let mut written = String::new();
        let mut query = Self {
            words: Query::read("", false),
            name: None,
            written: None,
            path: Vec::new(),
            arity: None,
            asked: parted.asked,
            phrases: Vec::new(),
            without: Vec::new(),
            filters: Filters::default(),
        };
        for clause in clauses(&parted.rest, &FIELDS, UnknownField::Text)? {
            if let Some(field) = clause.field {
                query.filters.read(field, &clause)?;
                continue;
            }
            if clause.quoted || clause.negated {
                query.must(&clause);
            }
            if !clause.negated {
                written.push_str(query.path(clause.value));
                written.push(' ');
            }
        }
        if let Some(name) = &parted.name {
            written.push_str(name);
        }
        let last = written
            .trim()
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next();
        query.written = last.map(str::to_owned);
        query.words = Query::read(&written, false);
        query.name = match (query.path.last(), parted.name) {
            (Some(last), _) => Some(last.clone()),
            (None, Some(name)) => Some(symbol_name(&name)),
            (None, None) => Some(query.words.name.clone()),
        };
        query.name = query.name.filter(|name| !name.is_empty());
        if query.words.words.is_empty() && query.asked.is_none() && !query.filters.ask() {
            return Err(refuse(
                0,
                format_args!("{text:?} has no word to search for"),
            ));
        }
        Ok(query)
    }

    /// Reads a phrase, or what results must not hold.
    fn must(&mut self, clause: &Clause<'_>) {
        let mut stems = Vec::new();
        words(clause.value, Style::Name, &mut |word, what| {
            if what == Word::Part {
                stems.push(stem_of(word));
            }
        });
        match stems.as_slice() {
            [] => {}
            [only] if clause.negated => self.without.push(only.clone()),
            _ => self.phrases.push(Phrase {
                stems,
                negated: clause.negated,
            }),
        }
    }

    /// Takes a path and an arity from a word; what remains are words.
    fn path<'t>(&mut self, value: &'t str) -> &'t str {
        let (before, arity) = match value.rsplit_once('/') {
            Some((before, arity))
                if before
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | '!' | '_')) =>
            {
                (before, arity.parse::<u8>().ok())
            }
            _ => (value, None),
        };
        let value = if arity.is_some() { before } else { value };
        if self.path.is_empty() {
            if arity.is_some() {
                self.arity = arity.map(usize::from);
            }
            let names = path_names(value);
            if names.len() > 1 || arity.is_some() {
                self.path = names;
            }
        }
        value
    }
}

/// The names of a path as they are compared; one for what is no path.
pub(crate) fn path_names(path: &str) -> Vec<String> {
    if path.contains("://") {
        return Vec::new();
    }
    let path = match path.rsplit_once('/') {
        Some((before, arity)) if arity.bytes().all(|b| b.is_ascii_digit()) => before,
        _ => path,
    };
    let parts = path.split([':', '.', '#', '/']);
    parts
        .map(|part| symbol_name(part.trim_end_matches("()")))
        .filter(|part| !part.is_empty())
        .collect()
}

impl Filters {
    /// Whether they alone are a question: which symbols has this package?
    fn ask(&self) -> bool {
        !self.packages.only.is_empty() || !self.kinds.only.is_empty()
    }

    fn read(&mut self, field: &str, clause: &Clause<'_>) -> Result<()> {
        let negated = clause.negated;
        let values = || {
            let parts = clause.value.split(',').map(str::trim);
            parts.filter(|value| !value.is_empty())
        };
        let words = || values().map(str::to_lowercase);
        let at = |error: registry_types::Error| refuse(clause.at, error.message);
        match field {
            "package" => self.packages.add(negated, values().map(str::to_owned)),
            "language" => self.languages.add(negated, words()),
            "kind" => {
                let kinds = words().map(|word| word.parse().map_err(at));
                self.kinds.add(negated, kinds.collect::<Result<Vec<_>>>()?);
            }
            "ecosystem" => {
                let all = words().map(|word| word.parse().map_err(at));
                self.ecosystems
                    .add(negated, all.collect::<Result<Vec<_>>>()?);
            }
            "visibility" => {
                let all = words().map(|word| match word.as_str() {
                    "public" => Ok(Visibility::Public),
                    "internal" => Ok(Visibility::Internal),
                    _ => Err(refuse(
                        clause.at,
                        format_args!(
                            "visibility:{word} is unknown: use public or internal, or both"
                        ),
                    )),
                });
                self.visibility
                    .add(negated, all.collect::<Result<Vec<_>>>()?);
            }
            _ if negated || self.version.is_some() => {
                return Err(refuse(
                    clause.at,
                    "one version can be asked for: write version:1.2.3 once",
                ));
            }
            _ => self.version = Some(clause.value.to_owned()),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
