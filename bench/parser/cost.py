"""What each language costs: CPU seconds to compile its grammar, bytes of its object code.

    python bench/parser/cost.py

Compiles the C sources of each grammar crate once, as its build script does in a release build
(`cc -O3`), on one core, and lists the cargo features of universal_parser by size. A worker with a
few languages: `cargo build --release -p universal_parser --no-default-features --features rust,python`.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
SKIPPED = ("test", "examples", "bindings", "node_modules")


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


def features(metadata):
    """Feature name to the crates of its grammars."""
    package = next(p for p in metadata["packages"] if p["name"] == "universal_parser")
    grammars = {}
    for feature, wants in package["features"].items():
        crates = [want.removeprefix("dep:") for want in wants if want.startswith("dep:")]
        if crates:
            grammars[feature] = crates
    return grammars


def sources(directory):
    """The parsers and scanners of a crate; those of no language of ours are compiled by it as well."""
    for at, names, files in os.walk(directory):
        names[:] = sorted(name for name in names if name not in SKIPPED)
        yield from (os.path.join(at, name) for name in sorted(files) if name in ("parser.c", "scanner.c"))


def includes(directory):
    """The directories that have tree-sitter's headers."""
    for at, names, _ in os.walk(directory):
        if "tree_sitter" in names:
            yield from ("-I", at)


def compile(source, include, out):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(["cc", "-O3", "-ffunction-sections", "-fdata-sections", "-fPIC", "-std=c11", "-w", *include,
         "-I", os.path.dirname(source), "-c", source, "-o", out])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    text, data = run(["size", out]).splitlines()[1].split()[:2]
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, int(text) + int(data)


def main():
    metadata = json.loads(run(["cargo", "metadata", "--format-version", "1"]))
    where = {p["name"]: os.path.dirname(p["manifest_path"]) for p in metadata["packages"]}
    rows, known = [], {}
    with tempfile.TemporaryDirectory() as scratch:
        for feature, crates in sorted(features(metadata).items()):
            seconds = size = 0
            for crate in crates:
                if crate not in known:
                    parts = [
                        compile(source, list(includes(where[crate])), os.path.join(scratch, "object.o"))
                        for source in sources(where[crate])
                    ]
                    known[crate] = (sum(p[0] for p in parts), sum(p[1] for p in parts))
                seconds += known[crate][0]
                size += known[crate][1]
            rows.append((size, seconds, feature, crates))
    print("| feature | MB of object code | CPU s to compile | grammar |\n|---|---|---|---|")
    for size, seconds, feature, crates in sorted(rows, reverse=True):
        print(f"| {feature} | {size / 1e6:.2f} | {seconds:.1f} | {', '.join(crates)} |")
    print(f"| all | {sum(k[1] for k in known.values()) / 1e6:.1f} | {sum(k[0] for k in known.values()):.0f} | |")


if __name__ == "__main__":
    main()
