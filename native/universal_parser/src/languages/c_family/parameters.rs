//! Parameters as types only, to find the declaration that a definition belongs to.

/// The types of the parameters in a signature, names and defaults left out; `None` when there are
/// no parentheses.
pub(super) fn types(signature: &str, name: &str) -> Option<String> {
    let at = signature.find(name)?;
    let rest = signature.get(at + name.len()..)?;
    let open = rest.find('(')?;
    let mut out = String::new();
    let (mut depth, mut angles) = (0i32, 0i32);
    let mut parameter = String::new();
    for c in rest.get(open..)?.chars() {
        match c {
            '(' => {
                depth += 1;
                if depth == 1 {
                    continue;
                }
            }
            ')' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            '<' => angles += 1,
            '>' => angles -= 1,
            ',' if depth == 1 && angles <= 0 => {
                push(&mut out, &parameter);
                parameter.clear();
                continue;
            }
            _ => {}
        }
        parameter.push(c);
    }
    push(&mut out, &parameter);
    let rest = rest.get(open..)?;
    let constant = rest
        .rfind(')')
        .and_then(|end| rest.get(end..))
        .is_some_and(|tail| tail.contains("const"));
    if constant {
        out.push_str(" const");
    }
    Some(out)
}

/// Adds one parameter without its default and its name.
fn push(out: &mut String, parameter: &str) {
    let parameter = parameter.split('=').next().unwrap_or_default().trim();
    if parameter == "void" || parameter.is_empty() {
        return;
    }
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let array = parameter.find('[').unwrap_or(parameter.len());
    let (head, tail) = parameter.split_at(array);
    let head = head.trim_end();
    let stem = head.trim_end_matches(is_word);
    let last = head.get(stem.len()..).unwrap_or_default();
    // A single word, or one after qualifiers only, is the type itself.
    let typed = stem.split(|c| !is_word(c)).any(|word| {
        !word.is_empty()
            && !matches!(
                word,
                "const"
                    | "volatile"
                    | "struct"
                    | "class"
                    | "enum"
                    | "unsigned"
                    | "signed"
                    | "typename"
            )
    });
    let base = matches!(
        last,
        "int" | "char" | "long" | "short" | "double" | "float" | "bool"
    );
    let kept = if typed && !base && !stem.ends_with("::") {
        stem
    } else {
        head
    };
    out.extend(kept.chars().filter(|c| !c.is_whitespace()));
    if !tail.is_empty() {
        out.push('*');
    }
    out.push(',');
}

#[cfg(test)]
mod tests {
    use super::types;

    #[test]
    fn names_and_defaults_do_not_count() {
        let same = |a: &str, b: &str| assert_eq!(types(a, "f"), types(b, "f"), "{a} {b}");
        same(
            "int f(int a, const char *b = 0)",
            "int f(int, const char* name)",
        );
        same("void f(void)", "void A::f()");
        same("void f(std::map<int, int> m)", "void f(std::map<int,int>)");
        same("void f(char x[3])", "void f(char *x)");
        assert_ne!(types("void f(int a)", "f"), types("void f(long a)", "f"));
        assert_ne!(types("void f() const", "f"), types("void f()", "f"));
        assert_eq!(types("int f", "f"), None);
    }
}
