//! Fixed form as free form, byte for byte: comments by their first column, continuation lines by
//! their sixth.

/// The same number of bytes and of lines.
pub(super) fn to_free(source: &[u8]) -> Vec<u8> {
    let mut text = source.to_vec();
    let mut start = 0;
    // End of the last line of code.
    let mut last: Option<usize> = None;
    while start < text.len() {
        let end = memchr::memchr(b'\n', text.get(start..).unwrap_or_default())
            .map_or(text.len(), |at| start + at);
        let line = text.get_mut(start..end).unwrap_or_default();
        match line.first() {
            Some(b'C' | b'c' | b'*' | b'd' | b'D') if !is_code(line) => {
                if let Some(first) = line.first_mut() {
                    *first = b'!';
                }
            }
            Some(b'!' | b'#') | None => {}
            _ if is_continuation(line) => {
                if let Some(mark) = line.get_mut(5) {
                    *mark = b' ';
                }
                // The end of the line before becomes `&`, its newline moves into this line's margin.
                if let Some(at) = last.filter(|at| at + 1 == start) {
                    if let Some(newline) = text.get_mut(at) {
                        *newline = b'&';
                    }
                    if let Some(margin) = text.get_mut(start) {
                        *margin = b'\n';
                    }
                }
                last = Some(end);
            }
            _ => last = Some(end),
        }
        start = end + 1;
    }
    text
}

/// Free form in a file of the old name: `call f(x)` in the first column.
fn is_code(line: &[u8]) -> bool {
    let word = line
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_')
        .count();
    let word = line.get(..word).unwrap_or_default().to_ascii_lowercase();
    matches!(
        word.as_slice(),
        b"call"
            | b"character"
            | b"class"
            | b"complex"
            | b"contains"
            | b"deallocate"
            | b"do"
            | b"double"
            | b"data"
            | b"dimension"
    )
}

fn is_continuation(line: &[u8]) -> bool {
    let margin = line
        .get(..5)
        .is_some_and(|margin| margin.iter().all(|byte| *byte == b' '));
    margin
        && line
            .get(5)
            .is_some_and(|mark| !matches!(mark, b' ' | b'0' | b'\t' | b'!'))
}

#[cfg(test)]
mod tests {
    use super::to_free;

    #[test]
    fn lines_keep_their_number_and_the_text_its_length() {
        let text = b"C Old.\n      CALL F(A,\n     +  B)\n      END\n";
        let free = to_free(text);
        assert_eq!(free.len(), text.len());
        assert_eq!(
            String::from_utf8_lossy(&free),
            "! Old.\n      CALL F(A,&\n       B)\n      END\n"
        );
        assert_eq!(to_free(b"     1"), b"      ");
        assert_eq!(to_free(b"\n\n     +\n"), b"\n\n      \n");
    }
}
