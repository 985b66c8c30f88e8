//! The packages' files: written for these tests, kept under `packages/`.

use crate::build::File;

macro_rules! files {
    ($root:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../packages/", $root, "/", $path)))),*]
    };
}

type Texts = &'static [(&'static str, &'static str)];

/// The cargo crate `ember-rt`, without its manifest.
pub const EMBER_RT: Texts =
    files!("cargo/ember-rt": "README.md", "CHANGELOG.md", "src/lib.rs", "src/timer.rs");
/// The cargo crate `ember-shape`, without its manifest and its root.
pub const EMBER_SHAPE: Texts = files!("cargo/ember-shape": "src/area.rs", "src/units.rs");
/// The root of `ember-shape` in its first release, and in its second.
pub const EMBER_SHAPE_ROOTS: [&str; 2] = [
    include_str!("../../packages/cargo/ember-shape/src/before.rs"),
    include_str!("../../packages/cargo/ember-shape/src/after.rs"),
];
/// The npm package `@ember/paths`, without its manifest.
pub const PATHS: Texts = files!("npm/paths": "dist/index.d.ts", "dist/extra.d.ts",
    "dist/kinds.d.ts", "dist/internal/join.d.ts");
/// The Python package `ember-private`, without its metadata.
pub const EMBER_PRIVATE: Texts = files!("pypi/ember_private": "ember_private/__init__.py",
    "ember_private/_client.py");
/// The npm package `@ember/ui`, without its manifest.
pub const UI: Texts = files!("npm/ui": "README.md", "src/index.ts", "src/dom.js");
/// The Hex package `ember_router`.
pub const EMBER_ROUTER: Texts = files!("hex/ember_router":
    "README.md", "mix.exs", "lib/ember_router.ex", "lib/ember_router/match.ex");
/// The Hex package `ember_wire`.
pub const EMBER_WIRE: Texts =
    files!("hex/ember_wire": "README.md", "rebar.config", "src/ember_wire.erl");
/// The Python package `ember-client`, without its metadata.
pub const EMBER_CLIENT: Texts = files!("pypi/ember_client": "README.rst",
    "ember_client/__init__.py", "ember_client/session.py", "ember_client/session.pyi");

/// The files for one version, with those in `more` added.
pub fn of(texts: Texts, version: &str, more: &[(&str, String)]) -> Vec<File> {
    let fixed = texts.iter().map(|(path, text)| (*path, (*text).to_owned()));
    let added = more.iter().map(|(path, text)| (*path, text.clone()));
    fixed
        .chain(added)
        .map(|(path, text)| {
            (
                path.to_owned(),
                text.replace("{{version}}", version).into_bytes(),
            )
        })
        .collect()
}
