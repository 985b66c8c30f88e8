//! Signatures as shapes: which types a function takes, and which it returns.
//!
//! Every language is read by the same bounded passes over words and brackets, never by recursion;
//! text that is no signature gives a poorer shape or none.

mod family;
mod language;
mod lex;
mod parameters;
mod types;

use std::ops::Range;

use registry_types::{Snippet, SnippetKind};

pub(crate) use family::family;
pub(crate) use language::Style;
pub(crate) use lex::{Tokens, What};
pub(crate) use types::{ANY, Arguments, Type, Types, clean, is_modifier};

/// More signatures of one symbol (overloads, clauses) are not read.
const MOST_SIGNATURES: usize = 4;
/// More parameters are counted, but not read.
pub(crate) const MOST_PARAMETERS: usize = 8;

/// What a function takes and returns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The type it is called on: a method's. `Some` of an empty name where that is not known.
    pub(crate) receiver: Option<String>,
    /// The alternatives of each parameter; empty where no type is written.
    pub(crate) parameters: Vec<Vec<Type>>,
    /// How many of the parameters may be left out.
    pub(crate) optional: usize,
    /// The alternatives of what it returns; empty where that is not written.
    pub(crate) returns: Vec<Type>,
}

/// The shapes of a snippet: one for each of its signatures, none for what is not called.
pub(crate) fn shapes(snippet: &Snippet) -> Vec<Shape> {
    let Some(style) = Style::of(&snippet.language) else {
        return Vec::new();
    };
    let method = snippet.kind == SnippetKind::Method;
    let called = match snippet.kind {
        SnippetKind::Function | SnippetKind::Method => true,
        SnippetKind::Constant | SnippetKind::Field | SnippetKind::Type => {
            has_arrow(&snippet.signature)
        }
        _ => false,
    };
    if !called {
        return Vec::new();
    }
    let tokens = Tokens::read(&snippet.signature);
    let owner = if method {
        owner(&snippet.qualified_name)
    } else {
        String::new()
    };
    let mut found: Vec<Shape> = Vec::new();
    for part in tokens
        .split(tokens.all(), ";")
        .into_iter()
        .take(MOST_SIGNATURES)
    {
        let reader = Reader {
            tokens: &tokens,
            style,
            method,
            this: owner.clone(),
        };
        if let Some(mut shape) = reader.read(part) {
            if let Some(receiver) = &mut shape.receiver
                && receiver.is_empty()
            {
                receiver.clone_from(&owner);
            }
            if !found.contains(&shape) {
                found.push(shape);
            }
        }
    }
    found
}

/// Whether it is of a function's type: `(a: string) => number`, `func(id ID) error`.
fn has_arrow(signature: &str) -> bool {
    signature.contains("=>")
        || signature.contains("->")
        || signature.contains("func(")
        || signature.contains("): ")
}

/// The name of what holds an item: `Runtime` of `tokio::runtime::Runtime::spawn`.
fn owner(path: &str) -> String {
    let mut parts = path
        .rsplit([':', '.', '#', '/'])
        .filter(|part| !part.is_empty());
    parts.next();
    parts.next().map(clean).unwrap_or_default()
}

/// Words before the type that a function returns.
fn is_declared(word: &str) -> bool {
    matches!(
        word,
        "public"
            | "private"
            | "protected"
            | "internal"
            | "default"
            | "abstract"
            | "synchronized"
            | "native"
            | "virtual"
            | "inline"
            | "override"
            | "export"
            | "function"
    )
}

/// Reads one signature of a language.
pub(crate) struct Reader<'a> {
    pub(crate) tokens: &'a Tokens<'a>,
    pub(crate) style: Style,
    pub(crate) method: bool,
    /// The name of the type it belongs to.
    pub(crate) this: String,
}

impl<'a> Reader<'a> {
    pub(crate) fn read(&self, range: Range<usize>) -> Option<Shape> {
        match self.style {
            Style::Arrows { .. } => self.arrows(range),
            Style::ObjectiveC => self.objective_c(range),
            _ => self.call(range),
        }
    }

