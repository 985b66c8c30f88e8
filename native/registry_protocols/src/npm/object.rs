use std::collections::HashMap;

use registry_types::{Error, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::common::json;
use crate::common::lenient::{self, Entries, List, said};

/// An object read one level deep: its values stay text until one is asked for, in whatever shape it
/// is expected. Of equal keys the last counts, as in JavaScript.
#[derive(Default)]
pub(super) struct Object<'a>(HashMap<String, &'a RawValue>);

impl<'a> Object<'a> {
    /// Reads an answer; `what` names it in the error.
    pub(super) fn parse(text: &'a str, what: &str) -> Result<Self> {
        let entries: Entries<&RawValue> = json::parse(text, what)?;
        if !text.trim_start().starts_with('{') {
            return Err(Error::protocol(format!(
                "the answer for {what} is no object"
            )));
        }
        Ok(Self(entries.0.into_iter().collect()))
    }

    /// The object that `raw` is; empty for anything else.
    pub(super) fn of(raw: &'a RawValue) -> Self {
        Self(entries(raw).into_iter().collect())
    }

    /// A value that is not null.
    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.get(key).copied().filter(|raw| raw.get() != "null")
    }

    /// A text that says something.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.get(key).and_then(lenient::string).and_then(said)
    }

    /// Texts of an array, or of one text with commas.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        #[derive(Deserialize)]
        #[serde(transparent)]
        struct Texts(#[serde(deserialize_with = "lenient::texts")] Vec<String>);
        let raw = self.get(key).map_or("null", RawValue::get);
        serde_json::from_str(raw)
            .map(|Texts(texts)| texts)
            .unwrap_or_default()
    }

    /// An object.
    pub(super) fn object(&self, key: &str) -> Self {
        self.get(key).map(Self::of).unwrap_or_default()
    }

    /// Every entry, in no order.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(key, raw)| (key.as_str(), *raw))
    }

    /// The entries of an object, in their order.
    pub(super) fn entries(&self, key: &str) -> Vec<(String, &'a RawValue)> {
        self.get(key).map(entries).unwrap_or_default()
    }

    /// The entries of an object whose values are texts.
    pub(super) fn pairs(&self, key: &str) -> Vec<(String, String)> {
        self.entries(key)
            .into_iter()
            .filter_map(|(key, value)| Some((key, lenient::string(value)?)))
            .collect()
    }
}

/// The entries of an object, in their order; nothing for any other value.
fn entries(raw: &RawValue) -> Vec<(String, &RawValue)> {
    serde_json::from_str(raw.get())
        .map(|entries: Entries<&RawValue>| entries.0)
        .unwrap_or_default()
}

/// The elements of an array.
pub(super) fn items(raw: &RawValue) -> Option<Vec<&RawValue>> {
    let list: List<&RawValue> = serde_json::from_str(raw.get()).ok()?;
    Some(list.0)
}
