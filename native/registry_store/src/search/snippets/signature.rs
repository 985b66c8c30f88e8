//! The signature in a query: `fn(&str) -> Result`, `(str, int) -> bool`, `String.t() :: {:ok, _}`,
//! `&mut Vec<T>`. It is told from words by its form.

use std::ops::Range;

use crate::text::signature::{
    Arguments, MOST_PARAMETERS, Reader, Shape, Style, Tokens, Type, Types, What, family,
    is_modifier,
};

/// The types that a query asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// What is taken and returned.
    pub(crate) shape: Shape,
    /// Whether the number of parameters was written.
    pub(crate) counted: bool,
    /// Types of which only is known that they are taken or returned.
    pub(crate) somewhere: Vec<Type>,
    /// The languages that write signatures so; empty where many do.
    pub(crate) languages: &'static [&'static str],
}

/// A query text parted into a signature and words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parted {
    pub(crate) asked: Option<Asked>,
    /// The text with the signature blanked out, so that places stay true.
    pub(crate) rest: String,
    /// The name in the signature: `parse` of `fn parse(&str)`.
    pub(crate) name: Option<String>,
}

const RUST: &[&str] = &["rust"];
const TYPESCRIPT: &[&str] = &["typescript", "tsx", "javascript"];
const ELIXIR: &[&str] = &["elixir", "erlang"];
const GO: &[&str] = &["go"];

/// Words that begin the signature of a function, with the languages that use them.
const KEYWORDS: [(&str, &[&str]); 6] = [
    ("fn", RUST),
    ("func", &["go", "swift"]),
    ("fun", &["kotlin", "erlang"]),
    ("function", TYPESCRIPT),
    ("def", &["python", "ruby", "scala", "elixir"]),
    ("val", &["ocaml"]),
];

/// Names that stand for any.
const PLACEHOLDERS: [&str; 5] = ["f", "g", "foo", "_", "func"];

/// Looks for a signature in a query; `fields` are the names before colons that are none of it.
pub(crate) fn part(text: &str, fields: &[&str]) -> Parted {
    let tokens = Tokens::read(text);
    let plain = |rest: &str| Parted {
        rest: rest.to_owned(),
        ..Parted::default()
    };
    for range in free(&tokens, fields) {
        let finder = Finder {
            tokens: &tokens,
            range,
        };
        let Some(found) = finder.find() else {
            continue;
        };
        if found.asked == Asked::default() {
            return plain(text);
        }
        let at = |n: usize| tokens.get(n).map_or(text.len(), |token| token.at);
        let last = found.range.end.saturating_sub(1);
        let end = tokens
            .get(last)
            .map_or(text.len(), |token| token.at + token.text.len());
        let mut rest = String::with_capacity(text.len());
        rest.push_str(text.get(..at(found.range.start)).unwrap_or_default());
        rest.extend(std::iter::repeat_n(' ', end - at(found.range.start)));
        rest.push_str(text.get(end..).unwrap_or_default());
        let name = found.name.map(|at| tokens.text(at));
        return Parted {
            asked: Some(found.asked),
            rest,
            name: name
                .filter(|name| !PLACEHOLDERS.contains(name) && name.len() > 1)
                .map(str::to_owned),
        };
    }
    plain(text)
}

/// The runs of tokens between phrases, fields and what is left out.
fn free(tokens: &Tokens<'_>, fields: &[&str]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let end = tokens.all().end;
    while at < end {
        let text = tokens.text(at);
        let apart = at == 0 || tokens.spaced(at);
        let next_joined = at + 1 < end && !tokens.spaced(at + 1);
        let field = apart
            && next_joined
            && tokens.text(at + 1) == ":"
            && at + 2 < end
            && !tokens.spaced(at + 2)
            && fields.iter().any(|field| field.eq_ignore_ascii_case(text));
        let negation = apart
            && next_joined
            && text == "-"
            && (tokens.is_word(at + 1) || tokens.is(at + 1, What::Literal));
        let phrase = apart && tokens.is(at, What::Literal) && text.starts_with('"');
        if !(field || negation || phrase) {
            at = tokens.after(at);
            continue;
        }
        runs.push(start..at);
        at += 1;
        while at < end && !tokens.spaced(at) && !phrase {
            at += 1;
        }
        start = at;
    }
    runs.push(start..end);
    runs.retain(|run| !run.is_empty());
    runs
}

/// A signature found: where it stands, what it asks for, where its name is.
struct Found {
    range: Range<usize>,
    asked: Asked,
    name: Option<usize>,
}