    pub(crate) fn types(&self, parameters: Vec<(&'a str, Range<usize>)>) -> Types<'a> {
        Types {
            tokens: self.tokens,
            arguments: self.style.arguments(),
            parameters,
            atoms: self.style == Style::Specs { atoms: true },
            this: self.this.clone(),
        }
    }

    /// `name(parameters) -> result` and its kin.
    fn call(&self, range: Range<usize>) -> Option<Shape> {
        let tokens = self.tokens;
        let head = self.head(range.clone())?;
        let inside = tokens.inside(head.list)?;
        let behind = tokens.after(head.list)..range.end;
        let mut generics = self.generics(head.generics);
        self.bounds(behind.clone(), &mut generics);
        let types = self.types(generics);
        let mut shape = Shape::default();
        if let Some(receiver) = head.receiver {
            shape.receiver = Some(self.receiver(&types, receiver));
        }
        // What a clause of a function takes is not typed.
        let clause = match self.style {
            Style::Specs { atoms: true } => tokens.find(behind.clone(), &["->"]).is_none(),
            Style::Specs { atoms: false } => tokens.text(range.start).starts_with("def"),
            _ => false,
        };
        self.parameters(inside, &types, clause, &mut shape);
        if self.method && shape.receiver.is_none() && self.style.has_this() {
            let is_static =
                |at| matches!(tokens.text(at), "static" | "constructor" | "new" | "class");
            if !tokens.top(range.start..head.list).any(is_static) {
                shape.receiver = Some(String::new());
            }
        }
        let before = match head.generics {
            Some(at) if at < head.name => tokens.after(at)..head.name,
            _ => range.start..head.name,
        };
        shape.returns = self.returns(&types, before, behind);
        Some(shape)
    }

    /// What a function returns: written behind its parameters, or before its name.
    fn returns(&self, types: &Types<'a>, before: Range<usize>, behind: Range<usize>) -> Vec<Type> {
        let tokens = self.tokens;
        let end = tokens
            .find(behind.clone(), &["where", "when", "=", "raises"])
            .unwrap_or(behind.end);
        let mark = tokens.find(behind.start..end, &["->", ":", "::", "=>", "returns"]);
        if let Some(mark) = mark {
            // A brace behind the type begins a body: `{ get }`. One at its start is a type.
            let body = tokens.find(mark + 2..end, &["{"]);
            let end = body
                .filter(|_| matches!(self.style, Style::Colon { .. }))
                .unwrap_or(end);
            let mut found = types.read(mark + 1..end);
            let mut around = tokens.top(before).chain(tokens.top(behind.start..mark));
            let later = around.any(|at| tokens.text(at) == "async");
            if later && !found.iter().any(|read| read.family() == "future") {
                let mut future = Type::named("future");
                future.nested = found.iter().map(|read| read.head.clone()).collect();
                found.insert(0, future);
            }
            return found;
        }
        match self.style {
            Style::TypeFirst => {
                let last = before
                    .clone()
                    .rev()
                    .find(|at| is_declared(tokens.text(*at)));
                let start = last.map_or(before.start, |at| at + 1);
                types.read(start..before.end)
            }
            Style::Go => {
                let results = behind.start..end;
                let parts = match tokens.inside(results.start) {
                    Some(inside) if tokens.text(results.start) == "(" => inside,
                    _ => results,
                };
                let mut found = Vec::new();
                for part in self.go(parts) {
                    found.extend(types.read(part));
                }
                if found.len() > 1 && found.last().is_some_and(|read| read.head == "error") {
                    let mut result = Type::named("result");
                    result.nested = found.iter().map(|read| read.head.clone()).collect();
                    found.push(result);
                }
                found
            }
            Style::Bare => types.read(behind.start..end),
            _ => Vec::new(),
        }
    }

    /// `name :: A -> B -> C`: the last is returned.
    fn arrows(&self, range: Range<usize>) -> Option<Shape> {
        let tokens = self.tokens;
        let mark = tokens.find(range.clone(), &["::", ":"])?;
        let types = self.types(Vec::new());
        let mut start = mark + 1;
        // `forall a. Ord a => a -> a`.
        if let Some(at) = tokens.find(start..range.end, &["=>"]) {
            start = at + 1;
        }
        let end = tokens.find(start..range.end, &["="]).unwrap_or(range.end);
        let mut parts = tokens.split(start..end, "->");
        let returns = parts.pop()?;
        let mut shape = Shape::default();
        for part in parts {
            // OCaml's labels: `~label:int`, `?label:int`.
            let label = tokens.find(part.clone(), &[":"]);
            shape
                .parameters
                .push(types.read(label.map_or(part.start, |at| at + 1)..part.end));
        }
        if let [only] = shape.parameters.as_slice()
            && matches!(only.as_slice(), [unit] if unit.head == "unit")
        {
            shape.parameters.clear();
        }
        shape.returns = types.read(returns);
        Some(shape)
    }

    /// `- (Result *)name:(A *)a with:(B)b`.
    fn objective_c(&self, range: Range<usize>) -> Option<Shape> {
        let tokens = self.tokens;
        let sign = tokens.text(range.start);
        if !matches!(sign, "-" | "+") {
            let reader = Reader {
                style: Style::TypeFirst,
                this: self.this.clone(),
                ..*self
            };
            return reader.call(range);
        }
        let types = self.types(Vec::new());
        let mut shape = Shape {
            receiver: (sign == "-").then(String::new),
            ..Shape::default()
        };
        for at in tokens.top(range.clone()) {
            let Some(inside) = tokens.inside(at).filter(|_| tokens.text(at) == "(") else {
                continue;
            };
            if at == range.start + 1 {
                shape.returns = types.read(inside);
            } else if tokens.text(at - 1) == ":" {
                shape.parameters.push(types.read(inside));
            }
        }
        Some(shape)
    }
}

#[cfg(test)]
mod tests;
