use super::*;
use crate::{Advisory, Informational, Package, Retirement, VersionEntry};

fn names(ecosystem: Ecosystem, name: &str, source: NoticeSource, text: &str) -> Vec<String> {
    let found = replacements(&Notice {
        ecosystem,
        name,
        source,
        text,
    });
    let spelled = |r: Replacement| {
        if r.ecosystem == ecosystem {
            r.name
        } else {
            format!("{}:{}", r.ecosystem, r.name)
        }
    };
    found.into_iter().map(spelled).collect()
}

fn check(ecosystem: Ecosystem, source: NoticeSource, cases: &[(&str, &str, &[&str])]) {
    let mut wrong = Vec::new();
    for (name, text, expected) in cases {
        let found = names(ecosystem, name, source, text);
        if found != *expected {
            wrong.push(format!(
                "{name}: {text:?}\n  gave {found:?}\n  not  {expected:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn npm_deprecations_that_name_a_successor() {
    check(
        Ecosystem::Npm,
        NoticeSource::Deprecation,
        &[
            (
                "tslint",
                "TSLint has been deprecated in favor of ESLint. Please see https://github.com/palantir/tslint/issues/4534 for more information.",
                &[],
            ),
            (
                "tslint",
                "tslint has been deprecated in favor of eslint.",
                &["eslint"],
            ),
            (
                "babel-eslint",
                "babel-eslint is now @babel/eslint-parser. This package will no longer receive updates.",
                &["@babel/eslint-parser"],
            ),
            (
                "istanbul",
                "This module is no longer maintained, try this instead:\n  npm i nyc\nVisit https://istanbul.example/integrations for other alternatives.",
                &["nyc"],
            ),
            (
                "popper.js",
                "You can find the new Popper v2 at @popperjs/core, this package is dedicated to the legacy v1",
                &["@popperjs/core"],
            ),
            ("node-uuid", "Use uuid module instead", &["uuid"]),
            (
                "jade",
                "Jade has been renamed to pug, please install the latest version of pug instead of jade",
                &["pug"],
            ),
            (
                "hoek",
                "This module moved to @hapi/hoek. Please make sure to switch over as this distribution is no longer supported and may contain bugs and critical security issues.",
                &["@hapi/hoek"],
            ),
            (
                "@types/chalk",
                "This is a stub types definition for chalk (https://github.com/chalk/chalk). chalk provides its own type definitions, so you don't need @types/chalk installed!",
                &["chalk"],
            ),
            (
                "read-package-json",
                "This package is no longer supported. Please use @npmcli/package-json instead.",
                &["@npmcli/package-json"],
            ),
            (
                "sourcemap-codec",
                "Please use @jridgewell/sourcemap-codec instead",
                &["@jridgewell/sourcemap-codec"],
            ),
            (
                "bower",
                "We don't recommend using Bower for new projects. Please consider Yarn and Webpack or Parcel. You can read how to migrate legacy project here: https://bower.example/blog/2017/how-to-migrate-away-from-bower/",
                &["yarn", "webpack", "parcel"],
            ),
            (
                "extract-text",
                "Deprecated. Please use https://github.com/webpack-contrib/mini-css-extract-plugin",
                &["github:webpack-contrib/mini-css-extract-plugin"],
            ),
            (
                "apollo-server",
                "The `apollo-server` package is part of Apollo Server v2 and v3, which are now end-of-life. This package's functionality is now found in the `@apollo/server` package.",
                &["@apollo/server"],
            ),
            (
                "flatten",
                "flatten is deprecated in favor of utility frameworks such as lodash.",
                &[],
            ),
            (
                "level-packager",
                "Superseded by abstract-level (https://github.com/Level/community#faq)",
                &["abstract-level"],
            ),
            ("opn", "The package has been renamed to `open`", &["open"]),
            ("colors-old", "replaced by picocolors", &["picocolors"]),
            (
                "eslint-loader",
                "This loader has been deprecated. Please use eslint-webpack-plugin",
                &["eslint-webpack-plugin"],
            ),
            (
                "preset-es2015",
                "We're super excited that you're trying to use ES2017+ syntax, but instead of making more yearly presets, Babel now has a better preset that we recommend you use instead: npm install @babel/preset-env. preset-env without options will compile ES2015+ down to ES5",
                &["@babel/preset-env"],
            ),
            (
                "cross-spawn-promise",
                "Please migrate to the `execa` package, which does the same and more.",
                &["execa"],
            ),
            (
                "moment-lite",
                "Use date-fns or dayjs instead.",
                &["date-fns", "dayjs"],
            ),
            (
                "request-x",
                "No longer maintained, see fast-fetch",
                &["fast-fetch"],
            ),
            (
                "mini",
                "Merged into https://www.npm.example/package/maxi",
                &["maxi"],
            ),
            ("ember-a", "Use `ember-b@^3.0.0` instead", &["ember-b"]),
            (
                "joi-x",
                "This package was renamed, please use pkg:npm/%40hapi/joi@17.0.0 from now on",
                &["@hapi/joi"],
            ),
            (
                "yeoman-x",
                "Migrate from yeoman-x to generator-y before the end of the year.",
                &["generator-y"],
            ),
            (
                "socket-io-client",
                "Use socket.io-client instead",
                &["socket.io-client"],
            ),
        ],
    );
}

#[test]
fn npm_deprecations_that_name_none() {
    check(
        Ecosystem::Npm,
        NoticeSource::Deprecation,
        &[
            (
                "themes",
                "Deprecated in favor of the individual @public/theme-* packages.",
                &[],
            ),
            (
                "core-js",
                "core-js@<3.23.3 is no longer maintained and not recommended for usage due to the number of issues. Because of the V8 engine whims, feature detection in old core-js versions could cause a slowdown up to 100x even if nothing is polyfilled. Please, upgrade your dependencies to the actual version of core-js.",
                &[],
            ),
            (
                "uuid",
                "Please upgrade to version 7 or higher. Older versions may use Math.random() in certain circumstances, which is known to be problematic.",
                &[],
            ),
            (
                "request",
                "request has been deprecated, see https://github.com/request/request/issues/3142",
                &[],
            ),
            (
                "domexception",
                "Use your platform's native DOMException instead",
                &[],
            ),
            (
                "abab",
                "Use your platform's native atob() and btoa() methods instead",
                &[],
            ),
            (
                "eslint",
                "This version is no longer supported. Please see https://eslint.example/version-support for other options.",
                &[],
            ),
            (
                "glob",
                "Glob versions prior to v9 are no longer supported",
                &[],
            ),
            ("har-validator", "this library is no longer supported", &[]),
            (
                "stable",
                "Modern JS already guarantees Array#sort() is a stable sort, so this library is deprecated. See the compatibility table on MDN: https://developer.example/en-US/docs/Web",
                &[],
            ),
            (
                "querystring",
                "The querystring API is considered Legacy. new code should use the URLSearchParams API instead.",
                &[],
            ),
            (
                "chokidar",
                "Chokidar 2 will break on node v14+. Upgrade to chokidar 3 with 15x less dependencies.",
                &[],
            ),
            (
                "mkdirp",
                "Legacy versions of mkdirp are no longer supported. Please update to mkdirp 1.x. (Note that the API surface has changed to use Promises in 1.x.)",
                &[],
            ),
            (
                "lodash.isequal",
                "This package is deprecated. Use require('node:util').isDeepStrictEqual instead.",
                &[],
            ),
            (
                "lodash.get",
                "This package is deprecated. Use the optional chaining (?.) operator instead.",
                &[],
            ),
            (
                "lodash.assign",
                "This package is deprecated. Use Object.assign or destructuring assignment syntax instead.",
                &[],
            ),
            (
                "lodash.clonedeep",
                "This package is deprecated. Use structuredClone instead.",
                &[],
            ),
            (
                "gulp-util",
                "gulp-util is deprecated - replace it, following the guidelines at https://medium.example/gulpjs/gulp-util-ca3b1f9f9ac5",
                &[],
            ),
            (
                "joi",
                "This version has been deprecated in accordance with the hapi support policy (hapi.im/support). Please upgrade to the latest version to get the best features, bug fixes, and security patches.",
                &[],
            ),
            (
                "foo",
                "Package no longer supported. Contact Support at https://www.npm.example/support for more info.",
                &[],
            ),
            (
                "ini",
                "Please update to ini >=1.3.6 to avoid a prototype pollution issue",
                &[],
            ),
            ("left", "Do not use this. Don't use right either.", &[]),
            (
                "axios",
                "Critical security vulnerability fixed in v0.21.1. For more information, see https://github.com/axios/axios/pull/3410",
                &[],
            ),
            (
                "svgo",
                "This SVGO version is no longer supported. Upgrade to v2.x.x.",
                &[],
            ),
            (
                "buffer-x",
                "Use Buffer.from() or the `fs` module instead",
                &[],
            ),
            (
                "cli",
                "Use the `--force` flag or the `strict` option instead",
                &[],
            ),
            ("w3c", "Use with caution. See README.md for details.", &[]),
            (
                "rimraf",
                "Please use the latest version, see the changelog.",
                &[],
            ),
            (
                "ng",
                "This package has moved to GitHub. Use our new website.",
                &[],
            ),
            (
                "source-map-resolve",
                "See https://github.com/lydell/source-map-resolve#deprecated",
                &[],
            ),
            (
                "native-x",
                "No longer maintained. Please contact the author of the relevant native addon; alternatives are available.",
                &[],
            ),
            (
                "old-tool",
                "Earlier versions are no longer maintained. Please use v1.0.0-rc1 or later.",
                &[],
            ),
            ("x", "", &[]),
            ("x", "deprecated", &[]),
        ],
    );
}

#[test]
fn hex_retirements() {
    check(
        Ecosystem::Hex,
        NoticeSource::Retirement,
        &[
            (
                "phoenix_html_old",
                "Renamed to phoenix_html_helpers",
                &["phoenix_html_helpers"],
            ),
            ("ecto_mysql", "use ecto_sql", &["ecto_sql"]),
            ("poison2", "Package renamed to :jason", &["jason"]),
            ("my_http", "Moved to `tesla`", &["tesla"]),
            ("poison3", "Use Jason", &["jason"]),
            (
                "httpotion",
                "Deprecated in favor of https://hex.pm/packages/finch",
                &["finch"],
            ),
            ("ex_foo", "ex_bar", &["ex_bar"]),
            (
                "timex_x",
                "Use the built-in Calendar functions instead",
                &[],
            ),
            ("sec", "Security issue, upgrade to 1.2.3", &[]),
            ("inv", "Release is broken", &[]),
            ("log", "Use Logger instead", &[]),
        ],
    );
}

#[test]
fn rustsec_advisories() {
    check(
        Ecosystem::Cargo,
        NoticeSource::Advisory,
        &[
            (
                "ansi_term",
                "The maintainer has advised that this crate is deprecated and will not receive any maintenance.\n\nThe crate does not seem to have much dependencies and may or may not be ok to use as-is.\n\nLast release seems to have been three years ago.\n\n## Possible Alternative(s)\n\nThe below list has not been vetted in any way and may or may not contain alternatives;\n\n- [anstyle](https://github.com/epage/anstyle)\n- [nu-ansi-term](https://crates.example/crates/nu-ansi-term)\n- [`yansi`](https://crates.example/crates/yansi)\n- owo-colors\n",
                &["anstyle", "nu-ansi-term", "yansi", "owo-colors"],
            ),
            (
                "failure",
                "The `failure` crate is officially end-of-life: it has been marked as deprecated by the former maintainer, who has announced that there will be no updates or maintenance work on it going forward.\n\nThe following are some suggested actively developed alternatives to switch to:\n\n- [`anyhow`](https://crates.example/crates/anyhow)\n- [`eyre`](https://crates.example/crates/eyre)\n- [`thiserror`](https://crates.example/crates/thiserror)",
                &["anyhow", "eyre", "thiserror"],
            ),
            (
                "dotenv",
                "dotenv by description is meant to be used in development or testing only.\n\nUsing this in production may or may not be advisable.\n\n## Alternatives\n\nThe below may or may not be feasible alternative(s):\n\n- [dotenvy](https://crates.example/crates/dotenvy)",
                &["dotenvy"],
            ),
            (
                "net2",
                "The `net2` crate has been deprecated\nand users are encouraged to use [`socket2`](https://crates.example/crates/socket2) instead.",
                &["socket2"],
            ),
            (
                "tempdir",
                "The [`tempdir`](https://crates.example/crates/tempdir) crate has been deprecated and the functionality is merged into [`tempfile`](https://crates.example/crates/tempfile).",
                &["tempfile"],
            ),
            (
                "instant",
                "This crate is no longer maintained, and the author recommends using the maintained [`web-time`] crate instead.\n\n[`web-time`]: https://crates.example/crates/web-time",
                &["web-time"],
            ),
            (
                "serde_cbor",
                "The `serde_cbor` crate is unmaintained. The author has archived the github repository.\n\nAlternatives proposed by the author:\n\n * [`ciborium`](https://crates.example/crates/ciborium)\n * [`minicbor`](https://crates.example/crates/minicbor)",
                &["ciborium", "minicbor"],
            ),
            (
                "memmap",
                "The author of the `memmap` crate is unresponsive.\n\nMaintained alternatives:\n\n- [`mmap-rs`]\n- [`memmap2`]",
                &["mmap-rs", "memmap2"],
            ),
            (
                "lazy_old",
                "Consider switching to `once_cell` or `std::sync::LazyLock`.",
                &["once_cell"],
            ),
            (
                "gtk-old",
                "The maintainers have archived the repository. Please take a look at [gtk4-rs](https://github.com/gtk-rs/gtk4-rs) instead.",
                &["gtk4-rs"],
            ),
            (
                "sized",
                "The author stopped working on it. The function `size_of` of the crate is unsound; use the `checked` feature.",
                &[],
            ),
            (
                "yaml-rust",
                "The maintainer seems [unreachable](https://github.com/chyh1990/yaml-rust/issues/197).\n\nMany issues and pull requests have been submitted over the years\nwithout any [response](https://github.com/chyh1990/yaml-rust/issues/160).\n\n## Alternatives\n\nConsider switching to the actively maintained `yaml-rust2` fork of the original project:\n\n- [yaml-rust2](https://github.com/Ethiraric/yaml-rust2)\n- [yaml-rust2 @ crates](https://crates.example/crates/yaml-rust2)",
                &["yaml-rust2"],
            ),
            (
                "paste",
                "The creator of the crate `paste` has stated in the [`README.md`](https://github.com/dtolnay/paste/blob/master/README.md) \nthat this project is not longer maintained as well as archived the repository\n\n## Possible Alternative(s)\n\n- [pastey]: a fork of paste and is aimed to be a drop-in replacement with additional features for paste crate\n- [with_builtin_macros]: crate providing a superset of `paste`'s functionality",
                &["pastey", "with_builtin_macros"],
            ),
        ],
    );
}

#[test]
fn python_statuses_and_summaries() {
    check(
        Ecosystem::Pypi,
        NoticeSource::Status,
        &[
            (
                "sklearn",
                "The 'sklearn' PyPI package is deprecated, use 'scikit-learn' rather than 'sklearn' for pip commands.",
                &["scikit-learn"],
            ),
            (
                "nose",
                "No longer maintained; please use pytest.",
                &["pytest"],
            ),
            (
                "pycrypto",
                "Use `pip install pycryptodome` instead",
                &["pycryptodome"],
            ),
            ("PIL", "Replaced by Pillow", &["Pillow"]),
            ("enum34x", "Use the stdlib enum module instead", &[]),
            ("imp-x", "Use importlib.metadata instead", &[]),
            ("fabric3", "Archived by its owner.", &[]),
            (
                "azure-x",
                "Deprecated, install azure-storage-blob[aio]>=12 instead",
                &["azure-storage-blob"],
            ),
        ],
    );
}

#[test]
fn readmes_that_say_the_package_is_dead() {
    check(
        Ecosystem::Npm,
        NoticeSource::Readme,
        &[
            (
                "mypkg",
                "# mypkg\n\n**DEPRECATED**: use [better-pkg](https://www.npm.example/package/better-pkg) instead.\n\nA thing.",
                &["better-pkg"],
            ),
            (
                "mypkg",
                "# ⚠️ DEPRECATED\n\nPlease use `other-pkg`.\n",
                &["other-pkg"],
            ),
            (
                "mypkg",
                "[![build](https://ci.example/a.svg)](https://ci.example/a)\n# mypkg\n\n> [!WARNING]\n> This package is no longer maintained. It was superseded by **newpkg**.\n",
                &["newpkg"],
            ),
            (
                "mypkg",
                "mypkg\n=====\n\n**This project has been renamed to [new-name](https://github.com/me/new-name).**",
                &["new-name"],
            ),
            (
                "mypkg",
                "<h1>mypkg</h1><p>This library is <b>deprecated</b>. Use <a href=\"https://www.npm.example/package/next-pkg\">next-pkg</a>.</p>",
                &["next-pkg"],
            ),
            (
                "mypkg",
                "# mypkg (deprecated)\n\nUse @scope/mypkg instead.",
                &["@scope/mypkg"],
            ),
            (
                "mypkg",
                "I no longer maintain this module, see `fresh` for a successor.",
                &["fresh"],
            ),
            (
                "mypkg",
                "This repository is archived.\n\nAlternatives:\n\n- [`first-one`](https://x.example)\n- [`second-one`](https://x.example): faster\n\n## Usage\n\n- `three`",
                &["first-one", "second-one"],
            ),
            (
                "mypkg",
                "mypkg is now part of the @big/framework package.",
                &["@big/framework"],
            ),
            (
                "mypkg",
                "> Unmaintained. We have moved to `vite`.",
                &["vite"],
            ),
        ],
    );
}

#[test]
fn readmes_of_living_packages() {
    check(
        Ecosystem::Npm,
        NoticeSource::Readme,
        &[
            (
                "mypkg",
                "# mypkg\n\nUse `fast-glob` instead of `glob` when you need speed.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nThe `foo` option is deprecated, use `bar-baz` instead.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\n`mypkg.old()` is deprecated; use `new-thing` instead.",
                &[],
            ),
            (
                "mypkg",
                "## Migration\n\nIf you are on `request`, which is deprecated, switch to mypkg. Or see `got`.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nNode 8 is no longer supported. Use `node-ten` instead.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nThe `util` module in this package is deprecated. Use `extra-util`.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nA maintained alternative to `dead-pkg`, which was replaced by `x-pkg`.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nThis repository has moved to https://github.com/neworg/mypkg",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\n## Deprecated options\n\nUse `x-y` instead.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nThis package is actively maintained. See `mypkg-examples`.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nBy default deprecated packages are replaced by `something-else`.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\n```sh\n# DEPRECATED: use other-pkg instead\n```\n",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nThis module supports files that were moved to `dist-dir` and renamed to `out-dir`.",
                &[],
            ),
            (
                "mypkg",
                "# mypkg\n\nThe project board is not updated. Please use `issues-tab`.\n",
                &[],
            ),
        ],
    );
}

#[test]
fn a_sentence_is_shown_and_cut() {
    let long = format!("Moved to new-home, {}.", "because of reasons ".repeat(40));
    let found = replacements(&Notice {
        ecosystem: Ecosystem::Npm,
        name: "old",
        source: NoticeSource::Deprecation,
        text: &format!("It was good. {long} Bye."),
    });
    assert_eq!(found.len(), 1);
    assert!(found[0].sentence.starts_with("Moved to new-home, because"));
    assert!(found[0].sentence.chars().count() <= SENTENCE + 1);
}

#[test]
fn hostile_texts_are_bounded() {
    for piece in [
        "use a-b, ",
        "`",
        "[",
        "[a](",
        "<a href=",
        "* ",
        "**",
        "- use `x-y`\n",
        "> ",
        "é\u{301}",
        "``` \n",
        ".. x:: ",
    ] {
        let text = piece.repeat(20_000);
        for source in [NoticeSource::Deprecation, NoticeSource::Readme] {
            let notice = Notice {
                ecosystem: Ecosystem::Hex,
                name: "x",
                source,
                text: &text,
            };
            assert!(replacements(&notice).len() <= MOST);
        }
    }
    let many: String = (0..100).map(|n| format!("- use `pkg-{n}`\n")).collect();
    assert_eq!(
        names(Ecosystem::Npm, "x", NoticeSource::Deprecation, &many).len(),
        MOST
    );
}

#[test]
fn a_package_is_replaced_by_what_its_newest_version_says() {
    let entry = |version: &str, deprecated: Option<&str>| VersionEntry {
        version: version.to_owned(),
        published_at: None,
        yanked: false,
        deprecated: deprecated.map(str::to_owned),
        retired: None,
        prerelease: false,
    };
    let mut package = Package::new(Ecosystem::Npm, "old-pkg");
    package.versions = vec![
        entry("2.0.0", None),
        entry("1.0.0", Some("use new-pkg instead")),
    ];
    package.latest_version = Some("2.0.0".to_owned());
    assert_eq!(of_package(&package, None, &[]), []);
    package.versions[0].deprecated = Some("use newer-pkg instead".to_owned());
    let readme = "DEPRECATED: use `newer-pkg` or `third-pkg`";
    let found = of_package(&package, Some(readme), &[]);
    let found: Vec<_> = found.iter().map(|r| (r.name.as_str(), r.source)).collect();
    assert_eq!(
        found,
        [
            ("newer-pkg", NoticeSource::Deprecation),
            ("third-pkg", NoticeSource::Readme)
        ]
    );
}

#[test]
fn retirements_and_unmaintained_advisories_speak_for_a_package() {
    let mut package = Package::new(Ecosystem::Hex, "old_one");
    package.versions = vec![VersionEntry {
        version: "1.0.0".to_owned(),
        published_at: None,
        yanked: false,
        deprecated: None,
        retired: Some(Retirement {
            reason: "renamed".to_owned(),
            message: Some("new_one".to_owned()),
        }),
        prerelease: false,
    }];
    assert_eq!(of_package(&package, None, &[])[0].name, "new_one");

    let mut advisory = Advisory::new("RUSTSEC-2021-0001");
    advisory.details = Some("Use `tempfile` instead.".to_owned());
    let package = Package::new(Ecosystem::Cargo, "tempdir");
    assert_eq!(
        of_package(&package, None, std::slice::from_ref(&advisory)),
        []
    );
    advisory.informational = Some(Informational::Unmaintained);
    let found = of_package(&package, None, &[advisory]);
    assert_eq!(
        (found[0].name.as_str(), found[0].source),
        ("tempfile", NoticeSource::Advisory)
    );
}
