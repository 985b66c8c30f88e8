//! Deserializers for `#[serde(default, deserialize_with = "…")]` on fields which registries fill
//! with whatever an author once wrote: a value of another form counts as absent and never fails
//! the document around it. They read through [`RawValue`], so the input must be borrowed text.

use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

type Raw<'de> = Option<&'de RawValue>;

/// A JSON string, even one with lone surrogates (JavaScript cuts READMEs in the middle of a pair).
pub(crate) fn string(raw: &RawValue) -> Option<String> {
    struct Bytes;
    impl Visitor<'_> for Bytes {
        type Value = String;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a string")
        }
        fn visit_bytes<E>(self, bytes: &[u8]) -> Result<String, E> {
            Ok(String::from_utf8_lossy(bytes).into_owned())
        }
    }
    let text = raw.get();
    if !text.starts_with('"') {
        return None;
    }
    serde_json::from_str(text).ok().or_else(|| {
        serde_json::Deserializer::from_str(text)
            .deserialize_bytes(Bytes)
            .ok()
    })
}

/// A string that says something: trimmed, not empty.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(Raw::deserialize(deserializer)?
        .and_then(string)
        .and_then(said))
}

/// `text` trimmed, or `None` if nothing is left.
pub(crate) fn said(text: String) -> Option<String> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        None
    } else if trimmed.len() == text.len() {
        Some(text)
    } else {
        Some(trimmed.to_owned())
    }
}

/// A list of strings: an array (other elements are left out) or one string with commas.
pub(crate) fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let Some(raw) = Raw::deserialize(deserializer)? else {
        return Ok(Vec::new());
    };
    if let Some(one) = string(raw) {
        return Ok(one
            .split(',')
            .filter_map(|part| said(part.to_owned()))
            .collect());
    }
    let items: List<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    Ok(items
        .0
        .into_iter()
        .filter_map(string)
        .filter_map(said)
        .collect())
}

/// A count: an integer, or a whole number in a string; negative means unknown.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    Ok(Raw::deserialize(deserializer)?.and_then(|raw| {
        serde_json::from_str(raw.get())
            .ok()
            .or_else(|| string(raw)?.trim().parse().ok())
    }))
}

/// `true`, or anything else.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(Raw::deserialize(deserializer)?.is_some_and(|raw| raw.get() == "true"))
}

/// A value of the expected form, or `None`.
pub(crate) fn maybe<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Raw::deserialize(deserializer)?.and_then(|raw| serde_json::from_str(raw.get()).ok()))
}

/// A value of the expected form, or the default.
pub(crate) fn or_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(
    deserializer: D,
) -> Result<T, D::Error> {
    maybe(deserializer).map(Option::unwrap_or_default)
}

/// The elements of an array that are of the expected form; anything but an array is empty.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let Some(raw) = Raw::deserialize(deserializer)? else {
        return Ok(Vec::new());
    };
    let items: List<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    Ok(items
        .0
        .into_iter()
        .filter_map(|item| serde_json::from_str(item.get()).ok())
        .collect())
}

/// The entries of an object in their order, values of the expected form only; anything but an
/// object is empty.
pub(crate) fn entries<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<(String, T)>, D::Error> {
    let Some(raw) = Raw::deserialize(deserializer)? else {
        return Ok(Vec::new());
    };
    let entries: Entries<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    Ok(entries
        .0
        .into_iter()
        .filter_map(|(key, value)| Some((key, serde_json::from_str(value.get()).ok()?)))
        .collect())
}

/// An array's elements; anything else is empty.
#[derive(Debug)]
pub(crate) struct List<T>(pub(crate) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self)
    }
}

/// An object's entries in their order; duplicates are kept.
#[derive(Debug)]
pub(crate) struct Entries<T>(pub(crate) Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Visit<T> {
            type Value = Entries<T>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
            fn visit_unit<E>(self) -> Result<Entries<T>, E> {
                Ok(Entries::default())
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Entries<T>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Entries::default())
            }
        }
        deserializer.deserialize_any(Visit(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Default, Deserialize)]
    #[serde(default)]
    struct Odd {
        #[serde(deserialize_with = "text")]
        text: Option<String>,
        #[serde(deserialize_with = "texts")]
        texts: Vec<String>,
        #[serde(deserialize_with = "count")]
        count: Option<u64>,
        #[serde(deserialize_with = "flag")]
        flag: bool,
        #[serde(deserialize_with = "list")]
        list: Vec<u8>,
        #[serde(deserialize_with = "entries")]
        entries: Vec<(String, u8)>,
        #[serde(deserialize_with = "or_default")]
        nested: Vec<String>,
    }

    fn read(text: &str) -> Odd {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn wrong_forms_count_as_absent() {
        for value in [
            "null",
            "{}",
            "[]",
            "-1",
            "1.5",
            "false",
            "\"\"",
            "[[[]]]",
            "{\"a\":{}}",
        ] {
            let odd = read(&format!(
                r#"{{"text":{value},"texts":{value},"count":{value},"flag":{value},"list":{value},"entries":{value},"nested":{value}}}"#
            ));
            assert_eq!(odd.text, None, "{value}");
            assert_eq!(odd.texts, [""; 0], "{value}");
            assert_eq!(odd.count, None, "{value}");
            assert!(!odd.flag, "{value}");
            assert!(odd.list.is_empty() && odd.entries.is_empty() && odd.nested.is_empty());
        }
    }

    #[test]
    fn right_forms_are_read() {
        let odd = read(
            r#"{"text":" a ","texts":["a",1,"b"],"count":"12","flag":true,"list":[1,"x",2],
                "entries":{"a":1,"b":"x","c":3},"nested":["x"]}"#,
        );
        assert_eq!(odd.text.as_deref(), Some("a"));
        assert_eq!(odd.texts, ["a", "b"]);
        assert_eq!(read(r#"{"texts":"a, b,,c"}"#).texts, ["a", "b", "c"]);
        assert_eq!(odd.count, Some(12));
        assert!(odd.flag);
        assert_eq!(odd.list, [1, 2]);
        assert_eq!(odd.entries, [("a".to_owned(), 1), ("c".to_owned(), 3)]);
        assert_eq!(odd.nested, ["x"]);
    }

    #[test]
    fn a_lone_surrogate_costs_one_character() {
        assert_eq!(
            read(r#"{"text":"cut here \ud83d"}"#)
                .text
                .as_deref()
                .map(|t| t.starts_with("cut here ")),
            Some(true)
        );
    }

    #[test]
    fn depth_costs_the_field_only() {
        let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        let odd = read(&format!(r#"{{"nested":{deep},"count":3}}"#));
        assert_eq!(odd.count, Some(3));
    }
}
