//! The arguments that a sub's first statements take out of `@_`.

/// Bytes of a body that are looked at.
const MAX_HEAD: usize = 600;
/// Statements that are looked at.
const MAX_STATEMENTS: usize = 12;

/// `["$self", "$path", "%options"]` of `{ my $self = shift; my ($path, %options) = @_; … }`.
pub(super) fn unpacked(body: &[u8]) -> Vec<String> {
    let head = body.get(..body.len().min(MAX_HEAD)).unwrap_or_default();
    let head = crate::text::lossy(head);
    let head = head.trim_start_matches('{');
    let mut names = Vec::new();
    for statement in head.split(';').take(MAX_STATEMENTS) {
        let statement = without_comments(statement);
        let statement = statement.trim();
        let Some((left, right)) = statement
            .strip_prefix("my")
            .and_then(|rest| rest.split_once('='))
        else {
            break;
        };
        let (left, right) = (left.trim(), right.trim());
        if right.starts_with("shift") {
            names.push(left.to_owned());
        } else if right == "@_" {
            let list = left.trim_start_matches('(').trim_end_matches(')');
            names.extend(list.split(',').map(|name| name.trim().to_owned()));
            break;
        } else if let Some(index) = right.strip_prefix("$_[").and_then(|r| r.strip_suffix(']')) {
            if index.parse() != Ok(names.len()) {
                break;
            }
            names.push(left.to_owned());
        } else {
            break;
        }
    }
    names.retain(|name| name == "undef" || name.starts_with(['$', '@', '%']));
    names
}

fn without_comments(statement: &str) -> String {
    let lines = statement
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    lines.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::unpacked;

    #[test]
    fn shifts_and_lists() {
        let body = b"{\n  my $self = shift;\n  # more\n  my ($path, %options) = @_;\n my $x = 1; }";
        assert_eq!(unpacked(body), ["$self", "$path", "%options"]);
        assert_eq!(unpacked(b"{ my ($a) = @_; }"), ["$a"]);
        assert_eq!(unpacked(b"{ my $a = $_[0]; my $b = $_[1]; }"), ["$a", "$b"]);
        assert_eq!(unpacked(b"{ return 1 }"), Vec::<String>::new());
        assert_eq!(unpacked(b""), Vec::<String>::new());
    }
}
