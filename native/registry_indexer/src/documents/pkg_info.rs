use registry_types::DocumentFormat;

/// The description in a Python package's `PKG-INFO` or `METADATA`: the body that follows the
/// headers, or the folded `Description` header of metadata 1.
pub(super) fn description(text: &str) -> Option<(String, DocumentFormat)> {
    let normal = text.replace("\r\n", "\n");
    let (headers, body) = normal.split_once("\n\n").unwrap_or((&normal, ""));
    let format = header(headers, "description-content-type")
        .map_or(DocumentFormat::Rst, |value| format(&value));
    let body = if body.trim().is_empty() {
        unfold(headers)?
    } else {
        body.to_owned()
    };
    is_real(&body).then_some((body, format))
}

/// The format that a content type stands for; PyPI takes a description without one for RST.
pub(super) fn format(content_type: &str) -> DocumentFormat {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "text/markdown" => DocumentFormat::Markdown,
        "text/plain" => DocumentFormat::Plain,
        "text/html" => DocumentFormat::Html,
        _ => DocumentFormat::Rst,
    }
}

/// Old tools write `UNKNOWN` where nothing was given, npm its own sentence.
pub(super) fn is_real(text: &str) -> bool {
    !matches!(
        text.trim(),
        "" | "UNKNOWN" | "ERROR: No README data found!" | "# ERROR: No README data found!"
    )
}

fn header(headers: &str, name: &str) -> Option<String> {
    headers.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

/// Continuation lines are marked by eight blanks, or seven and a bar.
fn unfold(headers: &str) -> Option<String> {
    let mut lines = headers.lines().skip_while(|line| {
        !line
            .get(..12)
            .is_some_and(|start| start.eq_ignore_ascii_case("description:"))
    });
    let first = lines.next()?.get(12..)?.trim();
    let mut out = first.to_owned();
    for line in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        let line = line
            .strip_prefix("       |")
            .or_else(|| line.strip_prefix("        "))
            .unwrap_or(line.trim_start());
        out.push('\n');
        out.push_str(line);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_the_description() {
        let text = "Metadata-Version: 2.1\r\nName: x\r\nDescription-Content-Type: text/markdown; charset=UTF-8\r\n\r\n# X\r\n\r\nText: y\r\n";
        let (body, format) = description(text).unwrap();
        assert_eq!(body, "# X\n\nText: y\n");
        assert_eq!(format, DocumentFormat::Markdown);
    }

    #[test]
    fn old_descriptions_are_folded() {
        let text = "Metadata-Version: 1.1\nName: x\nDescription: X\n        ==\n        \n            code\nPlatform: any\n";
        let (body, format) = description(text).unwrap();
        assert_eq!(body, "X\n==\n\n    code");
        assert_eq!(format, DocumentFormat::Rst);
        let text = "Name: x\nDescription: X\n       |  y\n";
        assert_eq!(description(text).unwrap().0, "X\n  y");
    }

    #[test]
    fn unknown_is_none() {
        for text in [
            "Name: x\nDescription: UNKNOWN\n",
            "Name: x\n\nUNKNOWN\n",
            "Name: x\n\n\n",
            "",
            "Name: x",
        ] {
            assert_eq!(description(text), None, "{text:?}");
        }
    }
}
