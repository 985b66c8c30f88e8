//! Two releases in, one difference out.

use package_api::{Releases, compare};
use registry_types::{
    ApiAspect, ApiChange, ApiDiff, Ecosystem, Impact, Snippet, SnippetKind, VersionStep, Visibility,
};

use SnippetKind as K;

fn item(language: &str, kind: SnippetKind, path: &str, signature: &str) -> Snippet {
    Snippet {
        language: language.into(),
        kind,
        name: path.rsplit([':', '.']).next().unwrap_or(path).into(),
        qualified_name: path.into(),
        signature: signature.into(),
        doc: None,
        visibility: Visibility::Public,
        aliases: Vec::new(),
        condition: None,
        deprecated: false,
        open: false,
        path: "src/lib.rs".into(),
        start_line: 1,
        end_line: 1,
        source: format!("{signature};"),
    }
}

fn rust(kind: SnippetKind, path: &str, signature: &str) -> Snippet {
    item("rust", kind, path, signature)
}

fn internal(mut snippet: Snippet) -> Snippet {
    snippet.visibility = Visibility::Internal;
    snippet
}

fn diff(before: &[Snippet], after: &[Snippet]) -> ApiDiff {
    compare(&Releases {
        ecosystem: Ecosystem::Cargo,
        package: "a",
        from: "1.0.0",
        to: "1.1.0",
        before,
        after,
    })
}

fn told(changes: &[ApiChange]) -> Vec<(&str, Impact)> {
    changes
        .iter()
        .map(|change| (change.qualified_name.as_str(), change.impact))
        .collect()
}

#[test]
fn the_same_is_no_difference() {
    let all = [
        rust(K::Struct, "a::S", "pub struct S"),
        rust(K::Method, "a::S::new", "pub fn new() -> Self"),
        rust(K::Method, "a::S::new", "pub fn new() -> Self"),
    ];
    let mut spaced = all.clone();
    spaced[1].signature = "pub fn new()  ->  Self".into();
    spaced[0].start_line = 9;
    let diff = diff(&all, &spaced);
    assert_eq!(diff.changes().count(), 0);
    assert_eq!(diff.verdict.impact, None);
    assert_eq!(diff.verdict.allowed, Some(true));
}

#[test]
fn added_removed_and_changed() {
    let before = [
        rust(K::Function, "a::gone", "pub fn gone()"),
        rust(K::Function, "a::hidden", "pub fn hidden()"),
        rust(K::Function, "a::more", "pub fn more(x: u8)"),
        rust(K::Struct, "a::Shape", "pub struct Shape"),
    ];
    let mut deprecated = rust(K::Struct, "a::Shape", "pub struct Shape");
    deprecated.deprecated = true;
    deprecated.condition = Some("feature = \"shape\"".into());
    let after = [
        internal(rust(K::Function, "a::hidden", "pub fn hidden()")),
        rust(K::Function, "a::more", "pub fn more(x: u8, y: u8)"),
        rust(K::Function, "a::new", "pub fn new()"),
        deprecated,
    ];
    let diff = diff(&before, &after);
    assert_eq!(told(&diff.added), [("a::new", Impact::Compatible)]);
    assert_eq!(
        told(&diff.removed),
        [
            ("a::gone", Impact::Breaking),
            ("a::hidden", Impact::Breaking)
        ]
    );
    assert_eq!(diff.removed[1].reason, "no longer public");
    assert_eq!(
        told(&diff.changed),
        [
            ("a::Shape", Impact::PossiblyBreaking),
            ("a::more", Impact::Breaking)
        ]
    );
    assert_eq!(
        diff.changed[0].what,
        [ApiAspect::Condition, ApiAspect::Deprecated]
    );
    let state = diff.changed[1].after.as_ref().unwrap();
    assert_eq!(state.signature, "pub fn more(x: u8, y: u8)");
    assert_eq!(diff.verdict.expected, VersionStep::Major);
    assert_eq!(diff.verdict.step, Some(VersionStep::Minor));
    assert_eq!(diff.verdict.allowed, Some(false));
}

#[test]
fn kinds_change() {
    let before = [rust(K::Struct, "a::T", "pub struct T")];
    let after = [rust(K::Enum, "a::T", "pub enum T")];
    let diff = diff(&before, &after);
    assert_eq!(told(&diff.changed), [("a::T", Impact::Breaking)]);
    assert_eq!(
        diff.changed[0].what,
        [ApiAspect::Kind, ApiAspect::Signature]
    );
}

#[test]
fn what_moved_is_neither_removed_nor_added() {
    let before = [
        rust(K::Struct, "a::old::S", "pub struct S"),
        rust(K::Method, "a::old::S::new", "pub fn new() -> Self"),
        rust(K::Function, "a::old::f", "pub fn f()"),
        rust(K::Method, "a::T::same", "pub fn same()"),
    ];
    let after = [
        rust(K::Struct, "a::fresh::S", "pub struct S"),
        rust(K::Method, "a::fresh::S::new", "pub fn new() -> Self"),
        rust(K::Method, "a::Other::new", "pub fn new() -> Self"),
        rust(K::Function, "a::fresh::f", "pub fn f()"),
        rust(K::Method, "a::U::same", "pub fn same()"),
    ];
    let diff = diff(&before, &after);
    let moves: Vec<(&str, &str)> = diff
        .moved
        .iter()
        .map(|change| {
            let from = change.before.as_ref().unwrap();
            (from.qualified_name.as_str(), change.qualified_name.as_str())
        })
        .collect();
    assert_eq!(
        moves,
        [
            ("a::old::S", "a::fresh::S"),
            ("a::old::S::new", "a::fresh::S::new"),
            ("a::old::f", "a::fresh::f"),
        ]
    );
    assert_eq!(told(&diff.added).len(), 2, "a method is no other type's");
    assert_eq!(told(&diff.removed), [("a::T::same", Impact::Breaking)]);
}

