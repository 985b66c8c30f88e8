//! The values of `exports` and its like: paths by condition, in the order they are written in.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A path, a table or a list; all else is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Target {
    #[default]
    None,
    /// `null`: what a wider pattern allows is forbidden.
    Null,
    Path(String),
    Map(Vec<(String, Target)>),
    List(Vec<Target>),
}

impl Target {
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Path(path) => Some(path),
            _ => None,
        }
    }

    /// The path under the first of its conditions that is among `conditions`, as Node chooses. The
    /// depth of what was read is bounded by its reader.
    pub fn pick(&self, conditions: &[&str]) -> Option<&str> {
        match self {
            Self::Path(path) => Some(path),
            Self::Map(map) => map
                .iter()
                .filter(|(key, _)| {
                    let key = key.split('@').next().unwrap_or(key);
                    conditions.contains(&key)
                })
                .find_map(|(_, target)| target.pick(conditions)),
            Self::List(list) => list.iter().find_map(|target| target.pick(conditions)),
            Self::None | Self::Null => None,
        }
    }

    /// All paths.
    pub fn leaves(&self) -> Vec<&str> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(target) = open.pop() {
            match target {
                Self::Path(path) => found.push(path.as_str()),
                Self::Map(map) => open.extend(map.iter().rev().map(|(_, target)| target)),
                Self::List(list) => open.extend(list.iter().rev()),
                Self::None | Self::Null => {}
            }
        }
        found
    }
}

/// What stands for the star when `path` fits `pattern`; `""` when both are the same.
pub(crate) fn matches<'p>(pattern: &str, path: &'p str) -> Option<&'p str> {
    match pattern.split_once('*') {
        None => (pattern == path).then_some(""),
        Some((before, after)) => path
            .strip_prefix(before)?
            .strip_suffix(after)
            .filter(|star| !star.is_empty()),
    }
}

impl<'de> Deserialize<'de> for Target {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Target;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a path, a table or a list")
    }

    fn visit_str<E>(self, text: &str) -> Result<Target, E> {
        Ok(Target::Path(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Target, E> {
        Ok(Target::Null)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Target, E> {
        Ok(Target::None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Target, E> {
        Ok(Target::None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Target, E> {
        Ok(Target::None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Target, E> {
        Ok(Target::None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Target, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = access.next_key::<String>()? {
            map.push((key, access.next_value()?));
        }
        Ok(Target::Map(map))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Target, A::Error> {
        let mut list = Vec::new();
        while let Some(target) = access.next_element()? {
            list.push(target);
        }
        Ok(Target::List(list))
    }
}
