//! Types as they are compared: the name at their head, its family, the names inside.

use std::ops::Range;

use super::family::{family, is_conversion, is_wrapper};
use super::lex::{Tokens, What};

pub(crate) use super::family::ANY;

/// More names inside one type do not count.
const MOST_NESTED: usize = 4;
/// More alternatives of one type do not count.
const MOST_ALTERNATIVES: usize = 4;
/// Wrappers around wrappers that are opened.
const MOST_WRAPPERS: usize = 4;
/// Longer names are no types.
const LONGEST_NAME: usize = 48;

/// One type: `Result<Vec<Url>, Error>` is `result` with `vec`, `url` and `error` inside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Type {
    /// The name in lower case, without path and `_`; [`ANY`] for what matches anything.
    pub(crate) head: String,
    /// The names inside, from left to right.
    pub(crate) nested: Vec<String>,
}

impl Type {
    pub(crate) fn named(head: &str) -> Self {
        Self {
            head: head.to_owned(),
            nested: Vec::new(),
        }
    }

    /// What its head is compared by.
    pub(crate) fn family(&self) -> &str {
        family(&self.head).unwrap_or(&self.head)
    }
}

/// How a language writes the arguments of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arguments {
    /// In brackets behind the name: `Vec<T>`, `list[int]`, `list(integer())`.
    Bracketed,
    /// Behind the name: `Map k v`.
    After,
    /// Before the name: `int list`.
    Before,
}

/// What the names of a signature's types mean.
pub(crate) struct Types<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    pub(crate) arguments: Arguments,
    /// Type parameters with their bounds, empty where there are none.
    pub(crate) parameters: Vec<(&'a str, Range<usize>)>,
    /// Whether bare lower-case words are atoms, as in Erlang.
    pub(crate) atoms: bool,
    /// What `Self` stands for; empty where that is not known.
    pub(crate) this: String,
}

impl<'a> Types<'a> {
    /// The alternatives that a type has: one, or those of a union. Empty where none is written.
    pub(crate) fn read(&self, range: Range<usize>) -> Vec<Type> {
        let mut found: Vec<Type> = Vec::new();
        let mut add = |read: Type| {
            if !read.head.is_empty() && !found.contains(&read) && found.len() < MOST_ALTERNATIVES {
                found.push(read);
            }
        };
        for part in self.tokens.split(self.trim(range), "|") {
            let (part, optional) = self.optional(part);
            if optional {
                add(Type::named("option"));
            }
            let read = self.one(part);
            let union = matches!(read.head.as_str(), "union" | "optional");
            // Python spells `X | Y` as `Union[X, Y]` and `X | None` as `Optional[X]` too.
            if union && self.arguments == Arguments::Bracketed {
                if read.head == "optional" {
                    add(Type::named("option"));
                }
                for name in &read.nested {
                    add(Type::named(name));
                }
            } else {
                add(read);
            }
        }
        // `T | null` is an optional `T`.
        if let Some(unit) = found.iter().position(|t| t.family() == "unit")
            && found.len() > 1
        {
            let mut option = Type::named("option");
            option.nested = found
                .iter()
                .filter(|t| t.family() != "unit")
                .map(|t| t.head.clone())
                .collect();
            option.nested.truncate(MOST_NESTED);
            found.retain(|t| t.head != "option");
            let unit = unit.min(found.len().saturating_sub(1));
            if let Some(place) = found.get_mut(unit) {
                *place = option;
            }
        }
        found
    }

    /// Leaves out what stands before and behind a type: constraints, defaults, further bounds.
    fn trim(&self, range: Range<usize>) -> Range<usize> {
        let mut range = range;
        if self.arguments != Arguments::Bracketed
            && let Some(at) = self.tokens.find(range.clone(), &["=>"])
        {
            range.start = at + 1;
        }
        // Types of functions have their own arrows.
        if let Some(end) = self.tokens.find(range.clone(), &["=", ":=", "\\", ";"]) {
            range.end = end;
        }
        range
    }

    /// Takes the `?` of `?T` or `T?` away.
    fn optional(&self, range: Range<usize>) -> (Range<usize>, bool) {
        let Range { start, end } = range;
        if self.tokens.text(start) == "?" {
            return (start + 1..end, true);
        }
        match end.checked_sub(1) {
            Some(last) if last > start && self.tokens.text(last) == "?" => (start..last, true),
            _ => (range, false),
        }
    }

