use std::ops::Range;

use registry_types::{Ecosystem, Result};

use crate::index::terms::{Day, term};
use crate::key::code;
use crate::search::query::date::days;
use crate::search::query::lex::{Clause, refuse};

/// Something that must hold of every result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Condition {
    /// Whether it must not hold instead.
    pub(crate) negated: bool,
    pub(crate) test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// The package lives in one of these, by number.
    Ecosystems(Vec<u64>),
    /// The package has one of these terms: see [`crate::index::terms`].
    Terms(Vec<String>),
    /// It was last published on one of these days.
    Updated(Range<Day>),
}

/// What `has:` asks for.
pub(crate) const HAS: [&str; 8] = [
    "types",
    "readme",
    "docs",
    "changelog",
    "symbols",
    "repository",
    "license",
    "advisories",
];

/// What `is:` asks for.
pub(crate) const IS: [&str; 5] = [
    "alive",
    "deprecated",
    "withdrawn",
    "unmaintained",
    "prerelease",
];

impl Condition {
    /// Reads `field:value`, or `field:one,other` for any of several.
    pub(crate) fn read(field: &str, clause: &Clause<'_>) -> Result<Self> {
        let values = || {
            let parts = clause.value.split(',').map(str::trim);
            parts.filter(|value| !value.is_empty())
        };
        let test = match field {
            "ecosystem" => {
                let codes = values().map(|value| {
                    let found = value.to_ascii_lowercase().parse::<Ecosystem>();
                    found.map(code).map_err(|e| refuse(clause.at, e.message))
                });
                Test::Ecosystems(codes.collect::<Result<_>>()?)
            }
            "updated" => Test::Updated(days(clause.value).ok_or_else(|| {
                refuse(
                    clause.at,
                    format_args!(
                        "{} is no date: write updated:2025, updated:>=2025-03, updated:<2024-01-31 or \
                         updated:2023..2024",
                        clause.value
                    ),
                )
            })?),
            "has" => Test::Terms(known(clause, values(), &HAS)?),
            "is" => Test::Terms(known(clause, values(), &IS)?),
            other => Test::Terms(values().map(|value| term(other, value)).collect()),
        };
        Ok(Self {
            negated: clause.negated,
            test,
        })
    }
}

/// The terms of words from a closed list.
fn known<'v>(
    clause: &Clause<'_>,
    values: impl Iterator<Item = &'v str>,
    list: &[&'static str],
) -> Result<Vec<String>> {
    let field = clause.field.unwrap_or_default();
    values
        .map(
            |value| match list.iter().find(|k| k.eq_ignore_ascii_case(value)) {
                Some(word) => Ok(term(field, word)),
                None => Err(refuse(
                    clause.at,
                    format_args!(
                        "{field}:{value} is unknown: {field} takes {}",
                        list.join(", ")
                    ),
                )),
            },
        )
        .collect()
}
