//! Elixir's `Version` as the judge of ours.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod oracle;

use oracle::{Random, ask, judge, order, pairs};
use registry_types::Ecosystem::Hex;
use registry_types::version::{Requirement, Version};

const SCRIPT: &str = r##"
for line <- IO.stream(:stdio, :line) do
  [kind, a, b] = line |> String.trim_trailing("\n") |> String.split("\t")
  answer =
    case {kind, Version.parse(b)} do
      {"order", {:ok, v}} ->
        case Version.parse(a) do
          {:ok, u} -> "#{Version.compare(u, v)}#{if v.pre != [], do: " pre"}"
          :error -> "invalid"
        end
      {"req", {:ok, v}} ->
        case Version.parse_requirement(a) do
          {:ok, req} -> "#{Version.match?(v, req, allow_pre: false)} #{Version.match?(v, req)}"
          :error -> "invalid"
        end
      _ -> "invalid"
    end
  IO.puts(answer)
end
"##;

fn number(r: &mut Random) -> &'static str {
    if r.one_in(40) {
        return r.pick(&[
            "18446744073709551616",
            "99999999999999999999999",
            "007",
            "00",
            "",
            "x",
        ]);
    }
    r.pick(&["0", "0", "1", "1", "2", "3", "10"])
}

fn pre(r: &mut Random) -> String {
    let parts: Vec<&str> = (0..1 + r.below(3))
        .map(|_| {
            r.pick(&[
                "0",
                "1",
                "2",
                "10",
                "a",
                "b",
                "alpha",
                "rc",
                "-",
                "1a",
                "a-b",
                "18446744073709551617",
            ])
        })
        .collect();
    parts.join(".")
}

fn version(r: &mut Random, parts: usize) -> String {
    let numbers: Vec<&str> = (0..parts).map(|_| number(r)).collect();
    let mut text = numbers.join(".");
    if r.one_in(3) {
        text += &format!("-{}", pre(r));
    }
    if r.one_in(8) {
        text += r.pick(&[
            "+build", "+1.0-x", "+", "-", "-01", ".1", "+é", " ", "-a..b",
        ]);
    }
    text
}

fn requirement(r: &mut Random) -> String {
    let mut text = String::new();
    for n in 0..1 + r.below(4) {
        if n > 0 {
            text += if r.one_in(25) {
                r.pick(&[" ", "and", " or  ", " && "])
            } else {
                r.pick(&[" and ", " or "])
            };
        }
        let op = r.pick(&["", "==", ">", ">=", "<", "<=", "~>", "~>", "!=", "!"]);
        let space = r.pick(&["", " ", " ", "  "]);
        let parts = if op == "~>" {
            2 + r.below(2)
        } else if r.one_in(30) {
            2
        } else {
            3
        };
        text += &format!("{op}{space}{}", version(r, parts));
    }
    text
}

fn check(kind: &str, pairs: Vec<(String, String)>, ours: impl Fn(&str, &str) -> Option<String>) {
    let questions: Vec<String> = pairs
        .iter()
        .map(|(a, b)| format!("{kind}\t{a}\t{b}"))
        .collect();
    let Some(theirs) = ask("elixir", &["elixir", "-e", SCRIPT], &questions) else {
        return;
    };
    let ours: Vec<String> = pairs
        .iter()
        .map(|(a, b)| ours(a, b).unwrap_or_else(|| "invalid".to_owned()))
        .collect();
    judge(&format!("elixir {kind}"), &questions, &ours, &theirs);
}

#[test]
fn versions_are_ordered_like_elixirs() {
    let mut r = Random::new(23);
    let pairs = (0..pairs())
        .map(|_| (version(&mut r, 3), version(&mut r, 3)))
        .collect();
    check("order", pairs, |a, b| {
        let (a, b) = (Version::parse(Hex, a).ok()?, Version::parse(Hex, b).ok()?);
        Some(format!(
            "{}{}",
            order(a.cmp(&b)),
            if b.is_prerelease() { " pre" } else { "" }
        ))
    });
}

#[test]
fn requirements_match_like_elixirs() {
    let mut r = Random::new(42);
    let pairs = (0..pairs())
        .map(|_| (requirement(&mut r), version(&mut r, 3)))
        .collect();
    check("req", pairs, |a, b| {
        let (req, v) = (
            Requirement::parse(Hex, a).ok()?,
            Version::parse(Hex, b).ok()?,
        );
        Some(format!(
            "{} {}",
            req.matches(&v),
            req.matches_including_prerelease(&v)
        ))
    });
}