    /// One type without alternatives; an empty head where none is written.
    fn one(&self, range: Range<usize>) -> Type {
        let tokens = self.tokens;
        let mut range = range;
        for _ in 0..MOST_WRAPPERS {
            range = self.strip(range);
            let Range { start, end } = range;
            let text = tokens.text(start);
            if start >= end {
                return Type::default();
            }
            let arrow = tokens.find(start..end, &["->", "=>"]);
            if arrow.is_some() && !matches!(text, "fn" | "func" | "Fn" | "FnMut" | "FnOnce") {
                return self.with("fn", start..end);
            }
            match text {
                "(" => {
                    let Some(inside) = tokens.inside(start) else {
                        range = start + 1..end;
                        continue;
                    };
                    if inside.is_empty() {
                        return Type::named("unit");
                    }
                    if tokens.split(inside.clone(), ",").len() > 1 {
                        return self.with("tuple", inside);
                    }
                    let behind = tokens.after(start);
                    if self.arguments == Arguments::Before && behind < end {
                        return self.named(start..end);
                    }
                    range = inside;
                    continue;
                }
                "[" => return self.list(start, end),
                "{" => return self.braces(start),
                "<" => {
                    // Of C++ and of Elixir's binaries: `<<_::8>>`.
                    return Type::named(if tokens.text(start + 1) == "<" {
                        "binary"
                    } else {
                        ""
                    });
                }
                "%" | "#" if tokens.text(start + 1) == "{" => return Type::named("map"),
                "%" | "#" => {
                    range = start + 1..end;
                    continue;
                }
                ":" => return Type::named("atom"),
                "_" => return Type::named(ANY),
                _ => {}
            }
            match tokens.get(start).map(|token| token.what) {
                Some(What::Literal) => return Type::named("str"),
                Some(What::Variable) if self.arguments == Arguments::Bracketed => {
                    range = start + 1..end;
                }
                Some(What::Variable) => return self.named(start..end),
                Some(What::Word) => match self.open(start..end) {
                    Ok(read) => return read,
                    Err(inner) => range = inner,
                },
                _ => range = start + 1..end,
            }
        }
        self.with("", range)
    }

    /// The type that a word begins, or where to go on: in the type that it wraps.
    fn open(&self, range: Range<usize>) -> Result<Type, Range<usize>> {
        let read = self.named(range.clone());
        let single = read.nested.is_empty();
        if single
            && let Some((_, bounds)) = self
                .parameters
                .iter()
                .find(|(name, _)| clean(name) == read.head)
        {
            // A bound is read as what stands for it, once.
            let bounds = bounds.clone();
            return Ok(
                if bounds.is_empty() || bounds.start <= range.start && range.start < bounds.end {
                    Type::named(ANY)
                } else {
                    self.bound(bounds)
                },
            );
        }
        if single && is_variable(&read.head, self.tokens.text(range.start), self.arguments) {
            return Ok(Type::named(ANY));
        }
        if (is_wrapper(&read.head) || is_conversion(&read.head)) && !single {
            let group = self.tokens.top(range.clone()).find(|at| {
                matches!(self.tokens.text(*at), "<" | "[" | "(")
                    && self.tokens.inside(*at).is_some()
            });
            if let Some(inside) = group.and_then(|at| self.tokens.inside(at)) {
                let arguments = self.tokens.split(inside, ",");
                let first = arguments
                    .into_iter()
                    .find(|part| !self.tokens.is(part.start, What::Variable));
                if let Some(first) = first {
                    return Err(first);
                }
            }
        }
        Ok(read)
    }

    /// What stands for a type parameter: the target of a conversion, a function, else anything.
    fn bound(&self, range: Range<usize>) -> Type {
        for part in self.tokens.split(range, "+") {
            let part = self.strip(part);
            let read = self.named(part.clone());
            if is_conversion(&read.head) {
                let inner = read.nested.into_iter().find(|name| name != ANY);
                return Type::named(inner.as_deref().unwrap_or(ANY));
            }
            if matches!(read.family(), "fn" | "future" | "iter") {
                return read;
            }
        }
        Type::named(ANY)
    }

