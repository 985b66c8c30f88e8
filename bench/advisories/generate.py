#!/usr/bin/env python3
"""Writes an advisory database in RustSec's form, and (crate, version) pairs around its bounds.

    generate.py DIR

The records are made up and always the same: every kind of requirement RustSec uses, several ranges,
prereleases as bounds, notices, withdrawn records, and two records of one vulnerability. PAIRS in DIR
has one `crate version` a line.
"""

import pathlib
import random
import sys

WORDS = "amber brook cedar delta ember fjord grove haven inlet jetty knoll larch mesa north otter".split()
KINDS = ["unmaintained", "unsound", "notice"]
PRE = ["alpha.1", "beta.2", "rc.1"]


def version(r, low=0):
    return [r.choice([low, low, low + 1, low + 2]), r.randrange(0, 8), r.randrange(0, 12)]


def text(v, pre=None):
    return ".".join(map(str, v)) + (f"-{pre}" if pre else "")


def later(r, v):
    at = r.randrange(3)
    return v[:at] + [v[at] + 1 + r.randrange(3)] + [r.randrange(4) for _ in v[at + 1:]]


def span(requirement):
    """From and to of a requirement, as numbers that compare; a prerelease lies just below its release."""
    low, high = [-1], [10 ** 6]
    for part in requirement.split(","):
        part = part.strip()
        sign = part.rstrip("0123456789.-abcehlprt").strip()
        number, _, pre = part[len(sign):].strip().partition("-")
        v = [int(n) for n in number.split(".")]
        at = v[:2] + [v[2] - 0.5 if pre else v[2]]
        if sign == "^":
            end = [v[0] + 1, 0, -0.9] if v[0] else [0, v[1] + 1, -0.9] if v[1] else [0, 0, v[2] + 0.1]
            return at, end
        if sign == "~":
            return at, [v[0], v[1] + 1, -0.9]
        if sign == "=":
            return at, at
        if sign.startswith(">"):
            low = at
        else:
            high = at
    return low, high


def overlap(spans):
    spans = sorted(spans)
    return any(one[1] >= two[0] for one, two in zip(spans, spans[1:]))


def ranges(r):
    """Requirements for (patched, unaffected), and the versions at their bounds."""
    a = version(r)
    b, c = later(r, a), None
    c = later(r, b)
    d = later(r, c)
    pre = r.choice(PRE)
    choices = [
        ([f">= {text(b)}"], []),
        ([f">= {text(b)}"], [f"< {text(a)}"]),
        ([f">= {text(d)}", f"^{text(b)}"], [f"< {text(a)}"]),
        ([f">= {text(d)}", f">= {text(b)}, < {text(c)}"], []),
        ([f"> {text(b)}"], [f"<= {text(a)}"]),
        ([f"~{text(b)}", f">= {text(d)}"], []),
        ([f"= {text(b)}", f">= {text(d)}"], [f"< {text(a)}"]),
        ([f">= {text(b, pre)}"], []),
        ([f">= {text(c)}"], [f"< {text(a, pre)}"]),
        ([], []),
        ([], [f"< {text(a)}"]),
        ([f"^{text(a)}", f"^{text(b)}", f">= {text(d)}"], []),
    ]
    patched, unaffected = r.choice(choices)
    while overlap([span(requirement) for requirement in patched + unaffected]):
        patched, unaffected = r.choice(choices)
    return patched, unaffected, [a, b, c, d]


def probes(r, bounds):
    found = set()
    for v in bounds:
        around = [v, v[:2] + [v[2] + 1], [v[0], v[1] + 1, 0], [v[0] + 1, 0, 0]]
        if v[2]:
            around.append(v[:2] + [v[2] - 1])
        for w in around:
            found.add(text(w))
            found.add(text(w, r.choice(PRE)))
    found.add(text(bounds[0]) + "+build.7")
    return sorted(r.sample(sorted(found), min(9, len(found))))


def record(r, number, name):
    patched, unaffected, bounds = ranges(r)
    twin = number % 10 == 0
    kind = r.choice(KINDS) if number % 4 == 0 and not twin else None
    lines = ["```toml", "[advisory]", f'id = "RUSTSEC-2024-{number:04}"', f'package = "{name}"',
             f'date = "2024-{1 + number % 12:02}-{1 + number % 28:02}"']
    if kind:
        lines.append(f'informational = "{kind}"')
    else:
        lines.append('cvss = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"')
    if number % 11 == 3:
        lines.append('withdrawn = "2024-12-24"')
    # Every tenth record is the same vulnerability as the one before, in the same crate.
    lines.append(f'aliases = ["CVE-2024-{9000 + (number - twin):04}"]')
    if number % 7 == 1:
        lines += ["[affected]", 'os = ["windows"]', "[affected.functions]",
                  f'"{name.replace("-", "_")}::run" = ["< 9.0.0"]']
    lines += ["[versions]", f"patched = {patched}".replace("'", '"'),
              f"unaffected = {unaffected}".replace("'", '"'), "```", "",
              f"# Fault {number} of {name}", "", "Words about it."]
    return "\n".join(lines) + "\n", bounds


def main():
    root = pathlib.Path(sys.argv[1])
    r = random.Random(20261130)
    names = [f"{a}-{b}" for a in WORDS for b in ("core", "io", "rt", "web", "fs")]
    pairs = set()
    name = names[0]
    for number in range(1, 101):
        if number % 10 != 0:
            name = names[(number * 7) % len(names)]
        content, bounds = record(r, number, name)
        place = root / "crates" / name
        place.mkdir(parents=True, exist_ok=True)
        (place / f"RUSTSEC-2024-{number:04}.md").write_text(content)
        pairs |= {(name, v) for v in probes(r, bounds)}
    for name in names[-8:]:
        pairs.add((name + "-other", "1.0.0"))
    (root / "PAIRS").write_text("".join(f"{n} {v}\n" for n, v in sorted(pairs)))
    print(f"100 records, {len(pairs)} pairs")


if __name__ == "__main__":
    main()
