use registry_types::SearchField;

use crate::search::query::lex::Clause;
use crate::text::stems;

/// Some of the fields of a package in which words may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FieldSet(u8);

impl FieldSet {
    pub(crate) const NAME: Self = Self(1);
    pub(crate) const KEYWORDS: Self = Self(1 << 1);
    pub(crate) const CATEGORIES: Self = Self(1 << 2);
    pub(crate) const DESCRIPTION: Self = Self(1 << 3);
    pub(crate) const README: Self = Self(1 << 4);
    pub(crate) const DOCS: Self = Self(1 << 5);
    pub(crate) const SYMBOLS: Self = Self(1 << 6);
    pub(crate) const ALL: Self = Self(0x7f);

    /// The fields of a search; none given means all.
    pub(crate) fn of(fields: &[SearchField]) -> Self {
        let bit = |field: &SearchField| match field {
            SearchField::Name => Self::NAME,
            SearchField::Keywords => Self::KEYWORDS,
            SearchField::Categories => Self::CATEGORIES,
            SearchField::Description => Self::DESCRIPTION,
            SearchField::Readme => Self::README,
            SearchField::Docs => Self::DOCS,
            SearchField::Symbols => Self::SYMBOLS,
        };
        match fields {
            [] => Self::ALL,
            some => Self(some.iter().fold(0, |bits, field| bits | bit(field).0)),
        }
    }

    /// The field that a clause names, where it names one in which words stand.
    pub(crate) fn of_clause(field: Option<&str>) -> Option<Self> {
        match field? {
            "name" => Some(Self::NAME),
            "description" => Some(Self::DESCRIPTION),
            "readme" => Some(Self::README),
            "docs" => Some(Self::DOCS),
            "symbol" => Some(Self::SYMBOLS),
            _ => None,
        }
    }

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Words that must stand one after the other in one of some fields; or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) negated: bool,
    pub(crate) fields: FieldSet,
    /// As they stand in the index, in order.
    pub(crate) stems: Vec<String>,
}

impl Place {
    /// `None` where nothing but signs stands in the clause.
    pub(crate) fn read(clause: &Clause<'_>, fields: FieldSet) -> Option<Self> {
        let stems = stems(clause.value);
        (!stems.is_empty()).then_some(Self {
            negated: clause.negated,
            fields,
            stems,
        })
    }
}