struct Finder<'a> {
    tokens: &'a Tokens<'a>,
    range: Range<usize>,
}

impl<'a> Finder<'a> {
    fn find(&self) -> Option<Found> {
        self.keyword()
            .or_else(|| self.marked())
            .or_else(|| self.list())
            .or_else(|| self.alone())
    }

    fn top(&self) -> impl Iterator<Item = usize> {
        self.tokens.top(self.range.clone())
    }

    fn types(&self, arguments: Arguments) -> Types<'a> {
        Types {
            tokens: self.tokens,
            arguments,
            parameters: Vec::new(),
            atoms: false,
            this: String::new(),
        }
    }

    /// `fn name(…) -> T`, `func(string) error`, `def f(x: str) -> dict`.
    fn keyword(&self) -> Option<Found> {
        let tokens = self.tokens;
        for at in self.top() {
            let known = KEYWORDS.iter().find(|(word, _)| *word == tokens.text(at));
            let Some((word, languages)) = known else {
                continue;
            };
            let mut list = at + 1;
            let mut name = None;
            // Go's receivers are not read: `func (s *T) Name(…)`.
            if tokens.is_word(list) {
                name = Some(list);
                list += 1;
            }
            if matches!(tokens.text(list), "<" | "[") {
                list = tokens.after(list);
            }
            let Some(inside) = tokens.inside(list).filter(|_| tokens.text(list) == "(") else {
                continue;
            };
            if list >= self.range.end {
                return None;
            }
            let mut found = self.with_list(list, inside);
            if *word == "func" && found.asked.shape.returns.is_empty() {
                found = self.go(list, found);
            }
            found.range.start = self.modifiers_before(at);
            found.name = name;
            found.asked.languages = languages;
            return Some(found);
        }
        None
    }

    /// `func(string) (int, error)`: the result has no mark.
    fn go(&self, list: usize, found: Found) -> Found {
        let tokens = self.tokens;
        let start = tokens.after(list);
        let end = self.consume(start);
        if end <= start || end > self.range.end {
            return found;
        }
        let range = start - 1..end;
        let reader = Reader {
            tokens,
            style: Style::Go,
            method: false,
            this: String::new(),
        };
        let whole = reader.read(list - 1..end).unwrap_or_default();
        let mut asked = found.asked;
        asked.shape = whole;
        asked.languages = GO;
        Found {
            range: found.range.start..range.end,
            asked,
            name: found.name,
        }
    }

    /// `pub async fn`: where such words begin.
    fn modifiers_before(&self, at: usize) -> usize {
        let mut start = at;
        while start > self.range.start
            && matches!(
                self.tokens.text(start - 1),
                "pub" | "async" | "export" | "unsafe" | "const" | "public" | "static" | "default"
            )
        {
            start -= 1;
        }
        start
    }

    /// What an arrow or a `::` marks as a signature.
    fn marked(&self) -> Option<Found> {
        let tokens = self.tokens;
        let mark = self.top().find(|at| match tokens.text(*at) {
            "->" | "=>" => true,
            "::" => tokens.spaced(*at) && tokens.spaced(at + 1),
            ":" => {
                let list = self.top().find(|before| tokens.after(*before) == *at);
                tokens.spaced(at + 1) && list.is_some_and(|list| tokens.text(list) == "(")
            }
            _ => false,
        })?;
        let before = self.top().take_while(|at| *at < mark).last();
        let sign = tokens.text(mark);
        let list = before.filter(|at| tokens.text(*at) == "(");
        if let Some(list) = list
            && let Some(inside) = tokens.inside(list)
            && !self.is_call_of_type(list, inside.clone())
        {
            let mut found = self.with_list(list, inside);
            let attached = list > self.range.start && !tokens.spaced(list);
            if attached && tokens.is_word(list - 1) {
                let start = self.path_start(list - 1);
                found.name = Some(list - 1);
                found.range.start = start;
            }
            found.asked.languages = match sign {
                "::" => ELIXIR,
                "=>" | ":" => TYPESCRIPT,
                _ => &[],
            };
            return Some(found);
        }
        if sign == "::" && before.is_some_and(|at| tokens.is_word(at)) && !self.is_type(mark) {
            // `lookup :: k -> Map k v -> Maybe v`.
            let start = before.map_or(mark, |at| self.path_start(at));
            let end = self.consume_all(mark + 1);
            let reader = Reader {
                tokens,
                style: Style::Arrows {
                    arguments: Arguments::After,
                },
                method: false,
                this: String::new(),
            };
            let shape = reader.read(start..end)?;
            return Some(Found {
                range: start..end,
                asked: Asked {
                    counted: true,
                    shape,
                    ..Asked::default()
                },
                name: before,
            });
        }
        Some(self.arrows(mark))
    }

    /// `String.t()`: a list in parentheses that belongs to a type.
    fn is_call_of_type(&self, list: usize, inside: Range<usize>) -> bool {
        let typed = |at: usize| self.tokens.text(at) == "t" && self.tokens.text(at - 1) == ".";
        inside.is_empty() && list >= 2 && typed(list - 1)
    }

    /// Whether the tokens before `mark` end in a type rather than in a name.
    fn is_type(&self, mark: usize) -> bool {
        let last = self.tokens.text(mark - 1);
        last.starts_with(char::is_uppercase) || last == "t"
    }

    /// `A -> B -> C`, `-> C`, `A :: C`, where the types stand by themselves.
    fn arrows(&self, mark: usize) -> Found {
        let tokens = self.tokens;
        let start = self.type_before(mark);
        let end = self.consume_all(mark + 1);
        let variables = tokens
            .top(start..end)
            .any(|at| tokens.is_word(at) && tokens.text(at).len() == 1);
        let types = self.types(if variables {
            Arguments::After
        } else {
            Arguments::Bracketed
        });
        let sign = tokens.text(mark);
        let mut parts = Vec::new();
        let mut from = start;
        for at in tokens.top(start..end) {
            if tokens.text(at) == sign || matches!(tokens.text(at), "->" | "=>") {
                parts.push(from..at);
                from = at + 1;
            }
        }
        let returns = types.read(from..end);
        let parameters: Vec<Vec<Type>> = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .take(MOST_PARAMETERS)
            .map(|part| types.read(part))
            .collect();
        Found {
            range: start..end,
            asked: Asked {
                counted: !parameters.is_empty(),
                shape: Shape {
                    receiver: None,
                    parameters,
                    returns,
                    optional: 0,
                },
                languages: if sign == "::" { ELIXIR } else { &[] },
                somewhere: Vec::new(),
            },
            name: None,
        }
    }

    /// `(str, int)`, `open(&Path)`: a list that can hold nothing but types.
    fn list(&self) -> Option<Found> {
        let tokens = self.tokens;
        let list = self.top().find(|at| {
            let inside = tokens.inside(*at).filter(|_| tokens.text(*at) == "(");
            inside.is_some_and(|inside| {
                let several = tokens.split(inside.clone(), ",").len() > 1;
                several
                    || tokens
                        .find(inside, &["&", "<", "[", ":", "::", "*"])
                        .is_some()
            })
        })?;
        let mut found = self.with_list(list, tokens.inside(list)?);
        if list > self.range.start && !tokens.spaced(list) && tokens.is_word(list - 1) {
            found.name = Some(list - 1);
            found.range.start = self.path_start(list - 1);
        }
        Some(found)
    }

    /// A type by itself: `&mut Vec<T>`, `Result<Url, _>`, `[]byte`.
    fn alone(&self) -> Option<Found> {
        let tokens = self.tokens;
        let at = self.top().find(|at| {
            let group = tokens.inside(*at);
            let attached = *at > self.range.start && !tokens.spaced(*at) && tokens.is_word(at - 1);
            match tokens.text(*at) {
                "&" => tokens.is_word(at + 1) || matches!(tokens.text(at + 1), "[" | "'a"),
                "<" => attached && group.is_some_and(|inside| !inside.is_empty()),
                "[" => group.is_some_and(|inside| {
                    attached && !inside.is_empty() || tokens.is_word(inside.end + 1)
                }),
                _ => false,
            }
        })?;
        let start = match tokens.text(at) {
            "<" | "[" if at > self.range.start && !tokens.spaced(at) => self.path_start(at - 1),
            _ => at,
        };
        let start = self.references_before(start);
        let end = self.consume(start);
        let somewhere = self.types(Arguments::Bracketed).read(start..end);
        let rust = tokens.text(start) == "&";
        Some(Found {
            range: start..end,
            asked: Asked {
                somewhere,
                languages: if rust { RUST } else { &[] },
                ..Asked::default()
            },
            name: None,
        })
    }

    /// The signature with this list of parameters.
    fn with_list(&self, list: usize, inside: Range<usize>) -> Found {
        let tokens = self.tokens;
        let mut end = tokens.after(list);
        if matches!(tokens.text(end), "->" | "=>" | "::" | ":") && end < self.range.end {
            let taken = self.consume_all(end + 1);
            end = if taken > end + 1 { taken } else { end };
        }
        let reader = Reader {
            tokens,
            style: Style::Bare,
            method: false,
            this: String::new(),
        };
        let shape = reader.read(list..end).unwrap_or_default();
        let typed = tokens.find(inside, &[":"]).is_some();
        Found {
            range: list..end,
            asked: Asked {
                shape,
                counted: true,
                languages: if typed { PYTHON_OR_TYPESCRIPT } else { &[] },
                somewhere: Vec::new(),
            },
            name: None,
        }
    }

    /// The first token of the path that ends in the word at `last`.
    fn path_start(&self, last: usize) -> usize {
        let mut start = last;
        while start >= self.range.start + 2
            && !self.tokens.spaced(start)
            && matches!(self.tokens.text(start - 1), "." | "::" | ":")
            && self.tokens.is_word(start - 2)
        {
            start -= 2;
        }
        start
    }

    /// The first of the references and the words like them before a type.
    fn references_before(&self, at: usize) -> usize {
        let mut start = at;
        while start > self.range.start {
            let text = self.tokens.text(start - 1);
            let held = matches!(text, "&" | "*" | "mut" | "dyn" | "impl")
                || self.tokens.is(start - 1, What::Variable);
            if !held {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The longest type that ends right before `mark`.
    fn type_before(&self, mark: usize) -> usize {
        let starts = self.top().take_while(|at| *at < mark);
        let mut starts = starts.filter(|at| self.consume(*at) == mark);
        let start = starts.next().unwrap_or(mark);
        // `timeout -> Future` is a word before a type.
        let word = self.tokens.text(start);
        let plain = start + 1 == mark
            && self.tokens.is_word(start)
            && word.len() > 1
            && !word.starts_with(char::is_uppercase)
            && family(word).is_none();
        if plain { mark } else { start }
    }

    /// Types joined by arrows.
    fn consume_all(&self, at: usize) -> usize {
        let mut end = self.consume(at);
        while matches!(self.tokens.text(end), "->" | "=>") && end < self.range.end {
            end = self.consume(end + 1);
        }
        end.min(self.range.end)
    }

    /// The end of the type that begins at `at`; `at` itself where none does.
    fn consume(&self, at: usize) -> usize {
        let tokens = self.tokens;
        let limit = self.range.end;
        let mut at = at;
        loop {
            while at < limit && self.is_prefix(at) {
                at += 1;
            }
            let head = at;
            if at >= limit {
                return limit;
            }
            if tokens.inside(at).is_some() {
                let empty = tokens.inside(at).is_some_and(|inside| inside.is_empty());
                at = tokens.after(at);
                // `[]byte`.
                if tokens.text(head) == "[" && empty && at < limit && !tokens.spaced(at) {
                    continue;
                }
            } else if tokens.is_word(at) || tokens.is(at, What::Literal) {
                at += 1;
                while at + 1 < limit
                    && !tokens.spaced(at)
                    && matches!(tokens.text(at), "." | "::")
                    && tokens.is_word(at + 1)
                {
                    at += 2;
                }
                while at < limit && !tokens.spaced(at) && tokens.inside(at).is_some() {
                    at = tokens.after(at);
                }
            } else {
                return at;
            }
            while at < limit && !tokens.spaced(at) && matches!(tokens.text(at), "?" | "!" | "*") {
                at += 1;
            }
            // Arguments of Haskell's types: `Map k v`.
            if tokens.text(head).starts_with(char::is_uppercase) {
                while at < limit && tokens.is_word(at) && tokens.text(at).len() == 1 {
                    at += 1;
                }
            }
            if at >= limit || !matches!(tokens.text(at), "|" | "+") {
                return at.min(limit);
            }
            at += 1;
        }
    }

    /// Whether a token stands before a type and says how it is held.
    fn is_prefix(&self, at: usize) -> bool {
        let text = self.tokens.text(at);
        match self.tokens.get(at).map(|token| token.what) {
            Some(What::Word) => {
                is_modifier(text) && self.tokens.is_word(at + 1) && self.tokens.spaced(at + 1)
            }
            Some(What::Variable) => true,
            _ => matches!(text, "&" | "&&" | "*" | "?" | "!" | "%" | "..." | ":"),
        }
    }
}

const PYTHON_OR_TYPESCRIPT: &[&str] = &[
    "python",
    "typescript",
    "tsx",
    "javascript",
    "kotlin",
    "swift",
];
