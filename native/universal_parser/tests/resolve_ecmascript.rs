//! What the entries of an npm package lead to.

#![expect(clippy::expect_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

use package_api::{Context, FileOutline, resolve};
use registry_types::Visibility;
use registry_types::outline::Item;
use universal_parser::{Options, outline_text};

/// The public items of a package; `files` may hold its `package.json`.
fn items(files: &[(&str, &str)]) -> Vec<Item> {
    let text = |path: &str| {
        let found = files.iter().find(|(name, _)| *name == path);
        found.map(|(_, text)| text.as_bytes().to_vec())
    };
    let sources = files.iter().filter(|(path, _)| !path.ends_with(".json"));
    let read = |(path, text): &(&str, &str)| FileOutline {
        path: (*path).to_owned(),
        outline: outline_text(path, "pkg", text.as_bytes(), &Options::default())
            .expect("the fixture parses"),
    };
    let mut outlines: Vec<_> = sources.map(read).collect();
    let context = Context {
        package: "pkg",
        manifest: &text,
    };
    resolve(&context, &mut outlines);
    let items = outlines.into_iter().flat_map(|file| file.outline.items);
    items
        .filter(|item| item.visibility == Visibility::Public)
        .collect()
}

fn names(files: &[(&str, &str)]) -> Vec<String> {
    let mut names: Vec<_> = items(files).into_iter().map(|i| i.qualified_name).collect();
    names.sort();
    names
}

fn aliases(files: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    let all = items(files).into_iter();
    all.map(|item| (item.qualified_name, item.aliases))
        .collect()
}

const MAIN: (&str, &str) = ("package.json", r#"{"name":"pkg","main":"./index.js"}"#);

#[test]
fn re_exports_are_followed_and_all_else_is_internal() {
    let index = "export { a as b } from './a.js';\nexport * from './star.js';\nexport * as ns from './ns.js';\nimport { deep } from './a.js';\nexport { deep };\n";
    let got = names(&[
        MAIN,
        ("index.ts", index),
        (
            "a.ts",
            "export function a() {}\nexport class deep { m() {} private p() {} #q() {} }\nexport const rest = 1;\n",
        ),
        (
            "star.ts",
            "export interface S { x: 1 }\nexport default function no() {}\nfunction own() {}\n",
        ),
        ("ns.ts", "export type T = 1;\n"),
        ("other.ts", "export function unreachable() {}\n"),
    ]);
    assert_eq!(
        got,
        [
            "pkg.S",
            "pkg.S.x",
            "pkg.b",
            "pkg.deep",
            "pkg.deep.m",
            "pkg.ns",
            "pkg.ns.T"
        ]
    );
}

#[test]
fn subpaths_have_their_own_names_and_the_shortest_wins() {
    let manifest = r#"{"exports": {
        ".": {"types": "./dist/index.d.ts", "default": "./dist/index.js"},
        "./sub": {"import": {"types": "./dist/sub.d.mts", "default": "./dist/sub.mjs"}},
        "./parts/*": "./dist/parts/*.js",
        "./parts/hidden": null,
        "./package.json": "./package.json"
    }}"#;
    let got = aliases(&[
        ("package.json", manifest),
        ("dist/index.d.ts", "export { one } from './parts/one.js';\n"),
        (
            "dist/sub.d.mts",
            "export { one } from './parts/one.js';\nexport declare const two: 2;\n",
        ),
        (
            "dist/parts/one.d.ts",
            "export declare function one(): void;\n",
        ),
        (
            "dist/other.d.ts",
            "export declare function other(): void;\n",
        ),
    ]);
    assert_eq!(got.keys().collect::<Vec<_>>(), ["pkg.one", "pkg/sub.two"]);
    assert_eq!(got["pkg.one"], ["pkg/sub.one", "pkg/parts/one.one"]);
}

