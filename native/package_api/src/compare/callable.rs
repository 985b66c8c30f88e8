//! A signature taken apart into what stands before, between and behind its parentheses. Only where
//! all brackets match: what cannot be taken apart is not judged.

/// The parts of a function's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Callable<'a> {
    /// Before the name: `pub async fn`.
    pub(super) head: &'a str,
    /// Between name and parentheses: `<T: Clone>`.
    pub(super) generics: &'a str,
    /// Between the parentheses, split at the commas.
    pub(super) parameters: Vec<&'a str>,
    /// Behind the parentheses: `-> T where T: Clone`.
    pub(super) tail: &'a str,
}

/// How a language writes text and brackets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// What begins and ends a string.
    pub(super) quotes: &'static [u8],
    /// Whether `<` and `>` are brackets.
    pub(super) angles: bool,
}

impl<'a> Callable<'a> {
    /// Takes the signature of `name` apart.
    pub(super) fn parse(signature: &'a str, name: &str, style: Style) -> Option<Self> {
        let at = find_name(signature, name)?;
        let head = signature.get(..at)?.trim_end();
        let behind = signature.get(at + name.len()..)?;
        let open = parameters_at(behind, style)?;
        let generics = behind.get(..open)?.trim();
        let rest = behind.get(open..)?;
        let close = closing(rest, style)?;
        Some(Self {
            head,
            generics,
            parameters: split(rest.get(1..close)?, style)?,
            tail: rest.get(close + 1..)?.trim(),
        })
    }
}

/// Where `name` stands as a word before something that may hold parameters.
fn find_name(signature: &str, name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let found = signature.match_indices(name).find(|(at, _)| {
        let before = signature.get(..*at).and_then(|s| s.chars().next_back());
        let behind = signature.get(at + name.len()..).unwrap_or_default();
        let next = behind.trim_start().chars().next();
        let whole = !before.is_some_and(word) && !behind.starts_with(word);
        whole && matches!(next, Some('(' | '<' | '[' | '=' | '?'))
    });
    found.map(|(at, _)| at)
}

/// Where the parentheses open, type parameters and the `=` of an arrow function passed over.
fn parameters_at(behind: &str, style: Style) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = behind.get(at..)?;
        let trimmed = rest.trim_start();
        at += rest.len() - trimmed.len();
        match trimmed.as_bytes().first()? {
            b'(' => return Some(at),
            b'<' if style.angles => at += closing(trimmed, style)? + 1,
            b'[' => at += closing(trimmed, style)? + 1,
            b'=' | b'?' => at += 1,
            b'a' if trimmed.starts_with("async") => at += "async".len(),
            _ => return None,
        }
    }
}

/// What a scan knows of a place: how many brackets are open there.
struct Scan {
    style: Style,
    /// What closes the brackets that are open.
    open: Vec<u8>,
    quote: Option<u8>,
    escaped: bool,
    before: u8,
}

enum Place {
    /// In a string.
    Text,
    /// At this depth, after the byte.
    Depth(usize),
    /// A bracket closes that was never opened.
    Broken,
}

impl Scan {
    const fn new(style: Style) -> Self {
        Self {
            style,
            open: Vec::new(),
            quote: None,
            escaped: false,
            before: 0,
        }
    }

    fn step(&mut self, byte: u8) -> Place {
        let before = std::mem::replace(&mut self.before, byte);
        if let Some(quote) = self.quote {
            if self.escaped {
                self.escaped = false;
            } else if byte == b'\\' {
                self.escaped = true;
            } else if byte == quote {
                self.quote = None;
            }
            return Place::Text;
        }
        // `->` and `=>` close nothing.
        let arrow = matches!(before, b'-' | b'=');
        match byte {
            b'(' => self.open.push(b')'),
            b'[' => self.open.push(b']'),
            b'{' => self.open.push(b'}'),
            b'<' if self.style.angles => self.open.push(b'>'),
            b')' | b']' | b'}' => return self.close(byte),
            b'>' if self.style.angles && !arrow => return self.close(byte),
            _ if self.style.quotes.contains(&byte) => {
                self.quote = Some(byte);
                return Place::Text;
            }
            _ => {}
        }
        Place::Depth(self.open.len())
    }

