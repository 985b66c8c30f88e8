//! The words of a signature's types in the index. Each says where the type stands and what it is:
//! `1str` is a text as the first parameter, `1=string` the same type as it is written, `rresult` a
//! returned result, `Rurl` an URL inside of it, `n2` a function of two parameters.

use crate::text::signature::{ANY, MOST_PARAMETERS, Shape, Type, family};

/// Where a type stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// What a method is called on.
    Receiver,
    First,
    /// Any parameter behind the first.
    Later,
    InParameter,
    Returned,
    InReturned,
}

impl Slot {
    const fn mark(self) -> char {
        match self {
            Self::Receiver => '0',
            Self::First => '1',
            Self::Later => '2',
            Self::InParameter => 'P',
            Self::Returned => 'r',
            Self::InReturned => 'R',
        }
    }

    /// Where the type of parameter `n` stands.
    pub(crate) const fn parameter(n: usize) -> Self {
        if n == 0 { Self::First } else { Self::Later }
    }

    /// The word for a type of this family.
    pub(crate) fn family(self, name: &str) -> String {
        let name = family(name).unwrap_or(name);
        format!("{}{name}", self.mark())
    }

    /// The word for the type as it is written; none where that is what its family is.
    pub(crate) fn written(self, name: &str) -> Option<String> {
        let known = family(name).is_some_and(|family| family != ANY);
        known.then(|| format!("{}={name}", self.mark()))
    }
}

/// The word for a number of parameters, and whether the function is called on something.
pub(crate) fn arity(parameters: usize, method: bool) -> String {
    let mark = if method { 'm' } else { 'n' };
    format!("{mark}{}", parameters.min(MOST_PARAMETERS + 1))
}

/// More parameters that may be left out do not count.
const MOST_OPTIONAL: usize = 4;

/// All words of the shapes, separated by spaces.
pub(crate) fn terms(shapes: &[Shape]) -> String {
    let mut all: Vec<String> = Vec::new();
    for shape in shapes {
        let most = shape.parameters.len();
        let least = most - shape.optional.min(most).min(MOST_OPTIONAL);
        all.extend((least..=most).map(|count| arity(count, shape.receiver.is_some())));
        if let Some(name) = &shape.receiver
            && !name.is_empty()
        {
            all.push(Slot::Receiver.family(name));
        }
        for (n, alternatives) in shape.parameters.iter().take(MOST_PARAMETERS).enumerate() {
            push(
                &mut all,
                Slot::parameter(n),
                Slot::InParameter,
                alternatives,
            );
        }
        push(&mut all, Slot::Returned, Slot::InReturned, &shape.returns);
    }
    all.sort_unstable();
    all.dedup();
    all.join(" ")
}

fn push(all: &mut Vec<String>, slot: Slot, inside: Slot, alternatives: &[Type]) {
    for read in alternatives {
        all.push(slot.family(&read.head));
        all.extend(slot.written(&read.head));
        for name in read.nested.iter().filter(|name| *name != ANY) {
            all.push(inside.family(name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_place_family_and_spelling() {
        let shape = Shape {
            receiver: Some("client".into()),
            parameters: vec![vec![Type::named("str")], vec![Type::named("string")]],
            optional: 0,
            returns: vec![Type {
                head: "result".into(),
                nested: vec!["url".into(), ANY.into()],
            }],
        };
        assert_eq!(
            terms(&[shape.clone(), shape]),
            "0client 1=str 1str 2=string 2str Rurl m2 r=result rresult"
        );
    }

    #[test]
    fn what_matches_anything_is_not_written() {
        let shape = Shape {
            parameters: vec![vec![Type::named(ANY)], Vec::new()],
            ..Shape::default()
        };
        assert_eq!(terms(&[shape]), "1* n2");
        let optional = Shape {
            parameters: vec![Vec::new(); 3],
            optional: 1,
            ..Shape::default()
        };
        assert_eq!(terms(&[optional]), "n2 n3");
        assert_eq!(arity(200, false), arity(100, false));
    }
}
