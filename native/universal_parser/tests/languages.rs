//! The list of languages that programs without grammars go by is the one of this crate.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use registry_types::LanguageFiles;
use universal_parser::Language;

type Row = (&'static str, Vec<&'static str>, Vec<&'static str>);

/// One row for each name: two grammars can serve one language.
fn known() -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    // Data is parsed only where asked for: no program collects it.
    for language in Language::all().filter(|language| !language.is_data()) {
        let at = rows.iter().position(|row| row.0 == language.name());
        let at = at.unwrap_or_else(|| {
            rows.push((language.name(), Vec::new(), Vec::new()));
            rows.len() - 1
        });
        let (_, extensions, names) = &mut rows[at];
        add(extensions, language.extensions());
        add(names, language.file_names());
    }
    rows
}

fn add(to: &mut Vec<&'static str>, words: &[&'static str]) {
    for word in words {
        if !to.contains(word) {
            to.push(word);
        }
    }
}

#[test]
fn the_list_of_languages_is_up_to_date() {
    let known = known();
    if std::env::var_os("UPDATE_LANGUAGES").is_some() {
        write(&known);
        return;
    }
    let listed = LanguageFiles::ALL.iter();
    let listed: Vec<Row> = listed
        .map(|l| (l.name, l.extensions.to_vec(), l.file_names.to_vec()))
        // A build with fewer languages knows some of them.
        .filter(|row| cfg!(feature = "default") || known.iter().any(|k| k.0 == row.0))
        .collect();
    assert_eq!(
        listed, known,
        "registry_types/src/language.rs is behind: UPDATE_LANGUAGES=1 cargo test -p \
         universal_parser --test languages && cargo fmt -p registry_types"
    );
}

fn write(known: &[Row]) {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../registry_types/src/language.rs"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let (before, rest) = text.split_once("ALL: &'static [Self] = &[").unwrap();
    let (_, after) = rest.split_once("];\n").unwrap();
    let mut rows = String::new();
    for (name, extensions, names) in known {
        writeln!(
            rows,
            "        files({name:?}, &{extensions:?}, &{names:?}),"
        )
        .unwrap();
    }
    let text = format!("{before}ALL: &'static [Self] = &[\n{rows}    ];\n{after}");
    std::fs::write(path, text).unwrap();
}
