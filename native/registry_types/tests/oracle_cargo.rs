//! The `semver` crate is the cargo judge: ours must hand everything to it unchanged.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod oracle;

use oracle::{Random, judge, order, pairs};
use registry_types::Ecosystem::Cargo;
use registry_types::version::{Requirement, Version};

fn number(r: &mut Random) -> &'static str {
    if r.one_in(40) {
        return r.pick(&["18446744073709551615", "18446744073709551616", "01"]);
    }
    r.pick(&["0", "0", "1", "1", "2", "3", "10"])
}

fn version(r: &mut Random) -> String {
    let mut text = format!("{}.{}.{}", number(r), number(r), number(r));
    if r.one_in(3) {
        text += r.pick(&["-0", "-rc.1", "-rc.2", "-a-b", "-1", "-01"]);
    }
    if r.one_in(4) {
        text += r.pick(&["+1", "+2", "+b.1", "+b.1", "+1", "+"]);
    }
    text
}

fn requirement(r: &mut Random) -> String {
    let one = |r: &mut Random| {
        let op = r.pick(&[
            "", "^", "~", "=", ">", ">=", "<", "<=", "", "", "^", "^", "!",
        ]);
        let text = match r.below(5) {
            0 => number(r).to_owned(),
            1 => format!("{}.{}", number(r), number(r)),
            2 => format!("{}.{}", number(r), r.pick(&["*", "x"])),
            _ => version(r),
        };
        format!("{op}{}{text}", r.pick(&["", " "]))
    };
    let parts: Vec<String> = (0..1 + r.below(2)).map(|_| one(r)).collect();
    if r.one_in(30) {
        "*".to_owned()
    } else {
        parts.join(", ")
    }
}

#[test]
fn versions_and_requirements_are_the_semver_crates() {
    let mut r = Random::new(31);
    let (mut questions, mut ours, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
    let invalid = || "invalid".to_owned();
    for _ in 0..pairs() {
        let (a, b, req) = (version(&mut r), version(&mut r), requirement(&mut r));
        questions.push(format!("{a} {b} {req}"));
        ours.push(
            match (
                Version::parse(Cargo, &a),
                Version::parse(Cargo, &b),
                Requirement::parse(Cargo, &req),
            ) {
                (Ok(a), Ok(b), Ok(req)) => format!("{} {}", order(a.cmp(&b)), req.matches(&b)),
                _ => invalid(),
            },
        );
        theirs.push(
            match (
                semver::Version::parse(&a),
                semver::Version::parse(&b),
                semver::VersionReq::parse(&req),
            ) {
                (Ok(a), Ok(b), Ok(req)) => format!("{} {}", order(a.cmp(&b)), req.matches(&b)),
                _ => invalid(),
            },
        );
    }
    judge("semver crate", &questions, &ours, &theirs);
}
