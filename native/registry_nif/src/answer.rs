use registry_types::Result;
use rustler::types::atom;
use rustler::{Encoder, Env, Term};

use crate::guard::guard;
use crate::terms::ErrorTerm;

/// Runs the work of a NIF and turns what comes of it into `{:ok, term}` or `{:error, error}`. The
/// term is made inside, so that it can borrow from what the work read.
pub(crate) fn answer<'a>(env: Env<'a>, work: impl FnOnce() -> Result<Term<'a>>) -> Term<'a> {
    result(env, guard(work))
}

/// As [`answer`], for work that has nothing to tell: `:ok` or `{:error, error}`.
pub(crate) fn done<'a>(env: Env<'a>, work: impl FnOnce() -> Result<()>) -> Term<'a> {
    match guard(work) {
        Ok(()) => atom::ok().encode(env),
        Err(error) => (atom::error(), ErrorTerm::from(error)).encode(env),
    }
}

/// `{:ok, term}` or `{:error, error}`.
pub(crate) fn result<'a>(env: Env<'a>, result: Result<Term<'a>>) -> Term<'a> {
    match result {
        Ok(term) => (atom::ok(), term).encode(env),
        Err(error) => (atom::error(), ErrorTerm::from(error)).encode(env),
    }
}
