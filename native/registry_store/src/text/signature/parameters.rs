//! The parameters of a function, and what stands before them.

use std::ops::Range;

use super::types::{Type, Types, is_modifier};
use super::{MOST_PARAMETERS, Reader, Shape, Style, What};

/// The parts of a signature before its parameters.
pub(super) struct Head {
    /// The token behind which the result of type-first languages ends.
    pub(super) name: usize,
    /// The bracket of the type parameters.
    pub(super) generics: Option<usize>,
    /// The bracket of the receiver, where that is written apart.
    pub(super) receiver: Option<usize>,
    /// The bracket of the parameters.
    pub(super) list: usize,
}

/// Words whose parentheses hold no parameters.
const OTHER_LISTS: [&str; 12] = [
    "pub",
    "crate",
    "explicit",
    "decltype",
    "noexcept",
    "alignas",
    "__attribute__",
    "__declspec",
    "throws",
    "requires",
    "private",
    "extern",
];

impl<'a> Reader<'a> {
    /// Finds the list of parameters.
    pub(super) fn head(&self, range: Range<usize>) -> Option<Head> {
        let tokens = self.tokens;
        let mut generics = None;
        let mut receiver = None;
        let mut before: Option<usize> = None;
        for at in tokens.top(range) {
            let text = tokens.text(at);
            let previous = before.map_or("", |at| tokens.text(at));
            let group = tokens.inside(at);
            match text {
                "<" | "[" if group.is_some() => {
                    let introduced =
                        matches!(previous, "template" | "fun" | "fn" | "def" | "static");
                    let attached = tokens.text(tokens.after(at)) == "(";
                    if attached || introduced || text == "<" && tokens.spaced(at) {
                        generics = Some(at);
                    }
                    // The name stays the token before.
                    continue;
                }
                "(" if group.is_some() => {
                    let apart = before
                        .and_then(|at| at.checked_sub(1))
                        .is_some_and(|at| tokens.text(at) == "@");
                    if OTHER_LISTS.contains(&previous) || apart {
                        before = Some(at);
                        continue;
                    }
                    let first = receiver.is_none() && tokens.spaced(at);
                    if first && (previous == "func" && self.style == Style::Go || previous == "fun")
                    {
                        receiver = Some(at);
                        before = Some(at);
                        continue;
                    }
                    // A pointer to a function.
                    let pointer = group.is_some_and(|inside| tokens.text(inside.start) == "*");
                    if pointer && self.style == Style::TypeFirst {
                        return None;
                    }
                    return Some(Head {
                        name: before.unwrap_or(at),
                        generics,
                        receiver,
                        list: at,
                    });
                }
                _ => {}
            }
            before = Some(at);
        }
        None
    }

    /// The type parameters with their bounds.
    pub(super) fn generics(&self, bracket: Option<usize>) -> Vec<(&'a str, Range<usize>)> {
        let tokens = self.tokens;
        let Some(inside) = bracket.and_then(|at| tokens.inside(at)) else {
            return Vec::new();
        };
        let parts = tokens.split(inside, ",").into_iter().take(MOST_PARAMETERS);
        let mut found = Vec::new();
        for part in parts {
            // `const N: usize`, `class T`, `in T`.
            let Some(name) = part
                .clone()
                .find(|at| tokens.is_word(*at) && !is_modifier(tokens.text(*at)))
            else {
                continue;
            };
            let bounds = tokens
                .find(part.clone(), &[":", "extends"])
                .map_or(part.end, |at| at + 1);
            found.push((tokens.text(name), bounds..part.end));
        }
        found
    }

