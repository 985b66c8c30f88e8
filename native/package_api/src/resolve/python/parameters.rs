//! The parameters of a signature.

/// Parameters of one function.
const MAX_PARAMETERS: usize = 1000;

/// `def name(` · the parameters · `) -> …`.
pub(super) fn split(signature: &str) -> Option<(&str, Vec<&str>, &str)> {
    let open = signature.find('(')? + 1;
    let mut depth = 0usize;
    let mut quote = None;
    let mut escaped = false;
    let mut from = open;
    let mut parameters = Vec::new();
    for (at, byte) in signature.bytes().enumerate().skip(open) {
        if let Some(mark) = quote {
            if byte == mark && !escaped {
                quote = None;
            }
            escaped = byte == b'\\' && !escaped;
            continue;
        }
        match byte {
            b'"' | b'\'' => quote = Some(byte),
            b'(' | b'[' | b'{' => depth += 1,
            b')' if depth == 0 => {
                let last = signature.get(from..at)?.trim();
                if !last.is_empty() {
                    parameters.push(last);
                }
                return Some((signature.get(..open)?, parameters, signature.get(at..)?));
            }
            b')' | b']' | b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                parameters.push(signature.get(from..at)?.trim());
                from = at + 1;
                if parameters.len() > MAX_PARAMETERS {
                    return None;
                }
            }
            _ => {}
        }
    }
    None
}

/// The name a parameter begins with, stars excluded.
pub(super) fn name(parameter: &str) -> &str {
    let plain = parameter.trim_start_matches('*');
    let end = plain.find([':', '=', ' ']).unwrap_or(plain.len());
    plain.get(..end).unwrap_or(plain)
}

/// A stub's signature with the default values of its source where it says `...` only.
pub(super) fn with_defaults(stub: &str, source: &str) -> String {
    let (Some((head, of_stub, tail)), Some((_, of_source, _))) = (split(stub), split(source))
    else {
        return stub.to_owned();
    };
    let default = |wanted: &str| {
        let parameter = of_source
            .iter()
            .find(|parameter| name(parameter) == wanted)?;
        let (_, value) = parameter.rsplit_once('=')?;
        Some(value.trim())
    };
    let filled = of_stub.into_iter().map(|parameter| {
        let told = parameter.strip_suffix("...");
        match told.filter(|told| told.trim_end().ends_with('=')) {
            Some(told) => match default(name(parameter)) {
                Some(value) => format!("{told}{value}"),
                None => parameter.to_owned(),
            },
            None => parameter.to_owned(),
        }
    });
    let filled: Vec<String> = filled.collect();
    format!("{head}{}{tail}", filled.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_end_at_commas_outside_of_brackets_and_strings() {
        let (head, all, tail) =
            split("def f(self, a: dict[str, int] = {1: (2, 3)}, b=',)\\'', *c) -> x")
                .unwrap_or_default();
        assert_eq!((head, tail), ("def f(", ") -> x"));
        assert_eq!(
            all,
            ["self", "a: dict[str, int] = {1: (2, 3)}", "b=',)\\''", "*c"]
        );
        assert_eq!(
            all.iter().map(|one| name(one)).collect::<Vec<_>>(),
            ["self", "a", "b", "c"]
        );
        assert!(split("x: int").is_none() && split("def f(a").is_none());
        assert_eq!(split("def f()").map(|(_, all, _)| all.len()), Some(0));
    }

    #[test]
    fn stubs_get_the_defaults_of_their_sources() {
        assert_eq!(
            with_defaults(
                "def f(a: int = ..., b: str=..., c: int = ...) -> None",
                "def f(a=1, b='x')"
            ),
            "def f(a: int = 1, b: str='x', c: int = ...) -> None"
        );
    }
}
