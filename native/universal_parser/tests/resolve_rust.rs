//! The public API of a Rust crate, as its users see it.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use package_api::{Context, FileOutline, resolve};
use registry_types::Visibility;
use registry_types::outline::Item;
use universal_parser::{Options, outline_text};

const MANIFEST: &str = "[package]\nname = \"my-pkg\"\nedition = \"2021\"\n";

fn items(manifest: &str, files: &[(&str, &str)]) -> Vec<Item> {
    let read = |(path, text): &(&str, &str)| FileOutline {
        path: (*path).to_owned(),
        outline: outline_text(path, "my-pkg", text.as_bytes(), &Options::default())
            .expect("the fixture parses"),
    };
    let mut files: Vec<_> = files.iter().map(read).collect();
    let context = Context {
        package: "my-pkg",
        manifest: &|path| (path == "Cargo.toml").then(|| manifest.as_bytes().to_vec()),
    };
    resolve(&context, &mut files);
    files
        .into_iter()
        .flat_map(|file| file.outline.items)
        .collect()
}

/// The public names, further ones after `=`, conditions after `if`; sorted, without the crate's.
fn names_by(manifest: &str, files: &[(&str, &str)]) -> Vec<String> {
    let mut names: Vec<String> = items(manifest, files)
        .into_iter()
        .filter(|item| item.visibility == Visibility::Public)
        .map(|item| {
            let aliases: String = item
                .aliases
                .iter()
                .map(|path| format!(" = {path}"))
                .collect();
            let condition = item.condition.map(|text| format!(" if {text}"));
            let name = format!(
                "{}{aliases}{}",
                item.qualified_name,
                condition.unwrap_or_default()
            );
            name.replace("my_pkg::", "").replace("my_pkg", "")
        })
        .filter(|name| !name.is_empty())
        .collect();
    names.sort();
    names
}

fn names(files: &[(&str, &str)]) -> Vec<String> {
    names_by(MANIFEST, files)
}

#[test]
fn modules_are_followed_from_the_root() {
    let root = "pub mod open; mod closed; #[path = \"odd/place.rs\"] pub mod placed; pub mod inline { pub mod below; fn own() {} }";
    let got = names(&[
        ("src/lib.rs", root),
        (
            "src/open.rs",
            "pub mod child; pub fn shown() {} pub(crate) fn ours() {}",
        ),
        ("src/open/child.rs", "pub struct Deep { pub a: u8, b: u8 }"),
        ("src/closed.rs", "pub fn hidden() {}"),
        ("src/odd/place.rs", "pub mod next; pub const C: u8 = 1;"),
        ("src/odd/next.rs", "pub static S: u8 = 1;"),
        ("src/inline/below.rs", "pub trait T { fn m(&self); }"),
        ("src/stray.rs", "pub fn nobody_asks() {}"),
        ("src/main.rs", "pub fn main() {}"),
        ("src/bin/tool.rs", "pub fn main() {}"),
        ("build.rs", "pub fn main() {}"),
        ("tests/it.rs", "pub fn it() {}"),
    ]);
    assert_eq!(
        got,
        [
            "inline",
            "inline::below",
            "inline::below::T",
            "inline::below::T::m",
            "open",
            "open::child",
            "open::child::Deep",
            "open::child::Deep::a",
            "open::shown",
            "placed",
            "placed::C",
            "placed::next",
            "placed::next::S"
        ]
    );
}

#[test]
fn uses_are_followed_through_names_globs_and_chains() {
    let root = "mod a; mod b; pub mod front { pub use crate::a::Named as Renamed; pub use super::b::*; }
        pub use self::a::{inner::chained, Named}; use a::inner as short; pub use short::Way::{self, Up};";
    let got = names(&[
        ("src/lib.rs", root),
        (
            "src/a.rs",
            "pub struct Named; pub mod inner { pub use crate::b::deep::chained; pub enum Way { Up, Down { #[doc(hidden)] a: u8, b: u8 } } }",
        ),
        (
            "src/b.rs",
            "pub mod deep { pub fn chained() {} } pub fn by_glob() {} fn private() {} use std::fmt::Debug; mod c; pub use c::*;",
        ),
        (
            "src/b/c.rs",
            "pub type Last = u8; pub(crate) type Ours = u8; pub use super::*;",
        ),
    ]);
    assert_eq!(
        got,
        [
            "Named = front::Renamed",
            "Up = Way::Up",
            "Way",
            "Way::Down",
            "Way::Down::b",
            "chained = front::deep::chained",
            "front",
            "front::Last",
            "front::by_glob",
            "front::deep",
        ]
    );
}

