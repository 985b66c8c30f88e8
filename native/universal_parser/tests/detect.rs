//! Which language a file is in, by its path, its `#!` line and its text.

#![cfg(feature = "all")]

use universal_parser::detect;

fn language(path: &str, source: &[u8]) -> &'static str {
    detect(path, source).map_or("none", universal_parser::Language::name)
}

#[test]
fn names_tell_the_language() {
    for (path, expected) in [
        ("Dockerfile", "dockerfile"),
        ("docker/Dockerfile.dev", "dockerfile"),
        ("Containerfile", "dockerfile"),
        ("app.dockerfile", "dockerfile"),
        ("Makefile", "make"),
        ("src/GNUmakefile", "make"),
        ("rules.mk", "make"),
        ("CMakeLists.txt", "cmake"),
        ("cmake/FindGrid.cmake", "cmake"),
        ("net/main.tf", "hcl"),
        ("job.nomad", "hcl"),
        ("shop.proto", "proto"),
        ("schema.graphql", "graphql"),
        ("queries.gql", "graphql"),
        ("schema.sql", "sql"),
        ("default.nix", "nix"),
        ("index.htm", "html"),
        ("Page.vue", "vue"),
        ("Page.svelte", "svelte"),
        ("Page.astro", "astro"),
        ("theme.css", "css"),
        ("README.md", "markdown"),
        ("a.yml", "yaml"),
        ("Cargo.toml", "toml"),
        ("package.json", "json"),
        ("book.dtd", "dtd"),
        ("notes.txt", "none"),
        ("Dockerignore", "none"),
    ] {
        assert_eq!(language(path, b""), expected, "{path}");
    }
}

#[test]
fn the_first_line_tells_the_language() {
    assert_eq!(language("build", b"#!/usr/bin/make -f\n"), "make");
    assert_eq!(language("shell", b"#!/usr/bin/env nix-shell\n"), "nix");
}

#[test]
fn translations_of_qt_are_no_typescript() {
    assert_eq!(
        language("app_de.ts", b"<?xml version=\"1.0\"?>\n<TS/>"),
        "none"
    );
}