#[test]
fn default_exports_keep_their_own_names() {
    let got = aliases(&[MAIN, ("index.ts", "export default function run() {}\n")]);
    assert_eq!(got["pkg.run"], ["pkg.default"]);
    let got = names(&[MAIN, ("index.ts", "const _x = 1;\nexport default _x;\n")]);
    assert_eq!(got, ["pkg.default"]);
}

#[test]
fn a_module_may_be_one_thing() {
    let text = "declare function e(): e.Express;\ndeclare namespace e { interface Express { get(): void }\n class Router {} }\nexport = e;\n";
    let manifest = ("package.json", r#"{"types": "index"}"#);
    let got = names(&[manifest, ("index.d.ts", text)]);
    assert_eq!(
        got,
        ["pkg.Express", "pkg.Express.get", "pkg.Router", "pkg.e"]
    );
}

#[test]
fn commonjs_is_followed() {
    let index = "var app = require('./app');\nexports = module.exports = create;\nfunction create() {}\nexports.application = app;\nexports.json = require('./json').parse;\nObject.assign(module.exports, require('./more'));\nObject.defineProperty(exports, 'lazy', { get: function () { return more_1.lazy; } });\nvar more_1 = __importDefault(require('./more'));\n";
    let got = names(&[
        MAIN,
        ("index.js", index),
        (
            "app.js",
            "var app = module.exports = {};\napp.use = function use() {};\nfunction own() {}\n",
        ),
        (
            "json.js",
            "module.exports = { parse, print };\nfunction parse() {}\nfunction print() {}\n",
        ),
        (
            "more.js",
            "__exportStar(require('./most'), exports);\nexports.lazy = function () {};\n",
        ),
        ("most.js", "exports.most = () => 1;\nvar _own = 1;\n"),
    ]);
    assert_eq!(
        got,
        [
            "pkg.application",
            "pkg.application.use",
            "pkg.create",
            "pkg.json",
            "pkg.lazy",
            "pkg.most"
        ]
    );
}

#[test]
fn ambient_modules_and_globals_are_the_api_of_types() {
    let fs = "declare module \"fs\" { export function stat(): void; import * as promises from \"fs/promises\"; export { promises }; }\ndeclare module \"node:fs\" { export * from \"fs\"; }\n";
    let promises = "declare module \"fs/promises\" { function open(): void; }\n";
    let got = aliases(&[
        ("package.json", r#"{"types": "index.d.ts"}"#),
        (
            "index.d.ts",
            "/// <reference path=\"fs.d.ts\" />\n/// <reference path='promises.d.ts' />\ndeclare var process: 1;\n",
        ),
        ("fs.d.ts", fs),
        ("promises.d.ts", promises),
        ("unreached.d.ts", "declare var nobody: 1;\n"),
    ]);
    let keys: Vec<_> = got.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "fs",
            "fs.stat",
            "fs/promises",
            "fs/promises.open",
            "node:fs",
            "process"
        ]
    );
    assert_eq!(got["fs.stat"], ["node:fs.stat"]);
    assert_eq!(
        got["fs/promises.open"],
        ["fs.promises.open", "node:fs.promises.open"]
    );
}

