//! npm's own `semver` as the judge of ours.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod oracle;

use oracle::{Random, ask, judge, order, pairs};
use registry_types::Ecosystem::Npm;
use registry_types::version::{Requirement, Version};

const SCRIPT: &str = r##"
const { execSync } = require('child_process');
const path = require('path');
let root = '/usr/lib/node_modules';
try { root = execSync('npm root -g 2>/dev/null').toString().trim() } catch {}
let semver;
for (const dir of [root, path.join(path.dirname(process.execPath), '../lib/node_modules'),
                   '/usr/lib/node_modules', '/usr/share/nodejs/npm', '/usr/share/nodejs']) {
  for (const sub of ['npm/node_modules/semver', 'node_modules/semver', 'semver'])
    try { semver ??= require(path.join(dir, sub)) } catch {}
}
if (!semver) process.exit(7);
const loose = { loose: true }, all = { loose: true, includePrerelease: true };
const say = { '-1': 'lt', '0': 'eq', '1': 'gt' };
const out = [];
for (const line of require('fs').readFileSync(0, 'utf8').split('\n').slice(0, -1)) {
  const [kind, a, b] = line.split('\t');
  const v = semver.parse(b, loose);
  if (kind === 'order') {
    const u = semver.parse(a, loose);
    out.push(u && v ? say[semver.compare(u, v)] + (v.prerelease.length ? ' pre' : '') : 'invalid');
  } else {
    const valid = semver.validRange(a, loose) !== null && semver.validRange(a, all) !== null;
    out.push(valid && v ? `${semver.satisfies(b, a, loose)} ${semver.satisfies(b, a, all)}` : 'invalid');
  }
}
process.stdout.write(out.join('\n') + '\n');
"##;

fn number(r: &mut Random) -> &'static str {
    if r.one_in(40) {
        return r.pick(&[
            "9007199254740991",
            "9007199254740992",
            "99999999999999999999999",
            "007",
            "00",
        ]);
    }
    r.pick(&["0", "0", "1", "1", "2", "3", "10"])
}

fn pre(r: &mut Random) -> String {
    let parts = 1 + r.below(2);
    let one = |r: &mut Random| {
        r.pick(&[
            "0",
            "1",
            "2",
            "10",
            "a",
            "b",
            "alpha",
            "beta",
            "rc",
            "x",
            "-",
            "1a",
            "01",
            "9007199254740993",
            "99999999999999999999999",
        ])
    };
    let parts: Vec<&str> = (0..parts).map(|_| one(r)).collect();
    parts.join(".")
}

fn version(r: &mut Random) -> String {
    let prefix = if r.one_in(15) {
        r.pick(&["v", "=", "= ", " ", "=v", "\u{feff}"])
    } else {
        ""
    };
    let mut text = format!("{prefix}{}.{}.{}", number(r), number(r), number(r));
    match r.below(6) {
        0 | 1 => text += &format!("-{}", pre(r)),
        2 if r.one_in(4) => text += &pre(r),
        3 if r.one_in(4) => text += ".4",
        _ => {}
    }
    if r.one_in(12) {
        text += r.pick(&["+build", "+1.2-3", "+", "-", "_", " ", ".", "x"]);
    }
    text
}

fn partial(r: &mut Random) -> String {
    let part = |r: &mut Random| {
        if r.one_in(6) {
            r.pick(&["x", "X", "*"]).to_owned()
        } else {
            number(r).to_owned()
        }
    };
    let prefix = if r.one_in(20) {
        r.pick(&["v", "=", "v ", "==", "= "])
    } else {
        ""
    };
    let mut text = format!("{prefix}{}", part(r));
    let parts = [1, 2, 3, 3, 3][r.below(5)];
    for _ in 1..parts {
        text += ".";
        text += &part(r);
    }
    if parts == 3 && r.one_in(3) {
        text += if r.one_in(8) { "" } else { "-" };
        text += &pre(r);
    }
    if r.one_in(25) {
        text += r.pick(&["+b", "+b.1", "+", ".4", "*", "-", "."]);
    }
    text
}

fn simple(r: &mut Random) -> String {
    let op = r.pick(&["", "", "^", "^", "~", "~>", ">", ">=", "<", "<=", "="]);
    let space = if r.one_in(6) {
        r.pick(&[" ", "  ", "\t", "\u{a0}"])
    } else {
        ""
    };
    let odd = if r.one_in(60) {
        r.pick(&["foo ", "> ", "^^", "~ ", "<>", "*", "latest", "+b "])
    } else {
        ""
    };
    format!("{odd}{op}{space}{}", partial(r))
}

fn range(r: &mut Random) -> String {
    let parts = 1 + r.below(3) / 2;
    let one = |r: &mut Random| match r.below(10) {
        0 | 1 => format!("{} - {}", partial(r), partial(r)),
        2 => r
            .pick(&["", "*", " ", "x", "foo", "||", "-", " - "])
            .to_owned(),
        _ => {
            let words: Vec<String> = (0..1 + r.below(2)).map(|_| simple(r)).collect();
            words.join(r.pick(&[" ", " ", "  "]))
        }
    };
    let parts: Vec<String> = (0..parts).map(|_| one(r)).collect();
    parts.join(r.pick(&["||", " || ", " ||"]))
}

#[test]
fn versions_are_ordered_like_npms() {
    let mut r = Random::new(17);
    let questions: Vec<String> = (0..pairs())
        .map(|_| format!("order\t{}\t{}", version(&mut r), version(&mut r)))
        .collect();
    let Some(theirs) = ask("npm", &["node", "-e", SCRIPT], &questions) else {
        return;
    };
    let ours: Vec<String> = questions
        .iter()
        .map(|q| {
            let (a, b) = q.strip_prefix("order\t").unwrap().split_once('\t').unwrap();
            match (Version::parse(Npm, a), Version::parse(Npm, b)) {
                (Ok(a), Ok(b)) => {
                    format!(
                        "{}{}",
                        order(a.cmp(&b)),
                        if b.is_prerelease() { " pre" } else { "" }
                    )
                }
                _ => "invalid".to_owned(),
            }
        })
        .collect();
    judge("npm order", &questions, &ours, &theirs);
}

#[test]
fn ranges_match_like_npms() {
    let mut r = Random::new(4711);
    let questions: Vec<String> = (0..pairs())
        .map(|_| {
            let range = range(&mut r).replace('\t', " ");
            format!("range\t{range}\t{}", version(&mut r))
        })
        .collect();
    let Some(theirs) = ask("npm", &["node", "-e", SCRIPT], &questions) else {
        return;
    };
    let ours: Vec<String> = questions
        .iter()
        .map(|q| {
            let (a, b) = q.strip_prefix("range\t").unwrap().split_once('\t').unwrap();
            match (Requirement::parse(Npm, a), Version::parse(Npm, b)) {
                (Ok(range), Ok(v)) => {
                    format!(
                        "{} {}",
                        range.matches(&v),
                        range.matches_including_prerelease(&v)
                    )
                }
                _ => "invalid".to_owned(),
            }
        })
        .collect();
    judge("npm ranges", &questions, &ours, &theirs);
}
