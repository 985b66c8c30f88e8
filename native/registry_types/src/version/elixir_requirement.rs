use super::elixir::Version;

/// A requirement as Elixir's `Version.parse_requirement/1` reads it: comparisons joined by `and`
/// and `or`, of which `and` binds tighter; a bare version means `==`; `!` means `!=`.
#[derive(Clone, Debug)]
pub(super) struct Requirement(Vec<Vec<Comparison>>);

#[derive(Clone, Debug)]
struct Comparison {
    operator: Operator,
    version: Version,
    /// Only behind `~>` may the third number be missing.
    has_patch: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterEqual,
    Less,
    LessEqual,
    Approximate,
}

enum Token<'a> {
    Operator(Operator),
    And,
    Or,
    Version(&'a str),
}

/// In the order in which Elixir's lexer tries them at every position.
const OPERATORS: [(&str, Operator); 8] = [
    (">=", Operator::GreaterEqual),
    ("<=", Operator::LessEqual),
    ("~>", Operator::Approximate),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("!", Operator::NotEqual),
];

impl Requirement {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut any = Vec::new();
        let mut all = Vec::new();
        let mut tokens = lex(text).into_iter();
        loop {
            let (operator, version) = match tokens.next()? {
                Token::Version(version) => (Operator::Equal, version),
                Token::Operator(operator) => match tokens.next()? {
                    Token::Version(version) => (operator, version),
                    _ => return None,
                },
                Token::And | Token::Or => return None,
            };
            let (version, has_patch) = Version::parse_approximate(version)?;
            if !has_patch && operator != Operator::Approximate {
                return None;
            }
            all.push(Comparison {
                operator,
                version,
                has_patch,
            });
            match tokens.next() {
                None => {
                    any.push(all);
                    return Some(Self(any));
                }
                Some(Token::And) => {}
                Some(Token::Or) => any.push(std::mem::take(&mut all)),
                Some(Token::Operator(_) | Token::Version(_)) => return None,
            }
        }
    }

    /// With `allow_pre` false, as Hex resolves, a prerelease satisfies `>`, `>=` and `~>` only when
    /// the bound is one too.
    pub(super) fn matches(&self, version: &Version, allow_pre: bool) -> bool {
        self.0
            .iter()
            .any(|all| all.iter().all(|one| one.matches(version, allow_pre)))
    }
}

impl Comparison {
    fn matches(&self, version: &Version, allow_pre: bool) -> bool {
        let bound = &self.version;
        let inside = match self.operator {
            Operator::Equal => return version == bound,
            Operator::NotEqual => return version != bound,
            Operator::Greater => version > bound,
            Operator::GreaterEqual => version >= bound,
            Operator::Less => return version < bound,
            Operator::LessEqual => return version <= bound,
            Operator::Approximate => {
                version >= bound
                    && version.major == bound.major
                    && (!self.has_patch || version.minor == bound.minor)
            }
        };
        inside && (allow_pre || bound.is_prerelease() || !version.is_prerelease())
    }
}

fn lex(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let (token, len) = if let Some((sign, operator)) =
            OPERATORS.iter().find(|(sign, _)| rest.starts_with(sign))
        {
            (Some(Token::Operator(*operator)), sign.len())
        } else if rest.starts_with(" or ") {
            (Some(Token::Or), 4)
        } else if rest.starts_with(" and ") {
            (Some(Token::And), 5)
        } else if rest.starts_with(' ') {
            (None, 1)
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        push_version(text, start, at, &mut tokens);
        tokens.extend(token);
        at += len;
        start = at;
    }
    push_version(text, start, text.len(), &mut tokens);
    tokens
}

fn push_version<'a>(text: &'a str, start: usize, end: usize, tokens: &mut Vec<Token<'a>>) {
    if let Some(version) = text.get(start..end).filter(|version| !version.is_empty()) {
        tokens.push(Token::Version(version));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(requirement: &str, version: &str, allow_pre: bool) -> bool {
        Requirement::parse(requirement)
            .unwrap()
            .matches(&Version::parse(version).unwrap(), allow_pre)
    }

    #[test]
    fn approximate() {
        assert!(matches("~> 2.1", "2.9.0", false));
        assert!(!matches("~> 2.1", "3.0.0", false));
        assert!(matches("~> 2.1.0", "2.1.9", false));
        assert!(!matches("~> 2.1.0", "2.2.0", false));
        assert!(!matches("~> 2.1", "3.0.0-rc.1", true));
        assert!(matches("~> 0.2-beta", "0.2.0-beta.1", false));
    }

    #[test]
    fn and_binds_tighter() {
        assert!(matches("1.0.0 or >= 2.0.0 and < 3.0.0", "1.0.0", false));
        assert!(matches("1.0.0 or >= 2.0.0 and < 3.0.0", "2.5.0", false));
        assert!(!matches("1.0.0 or >= 2.0.0 and < 3.0.0", "3.0.0", false));
        assert!(matches("!1.0.0", "1.0.1", false) && !matches("!= 1.0.0", "1.0.0", false));
    }

    #[test]
    fn prereleases_need_to_be_named() {
        assert!(!matches(">= 1.0.0", "2.0.0-rc.1", false));
        assert!(matches(">= 1.0.0", "2.0.0-rc.1", true));
        assert!(matches(">= 1.0.0-rc.0", "2.0.0-rc.1", false));
        assert!(matches("2.0.0-rc.1", "2.0.0-rc.1", false));
    }

    #[test]
    fn what_elixir_refuses() {
        for bad in [
            "",
            " ",
            "and",
            "~>",
            ">= 1.0",
            "1.0",
            "1.0.0 2.0.0",
            "1.0.0 or",
            " or 1.0.0",
            "~> 1",
            "~> 1.2.3.4",
            ">> 1.0.0",
            "1.0.0\tor\t2.0.0",
        ] {
            assert!(Requirement::parse(bad).is_none(), "{bad:?}");
        }
    }
}