#[test]
fn two_of_a_name_are_not_guessed_at() {
    let before = [
        rust(K::Function, "a::x::f", "pub fn f()"),
        rust(K::Function, "a::y::f", "pub fn f()"),
    ];
    let after = [rust(K::Function, "a::z::f", "pub fn f()")];
    let diff = diff(&before, &after);
    assert!(diff.moved.is_empty());
    assert_eq!((diff.added.len(), diff.removed.len()), (1, 2));
}

#[test]
fn another_path_to_the_same_is_no_removal() {
    let before = [rust(K::Struct, "a::deep::S", "pub struct S")];
    let mut after = [rust(K::Struct, "a::S", "pub struct S")];
    after[0].aliases = vec!["a::deep::S".into()];
    let forth = diff(&before, &after);
    assert_eq!(told(&forth.changed), [("a::S", Impact::Compatible)]);
    assert_eq!(forth.changed[0].what, [ApiAspect::Paths]);
    assert_eq!(forth.changed[0].reason, "also at a::S");
    let back = diff(&after, &before);
    assert_eq!(told(&back.changed), [("a::deep::S", Impact::Breaking)]);
    assert_eq!(back.changed[0].reason, "no longer at a::S");
}

#[test]
fn members_of_what_was_there() {
    let mut open = rust(K::Enum, "a::Open", "pub enum Open");
    open.open = true;
    let closed = rust(K::Struct, "a::Closed", "pub struct Closed");
    let before = vec![
        rust(K::Trait, "a::Trait", "pub trait Trait"),
        rust(K::Enum, "a::Enum", "pub enum Enum"),
        rust(K::Field, "a::Enum::Old", "Old"),
        open,
        rust(K::Struct, "a::Plain", "pub struct Plain"),
        rust(K::Field, "a::Plain::x", "pub x: u8"),
        closed,
        rust(K::Field, "a::Closed::x", "pub x: u8"),
        internal(rust(K::Field, "a::Closed::y", "y: u8")),
    ];
    let mut given = rust(K::Method, "a::Trait::given", "fn given(&self)");
    given.source = "fn given(&self) {}".into();
    let mut after = before.clone();
    after.extend([
        given,
        rust(K::Method, "a::Trait::required", "fn required(&self)"),
        rust(K::Type, "a::Trait::Output", "type Output"),
        rust(K::Field, "a::Enum::New", "New"),
        rust(K::Field, "a::Open::New", "New"),
        rust(K::Field, "a::Plain::z", "pub z: u8"),
        rust(K::Field, "a::Closed::z", "pub z: u8"),
        rust(K::Enum, "a::Fresh", "pub enum Fresh"),
        rust(K::Field, "a::Fresh::A", "A"),
        rust(K::Field, "a::Enum::Old::more", "more: u8"),
    ]);
    let diff = diff(&before, &after);
    let breaking: Vec<&str> = diff
        .added
        .iter()
        .filter(|change| change.impact == Impact::Breaking)
        .map(|change| change.qualified_name.as_str())
        .collect();
    assert_eq!(
        breaking,
        [
            "a::Enum::New",
            "a::Enum::Old::more",
            "a::Plain::z",
            "a::Trait::Output",
            "a::Trait::required"
        ]
    );
    assert_eq!(diff.added.len(), 10);
}

#[test]
fn one_of_several_forms_goes_or_comes() {
    let mut unix = rust(K::Function, "a::f", "pub fn f()");
    unix.condition = Some("unix".into());
    let mut windows = unix.clone();
    windows.condition = Some("windows".into());
    let (few, many) = ([unix.clone()], [unix, windows]);
    let less = diff(&many, &few);
    assert_eq!(told(&less.removed), [("a::f", Impact::PossiblyBreaking)]);
    let more = diff(&few, &many);
    assert_eq!(told(&more.added), [("a::f", Impact::Compatible)]);
}

#[test]
fn interfaces_of_typescript() {
    let ts = |kind, path: &str, signature: &str| item("typescript", kind, path, signature);
    let before = vec![ts(K::Interface, "ui.Options", "export interface Options")];
    let mut after = before.clone();
    after.push(ts(K::Field, "ui.Options.size", "size?: number"));
    after.push(ts(K::Field, "ui.Options.wide", "wide: boolean"));
    assert_eq!(
        told(&diff(&before, &after).added),
        [
            ("ui.Options.size", Impact::Compatible),
            ("ui.Options.wide", Impact::PossiblyBreaking)
        ]
    );
}

#[test]
fn many_items_take_time_in_proportion() {
    let all = |version: usize| -> Vec<Snippet> {
        (0..20_000)
            .map(|n| {
                let module = if n % 2 == 0 { version } else { 0 };
                let path = format!("a::m{module}::f{}", n / 3);
                rust(K::Function, &path, &format!("pub fn f{}(a: u{n})", n / 3))
            })
            .collect()
    };
    let start = std::time::Instant::now();
    let diff = diff(&all(1), &all(2));
    assert!(diff.changes().count() > 1000);
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