    /// A type by its name, with the names in its arguments.
    fn named(&self, range: Range<usize>) -> Type {
        let tokens = self.tokens;
        if self.arguments == Arguments::Before {
            return self.postfix(range);
        }
        let mut head = "";
        let mut at = range.start;
        while at < range.end && tokens.is_word(at) {
            let word = tokens.text(at);
            // `String.t()` is `String`.
            if word != "t" || head.is_empty() {
                head = word;
            }
            match tokens.text(at + 1) {
                "." | "::" | ":" | "\\" if tokens.is_word(at + 2) && at + 2 < range.end => at += 2,
                _ => break,
            }
        }
        let pointer = tokens.text(range.end - 1) == "*" || tokens.text(at + 1) == "*";
        if head == "char" && pointer {
            return Type::named("cstr");
        }
        if head == "void" && pointer {
            return Type::named(ANY);
        }
        let called = tokens.text(at + 1) == "(" && at + 1 < range.end;
        let lower = head.starts_with(|c: char| c.is_lowercase());
        if self.atoms && !called && lower && tokens.text(at.wrapping_sub(1)) != ":" {
            return Type::named("atom");
        }
        if self.atoms && !called && !lower {
            return Type::named(ANY);
        }
        if head.starts_with(|c: char| c.is_ascii_digit()) {
            return Type::named("int");
        }
        let behind = at + 1..range.end;
        // `T[]` and `T[3]` of most, not `list[int]` of Python.
        let array = tokens.find(behind.clone(), &["["]);
        let array = array
            .and_then(|at| tokens.inside(at))
            .is_some_and(|inside| {
                inside.is_empty()
                    || tokens
                        .text(inside.start)
                        .starts_with(|c: char| c.is_ascii_digit())
            });
        if array {
            let mut read = self.with("array", range.start..at + 1);
            if matches!(head, "byte" | "u8") {
                read.head = "bytes".to_owned();
            }
            return read;
        }
        let mut read = self.with(head, behind);
        if matches!(read.head.as_str(), "vec" | "array" | "list")
            && read.nested.first().is_some_and(|n| n == "u8")
        {
            read = Type::named("bytes");
        }
        read
    }

    /// `(int * string) list`: the last word is the head.
    fn postfix(&self, range: Range<usize>) -> Type {
        let words = self
            .tokens
            .top(range.clone())
            .filter(|at| self.tokens.is_word(*at));
        match words.last() {
            // `int Lwt.t` is a `Lwt` of `int`.
            Some(last) if last >= range.start + 2 && self.tokens.text(last) == "t" => {
                self.with(self.tokens.text(last - 2), range.start..last - 2)
            }
            Some(last) => self.with(self.tokens.text(last), range.start..last),
            None => Type::named(ANY),
        }
    }

    /// `[T]`, `[]T`, `[T; N]`, of bytes or of others.
    fn list(&self, start: usize, end: usize) -> Type {
        let Some(inside) = self.tokens.inside(start) else {
            return Type::named("list");
        };
        let inner = if inside.is_empty() || self.tokens.after(start) < end {
            self.tokens.after(start)..end
        } else {
            inside
        };
        let mut read = self.with("list", inner);
        if read
            .nested
            .first()
            .is_some_and(|n| matches!(n.as_str(), "u8" | "byte"))
        {
            read = Type::named("bytes");
        }
        read
    }

    /// `{:ok, T}` is a result, other braces are tuples or objects.
    fn braces(&self, start: usize) -> Type {
        let tokens = self.tokens;
        let Some(inside) = tokens.inside(start) else {
            return Type::named("tuple");
        };
        let first = if tokens.text(inside.start) == ":" {
            inside.start + 1
        } else {
            inside.start
        };
        if matches!(tokens.text(first), "ok" | "error") {
            return self.with("result", first + 1..inside.end);
        }
        if tokens.find(inside.clone(), &[":", ";"]).is_some() {
            return self.with("object", inside);
        }
        self.with("tuple", inside)
    }