#[test]
fn names_of_ones_own_hide_those_of_globs() {
    let root = "mod a; mod c; pub use a::*; pub use c::*; pub struct Own; use std::io::Error; struct Private; fn both() {}";
    let got = names(&[
        ("src/lib.rs", root),
        (
            "src/a.rs",
            "pub struct Own; pub struct Error; pub struct Private; pub trait both {} use crate::c::Handed;",
        ),
        ("src/c.rs", "mod d; pub use d::*; pub use d::Handed as Too;"),
        ("src/c/d.rs", "pub struct Handed;"),
    ]);
    assert_eq!(got, ["Handed = Too", "Own", "both"]);
}

#[test]
fn hidden_things_are_not_documented() {
    let root = "#[doc(hidden)] pub mod support { pub fn deep() {} pub struct Again; }
        #[doc(hidden)] pub fn low() {} #[doc(hidden)] pub use inner::Thing as __Thing; mod inner;
        pub use inner::Shown; #[doc(inline)] pub use support::Again;
        pub struct S; #[doc(hidden)] impl S { pub fn a(&self) {} } impl S { #[doc(hidden)] pub fn b(&self) {} pub fn c(&self) {} }
        pub enum E { A, #[doc(hidden)] __B }
        #[macro_export] #[doc(hidden)] macro_rules! __m { () => {} }";
    let inner = "pub struct Thing; pub struct Shown; #[macro_export] macro_rules! at_root { () => {} } macro_rules! local { () => {} }";
    let got = names(&[("src/lib.rs", root), ("src/inner.rs", inner)]);
    assert_eq!(got, ["Again", "E", "E::A", "S", "S::c", "Shown", "at_root"]);
}

#[test]
fn members_follow_their_type_wherever_the_block_stands() {
    let root = "mod imp; mod types; pub use types::{Handle, Open}; mod deep { mod er { impl super::super::Handle { pub fn far(&self) {} } } }
        const _: () = { impl Handle { pub fn anonymous(&self) {} } };";
    let imp = "use crate::types::{Handle as H, Secret}; impl H { pub fn renamed(&self) {} fn own(&self) {} }
        impl Secret { pub fn nobody(&self) {} } impl Clone for H { fn clone(&self) -> Self { H } type X = u8; }
        impl dyn crate::types::Open { pub fn of_objects(&self) {} } type Short<T> = H; impl<T> Short<T> { pub const C: u8 = 1; }";
    let types = "pub struct Handle; pub struct Secret; pub trait Open { type A; fn m(&self) {} }";
    let files = [
        ("src/lib.rs", root),
        ("src/imp.rs", imp),
        ("src/types.rs", types),
    ];
    assert_eq!(
        names(&files),
        [
            "Handle",
            "Handle::C",
            "Handle::anonymous",
            "Handle::far",
            "Handle::renamed",
            "Open",
            "Open::A",
            "Open::m",
            "Open::of_objects"
        ]
    );
    let all = items(MANIFEST, &files);
    let own = all
        .iter()
        .find(|item| item.name == "own")
        .map(|item| &item.qualified_name);
    assert_eq!(own.map(String::as_str), Some("my_pkg::Handle::own"));
}

#[test]
fn conditions_add_up_along_the_modules() {
    let root = "#[cfg(feature = \"net\")] pub mod net; #[cfg(test)] mod tests { pub fn t() {} }
        #[cfg(unix)] mod imp; #[cfg(not(unix))] #[path = \"other.rs\"] mod imp; pub use imp::sys;
        cfg_if::cfg_if! { if #[cfg(a)] { pub fn one() {} } else { pub fn two() {} } }";
    let got = names(&[
        ("src/lib.rs", root),
        (
            "src/net.rs",
            "#![cfg(target_os = \"linux\")]\n#[cfg(feature = \"tls\")] pub mod tls { pub fn go() {} } #[cfg(any(test, x))] pub fn maybe() {}",
        ),
        ("src/imp.rs", "pub fn sys() {}"),
        ("src/other.rs", "#[cfg(windows)] pub fn sys() {}"),
    ]);
    assert_eq!(
        got,
        [
            "net if feature = \"net\"",
            "net::maybe if all(feature = \"net\", target_os = \"linux\", any(test, x))",
            "net::tls if all(feature = \"net\", target_os = \"linux\", feature = \"tls\")",
            "net::tls::go if all(feature = \"net\", target_os = \"linux\", feature = \"tls\")",
            "one if a",
            "sys if all(not(unix), windows)",
            "sys if unix",
            "two if not(a)",
        ]
    );
}

#[test]
fn the_manifest_names_the_library() {
    let lib = "[package]\nname = \"my-pkg\"\nedition = \"2021\"\n[lib]\nname = \"other\"\npath = \"rust/root.rs\"\n";
    let got = names_by(
        lib,
        &[
            ("rust/root.rs", "//! Words.\npub mod a;"),
            ("rust/a.rs", "pub fn f() {}"),
            ("src/lib.rs", "pub fn g() {}"),
        ],
    );
    assert_eq!(got, ["other", "other::a", "other::a::f"]);
    let macros = "[package]\nname = \"my-pkg\"\n[lib]\nproc-macro = true\n";
    let root = "mod a; #[proc_macro] pub fn call(i: T) -> T { i } #[proc_macro_derive(Thing)] pub fn thing(i: T) -> T { i } pub fn not_this() {} pub struct Nor;";
    let got = names_by(
        macros,
        &[("src/lib.rs", root), ("src/a.rs", "pub fn f() {}")],
    );
    assert_eq!(got, ["Thing", "call"]);
}

#[test]
fn paths_of_the_first_edition_start_at_the_root() {
    let manifest = "[package]\nname = \"my-pkg\"\n";
    let root = "pub mod a; mod b; pub use b::f; pub use b::g as h;";
    let got = names_by(
        manifest,
        &[
            ("src/lib.rs", root),
            ("src/a.rs", "pub use b::g; mod b {}"),
            ("src/b.rs", "pub fn f() {} pub fn g() {}"),
        ],
    );
    assert_eq!(got, ["a", "f", "h = a::g"]);
}

#[test]
fn included_files_belong_to_the_module() {
    let got = names(&[
        ("src/lib.rs", "pub mod a { include!(\"gen.rs\"); }"),
        (
            "src/gen.rs",
            "pub fn made() {} pub mod m { pub fn more() {} }",
        ),
    ]);
    assert_eq!(got, ["a", "a::m", "a::m::more", "a::made"]);
}

#[test]
fn the_words_of_both_places_document_a_module() {
    let all = items(
        MANIFEST,
        &[
            ("src/lib.rs", "/// Outer.\npub mod a;"),
            (
                "src/a.rs",
                "//! Inner.\n#![allow(x)]\n//! More.\npub fn f() {}",
            ),
        ],
    );
    let doc = all
        .iter()
        .find(|item| item.name == "a")
        .and_then(|item| item.doc.clone());
    assert_eq!(doc.as_deref(), Some("Outer.\nInner.\nMore."));
}

#[test]
fn macros_that_hand_their_arguments_on_are_read() {
    let root = "mod m; cfg_net! { pub mod net { pub fn go() {} } } feature! { #![all(feature = \"a\", unix)] pub fn inner() {} }
        keep! { pub struct Kept; } whole!(); wrap! { macro_rules! wrapped { () => {} } }
        cfg_if! { // words\n if #[cfg(unix)] { cfg_net! { pub fn both() {} } } }
        cfg_else! { pub fn kept_as_written() {} }";
    let root = format!("macro_rules! wrap {{ ($i:item) => {{ #[macro_export] $i }} }}\n{root}");
    let macros = "macro_rules! cfg_net { ($($item:item)*) => { $( #[cfg(feature = \"net\")] #[cfg_attr(docsrs, doc(cfg(feature = \"net\")))] $item )* } }
        macro_rules! keep { ($($t:tt)*) => { $($t)* } }
        macro_rules! whole { () => { pub mod brought; pub fn by_macro() {} mod inner { pub fn no() {} } pub use inner2::yes; mod inner2 { pub fn yes() {} } } }
        macro_rules! never_called { () => { pub fn nobody() {} } }";
    let got = names(&[
        ("src/lib.rs", &root),
        ("src/m.rs", macros),
        ("src/brought.rs", "pub fn deep() {}"),
    ]);
    assert_eq!(
        got,
        [
            "Kept",
            "both if all(unix, feature = \"net\")",
            "brought",
            "brought::deep",
            "by_macro",
            "inner if all(feature = \"a\", unix)",
            "kept_as_written if cfg_else!",
            "net if feature = \"net\"",
            "net::go if feature = \"net\"",
            "wrapped",
            "yes",
        ]
    );
}

#[test]
fn conditions_of_uses_count() {
    let root = "mod a; mod c; #[cfg(docsrs)] pub use c::Shown; #[cfg(x)] pub use a::Twice; #[cfg(not(x))] pub use a::Twice;
        #[cfg(y)] pub use a::*; #[cfg(z)] mod b; #[cfg(z)] pub use b::Own; pub mod front { #[cfg(v)] pub use crate::b; }";
    let got = names(&[
        ("src/lib.rs", root),
        (
            "src/a.rs",
            "pub struct Twice; pub struct Own; pub fn rest() {}",
        ),
        ("src/c.rs", "pub struct Shown;"),
        ("src/b.rs", "pub struct Own;"),
    ]);
    assert_eq!(
        got,
        [
            "Own if y",
            "Own if z",
            "Shown if docsrs",
            "Twice",
            "front",
            "rest if y"
        ]
    );
}

#[test]
fn members_of_types_that_a_macro_makes_are_named_by_the_module() {
    let root = "pub mod a; mod b; mod c { make!(Far, Near); impl Far { pub fn f(&self) {} } impl Near { pub fn n(&self) {} } mod d; } pub use c::Far as Away; pub mod e { pub use super::c::*; }";
    let text = "make!(Thing); impl Thing { pub fn go(&self) {} fn own(&self) {} } use std::fmt::Debug; impl Debug { pub fn no() {} }";
    let flags =
        "bitflags! { pub struct Flags: u32 { const A = 1; } } impl Flags { pub fn on(&self) {} }";
    let text = format!("{text}{flags}");
    let got = names(&[
        ("src/lib.rs", root),
        ("src/a.rs", &text),
        ("src/b.rs", &text),
    ]);
    assert_eq!(
        got,
        [
            "Away::f = e::Far::f",
            "a",
            "a::Flags",
            "a::Flags::on",
            "a::Thing::go",
            "e",
            "e::Near::n"
        ]
    );
}

#[test]
fn documentation_stands_in_the_order_it_is_written() {
    let root = "/// One.\n#[cfg_attr(unix, doc = \"```no_run\")]\n#[cfg_attr(windows, doc = \"```ignore\")]\n/// code();\n/// ```\n///\n#[doc = \"Two.\"]\n#[doc = include_str!(\"../WORDS.md\")]\n#[cfg_attr(not(a), doc = \"never with a\")]\n#[cfg_attr(a, doc = \"with a\")]\n// plain\n// plain\n// plain\n// plain\n// plain\n// plain\n/// Last.\npub fn f() {}";
    let read = |path: &str| (path == "WORDS.md").then(|| b"# Words\n".to_vec());
    let mut files = vec![FileOutline {
        path: "src/lib.rs".into(),
        outline: outline_text("src/lib.rs", "my-pkg", root.as_bytes(), &Options::default())
            .expect("the fixture parses"),
    }];
    let context = Context {
        package: "my-pkg",
        manifest: &read,
    };
    resolve(&context, &mut files);
    let mut items = files.into_iter().flat_map(|file| file.outline.items);
    let item = items.find(|item| item.name == "f").expect("it is found");
    assert_eq!(item.visibility, Visibility::Public);
    assert_eq!(
        item.doc.as_deref(),
        Some("One.\n```no_run\ncode();\n```\n\nTwo.\n# Words\nnever with a\nLast.")
    );
}

#[test]
fn circles_end_and_stay_small() {
    let root = "pub mod a; pub mod b; pub use self::a as again; pub use crate as me; pub use a::*; #[path = \"lib.rs\"] pub mod selfish;";
    let got = names(&[
        ("src/lib.rs", root),
        (
            "src/a.rs",
            "pub use super::*; pub use crate::b::*; pub use super::b as c; pub use self::x as x; pub fn f() {}",
        ),
        (
            "src/b.rs",
            "pub use super::a::*; pub use crate::a as d; pub use y::z; pub use z::y; pub use crate::*; impl W {} type V = W; type W = V; impl V { pub fn v() {} }",
        ),
    ]);
    assert!(got.iter().any(|name| name.starts_with("f")), "{got:?}");
    assert!(got.len() < 100, "{}", got.len());
}

/// Modules that all bring each other's names: the work must not grow with their square.
#[test]
fn many_globs_are_quick() {
    use std::fmt::Write as _;
    let mut root = String::new();
    let count = 600;
    let mut files = Vec::new();
    for number in 0..count {
        let _ = writeln!(root, "mod m{number}; pub use m{number}::*;");
        let text = format!(
            "use super::*; use crate::m{}::*; pub struct S{number} {{ pub a: u8 }} impl S{} {{ pub fn f{number}() {{}} }}",
            (number + 1) % count,
            (number + 7) % count
        );
        files.push((format!("src/m{number}.rs"), text));
    }
    let mut all: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    all.push(("src/lib.rs", &root));
    let start = std::time::Instant::now();
    assert_eq!(names(&all).len(), 3 * count);
    assert!(start.elapsed().as_secs() < 20);
}

/// Many declarations of modules, also of one name, in one file.
#[test]
fn many_modules_are_quick() {
    use std::fmt::Write as _;
    let mut root = String::new();
    for number in 0..4_000 {
        let _ = writeln!(
            root,
            "mod m{number}; #[cfg(c{number})] mod same; pub use m{number}::*;"
        );
    }
    let start = std::time::Instant::now();
    assert_eq!(
        names(&[("src/lib.rs", &root), ("src/same.rs", "pub fn f() {}")]).len(),
        0
    );
    assert!(start.elapsed().as_secs() < 20);
}

/// Pieces of such files in any order: whatever they say, the resolution ends and does not panic.
#[test]
fn any_text_is_survived() {
    let pieces = [
        "mod a;",
        "pub mod b;",
        "pub use a::*;",
        "pub use super::*;",
        "pub use crate::{a, b::{self, *}};",
        "use self::self::b as a;",
        "impl a::B { pub fn f() {} }",
        "pub enum B { A { x: u8 }, C }",
        "pub use B::*;",
        "type A = B;",
        "impl A { pub fn g() {} }",
        "#[path = \"../../x.rs\"] mod x;",
        "include!(\"lib.rs\");",
        "pub mod c {",
        "}",
        "#[macro_export] macro_rules! m { () => {} }",
        "#[cfg(test)]",
        "pub use ::b::C as D;",
        "extern crate self as me;",
        "pub use me::b;",
        "const _: () = {",
        "};",
        "pub struct",
        "#![doc(hidden)]",
    ];
    let mut seed = 1u32;
    for _ in 0..300 {
        let mut text = || {
            let mut text = String::new();
            for _ in 0..12 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text += pieces
                    .get(seed as usize / 65_536 % pieces.len())
                    .copied()
                    .unwrap_or_default();
                text.push('\n');
            }
            text
        };
        let (root, a, b) = (text(), text(), text());
        names(&[
            ("src/lib.rs", &root),
            ("src/a.rs", &a),
            ("src/b/mod.rs", &b),
            ("src/b/a.rs", &a),
            ("x.rs", &b),
        ]);
    }
}
