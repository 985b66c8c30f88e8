//! Fields which come in several shapes.

use registry_types::Owner;
use serde_json::value::RawValue;

use super::object::{Object, items};
use crate::common::lenient::{self, said};
use crate::common::repository::repository_or_text;

/// `license`, or `licenses` as it once was: an expression, `{type}`, or an array of either, any one
/// of which may be chosen.
pub(super) fn license(object: &Object<'_>) -> Option<String> {
    let read = |key| object.get(key).and_then(one_license);
    read("license").or_else(|| read("licenses"))
}

fn one_license(raw: &RawValue) -> Option<String> {
    let Some(items) = items(raw) else {
        return text_or(raw, "type").or_else(|| text_or(raw, "name"));
    };
    let names: Vec<String> = items
        .into_iter()
        .filter_map(|item| text_or(item, "type"))
        .collect();
    match names.as_slice() {
        [] => None,
        [only] => Some(only.clone()),
        several => Some(format!("({})", several.join(" OR "))),
    }
}

/// An address, or `{url}`.
pub(super) fn homepage(object: &Object<'_>) -> Option<String> {
    object.get("homepage").and_then(|raw| text_or(raw, "url"))
}

/// An address, `{url}` or a shorthand, as an address.
pub(super) fn repository(object: &Object<'_>) -> Option<String> {
    let text = object.get("repository").and_then(|raw| text_or(raw, "url"));
    repository_or_text(text)
}

/// A text, or the text under `key` of an object; of an array the first element's.
fn text_or(raw: &RawValue, key: &str) -> Option<String> {
    let raw = match items(raw) {
        Some(items) => items.first().copied()?,
        None => raw,
    };
    let own = lenient::string(raw).and_then(said);
    own.or_else(|| Object::of(raw).text(key))
}

/// Who may publish.
pub(super) fn maintainers(object: &Object<'_>) -> Vec<Owner> {
    let Some(raw) = object.get("maintainers") else {
        return Vec::new();
    };
    let people = items(raw).unwrap_or_else(|| vec![raw]);
    people.into_iter().filter_map(person).collect()
}

/// `{name, email}` or `"name <email> (address)"`.
fn person(raw: &RawValue) -> Option<Owner> {
    let (name, email) = match lenient::string(raw) {
        Some(text) => {
            let (front, behind) = text.split_once('<').unwrap_or((&text, ""));
            let word = |text: &str, end| said(text.split(end).next()?.to_owned());
            (word(front, '('), word(behind, '>'))
        }
        None => {
            let object = Object::of(raw);
            (object.text("name"), object.text("email"))
        }
    };
    let name = name.or_else(|| email.clone())?;
    Some(Owner { name, email })
}

/// A deprecation notice. The empty text and `false` take one back; `true` gives no words.
pub(super) fn deprecation(object: &Object<'_>) -> Option<String> {
    let raw = object.get("deprecated")?;
    match raw.get() {
        "true" => Some("deprecated".to_owned()),
        _ => lenient::string(raw).and_then(said),
    }
}

/// `{node: ">=14"}`, or as it was written long ago `["node >= 0.6"]` or `"node >= 0.6"`.
pub(super) fn engines(object: &Object<'_>) -> Vec<(String, String)> {
    let words = |raw: &RawValue| {
        let text = lenient::string(raw)?;
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-')?;
        let (name, range) = text.split_at_checked(end)?;
        (!name.is_empty()).then(|| (name.to_owned(), range.trim().to_owned()))
    };
    let Some(raw) = object.get("engines") else {
        return Vec::new();
    };
    let mut all: Vec<(String, String)> = match items(raw) {
        Some(items) => items.into_iter().filter_map(words).collect(),
        None => words(raw).map_or_else(|| object.pairs("engines"), |one| vec![one]),
    };
    all.retain(|(_, range)| !range.trim().is_empty());
    all
}

/// A README as registries keep it. They keep the first 64 KiB, so a longer one may be cut: the
/// archive has the whole. Where none was found npm once wrote an error message instead.
pub(super) fn readme(object: &Object<'_>) -> Option<String> {
    const KEPT: usize = 64 * 1024;
    object
        .get("readme")
        .and_then(lenient::string)
        .filter(|text| {
            let said = text.trim();
            text.len() < KEPT && !said.is_empty() && said != "ERROR: No README data found!"
        })
}