    /// A type of this head with the names found in a range.
    fn with(&self, head: &str, range: Range<usize>) -> Type {
        let tokens = self.tokens;
        let mut nested: Vec<String> = Vec::new();
        for at in range {
            if nested.len() == MOST_NESTED {
                break;
            }
            let word = tokens.text(at);
            let path = matches!(tokens.text(at + 1), "::" | ".") && tokens.is_word(at + 2);
            // The name of a field or of an argument is no type, the last part of a path is.
            let name = match tokens.text(at + 1) {
                ":" => tokens.spaced(at + 2),
                "=" => true,
                _ => false,
            };
            let typed = path && tokens.text(at + 2) == "t";
            if tokens.is(at, What::Variable) && self.arguments == Arguments::Before {
                nested.push(ANY.to_owned());
            }
            if !tokens.is_word(at) || is_modifier(word) || name || path && !typed || word == "t" {
                continue;
            }
            if word.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let clean = clean(word);
            let parameter = self.parameters.iter().any(|(name, _)| *name == word);
            let variable = word == "_" || is_variable(&clean, word, self.arguments);
            if parameter || variable {
                nested.push(ANY.to_owned());
            } else if clean.len() <= LONGEST_NAME {
                nested.push(self.itself(word, clean));
            }
        }
        let head = self.itself(head, clean(head));
        Type {
            head: if head.len() <= LONGEST_NAME {
                head
            } else {
                String::new()
            },
            nested,
        }
    }

    /// What a type calls itself is the type.
    fn itself(&self, written: &str, clean: String) -> String {
        if matches!(written, "Self" | "this") && !self.this.is_empty() {
            self.this.clone()
        } else {
            clean
        }
    }

    /// Without references, lifetimes and words that only say how a value is passed.
    fn strip(&self, range: Range<usize>) -> Range<usize> {
        let Range { mut start, mut end } = range;
        while start < end {
            let text = self.tokens.text(start);
            let modifier = match self.tokens.get(start).map(|token| token.what) {
                Some(What::Word) => {
                    let alone = matches!(self.tokens.text(start + 1), "<" | "(" | "|" | "[");
                    is_modifier(text) && start + 1 < end && !alone
                }
                Some(What::Variable) => self.arguments == Arguments::Bracketed,
                _ => matches!(
                    text,
                    "&" | "&&" | "*" | "**" | "..." | ".." | "!" | "~" | "@" | "<-" | "+" | "=>"
                ),
            };
            if !modifier {
                break;
            }
            start += 1;
            // `#[attribute]`, `@Annotation(…)`.
            if text == "@" {
                start += 1;
                if self.tokens.text(start) == "(" {
                    start = self.tokens.after(start);
                }
            }
        }
        while end > start && matches!(self.tokens.text(end - 1), "&" | "&&" | "..." | "!") {
            end -= 1;
        }
        start..end.max(start)
    }
}

/// A name as it is compared: `JoinHandle` and `join_handle` are the same.
pub(crate) fn clean(name: &str) -> String {
    if name == "_" {
        return ANY.to_owned();
    }
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Single letters stand for any type: capitals, in some languages small ones.
fn is_variable(clean: &str, written: &str, arguments: Arguments) -> bool {
    let mut letters = written.chars();
    let (first, second) = (letters.next(), letters.next());
    let single = match second {
        None => true,
        Some(c) => c.is_ascii_digit() && letters.next().is_none(),
    };
    let capital = first.is_some_and(char::is_uppercase);
    let small = first.is_some_and(|c| c.is_lowercase()) && arguments == Arguments::After;
    clean == ANY
        || single && (capital || small) && family(clean).is_none()
        || small && family(clean).is_none()
}

/// Words before a type that are none.
pub(crate) fn is_modifier(word: &str) -> bool {
    matches!(
        word,
        "mut"
            | "const"
            | "impl"
            | "dyn"
            | "final"
            | "readonly"
            | "ref"
            | "in"
            | "out"
            | "inout"
            | "params"
            | "vararg"
            | "struct"
            | "class"
            | "enum"
            | "union"
            | "typename"
            | "async"
            | "move"
            | "typeof"
            | "keyof"
            | "unsigned"
            | "signed"
            | "volatile"
            | "restrict"
            | "register"
            | "static"
            | "chan"
            | "some"
            | "any"
            | "borrowing"
            | "consuming"
            | "sending"
            | "unsafe"
            | "extern"
            | "required"
            | "covariant"
            | "memory"
            | "calldata"
            | "storage"
            | "escaping"
            | "autoclosure"
            | "Sendable"
            | "comptime"
            | "noalias"
            | "infer"
            | "unique"
            | "asserts"
            | "this"
            | "scoped"
            | "lazy"
            | "type"
            | "for"
            | "is"
    )
}
