//! A query text falls into clauses: words, phrases, `field:value`, each perhaps with a `-` before.

use registry_types::{Error, Result};

/// One clause of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Clause<'t> {
    /// Where it begins in the text, in bytes.
    pub(crate) at: usize,
    /// Whether results that fit it are left out.
    pub(crate) negated: bool,
    /// The field before the colon, one of those that [`clauses`] was given.
    pub(crate) field: Option<&'static str>,
    /// What is looked for: without quotation marks.
    pub(crate) value: &'t str,
    /// Whether it stood in quotation marks.
    pub(crate) quoted: bool,
}

/// What becomes of `name:value` where no such field is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnknownField {
    /// It is an error: most likely a field was misspelt.
    Refused,
    /// It is text like any other.
    Text,
}

/// The clauses of `text`, in order.
///
/// `name:value` is a field where `name` is one of `fields`, or looks like one: a colon before a
/// space, a slash or another colon is none (`tokio::spawn`, `https://…`).
///
/// # Errors
/// `InvalidArgument` with the position, in bytes, for a quotation mark that is not closed, a field
/// without a value, and a field that is not known where those are refused.
pub(crate) fn clauses<'t>(
    text: &'t str,
    fields: &[&'static str],
    unknown: UnknownField,
) -> Result<Vec<Clause<'t>>> {
    let mut clauses = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let blank = rest.len() - rest.trim_start().len();
        if blank > 0 {
            at += blank;
            continue;
        }
        let begun = at;
        let negated = is_negation(rest);
        at += usize::from(negated);
        let field = field_at(text, at, fields, unknown)?;
        if let Some((_, length)) = field {
            at += length + 1;
        }
        let (value, quoted, length) = value_at(text, at)?;
        at += length;
        if value.trim().is_empty() {
            if let Some((name, _)) = field {
                return Err(refuse(
                    begun,
                    format_args!("nothing stands after {name}: write {name}:value without a space"),
                ));
            }
            continue;
        }
        clauses.push(Clause {
            at: begun,
            negated,
            field: field.map(|(name, _)| name),
            value,
            quoted,
        });
    }
    Ok(clauses)
}

/// An error that names the place in the query.
pub(crate) fn refuse(at: usize, why: impl std::fmt::Display) -> Error {
    Error::invalid_argument(format!("the query at byte {at}: {why}")).with("position", at)
}

/// `-word` and `-"phrase"`, but neither a lone `-` nor `--flag`.
fn is_negation(rest: &str) -> bool {
    let after = rest.strip_prefix('-').and_then(|rest| rest.chars().next());
    after.is_some_and(|c| c == '"' || c.is_alphanumeric() || matches!(c, '@' | '_' | '.'))
}

/// The field that begins at `at`, and how long its name is.
fn field_at(
    text: &str,
    at: usize,
    fields: &[&'static str],
    unknown: UnknownField,
) -> Result<Option<(&'static str, usize)>> {
    let rest = text.get(at..).unwrap_or_default();
    let length = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
    let Some(value) = after.strip_prefix(':').filter(|_| !name.is_empty()) else {
        return Ok(None);
    };
    if value.starts_with([':', '/', '\\']) {
        return Ok(None);
    }
    let known = fields.iter().find(|f| f.eq_ignore_ascii_case(name));
    if let Some(known) = known {
        return Ok(Some((known, length)));
    }
    let bare = value.is_empty() || value.starts_with(char::is_whitespace);
    if bare || unknown == UnknownField::Text {
        return Ok(None);
    }
    Err(refuse(
        at,
        format_args!(
            "there is no field {name}: known are {}; to search for the text itself put it into \
             quotation marks",
            fields.join(", ")
        ),
    ))
}

/// What stands at `at` up to the next space or the closing quotation mark, whether it is quoted, and
/// how many bytes of the text it takes.
fn value_at(text: &str, at: usize) -> Result<(&str, bool, usize)> {
    let rest = text.get(at..).unwrap_or_default();
    if let Some(inner) = rest.strip_prefix('"') {
        let end = inner
            .find('"')
            .ok_or_else(|| refuse(at, "this quotation mark is not closed: add one at the end"))?;
        return Ok((inner.get(..end).unwrap_or_default(), true, end + 2));
    }
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    Ok((rest.get(..end).unwrap_or_default(), false, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use registry_types::ErrorKind;

    const FIELDS: [&str; 2] = ["license", "keyword"];

    fn read(text: &str) -> Vec<(usize, bool, Option<&str>, &str, bool)> {
        let clauses = clauses(text, &FIELDS, UnknownField::Refused).unwrap();
        let clauses = clauses.into_iter();
        clauses
            .map(|c| (c.at, c.negated, c.field, c.value, c.quoted))
            .collect()
    }

    #[test]
    fn words_phrases_fields_and_what_is_left_out() {
        assert_eq!(
            read(r#"http -cache "web server" license:MIT -keyword:"a b""#),
            [
                (0, false, None, "http", false),
                (5, true, None, "cache", false),
                (12, false, None, "web server", true),
                (25, false, Some("license"), "MIT", false),
                (37, true, Some("keyword"), "a b", true),
            ]
        );
    }

    #[test]
    fn colons_and_dashes_of_names_are_text() {
        for text in [
            "tokio::spawn",
            "https://x.example",
            "left-pad",
            "--flag",
            "a - b",
            "react: x",
        ] {
            let clauses = clauses(text, &FIELDS, UnknownField::Refused).unwrap();
            assert!(
                clauses.iter().all(|c| c.field.is_none() && !c.negated),
                "{text}"
            );
        }
        let text = clauses("node:fs", &FIELDS, UnknownField::Text).unwrap();
        assert_eq!((text[0].field, text[0].value), (None, "node:fs"));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (text, at) in [
            ("http \"web", "5"),
            ("http licence:MIT", "5"),
            ("a license:", "2"),
            ("license: MIT", "0"),
            ("license:\"\"", "0"),
        ] {
            let error = clauses(text, &FIELDS, UnknownField::Refused).unwrap_err();
            assert_eq!(error.kind, ErrorKind::InvalidArgument, "{text}");
            assert!(
                error.details.contains(&("position".into(), at.into())),
                "{error:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z\"\\-:é \t]{0,60}") {
            for clause in clauses(&text, &FIELDS, UnknownField::Text).unwrap_or_default() {
                prop_assert!(text.get(clause.at..).is_some());
                prop_assert!(!clause.value.trim().is_empty());
            }
        }
    }
}