    /// Adds the bounds of `where F: Fn(A) -> B`, and the variables of `when a: term`.
    pub(super) fn bounds(&self, behind: Range<usize>, found: &mut Vec<(&'a str, Range<usize>)>) {
        let tokens = self.tokens;
        let Some(at) = tokens.find(behind.clone(), &["where", "when"]) else {
            return;
        };
        for part in tokens
            .split(at + 1..behind.end, ",")
            .into_iter()
            .take(MOST_PARAMETERS)
        {
            let mark = part.start + 1;
            let variable = tokens.is_word(part.start);
            if !variable || !matches!(tokens.text(mark), ":" | "::") {
                continue;
            }
            let name = tokens.text(part.start);
            let bounds = mark + 1..part.end;
            match found.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = bounds,
                None => found.push((name, bounds)),
            }
        }
    }

    /// The type in Go's and Kotlin's written receivers.
    pub(super) fn receiver(&self, types: &Types<'a>, bracket: usize) -> String {
        let inside = self.tokens.inside(bracket).unwrap_or_default();
        let part = match self.style {
            Style::Go => self.go(inside).pop().unwrap_or_default(),
            _ => inside,
        };
        types
            .read(part)
            .pop()
            .map(|read| read.head)
            .unwrap_or_default()
    }

    /// Reads the list of parameters.
    pub(super) fn parameters(
        &self,
        inside: Range<usize>,
        types: &Types<'a>,
        clause: bool,
        shape: &mut Shape,
    ) {
        let tokens = self.tokens;
        if self.style == Style::Go {
            let parts = self.go(inside).into_iter();
            shape.parameters = parts.map(|part| types.read(part)).collect();
            return;
        }
        let mut parts = Vec::new();
        for part in tokens.split(inside, ",") {
            // Dart's optional and named parameters stand in brackets of their own.
            let grouped = self.style == Style::TypeFirst
                && matches!(tokens.text(part.start), "{" | "[")
                && tokens.after(part.start) == part.end;
            match tokens.inside(part.start).filter(|_| grouped) {
                Some(inner) => parts.extend(tokens.split(inner, ",")),
                None => parts.push(part),
            }
        }
        for (n, part) in parts.into_iter().enumerate() {
            let optional = self.is_optional(part.clone());
            match self.parameter(part, types, clause) {
                Parameter::None => {}
                Parameter::This(name) if n == 0 => shape.receiver = Some(name),
                Parameter::This(_) => shape.parameters.push(Vec::new()),
                Parameter::Of(alternatives) => {
                    shape.parameters.push(alternatives);
                    shape.optional += usize::from(optional);
                }
            }
        }
        // `f(void)` of C takes nothing.
        if self.style == Style::TypeFirst
            && let [only] = shape.parameters.as_slice()
            && matches!(only.as_slice(), [unit] if unit.head == "void")
        {
            shape.parameters.clear();
        }
    }

    /// Whether a parameter has a default, or takes however many arguments are left.
    fn is_optional(&self, part: Range<usize>) -> bool {
        let tokens = self.tokens;
        let many =
            matches!(tokens.text(part.start), "*" | "**" | "...") && self.style != Style::Bare;
        let mark = tokens.find(part.clone(), &[":"]);
        let asked = mark.is_some_and(|at| at > part.start && tokens.text(at - 1) == "?");
        many || asked || tokens.find(part, &["=", "\\"]).is_some()
    }

