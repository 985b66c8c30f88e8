//! What the library takes: words of ours that arrive as atoms, and text.
//!
//! An argument of the wrong type is an `ArgumentError` without a word about which: the Elixir side
//! checks before it calls.

use std::str::FromStr;

use registry_types::version::VersionSpec;
use registry_types::{DependencyKind, Ecosystem, Missing, Result, SearchField, SnippetKind};
use rustler::{Decoder, Error, NifResult, Term};

/// A word of ours that arrives as an atom.
#[derive(Clone, Copy)]
pub(crate) struct WordArg<T>(pub(crate) T);

/// `:npm`, `:cargo`, …
pub(crate) type EcosystemArg = WordArg<Ecosystem>;
/// `:function`, `:struct`, …
pub(crate) type KindArg = WordArg<SnippetKind>;
/// `:name`, `:keywords`, …
pub(crate) type FieldArg = WordArg<SearchField>;

impl<'a, T: FromStr + 'a> Decoder<'a> for WordArg<T> {
    fn decode(term: Term<'a>) -> NifResult<Self> {
        let word = term.atom_to_string()?;
        word.parse().map(Self).map_err(|_| Error::BadArg)
    }
}

/// `:runtime`, `:dev`, …
#[derive(Clone, Copy)]
pub(crate) struct DependencyKindArg(pub(crate) DependencyKind);

impl<'a> Decoder<'a> for DependencyKindArg {
    fn decode(term: Term<'a>) -> NifResult<Self> {
        let word = term.atom_to_string()?;
        word.parse().map(Self).map_err(|_| Error::BadArg)
    }
}

/// `:package`, `:release`, `:requirement`: what is missing of a dependency.
#[derive(Clone, Copy)]
pub(crate) struct MissingArg(pub(crate) Missing);

impl<'a> Decoder<'a> for MissingArg {
    fn decode(term: Term<'a>) -> NifResult<Self> {
        let word = term.atom_to_string()?;
        let known = Missing::ALL.into_iter().find(|m| m.as_str() == word);
        known.map(Self).ok_or(Error::BadArg)
    }
}

/// One or a list of them; none means all.
pub(crate) struct EcosystemsArg(pub(crate) Vec<Ecosystem>);

impl<'a> Decoder<'a> for EcosystemsArg {
    fn decode(term: Term<'a>) -> NifResult<Self> {
        if let Ok(WordArg(one)) = term.decode() {
            return Ok(Self(vec![one]));
        }
        let many: Vec<EcosystemArg> = term.decode()?;
        Ok(Self(many.iter().map(|e| e.0).collect()))
    }
}

/// A version as asked for: text, `:latest` or `:all`.
pub(crate) enum VersionArg<'a> {
    /// An exact version or a requirement.
    Text(&'a str),
    /// The newest that a user should take.
    Latest,
    /// Whichever.
    All,
}

impl<'a> Decoder<'a> for VersionArg<'a> {
    fn decode(term: Term<'a>) -> NifResult<Self> {
        if let Ok(text) = term.decode() {
            return Ok(Self::Text(text));
        }
        match term.atom_to_string()?.as_str() {
            "latest" => Ok(Self::Latest),
            "all" => Ok(Self::All),
            _ => Err(Error::BadArg),
        }
    }
}

impl VersionArg<'_> {
    /// The one version it asks for, by the rules of `ecosystem`; of `:all` that is the latest.
    pub(crate) fn spec(&self, ecosystem: Ecosystem) -> Result<VersionSpec> {
        match self {
            Self::Text(text) => VersionSpec::parse(ecosystem, text),
            Self::Latest | Self::All => Ok(VersionSpec::Latest),
        }
    }
}