    fn close(&mut self, byte: u8) -> Place {
        if self.open.pop() == Some(byte) {
            Place::Depth(self.open.len())
        } else {
            Place::Broken
        }
    }
}

/// Where the bracket that `text` begins with is closed.
fn closing(text: &str, style: Style) -> Option<usize> {
    let mut scan = Scan::new(style);
    for (at, byte) in text.bytes().enumerate() {
        match scan.step(byte) {
            Place::Depth(0) => return Some(at),
            Place::Depth(_) | Place::Text => {}
            Place::Broken => return None,
        }
    }
    None
}

/// The parts between commas outside of brackets, without an empty last one.
pub(super) fn split(text: &str, style: Style) -> Option<Vec<&str>> {
    let mut parts = parts(text, b',', style)?;
    if parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    Some(parts)
}

/// The parts between `separator`s outside of brackets and strings, trimmed.
pub(super) fn parts(text: &str, separator: u8, style: Style) -> Option<Vec<&str>> {
    let mut scan = Scan::new(style);
    let mut out = Vec::new();
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        match scan.step(byte) {
            Place::Depth(0) if byte == separator => {
                out.push(text.get(from..at)?.trim());
                from = at + 1;
            }
            Place::Depth(_) | Place::Text => {}
            Place::Broken => return None,
        }
    }
    let whole = scan.open.is_empty() && scan.quote.is_none();
    out.push(text.get(from..)?.trim());
    whole.then_some(out)
}

/// What stands before and behind the first `mark` outside of brackets and strings; a mark doubled
/// (`::`, `==`) or an arrow (`=>`) is none.
pub(super) fn cut(text: &str, mark: u8, style: Style) -> (&str, Option<&str>) {
    let mut scan = Scan::new(style);
    let bytes = text.as_bytes();
    for (at, byte) in text.bytes().enumerate() {
        let Place::Depth(0) = scan.step(byte) else {
            continue;
        };
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        let last = at.checked_sub(1).and_then(|at| bytes.get(at).copied());
        let other = next == mark || last == Some(mark) || (mark == b'=' && next == b'>');
        if byte == mark && !other {
            let behind = text.get(at + 1..).map(str::trim);
            return (text.get(..at).unwrap_or(text).trim(), behind);
        }
    }
    (text.trim(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: Style = Style {
        quotes: b"\"",
        angles: true,
    };
    const SCRIPT: Style = Style {
        quotes: b"\"'`",
        angles: true,
    };

    #[test]
    fn signatures_come_apart() {
        let text = "pub async fn run<F: Fn(u8) -> Vec<u8>>(f: F, (a, b): (u8, u8),) -> Result<(), E> where F: Send";
        let parts = Callable::parse(text, "run", RUST).unwrap();
        assert_eq!(parts.head, "pub async fn");
        assert_eq!(parts.generics, "<F: Fn(u8) -> Vec<u8>>");
        assert_eq!(parts.parameters, ["f: F", "(a, b): (u8, u8)"]);
        assert_eq!(parts.tail, "-> Result<(), E> where F: Send");
        let text = "export const arrow = async <T>(a: T, b = \"x, )\"): Promise<T>";
        let parts = Callable::parse(text, "arrow", SCRIPT).unwrap();
        assert_eq!(parts.parameters, ["a: T", "b = \"x, )\""]);
        assert!(
            Callable::parse("fn f()", "f", RUST)
                .unwrap()
                .parameters
                .is_empty()
        );
    }

    #[test]
    fn what_does_not_match_is_not_taken_apart() {
        for text in [
            "fn f(",
            "fn f(a: (u8)",
            "fn f(a]) ",
            "fn g()",
            "const f: u8",
            "",
        ] {
            assert_eq!(Callable::parse(text, "f", RUST), None, "{text}");
        }
        assert_eq!(Callable::parse("x", "", RUST), None);
    }

    #[test]
    fn a_mark_is_found_outside_of_brackets() {
        assert_eq!(
            cut("a: std::vec::Vec<T>", b':', RUST),
            ("a", Some("std::vec::Vec<T>"))
        );
        assert_eq!(cut("std::io::Error", b':', RUST), ("std::io::Error", None));
        assert_eq!(
            cut("f: (a) => void = g", b'=', SCRIPT),
            ("f: (a) => void", Some("g"))
        );
    }
}