    fn parameter(&self, part: Range<usize>, types: &Types<'a>, clause: bool) -> Parameter {
        let tokens = self.tokens;
        let mark = tokens.find(part.clone(), &[":", "::"]);
        let mark = mark.filter(|at| *at > part.start);
        let name = mark.unwrap_or(part.end);
        let default = tokens.find(part.clone(), &["="]).unwrap_or(part.end);
        // `*` and `/` of Python, `...` of C.
        if part.len() == 1 && matches!(tokens.text(part.start), "*" | "/" | "...") {
            return Parameter::None;
        }
        let last = (part.start..name.min(default))
            .rev()
            .find(|at| tokens.is_word(*at));
        let this = last.map_or("", |at| tokens.text(at));
        if matches!(this, "self" | "cls") && matches!(self.style, Style::Colon { .. } | Style::Bare)
        {
            return Parameter::This(String::new());
        }
        if this == "this" && mark.is_some() {
            return Parameter::None;
        }
        if clause {
            return Parameter::Of(Vec::new());
        }
        match self.style {
            Style::Colon { .. } => Parameter::Of(match mark {
                Some(mark) => self.colon(part.start..mark, mark + 1..part.end, types),
                None => Vec::new(),
            }),
            Style::Specs { .. } => {
                Parameter::Of(match mark.filter(|at| tokens.text(*at) == "::") {
                    Some(mark) => types.read(mark + 1..part.end),
                    None => types.read(part),
                })
            }
            Style::Bare => Parameter::Of(match mark {
                Some(mark) if tokens.is_word(mark - 1) || tokens.text(mark - 1) == "?" => {
                    self.colon(part.start..mark, mark + 1..part.end, types)
                }
                _ => types.read(part),
            }),
            Style::TypeFirst => Parameter::Of(self.type_first(part, types)),
            _ => Parameter::Of(Vec::new()),
        }
    }

    /// `name: Type`; `name?: Type` may be left out.
    fn colon(&self, name: Range<usize>, written: Range<usize>, types: &Types<'a>) -> Vec<Type> {
        let mut found = types.read(written);
        let optional = name.end > name.start && self.tokens.text(name.end - 1) == "?";
        if optional && !found.iter().any(|read| read.head == "option") {
            found.push(Type::named("option"));
        }
        found
    }

    /// `Type name = default`: the name left off.
    fn type_first(&self, part: Range<usize>, types: &Types<'a>) -> Vec<Type> {
        let tokens = self.tokens;
        let end = tokens.find(part.clone(), &["="]).unwrap_or(part.end);
        let words: Vec<usize> = tokens
            .top(part.start..end)
            .filter(|at| tokens.is_word(*at) && !is_modifier(tokens.text(*at)))
            .collect();
        let end = match words.as_slice() {
            // `this.code`, or a type alone.
            [] | [_] if tokens.text(part.start) == "this" => return Vec::new(),
            [only] if tokens.text(*only).starts_with('$') => *only,
            [.., last]
                if words.len() > 1 && !is_base(tokens.text(*last)) && !self.is_path(*last) =>
            {
                // `char name[]` is an array all the same.
                *last
            }
            _ => end,
        };
        if end <= part.start {
            return Vec::new();
        }
        types.read(part.start..end)
    }

    /// Whether a word is the end of a path: `std::string`.
    fn is_path(&self, at: usize) -> bool {
        at > 0 && matches!(self.tokens.text(at - 1), "::" | ".")
    }

    /// The types in a list of Go: `a, b int, f func(T) error`, or types alone.
    pub(super) fn go(&self, inside: Range<usize>) -> Vec<Range<usize>> {
        let tokens = self.tokens;
        let parts = tokens.split(inside, ",");
        // A name is a word before something that is set apart from it.
        let named = |part: &Range<usize>| {
            let next = part.start + 1;
            let keyword = matches!(
                tokens.text(part.start),
                "func" | "chan" | "map" | "struct" | "interface"
            );
            tokens.is_word(part.start)
                && next < part.end
                && !keyword
                && tokens.spaced(next)
                && tokens.get(next).is_some_and(|t| t.what != What::Literal)
        };
        if !parts.iter().any(named) {
            return parts;
        }
        let mut found = Vec::new();
        let mut written = 0..0;
        for part in parts.iter().rev() {
            if named(part) {
                written = part.start + 1..part.end;
            }
            found.push(written.clone());
        }
        found.reverse();
        found
    }
}

enum Parameter {
    None,
    /// What a method is called on.
    This(String),
    Of(Vec<Type>),
}

/// Words that are a type even where a name might stand: `unsigned long`.
fn is_base(word: &str) -> bool {
    matches!(
        word,
        "int"
            | "long"
            | "short"
            | "char"
            | "double"
            | "float"
            | "bool"
            | "void"
            | "string"
            | "object"
            | "byte"
            | "uint"
    )
}
