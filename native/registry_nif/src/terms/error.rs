use std::borrow::Cow;

use registry_types::Error;
use rustler::{Encoder, Env, NifException, Term};

use super::Name;

/// `%PackageRegistry.Error{}`.
#[derive(NifException)]
#[module = "PackageRegistry.Error"]
#[rustler(encode)]
pub(crate) struct ErrorTerm {
    kind: Name,
    message: String,
    details: Details,
}

impl From<Error> for ErrorTerm {
    fn from(error: Error) -> Self {
        Self {
            kind: Name(error.kind.as_str()),
            message: error.message,
            details: Details(error.details),
        }
    }
}

/// A map from our own words to text.
struct Details(Vec<(Cow<'static, str>, String)>);

impl Encoder for Details {
    fn encode<'a>(&self, env: Env<'a>) -> Term<'a> {
        let mut map = Term::map_new(env);
        for (key, value) in &self.0 {
            // A key that is not ours must not become an atom.
            let key = match key {
                Cow::Borrowed(key) => Name(key).encode(env),
                Cow::Owned(key) => key.encode(env),
            };
            map = map.map_put(key, value).unwrap_or(map);
        }
        map
    }
}
