//! `*.egg-info/requires.txt`: where setuptools put the requirements of an sdist before it wrote
//! them into `PKG-INFO` too.

/// The requirements as lines of `Requires-Dist`. A section `[extra:marker]` becomes the marker of
/// its lines.
pub(super) fn requirements(text: &str) -> Vec<String> {
    let mut condition = String::new();
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(section) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            condition = self::condition(section);
        } else if condition.is_empty() {
            lines.push(line.to_owned());
        } else if let Some((requirement, marker)) = line.split_once(';') {
            lines.push(format!(
                "{requirement}; ({}) and ({condition})",
                marker.trim()
            ));
        } else {
            lines.push(format!("{line} ; {condition}"));
        }
    }
    lines
}

fn condition(section: &str) -> String {
    let (extra, marker) = section.split_once(':').unwrap_or((section, ""));
    let (extra, marker) = (extra.trim(), marker.trim());
    match (extra.is_empty(), marker.is_empty()) {
        (true, _) => marker.to_owned(),
        (false, true) => format!("extra == '{extra}'"),
        (false, false) => format!("({marker}) and extra == '{extra}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_become_markers() {
        let text = "a<4,>=2\n\n# why\n[:python_version < \"3.8\"]\nb\n\n[x]\nc!=1\nd @ https://h/d.zip\n\n\
                    [y:os_name == \"nt\" or extra]\ne ; python_version > '3'\n\n[]\nf\n";
        assert_eq!(
            requirements(text),
            [
                "a<4,>=2",
                "b ; python_version < \"3.8\"",
                "c!=1 ; extra == 'x'",
                "d @ https://h/d.zip ; extra == 'x'",
                "e ; (python_version > '3') and ((os_name == \"nt\" or extra) and extra == 'y')",
                "f",
            ]
        );
        assert!(requirements("").is_empty());
    }
}