#[test]
fn declarations_that_merge_are_one_item() {
    let text = "export interface A { x: 1 }\nexport interface A { y: 1 }\nexport class A { z: 1 }\nexport enum E { One }\nexport namespace E { function parse(): E }\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport namespace f { const v: 1 }\n";
    let all = items(&[("package.json", r#"{"types": "i.d.ts"}"#), ("i.d.ts", text)]);
    let of = |name: &str| {
        all.iter()
            .filter(|item| item.qualified_name == name)
            .count()
    };
    for name in [
        "pkg.A",
        "pkg.A.x",
        "pkg.A.y",
        "pkg.A.z",
        "pkg.E",
        "pkg.E.One",
        "pkg.E.parse",
        "pkg.f",
        "pkg.f.v",
    ] {
        assert_eq!(of(name), 1, "{name}");
    }
}

#[test]
fn augmentations_belong_to_the_module_they_name() {
    let common = "import _ = require('../index');\ndeclare module '../index' { interface Static { chunk(): void } }\n";
    let index = "/// <reference path=\"./common/array.d.ts\" />\nexport = _;\ndeclare const _: _.Static;\ndeclare namespace _ { interface Static { VERSION: string } }\n";
    let got = names(&[
        ("package.json", r#"{"types": "index.d.ts"}"#),
        ("index.d.ts", index),
        ("common/array.d.ts", common),
    ]);
    assert!(got.contains(&"pkg.Static.chunk".to_owned()), "{got:?}");
    assert!(got.contains(&"pkg.Static.VERSION".to_owned()), "{got:?}");
}

#[test]
fn builds_that_were_not_parsed_lead_to_their_sources() {
    let got = names(&[
        (
            "package.json",
            r#"{"main": "./dist/cjs/index.cjs", "types": "./dist/index.d.ts"}"#,
        ),
        ("src/index.ts", "export { a } from './a';\n"),
        ("src/a.ts", "export const a = 1;\nexport const b = 2;\n"),
    ]);
    assert_eq!(got, ["pkg.a"]);
}

#[test]
fn without_a_way_in_each_file_speaks_for_itself() {
    let files = ("a.ts", "export const a = 1;\nconst b = 2;\n");
    assert_eq!(names(&[files]), ["pkg.a"]);
    for manifest in [
        "{",
        "[]",
        r#"{"main": "gone.js"}"#,
        r#"{"workspaces": ["p/*"], "main": "a"}"#,
    ] {
        assert_eq!(
            names(&[("package.json", manifest), files]),
            ["pkg.a"],
            "{manifest}"
        );
    }
}

#[test]
fn internal_things_stay_so() {
    let text = "/** @internal */\nexport interface Hidden { x: 1 }\nexport abstract class C { protected a(): void; abstract b(): void; static s(): void; private static t(): void; }\n";
    let got = names(&[("package.json", r#"{"types": "i.d.ts"}"#), ("i.d.ts", text)]);
    assert_eq!(got, ["pkg.C", "pkg.C.b", "pkg.C.s"]);
}

fn quick(files: &[(&str, &str)]) -> usize {
    let start = Instant::now();
    let count = items(files).len();
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "{:?}",
        start.elapsed()
    );
    count
}

#[test]
fn circles_end() {
    let count = quick(&[
        MAIN,
        (
            "index.ts",
            "export * from './a';\nexport * as self from './index';\nexport { x } from './a';\nexport default self;\nimport * as self from './index';\n",
        ),
        (
            "a.ts",
            "export * from './index';\nexport { x } from './index';\nexport const y = 1;\n",
        ),
    ]);
    assert!(count >= 1);
}

#[test]
fn hostile_packages_are_bounded() {
    let deep = format!(
        "{}1{}",
        "{\"exports\":".repeat(100_000),
        "}".repeat(100_000)
    );
    assert_eq!(
        quick(&[("package.json", &deep), ("a.ts", "export const a = 1;")]),
        1
    );
    // A chain of stars and re-exports, and many names through all of it.
    let mut chain: Vec<(String, String)> = (0..500)
        .map(|at| {
            (
                format!("m{at}.ts"),
                format!(
                    "export * from './m{}';\nexport {{ a0 as n{at} }} from './m{}';\n",
                    at + 1,
                    at + 1
                ),
            )
        })
        .collect();
    let mut last = String::new();
    for at in 0..10_000 {
        let _ = writeln!(last, "export const a{at} = 1;");
    }
    chain.push(("m500.ts".to_owned(), last));
    let manifest = r#"{"exports": {".": "./m0.js", "./*": "./*.js"}}"#;
    let mut files: Vec<(&str, &str)> = vec![("package.json", manifest)];
    files.extend(
        chain
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str())),
    );
    assert!(quick(&files) >= 9_000);
}
