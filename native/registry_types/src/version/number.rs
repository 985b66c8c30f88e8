/// A decimal number of any size: registries hold versions made of time stamps and worse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Number {
    Small(u64),
    /// Beyond `u64`: the count of digits decides, then the digits.
    Large(usize, Box<str>),
}

impl Number {
    /// Reads ASCII digits, leading zeros ignored.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = text.trim_start_matches('0');
        Some(match digits.parse() {
            Ok(small) => Self::Small(small),
            Err(_) if digits.is_empty() => Self::Small(0),
            Err(_) => Self::Large(digits.len(), digits.into()),
        })
    }

    pub(super) fn small(&self) -> Option<u64> {
        match self {
            Self::Small(number) => Some(*number),
            Self::Large(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn any_size_compares() {
        let texts = [
            "0",
            "9",
            "10",
            "18446744073709551615",
            "18446744073709551616",
            "99999999999999999999",
            "100000000000000000000",
        ];
        for pair in texts.windows(2) {
            assert!(Number::parse(pair[0]) < Number::parse(pair[1]), "{pair:?}");
        }
        assert_eq!(Number::parse("000"), Number::parse("0"));
        assert_eq!(Number::parse(""), None);
        assert_eq!(Number::parse("1a"), None);
    }
}
