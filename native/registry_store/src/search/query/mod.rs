//! What a query text asks for.
//!
//! Words are looked for and may lack; a phrase in quotation marks must stand so; `-` leaves out what
//! fits; a field (`license:MIT`, `updated:>=2025`) is a condition that must hold.

mod conditions;
mod date;
pub(crate) mod lex;
mod places;
mod words;

pub(crate) use conditions::{Condition, Test};
pub(crate) use places::{FieldSet, Place};
use registry_types::{Limits, Result};
pub(crate) use words::{Query, QueryWord, check_length};

use crate::search::query::lex::{UnknownField, clauses, refuse};

/// The fields of a query for packages.
pub(crate) const FIELDS: [&str; 12] = [
    "ecosystem",
    "license",
    "keyword",
    "depends",
    "has",
    "is",
    "updated",
    "name",
    "description",
    "readme",
    "docs",
    "symbol",
];

/// A query for packages, read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PackageQuery {
    /// The words to find; empty where only conditions were given.
    pub(crate) words: Query,
    /// Words or phrases that must stand, or must not stand, in certain places.
    pub(crate) places: Vec<Place>,
    /// What else must hold.
    pub(crate) conditions: Vec<Condition>,
}

impl PackageQuery {
    /// # Errors
    /// `InvalidArgument` with the position of what cannot be read, or where nothing is asked for;
    /// `LimitExceeded` for a query that is too long.
    pub(crate) fn parse(text: &str, limits: &Limits) -> Result<Self> {
        check_length(text, limits)?;
        let mut written = String::new();
        let mut open_end = false;
        let mut places = Vec::new();
        let mut conditions = Vec::new();
        for clause in clauses(text, &FIELDS, UnknownField::Refused)? {
            open_end = false;
            let placed = FieldSet::of_clause(clause.field);
            if let (Some(field), None) = (clause.field, placed) {
                conditions.push(Condition::read(field, &clause)?);
                continue;
            }
            let fields = placed.unwrap_or(FieldSet::ALL);
            if clause.negated || clause.quoted || clause.field.is_some() {
                places.extend(Place::read(&clause, fields));
            }
            if !clause.negated {
                written.push_str(clause.value);
                written.push(' ');
                open_end = !clause.quoted && clause.field.is_none();
            }
        }
        let words = Query::read(&written, open_end && text.ends_with(char::is_alphanumeric));
        let asks = !words.words.is_empty() || conditions.iter().any(|c| !c.negated);
        if !asks {
            return Err(refuse(
                0,
                format_args!("{text:?} has no word to search for and no condition to list by"),
            ));
        }
        Ok(Self {
            words,
            places,
            conditions,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use registry_types::ErrorKind;

    fn parse(text: &str) -> PackageQuery {
        PackageQuery::parse(text, &Limits::default()).unwrap()
    }

    #[test]
    fn conditions_are_no_words() {
        let query = parse(r#"http "web server" -cache license:MIT -is:deprecated name:fast"#);
        let stems: Vec<_> = query.words.words.iter().map(|w| w.stem.as_str()).collect();
        assert_eq!(stems, ["http", "web", "server", "fast"]);
        assert_eq!(query.conditions.len(), 2);
        assert_eq!(query.places.len(), 3);
        assert!(!query.words.open_end);
        assert!(parse("licens").words.open_end);
    }

    #[test]
    fn conditions_alone_are_a_query() {
        assert!(parse("depends:tokio").words.words.is_empty());
        for nothing in ["", "-cache", "-license:MIT", "!?"] {
            let error = PackageQuery::parse(nothing, &Limits::default()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::InvalidArgument, "{nothing:?}");
        }
    }

    #[test]
    fn bad_conditions_are_named_with_their_place() {
        for (text, at) in [
            ("x ecosystem:maven", "2"),
            ("x updated:>soon", "2"),
            ("x has:wings", "2"),
            ("x -is:nice", "2"),
            ("x licence:MIT", "2"),
        ] {
            let error = PackageQuery::parse(text, &Limits::default()).unwrap_err();
            assert_eq!(error.kind, ErrorKind::InvalidArgument, "{text}");
            assert!(
                error.details.contains(&("position".into(), at.into())),
                "{error:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
            let _ = PackageQuery::parse(&text, &Limits::default());
        }
    }
}
