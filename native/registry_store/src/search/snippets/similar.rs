//! How near a stored signature is to the one asked for.

use registry_types::Snippet;

use super::signature::Asked;
use crate::text::signature::{ANY, Shape, Type, shapes};

/// How near types are: one family, any type.
const KIN: f32 = 0.6;
const GENERIC: f32 = 0.4;
/// What a parameter in another place keeps.
const MOVED: f32 = 0.5;
/// The part of a type's likeness that the types inside make.
const NESTED: f32 = 0.4;

/// 0 for nothing in common, 1 for the very signature: of a symbol's signatures, the nearest counts.
pub(crate) fn similarity(asked: &Asked, snippet: &Snippet) -> f32 {
    let found = shapes(snippet);
    let each = found.iter().map(|shape| near(asked, shape));
    each.fold(0.0, f32::max)
}

fn near(asked: &Asked, shape: &Shape) -> f32 {
    let wanted = &asked.shape;
    let mut sum = 0.0;
    let mut of = 0.0;
    let mut add = |value: f32| {
        sum += value;
        of += 1.0;
    };
    // A method takes what it is called on.
    let mut taken: Vec<Vec<Type>> = Vec::new();
    if let Some(receiver) = &shape.receiver
        && wanted.receiver.is_none()
    {
        taken.push(vec![Type::named(receiver)]);
    }
    taken.extend(shape.parameters.iter().cloned());
    if asked.counted {
        let asked_for = wanted.parameters.len();
        let fits = |most: usize| (most.saturating_sub(shape.optional)..=most).contains(&asked_for);
        let same = fits(taken.len()) || fits(shape.parameters.len());
        add(f32::from(u8::from(same)));
    }
    for (n, parameter) in wanted.parameters.iter().enumerate() {
        let here = taken.get(n).map_or(0.0, |other| alike(parameter, other));
        let others = taken.iter().map(|other| MOVED * alike(parameter, other));
        add(others.fold(here, f32::max));
    }
    if !wanted.returns.is_empty() {
        add(alike(&wanted.returns, &shape.returns));
    }
    for one in &asked.somewhere {
        let one = std::slice::from_ref(one);
        let parameters = taken.iter().map(|other| alike(one, other));
        add(parameters.fold(alike(one, &shape.returns), f32::max));
    }
    if of > 0.0 { sum / of } else { 0.0 }
}

/// How near the nearest alternatives are.
fn alike(wanted: &[Type], stored: &[Type]) -> f32 {
    if wanted.is_empty() {
        // Nothing written: anything will do.
        return 1.0;
    }
    let pairs = wanted
        .iter()
        .flat_map(|one| stored.iter().map(move |other| pair(one, other)));
    pairs.fold(0.0, f32::max)
}

fn pair(wanted: &Type, stored: &Type) -> f32 {
    if wanted.head == ANY {
        return 1.0;
    }
    let head = if wanted.head == stored.head {
        1.0
    } else if stored.family() == ANY {
        GENERIC
    } else if wanted.family() == stored.family() {
        KIN
    } else {
        return 0.0;
    };
    let inside: Vec<&String> = wanted.nested.iter().filter(|name| *name != ANY).collect();
    if inside.is_empty() {
        return head;
    }
    let held = inside.iter().filter(|name| stored.nested.contains(**name));
    let held = u8::try_from(held.count()).unwrap_or(u8::MAX);
    let all = u8::try_from(inside.len()).unwrap_or(u8::MAX);
    head * (1.0 - NESTED + NESTED * f32::from(held) / f32::from(all))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::tests::snippet;
    use crate::search::snippets::signature::part;

    fn value(query: &str, signature: &str) -> f32 {
        let mut stored = snippet("f", String::new());
        stored.signature = signature.into();
        similarity(&part(query, &[]).asked.unwrap(), &stored)
    }

    #[test]
    fn the_very_signature_is_nearest() {
        let query = "(&str, usize) -> Result<Url, _>";
        let falling = [
            "fn f(s: &str, n: usize) -> Result<Url, Error>",
            "fn f(s: String, n: usize) -> Result<Url, Error>",
            "fn f(s: String, n: usize) -> Result<(), Error>",
            "fn f(n: usize, s: String) -> Result<(), Error>",
            "fn f(n: usize) -> bool",
            "fn f() -> bool",
        ];
        let values: Vec<f32> = falling.iter().map(|s| value(query, s)).collect();
        assert!((values[0] - 1.0).abs() < 1e-6, "{values:?}");
        assert!(
            values.windows(2).all(|pair| pair[0] > pair[1]),
            "{values:?}"
        );
        assert!(value("-> bool", "fn f(n: usize) -> bool") > 0.99);
        assert!(value("Vec<u8>", "fn f(n: &[u8])") > 0.5);
    }
}
