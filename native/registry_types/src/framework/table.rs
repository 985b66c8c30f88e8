//! The table of `frameworks.txt`.

use std::sync::LazyLock;

use crate::Ecosystem;

/// One line of the table.
pub(super) struct Row {
    pub(super) ecosystem: Ecosystem,
    pub(super) name: &'static str,
    pub(super) core: Vec<&'static str>,
    pub(super) names: Vec<&'static str>,
    pub(super) keywords: Vec<&'static str>,
    pub(super) classes: Vec<&'static str>,
}

pub(super) static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    include_str!("frameworks.txt")
        .lines()
        .filter_map(row)
        .collect()
});

fn row(line: &'static str) -> Option<Row> {
    let mut words = line.split_whitespace();
    let ecosystem = words.next()?.parse().ok()?;
    let mut row = Row {
        ecosystem,
        name: words.next()?,
        core: Vec::new(),
        names: Vec::new(),
        keywords: Vec::new(),
        classes: Vec::new(),
    };
    for word in words {
        let (sign, values) = word.split_once('=')?;
        let list = match sign {
            "core" => &mut row.core,
            "name" => &mut row.names,
            "keyword" => &mut row.keywords,
            "class" => &mut row.classes,
            _ => return None,
        };
        list.extend(values.split(','));
    }
    Some(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check_name;

    #[test]
    fn every_line_of_the_table_is_read() {
        let text = include_str!("frameworks.txt");
        let written = text
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with('#'));
        assert_eq!(ROWS.len(), written.count());
        for row in ROWS.iter() {
            for core in &row.core {
                assert!(check_name(row.ecosystem, core).is_ok(), "{core}");
            }
            let signs = row.core.len() + row.names.len() + row.classes.len();
            assert!(signs > 0, "{}", row.name);
        }
    }
}
